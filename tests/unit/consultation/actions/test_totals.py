"""Totals are entered as they are printed, on a consultation that holds no responses, until it is published."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from consultation import gathering, shipped, totals_held, waiting
from consultation.actions import analysing, setting_up, totals
from consultation.models import Consultation, Tally
from consultation.totals import Ranked, Totals, differences
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ConsultationFactory, whole
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db
AFTER = dt.date(2018, 9, 1)


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


def draft() -> Consultation:
    return whole(draft=True, holds_responses=False)


def filled(consultation: Consultation, **first: int) -> Totals:
    """First choices by the concern's text, the percentage of Gangs as printed; 998 feel safe and 391 do not."""
    held = totals_held.of(consultation)
    concerns = tuple(
        dataclasses.replace(
            one,
            counts=(first.get(one.text.split()[0]), None, None),
            printed="9.4%" if one.text == "Gangs" and "Gangs" in first else "",
        )
        for one in held.concerns
    )
    safe = next(one for one in held.questions if one.text.startswith("Do you feel safe"))
    options = (dataclasses.replace(safe.options[0], count=998), dataclasses.replace(safe.options[1], count=391))
    questions = tuple(
        dataclasses.replace(one, options=(*options, one.options[2])) if one == safe else one for one in held.questions
    )
    return Totals(1389, concerns, questions)


def enter(consultation, made, by, **more):
    told = {"source": "Report of 2016, page 5", "note": "", "version": consultation.version, **more}
    return totals.enter(consultation, totals=made, by=by, **told)


def test_what_is_entered_is_what_is_counted(sam):
    consultation = draft()
    enter(consultation, filled(consultation, Drugs=339, Gangs=130, All=420), sam)
    counts = gathering.gather(consultation)
    assert (counts.responses, counts.holds_responses) == (1389, False)
    assert [(one.text, one.first, one.second, one.is_group) for one in counts.concerns] == [
        ("Drugs", 339, None, False),
        ("Gangs", 130, None, False),
        ("All others together", 420, None, True),
    ]
    assert [[option.count for option in question.options] for question in counts.questions] == [[998, 391]]
    assert Tally.objects.get(concern__text="Gangs").printed == "9.4%"


def test_entered_again_only_what_differs_is_changed_and_told(sam):
    consultation = draft()
    enter(consultation, filled(consultation, Drugs=339, Gangs=130), sam)
    kept = Tally.objects.get(concern__text="Gangs").pk
    enter(consultation, filled(consultation, Drugs=340, Gangs=130, Burglary=7), sam)
    event = AuditEvent.objects.filter(kind="totals_entered").latest("pk")
    assert event.changes == [
        {"what": "Drugs, first choice", "was": "339", "now": "340"},
        {"what": "Burglary, first choice", "was": "nothing", "now": "7"},
    ]
    assert Tally.objects.get(concern__text="Gangs").pk == kept
    enter(consultation, filled(consultation, Gangs=130), sam)
    assert set(Tally.objects.filter(rank=1).values_list("concern__text", flat=True)) == {"Gangs"}


def test_faults_are_at_their_boxes_and_nothing_is_written(sam):
    consultation = draft()
    made = dataclasses.replace(filled(consultation, Drugs=1400), responses=1389)
    with pytest.raises(ValidationError) as error:
        enter(consultation, made, sam, source=" ")
    box = f"first-{consultation.concerns.get(text='Drugs').pk}"
    assert set(error.value.message_dict) == {box, "source"}
    with pytest.raises(ValidationError) as error:
        enter(consultation, dataclasses.replace(made, responses=None, concerns=(Ranked(None, "Others"),)), sam)
    assert error.value.message_dict == {"responses": ["Enter how many answered"]}
    assert Tally.objects.count() == 0


def test_two_people_at_once(sam):
    consultation = draft()
    old = consultation.version
    enter(consultation, filled(consultation, Drugs=339), sam)
    with pytest.raises(Stale):
        enter(Consultation.objects.get(), filled(consultation, Drugs=1), sam, version=old)
    assert Tally.objects.get(rank=1).count == 339


def test_what_is_published_stays(sam):
    consultation = ConsultationFactory(totals_only=True)
    with pytest.raises(ValidationError, match="It is published"):
        enter(consultation, Totals(1389), sam)
    with pytest.raises(ValidationError, match="It is published"):
        totals.complete(consultation, version=1, on=AFTER, by=sam)


def test_where_responses_are_held_none_are_entered(sam):
    consultation = whole()
    with pytest.raises(ValidationError, match="holds responses"):
        enter(consultation, Totals(1389), sam)
    with pytest.raises(ValidationError, match="was opened to the public"):
        totals.begin(consultation, version=consultation.version, by=sam)


def test_from_a_draft_to_what_can_be_analysed(sam):
    consultation = whole(draft=True)
    totals.begin(consultation, version=consultation.version, by=sam)
    assert not consultation.holds_responses
    with pytest.raises(Stale):
        totals.begin(consultation, version=consultation.version, by=sam)
    with pytest.raises(ValidationError, match="there is no number yet"):
        totals.complete(consultation, version=consultation.version, on=AFTER, by=sam)
    enter(consultation, filled(consultation, Drugs=339), sam)
    with pytest.raises(ValidationError, match="still to come"):
        totals.complete(consultation, version=consultation.version, on=dt.date(2018, 8, 12), by=sam)
    totals.complete(consultation, version=consultation.version, on=dt.date(2018, 8, 13), by=sam)
    assert Consultation.objects.get().state == "closed"
    with pytest.raises(Stale):
        totals.complete(consultation, version=consultation.version, on=AFTER, by=sam)


def test_ways_that_nobody_named_are_not_told_of_totals(sam):
    """A draft starts with a web form and paper: of a survey held elsewhere that would be made up."""
    consultation = setting_up.add("Survey 2013", plan=None, by=sam)
    assert consultation.channels.exists()
    totals.begin(consultation, version=consultation.version, by=sam)
    assert not consultation.channels.exists()
    event = AuditEvent.objects.get(kind="totals_begun")
    assert [change["what"] for change in event.changes] == ["Ways to answer"]


def test_totals_that_were_changed_after_counting_are_counted_again_before_they_are_published(sam):
    consultation = draft()
    enter(consultation, filled(consultation, Gangs=40), sam)
    consultation.refresh_from_db()
    totals.complete(consultation, version=consultation.version, on=dt.date(2018, 12, 1), by=sam)
    analysing.analyse(consultation, version=consultation.version, by=sam)
    assert waiting.for_publication(consultation) == []
    enter(consultation, filled(consultation, Gangs=41), sam)
    consultation.refresh_from_db()
    assert waiting.for_publication(consultation) == [
        "The totals were changed after they were counted. They are counted again first."
    ]
    analysing.analyse(consultation, version=consultation.version, by=sam, reason="A misprint")
    analysing.publish(consultation, version=consultation.version, by=sam)


def test_what_ships_of_2016_is_read_as_it_is_printed():
    shipped.load(PlanFactory())
    held = totals_held.of(Consultation.objects.get())
    assert held.responses == 1389 and held.named(0) == 1389
    assert differences(held) == []


def test_totals_are_read_with_seven_queries(sam, django_assert_num_queries):
    consultation = draft()
    enter(consultation, filled(consultation, Drugs=339, Gangs=130), sam)
    with django_assert_num_queries(5):  # no language: its texts are not asked for
        totals_held.of(consultation)
