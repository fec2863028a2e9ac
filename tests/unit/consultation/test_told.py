import pytest

from consultation import told
from consultation.counts import ConcernCount, Counts
from consultation.models import Concern
from tests.factories.consultations import ConcernFactory, ConsultationFactory, ResultFactory, TallyFactory

pytestmark = pytest.mark.django_db


def kept(*first):
    concerns = tuple(ConcernCount(key, key, number, 0, 0) for key, number in first)
    return Counts(2000, concerns, "What matters most?", "", ()).to_json()


def read():
    rows = Concern.objects.select_related("consultation")
    return {one.text: words for one in rows if (words := told.first_choices(rows).get(one.pk))}


def test_of_printed_totals_of_all_who_answered(django_assert_num_queries):
    concern = ConcernFactory(text="Gangs", consultation=ConsultationFactory(totals_only=True, stated_responses=1389))
    TallyFactory(concern=concern, count=130)
    ConcernFactory(text="Dogs", consultation=concern.consultation)
    rows = list(Concern.objects.select_related("consultation"))
    with django_assert_num_queries(2):
        found = told.first_choices(rows)
    assert found == {concern.pk: "130 of 1,389 named it first"}


def test_of_counted_responses_of_those_who_named_one_by_the_latest_results():
    consultation = ConsultationFactory(state="published", published_by=None)
    ConcernFactory(text="Gangs", key="gangs", consultation=consultation)
    ConcernFactory(text="New", key="new", consultation=consultation)
    ResultFactory(consultation=consultation, safe=kept(("gangs", 1), ("drugs", 1)))
    ResultFactory(consultation=consultation, number=2, reason="Again.", safe=kept(("gangs", 1000), ("drugs", 500)))
    assert read() == {"Gangs": "1,000 of 1,500 named it first"}


def test_before_anything_is_counted_nothing_is_said():
    ConcernFactory(text="Gangs")
    assert read() == {}
