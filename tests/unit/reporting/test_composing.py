"""What a build is drawn from: what differs from the issue before stands in its imprint, and an addendum without anything to add is refused."""

import pytest
from django.core.exceptions import ValidationError

from lib.quarters import Quarter
from reporting import snapshots
from reporting.builds import composing
from reporting.imprint import Came
from tests.factories import reporting as data
from tests.factories.packs import OutlineFactory, PackFactory

pytestmark = pytest.mark.django_db

Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")


@pytest.fixture
def plan():
    return data.plan()


@pytest.fixture
def return_(plan):
    """A1 in Q4, sent on 1 May 2018 and verified as 629 on 3 May."""
    made = data.return_(data.indicator(plan, "A1"))
    data.figure(made, 629, by=data.person(), verified=data.at(3))
    return made


def issued(plan, moment, quarter=Q4, **fields):
    snapshot = snapshots.to_json(snapshots.take(plan, quarter, moment))
    return PackFactory(plan=plan, quarter=quarter, issued=True, snapshot=snapshot, **fields)


def built(plan, **fields):
    return PackFactory(plan=plan, issue=fields.pop("issue", 2), **fields)


def test_the_first_pack_of_a_plan_is_compared_with_none(plan, return_):
    assert composing.compose(built(plan, as_at=data.at(8))).imprint.since_issue is None


def test_a_reissue_says_what_differs_from_the_issue_before(plan, return_):
    issued(plan, data.at(2))
    told = composing.compose(built(plan, as_at=data.at(8))).imprint.since_issue
    assert told.said == "issue 1"
    assert told.lines == ("A1, 2017-18 Q4 has come: 629.", "A1 was not yet verified and is data only.")


def test_without_an_earlier_issue_the_quarter_before_is_compared(plan, return_):
    issued(plan, data.at(2), quarter=Q3, issue=3)
    told = composing.compose(built(plan, as_at=data.at(8))).imprint.since_issue
    assert (told.said, told.lines) == ("issue 3 of the pack for 2017-18 Q3", ())


def test_the_newest_issue_of_the_same_kind_and_edition_counts(plan):
    issued(plan, data.at(2), quarter=Q3)
    first = issued(plan, data.at(2), standing="superseded")
    second = issued(plan, data.at(3), issue=2)
    issued(plan, data.at(4), quarter=Quarter.parse("2018-19-q1"))
    issued(plan, data.at(4), kind="assessment")
    issued(plan, data.at(4), edition="public", made_from=first)
    PackFactory(plan=plan, issue=3)  # never issued
    assert composing.issued_before(built(plan, issue=4)) == second
    assert composing.issued_before(second) == first


def test_another_plans_pack_is_not_compared(plan):
    PackFactory(issued=True)
    assert composing.issued_before(built(plan)) is None


def test_an_addendum_holds_what_came_after_the_figures_of_its_issue(plan, return_):
    to = issued(plan, data.at(2))
    told = composing.compose(built(plan, kind="addendum", adds_to=to, issue=1, as_at=data.at(8))).imprint
    assert told.adds_to.came == (Came(return_.indicator.slug, "A1, 2017-18 Q4 has come: 629."),)
    assert (told.adds_to.issue, told.adds_to.since) == (1, data.at(2))
    assert told.since_issue is None


def test_an_addendum_with_nothing_to_add_is_refused(plan, return_):
    to = issued(plan, data.at(4))
    with pytest.raises(ValidationError, match="Nothing has come since issue 1"):
        composing.compose(built(plan, kind="addendum", adds_to=to, issue=1, as_at=data.at(8)))


def test_a_restated_figure_is_something_to_add(plan, return_):
    to = issued(plan, data.at(4))
    data.figure(return_, 630, by=data.person(), verified=data.at(6), restates="correction", restated_because="One more")
    told = composing.compose(built(plan, kind="addendum", adds_to=to, issue=1, as_at=data.at(8))).imprint
    assert [one.said for one in told.adds_to.came] == ["A1, 2017-18 Q4 restated: was 629, now 630. One more."]


def test_the_outline_of_the_moment_is_kept(plan, return_):
    OutlineFactory(plan=plan, sections=["year", "quality"], note="Read page 3.", note_by="Partnership team")
    told = composing.compose(built(plan, as_at=data.at(8))).imprint
    assert (told.sections, told.note, told.note_by) == (("year", "quality"), "Read page 3.", "Partnership team")


def test_only_a_draft_has_a_number_of_a_draft(plan, return_):
    draft = composing.compose(built(plan, standing="draft", build=3, as_at=data.at(8))).imprint
    assert (draft.draft, draft.standing) == (3, "draft 3 of issue 2, not approved")
    assert composing.compose(built(plan, build=4, as_at=data.at(8))).imprint.draft == 0


def test_the_figures_are_those_of_the_moment_asked_for(plan, return_):
    assert composing.compose(built(plan, as_at=data.at(2))).snapshot.as_at == data.at(2)
