import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from consultation import codes, piles
from consultation.actions import papers_codes
from consultation.models import Code
from tests.factories.accounts import UserFactory
from tests.factories.consultations import CodeFactory, ConsultationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


def test_a_series_is_made(sam):
    consultation = ConsultationFactory()
    made = papers_codes.make(consultation, series=" Letters ", count=3, by=sam)
    assert Code.objects.filter(consultation=consultation, series="Letters", used_on=None, made_by=sam).count() == 3
    assert not any(codes.fault(code.value) for code in made)
    assert AuditEvent.objects.get(kind="codes_made").changes == [{"what": "Letters", "was": "nothing", "now": "3"}]


def test_the_most_at_once(sam):
    assert len(papers_codes.make(ConsultationFactory(), series="All", count=5_000, by=sam)) == 5_000


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({"count": 0}, "count"),
        ({"count": 5_001}, "count"),
        ({"series": "  "}, "series"),
        ({"series": "x" * 81}, "series"),
        ({"series": "LETTERS"}, "series"),  # there are such already
    ],
)
def test_what_is_refused(sam, given, at):
    consultation = ConsultationFactory()
    CodeFactory(consultation=consultation, series="Letters")
    with pytest.raises(ValidationError) as refused:
        papers_codes.make(consultation, **{"series": "Flyers", "count": 1, **given}, by=sam)
    assert list(refused.value.message_dict) == [at]
    assert Code.objects.count() == 1


@pytest.mark.parametrize("state", ["closed", "analysed", "published"])
def test_no_codes_once_nobody_can_answer(sam, state):
    with pytest.raises(ValidationError, match="Nobody can answer"):
        papers_codes.make(ConsultationFactory(state=state), series="Letters", count=1, by=sam)


def test_another_consultation_may_use_the_same_name(sam):
    CodeFactory(series="Letters")
    assert papers_codes.make(ConsultationFactory(), series="Letters", count=1, by=sam)


def test_series_with_how_many_are_used_the_latest_first(sam, django_assert_num_queries):
    consultation = ConsultationFactory()
    CodeFactory.create_batch(2, consultation=consultation, series="Letters")
    CodeFactory(consultation=consultation, series="Letters", used_on=consultation.opens_on)
    CodeFactory(consultation=consultation, series="Flyers")
    CodeFactory(series="Elsewhere")
    with django_assert_num_queries(1):
        found = piles.series(consultation)
    assert [(one.name, one.made, one.used) for one in found] == [("Flyers", 1, 0), ("Letters", 3, 1)]
