"""Writing an assessment: what is kept, what is refused, what the audit trail says of it."""

import pytest
from django.core.exceptions import ValidationError

from accounts import audit
from accounts.models import AuditEvent
from lib.editing import Stale
from lib.quarters import Year
from reporting.actions import assessing
from reporting.models import AssessedIndicator, Assessment, AssessmentSection, Pack
from tests.factories.accounts import UserFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.packs import (
    AssessedPriorityFactory,
    AssessmentFactory,
    AssessmentSectionFactory,
    PackFactory,
)
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db
YEAR = Year(2017)


@pytest.fixture
def sam():
    return UserFactory()


@pytest.fixture
def assessment():
    return AssessmentFactory(year=YEAR)


def changes_of(row):
    return audit.history(row).first().changes


def test_started_twice_it_is_the_same_one(sam):
    plan = PlanFactory()
    first = assessing.start(plan, year=plan.years[0], by=sam)
    assert assessing.start(plan, year=plan.years[0], by=sam) == first
    assert AuditEvent.objects.filter(kind="assessment_started").count() == 1


def test_a_year_that_the_plan_does_not_have_is_refused(sam):
    with pytest.raises(ValidationError, match="No plan here has the quarter 2031-32 Q4"):
        assessing.start(PlanFactory(), year=Year(2031), by=sam)
    assert not Assessment.objects.exists()


def test_of_two_who_write_the_summary_one_is_told(assessment, sam):
    assessing.summarise(assessment, summary="A quiet year.", version=1, by=sam)
    with pytest.raises(Stale):
        assessing.summarise(assessment, summary="A loud year.", version=1, by=sam)
    assessment.refresh_from_db()
    assert (assessment.summary, assessment.version) == ("A quiet year.", 2)


def test_saying_the_same_leaves_no_trace(assessment, sam):
    assessing.summarise(assessment, summary="A quiet year.", version=1, by=sam)
    assessing.summarise(assessment, summary=" A quiet year.\r\n", version=2, by=sam)
    assert AuditEvent.objects.filter(kind="assessment_summarised").count() == 1


def test_sections_come_one_after_the_other_and_move_up(assessment, sam):
    for heading in ("One", "Two", "Three"):
        assessing.add_section(assessment, heading=heading, text="Words.", is_public=True, by=sam)
    *_, last = assessment.sections.all()
    assessing.move_section(last, by=sam)
    assert [one.heading for one in assessment.sections.all()] == ["One", "Three", "Two"]
    first = assessment.sections.first()
    assessing.move_section(first, by=sam)
    assert [one.heading for one in assessment.sections.all()] == ["One", "Three", "Two"]


def test_a_section_that_was_moved_meanwhile_keeps_what_somebody_types(assessment, sam):
    """Whoever saves over it is told: its version was raised."""
    assessing.add_section(assessment, heading="One", text="Words.", is_public=True, by=sam)
    two = assessing.add_section(assessment, heading="Two", text="Words.", is_public=True, by=sam)
    assessing.move_section(two, by=sam)
    with pytest.raises(Stale):
        assessing.change_section(two, heading="Two", text="New words.", is_public=True, version=1, by=sam)


def test_a_section_is_removed_with_its_words_in_the_trail(assessment, sam):
    section = AssessmentSectionFactory(assessment=assessment, heading="Who is harmed", text="Young men.")
    assessing.remove_section(section, version=1, by=sam)
    assert not AssessmentSection.objects.exists()
    assert AuditEvent.objects.get(kind="assessment_section_removed").comment == "Who is harmed\nYoung men."


def test_a_section_that_somebody_changed_is_not_removed(assessment, sam):
    section = AssessmentSectionFactory(assessment=assessment)
    assessing.change_section(section, heading="Other", text="Other.", is_public=False, version=1, by=sam)
    with pytest.raises(Stale):
        assessing.remove_section(section, version=1, by=sam)
    assert changes_of(section)[-1] == {"what": "In the public edition", "was": "Yes", "now": "No"}


