"""Meetings, papers and decisions × who asks."""

import datetime as dt
import hashlib
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from governance import calendar_feed
from governance.models import AgendaItem, Decision, Meeting, Paper, Undertaking
from tests.factories.governing import (
    AgendaItemFactory,
    DecisionFactory,
    MeetingFactory,
    PaperFactory,
    UndertakingFactory,
)
from tests.permission_cases import Case, World

IN, ON, OK = "in", "on", "ok"

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:meeting-list":          (IN,   403,  403,  403,  200,  200,  200,  403,  200,  200,  200),
    # a calendar program doesn't sign in: whose address it is says what is in it
    "governance:meeting-feed":          (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    # an ordinary meeting is for its body
    "governance:meeting-detail":        (IN,   404,  404,  404,  200,  200,  404,  404,  200,  404,  200),
    "governance:meeting-agenda":        (IN,   404,  404,  404,  200,  200,  404,  404,  200,  404,  200),
    "governance:paper-download":        (IN,   404,  404,  404,  200,  200,  404,  404,  200,  404,  200),
    "governance:meeting-add":           (IN,   403,  403,  403,  200,  403,  403,  403,  200,  200,  200),
    "governance:meeting-edit":          (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:meeting-call-off":      (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:agenda-edit":           (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:paper-add":             (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:paper-replace":         (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:attendance-edit":       (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    "governance:minutes-edit":          (IN,   404,  404,  404,  200,  403,  404,  404,  200,  404,  200),
    # decisions are for every member of a body
    "governance:decision-list":         (IN,   403,  403,  403,  200,  200,  403,  403,  200,  200,  200),
    "governance:decision-detail":       (IN,   404,  404,  404,  200,  200,  404,  404,  200,  200,  200),
    "governance:decision-add":          (IN,   403,  403,  403,  200,  403,  403,  403,  200,  200,  200),
    "governance:decision-replace":      (IN,   404,  404,  404,  200,  403,  404,  404,  200,  403,  200),
    "governance:decision-correct":      (IN,   404,  404,  404,  200,  403,  404,  404,  200,  403,  200),
    "governance:decision-link":         (IN,   404,  404,  404,  200,  403,  404,  404,  200,  403,  200),
    "governance:undertaking-list":      (IN,   403,  403,  403,  200,  200,  403,  403,  200,  200,  200),
}
POSTS: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "governance:meeting-add":           (IN,   403,  403,  403,  OK,   403,  403,  403,  OK,   OK,   OK),
    "governance:meeting-edit":          (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:meeting-call-off":      (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:agenda-edit":           (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:paper-add":             (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:paper-replace":         (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:attendance-edit":       (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:minutes-edit":          (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   404,  OK),
    "governance:decision-add":          (IN,   403,  403,  403,  OK,   403,  403,  403,  OK,   OK,   OK),
    "governance:decision-replace":      (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:decision-correct":      (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:decision-link":         (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:decision-done":         (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
    "governance:undertaking-end":       (IN,   404,  404,  404,  OK,   403,  404,  404,  OK,   403,  OK),
}
# fmt: on


def _meeting(world: World) -> Meeting:
    return MeetingFactory(body=world.body)


def _item(world: World) -> AgendaItem:
    return AgendaItemFactory(meeting=MeetingFactory(body=world.body, starts_at=timezone.now() + dt.timedelta(days=30)))


def _paper(world: World) -> Paper:
    content = b"%PDF-1.7 a short paper"
    stored = default_storage.save("papers/one.pdf", ContentFile(content))
    return PaperFactory(item=_item(world), file=stored, file_sha256=hashlib.sha256(content).hexdigest())


def _decision(world: World) -> Decision:
    return DecisionFactory(body=world.body, owner_post="Superintendent", due_on=dt.date(2018, 6, 14))


def _feed(world: World) -> Case:
    return Case((calendar_feed.address(world.people["chair"]).rpartition("/")[2].removesuffix(".ics"),))


def _undertaking(world: World) -> Case:
    made: Undertaking = UndertakingFactory(body=world.body)
    return Case((made.pk,), {"ending": "done", "version": made.version})


CASES: dict[str, Callable[[World], Case]] = {
    "governance:meeting-feed": _feed,
    **{
        f"governance:{name}": lambda world: Case((_meeting(world).pk,))
        for name in (
            "meeting-detail",
            "meeting-agenda",
            "meeting-edit",
            "meeting-call-off",
            "agenda-edit",
            "attendance-edit",
            "minutes-edit",
        )
    },
    "governance:paper-add": lambda world: Case(((item := _item(world)).meeting_id, item.pk)),
    **{
        f"governance:paper-{name}": lambda world: Case(((paper := _paper(world)).item.meeting_id, paper.pk))
        for name in ("download", "replace")
    },
    **{
        f"governance:decision-{name}": lambda world: Case((_decision(world).pk,))
        for name in ("detail", "replace", "correct", "link", "done")
    },
    "governance:undertaking-end": _undertaking,
}
