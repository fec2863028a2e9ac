"""Spreadsheets and the year's end × who asks. The plan is one in delivery, of the body that the chair chairs."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from governance.actions import uploads
from governance.models import DeliveryPlan, PlanUpload
from lib.quarters import Year
from tests.factories.governance import ActionFactory, DeliveryPlanFactory
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:delivery-plan-workbook": (IN,  404,  404,  404,  200,  200,  404,  404,  200,  200,  200),
    "governance:delivery-plan-print":    (IN,  404,  404,  404,  200,  200,  404,  404,  200,  200,  200),
    "governance:plan-upload-add":        (IN,  404,  404,  404,  200,  403,  404,  404,  200,  403,  200),
    "governance:plan-upload-detail":     (IN,  404,  404,  404,  200,  403,  404,  404,  200,  403,  200),
    "governance:delivery-plan-year-end": (IN,  404,  404,  404,  200,  403,  404,  404,  200,  403,  403),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:plan-upload-add":        (IN,  404,  404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:plan-upload-detail":     (IN,  404,  404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:delivery-plan-year-end": (IN,  404,  404,  404,  OK,   403,  404,  404,  OK,   403,  403),
}
# fmt: on


def plan(world: World) -> DeliveryPlan:
    """Of last year, with an open action: its year is over on whatever day the table is asked."""
    year = Year.of(timezone.localdate()).previous
    made = DeliveryPlanFactory(body=world.body, year=year, running=True)
    ActionFactory(delivery_plan=made, number=1, starts_on=year.start, due_on=year.end - dt.timedelta(days=60))
    return made


def upload(world: World) -> PlanUpload:
    made = plan(world)
    content = b"Reference,Done,Colour\n1,Two courses,Green\n"
    quarter = made.year.quarters[-1]
    return uploads.add(made, content=content, name="a.csv", quarter=quarter, by=world.people["coordinator"])


def of_plan(world: World) -> Case:
    made = plan(world)
    return Case((made.body.slug, made.year))


def of_upload(world: World) -> Case:
    made = upload(world)
    args = (made.delivery_plan.body.slug, made.delivery_plan.year, made.pk)
    return Case(args, {"fingerprint": made.fingerprint})


CASES: dict[str, Callable[[World], Case]] = {
    "governance:delivery-plan-workbook": of_plan,
    "governance:delivery-plan-print": of_plan,
    "governance:plan-upload-add": of_plan,
    "governance:plan-upload-detail": of_upload,
    "governance:delivery-plan-year-end": of_plan,
}
