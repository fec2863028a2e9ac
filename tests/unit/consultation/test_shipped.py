"""The consultation of 2016 as it ships: the numbers are those of the plan's page 5 and of its report to Cabinet (3.7 to 3.12), no others."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from consultation import shipped
from consultation.models import Answer, Concern, Consultation, Response, Tally
from priorities import plan_data
from tests.factories.consultations import ConcernFactory, ConsultationFactory

pytestmark = pytest.mark.django_db

PRINTED = [  # plan, page 5
    ("Drugs and Alcohol Abuse", 339, "24.4%", "A"),
    ("Anti-social Behaviour (ASB)", 311, "22.4%", "A"),
    ("Gangs", 130, "9.4%", "D"),
    ("Road Safety", 101, "7.3%", None),
    ("Burglary", 88, "6.3%", "D"),
]


@pytest.fixture
def plan():
    return plan_data.load()[0]


@pytest.fixture
def consultation(plan):
    shipped.load(plan)
    return Consultation.objects.get(slug="crime-and-disorder-2016")


def test_it_holds_what_is_printed_and_no_response(consultation):
    assert consultation.is_published and not consultation.holds_responses
    assert consultation.stated_responses == 1389
    firsts = Tally.objects.filter(consultation=consultation, concern__isnull=False)
    told = [
        (
            tally.concern.text,
            tally.count,
            tally.printed,
            tally.concern.priority and tally.concern.priority.letter,
        )
        for tally in firsts.select_related("concern__priority")
    ]
    assert told == PRINTED
    assert not Response.objects.exists() and not Answer.objects.exists()


def test_its_totals_add_up(consultation):
    """339 + 311 + 130 + 101 + 88 = 969; 1,389 − 969 = 420 of the other 16 options together. 998 + 391 = 1,389."""
    firsts = Tally.objects.filter(consultation=consultation, rank=1)
    assert sum(tally.count for tally in firsts) == 1389
    assert [(tally.count, tally.printed) for tally in firsts if tally.together] == [(420, "")]
    safe = Tally.objects.filter(consultation=consultation, option__question__key="safe")
    assert [(tally.option.text, tally.count) for tally in safe] == [("Agree", 998), ("Disagree", 391)]


def test_each_printed_percentage_is_its_count_of_all_who_answered(consultation):
    for tally in Tally.objects.filter(consultation=consultation).exclude(printed=""):
        printed = Decimal(tally.printed.removesuffix("%"))
        ours = (Decimal(100 * tally.count) / 1389).quantize(printed, ROUND_HALF_UP)
        assert ours == printed, tally


def test_road_safety_was_fourth_and_no_priority_covers_it(consultation):
    concern = Concern.objects.get(consultation=consultation, key="road-safety")
    assert concern.priority is None and "no priority of the plan covers it" in concern.uncovered_note


def test_loading_again_adds_nothing_and_keeps_what_was_changed(plan, consultation):
    Concern.objects.filter(key="gangs").update(uncovered_note="Ours")
    assert shipped.load(plan) == 0
    assert Concern.objects.get(key="gangs").uncovered_note == "Ours"


def test_what_an_upgrade_carried_over_gets_its_words_and_priorities_once(plan):
    carried = ConsultationFactory(totals_only=True, slug="crime-and-disorder-2016", purpose="", plan=plan)
    gangs = ConcernFactory(consultation=carried, key="gangs", text="Gangs")
    burglary = ConcernFactory(consultation=carried, key="burglary", text="Burglary", uncovered_note="Ours")
    shipped.load(plan)
    for concern in (carried, gangs, burglary):
        concern.refresh_from_db()
    assert carried.note.startswith("Published totals") and "page 5" in carried.source and carried.purpose
    assert gangs.priority.letter == "D"
    assert (burglary.priority, burglary.uncovered_note) == (None, "Ours")
    Concern.objects.filter(pk=gangs.pk).update(priority=None)
    assert shipped.load(plan) == 0
    gangs.refresh_from_db()
    assert gangs.priority is None