@pytest.mark.parametrize(
    ("standing", "is_refused"),
    [("draft", False), ("built", True), ("approved", True), ("issued", False), ("set_aside", False)],
)
def test_while_a_build_may_be_approved_its_sections_stay(assessment, sam, standing, is_refused):
    """After its issue they may go: a reissue may have to leave one out."""
    section = AssessmentSectionFactory(assessment=assessment)
    told = {"plan": assessment.plan, "quarter": YEAR.quarters[-1], "kind": Pack.Kind.ASSESSMENT}
    PackFactory(**told, standing=standing, issued=True) if standing == "issued" else PackFactory(
        **told, standing=standing
    )
    if is_refused:
        with pytest.raises(ValidationError, match="holds this section"):
            assessing.remove_section(section, version=1, by=sam)
    else:
        assessing.remove_section(section, version=1, by=sam)
    assert AssessmentSection.objects.exists() == is_refused


def test_why_is_written_once_and_then_changed(assessment, sam):
    indicator = IndicatorFactory()
    row = assessing.explain(assessment, indicator=indicator, why="More was reported.", version=0, by=sam)
    assessing.explain(assessment, indicator=indicator, why="More was counted.", version=row.version, by=sam)
    assert AssessedIndicator.objects.get().why == "More was counted."
    assert changes_of(row) == [{"what": "Why", "was": "More was reported.", "now": "More was counted."}]


def test_of_two_who_write_the_first_word_the_second_is_told(assessment, sam):
    indicator = IndicatorFactory()
    assessing.explain(assessment, indicator=indicator, why="More was reported.", version=0, by=sam)
    with pytest.raises(Stale):
        assessing.explain(assessment, indicator=indicator, why="Less was done.", version=0, by=sam)


@pytest.mark.parametrize("why", ["", "  \n ", "x" * 1501])
def test_no_words_and_too_many_are_refused(assessment, sam, why):
    with pytest.raises(ValidationError):
        assessing.explain(assessment, indicator=IndicatorFactory(), why=why, version=0, by=sam)
    assert not AssessedIndicator.objects.exists()


def test_a_priority_of_the_plan_is_never_new(assessment, sam):
    priority = PriorityFactory(plan=assessment.plan)
    with pytest.raises(ValidationError, match="Choose what is to become of it"):
        assessing.decide(assessment, priority=priority, future="new", because="It is.", version=0, by=sam)
    row = assessing.decide(assessment, priority=priority, future="everyday", because="It is.", version=0, by=sam)
    assert changes_of(row)[0] == {"what": "What becomes of it", "was": "nothing", "now": "Becomes everyday business"}


def test_new_priorities_are_proposed_reworded_and_removed(assessment, sam):
    row = assessing.propose(assessment, title="County lines", because="It cuts across.", by=sam)
    assessing.reword_proposal(row, title="People made use of", because="It cuts across.", version=1, by=sam)
    assessing.remove_proposal(row, version=2, by=sam)
    assert not assessment.assessed_priorities.exists()
    with pytest.raises(Stale):
        assessing.remove_proposal(row, version=2, by=sam)


def test_a_proposal_has_a_title(assessment, sam):
    with pytest.raises(ValidationError, match="Give the new priority a title"):
        assessing.propose(assessment, title=" ", because="It cuts across.", by=sam)


def test_who_is_in_sight_of_it():
    made = AssessedPriorityFactory().assessment
    for role, seen in (("coordinator", 1), ("executive", 1), ("scrutiny", 0), ("data_lead", 0), ("administrator", 0)):
        assert Assessment.objects.visible_to(UserFactory(roles=[role])).filter(pk=made.pk).count() == seen


def test_what_is_sent_twice_is_added_once(assessment, sam):
    section = {"heading": "Who is harmed", "text": "Young men.", "is_public": True}
    first = assessing.add_section(assessment, **section, by=sam)
    assert assessing.add_section(assessment, **section, by=sam) == first
    other = assessing.add_section(assessment, **section | {"text": "Young men, in the evening."}, by=sam)
    assert list(assessment.sections.all()) == [first, other]
    proposal = {"title": "Serious violence", "because": "It is a duty now."}
    proposed = assessing.propose(assessment, **proposal, by=sam)
    assert assessing.propose(assessment, **proposal, by=sam) == proposed
    assert assessment.assessed_priorities.count() == 1


def test_a_section_that_was_removed_meanwhile_is_a_sentence_and_no_crash(assessment, sam):
    section = assessing.add_section(assessment, heading="Who is harmed", text="Young men.", is_public=True, by=sam)
    opened = type(section).objects.get(pk=section.pk)
    assessing.remove_section(section, version=1, by=sam)
    with pytest.raises(ValidationError, match="has been removed since you opened this page"):
        assessing.change_section(opened, heading="Who", text="Men.", is_public=True, version=1, by=sam)
