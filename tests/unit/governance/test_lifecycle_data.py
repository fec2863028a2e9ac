"""How the first plan came about, as its cabinet report has it (section 1 and paragraphs 3.2, 3.15): every day by hand."""

import datetime as dt

import pytest

from governance import bodies_data, lifecycle, lifecycle_data
from governance.models import Approval, Clearance, PlanVersion
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db
D = dt.date


@pytest.fixture
def plan():
    bodies_data.load()
    return PlanFactory(slug="2017-21")


def test_versions_and_clearances_as_printed(plan):
    assert lifecycle_data.load(plan) == 8
    assert list(PlanVersion.objects.values_list("number", "dated_on")) == [
        ("1.1", None),
        ("1.2", None),
        ("1.3", None),
        ("1.4", D(2017, 7, 25)),
    ]
    assert list(Clearance.objects.values_list("version__number", "who", "consulted_on", "cleared_on")) == [
        ("1.1", "Corporate Director", D(2017, 7, 24), D(2017, 7, 24)),
        ("1.2", "Department Finance", D(2017, 7, 28), D(2017, 7, 31)),
        ("1.2", "Corporate Finance", D(2017, 7, 31), D(2017, 8, 1)),
        ("1.2", "Legal Services", D(2017, 8, 8), D(2017, 8, 9)),
        ("1.3", "CLT", D(2017, 8, 16), D(2017, 8, 29)),
        ("1.4", "MAB", D(2017, 10, 2), None),
    ]


def test_approvals_with_their_days_and_none_of_full_council(plan):
    lifecycle_data.load(plan)
    assert list(Approval.objects.values_list("body__slug", "verdict", "given_on", "recorded_by")) == [
        ("csp", "agreed", D(2017, 5, 16), None),
        ("csp-executive", "agreed", D(2017, 7, 18), None),
        ("overview-and-scrutiny-committee", "noted", D(2017, 10, 25), None),
        ("mayor-in-cabinet", "agreed", D(2017, 10, 31), None),
    ]
    assert "16 May 2016" in Approval.objects.get(body__slug="csp").note


def test_loaded_once_and_for_its_own_plan_only(plan):
    assert lifecycle_data.load(PlanFactory(slug="2021-25")) == 0
    assert (lifecycle_data.load(plan), lifecycle_data.load(plan)) == (8, 0)


def test_what_the_page_says_is_out_of_order(plan):
    lifecycle_data.load(plan)
    page = lifecycle.page(plan, D(2018, 4, 20))
    assert page.lede == "Adopted on 18 July 2017. Four of five bodies have given their word."
    assert page.warnings == (
        "The CSP approved on 16 May 2017, before the CSP Executive, which holds the duty in law, on 18 July 2017.",
        "Full Council has not adopted it yet.",
        "Version 1.4 is dated 25 July 2017 but was sent for comment on 2 October 2017, after versions 1.2 and 1.3.",
        "No clearance of version 1.4 by MAB is recorded.",
        lifecycle.NOT_SENT.format("version 1.4"),
    )
