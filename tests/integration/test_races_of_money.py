"""Two people at one stream at the same moment, each on a connection of their own: never is more given than there is."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import applications, projects, streams
from governance.actions.streams import Content, OfYear
from governance.funding import applying, sums
from governance.models import Allocation, Body, FundingStream, Project
from lib.quarters import Year
from tests.factories.accounts import UserFactory
from tests.factories.funding import AllocationFactory, FundingStreamFactory, ProjectFactory
from tests.factories.governance import BodyFactory
from tests.integration.test_returns_race import at_once, one_won

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the actions.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 8
Y1 = Year.parse("2017-18")


@pytest.fixture
def people():
    return UserFactory(name="Sam Carrick"), UserFactory(name="Lena Fox")


def content(stream: FundingStream, **told) -> Content:
    return Content(**({"name": stream.name, "funder": stream.funder, "amount": stream.amount} | told))


def changing(stream, by, *years, **told):
    mine = FundingStream.objects.get(pk=stream.pk)
    said = content(mine, starts_on=mine.starts_on, ends_on=mine.ends_on, **told)
    return lambda: streams.edit(mine, content=said, years=years, version=mine.version, by=by)


def giving(stream, by, amount, name="Outreach", **told):
    mine = FundingStream.objects.get(pk=stream.pk)
    return lambda: projects.add(mine, content=projects.Content(name=name, amount=Decimal(amount), **told), by=by)


def refused(outcomes) -> list[ValidationError]:
    """The refusals, each a sentence: anything else would be a mistake."""
    found = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(one, ValidationError) for one in found), found
    return found


def given_of(stream) -> Decimal:
    return sums.add(Project.objects.filter(stream=stream).values_list("amount", flat=True)).known


def test_one_lowers_the_stream_while_another_gives_of_it(people):
    sam, lena = people
    for _ in range(ROUNDS):
        stream = FundingStreamFactory()  # £100,000
        ProjectFactory(stream=stream, amount=Decimal(40_000))
        outcomes = at_once(changing(stream, sam, amount=Decimal(60_000)), giving(stream, lena, 20_001))
        [refusal] = refused(outcomes)
        assert "more than its" in str(refusal)
        stream.refresh_from_db()
        assert given_of(stream) <= stream.amount
        assert (stream.amount == 60_000) != (given_of(stream) == 60_001)


def test_one_lowers_what_a_team_has_while_another_gives_of_it(people):
    sam, lena = people
    for _ in range(ROUNDS):
        stream = FundingStreamFactory()
        AllocationFactory(stream=stream, year=Y1, team="DAAT", amount=Decimal(50_000))
        outcomes = at_once(
            changing(stream, sam, OfYear(Y1, Decimal(30_000), "DAAT")), giving(stream, lena, 30_001, team="DAAT")
        )
        assert len(refused(outcomes)) == 1
        [row] = Allocation.objects.filter(stream=stream)
        assert given_of(stream) <= row.amount


def test_two_give_the_last_of_it(people):
    for _ in range(ROUNDS):
        stream = FundingStreamFactory()
        outcomes = at_once(*(giving(stream, one, 50_001, name=f"Of {one.name}") for one in people))
        assert len(refused(outcomes)) == 1
        assert given_of(stream) == 50_001


def test_two_change_one_stream(people):
    for _ in range(ROUNDS):
        stream = FundingStreamFactory()
        assert one_won(at_once(*(changing(stream, one, note=one.name) for one in people)))
        [event] = AuditEvent.objects.filter(kind="funding_stream_changed", subject_id=str(stream.pk))
        stream.refresh_from_db()
        assert (stream.version, stream.note) == (2, event.actor.name)


def test_two_enter_a_stream_of_one_name(people):
    for number in range(ROUNDS):
        said = Content(name=f"Levy {number}", funder="The council")
        [refusal] = refused(at_once(*(lambda one=one, said=said: streams.add(content=said, by=one) for one in people)))
        assert refusal.message_dict == {"name": [streams.TAKEN]}
        assert FundingStream.objects.filter(name=said.name).count() == 1


def test_two_names_that_make_one_address(people):
    sam, lena = people
    for number in range(ROUNDS):
        one, other = Content(name=f"Fund {number}", funder="A"), Content(name=f"Fund: {number}", funder="B")
        outcomes = at_once(lambda: streams.add(content=one, by=sam), lambda: streams.add(content=other, by=lena))  # noqa: B023
        assert refused(outcomes) == []
        assert len({made.slug for made in outcomes}) == 2


def test_two_streams_take_one_name_at_once(people):
    sam, lena = people
    for number in range(ROUNDS):
        one, other = FundingStreamFactory(), FundingStreamFactory()
        name = f"Violence Fund {number}"
        [refusal] = refused(at_once(changing(one, sam, name=name), changing(other, lena, name=name)))
        assert refusal.message_dict == {"name": [streams.TAKEN]}
        assert FundingStream.objects.filter(name=name).count() == 1


def test_an_application_drafted_while_a_project_is_entered_waits_for_nobody(people):
    """One holds the body and points to the stream, the other the stream and points to the body."""
    sam, lena = people
    body = BodyFactory()
    for number in range(ROUNDS):
        stream = FundingStreamFactory()
        asked = applying.Content(title=f"Patrols {number}", stream=stream, years={Y1: Decimal(5)})
        outcomes = at_once(
            lambda asked=asked: applications.add(Body.objects.get(pk=body.pk), content=asked, by=sam),
            giving(stream, lena, 1, lead_body=body),
        )
        assert not any(isinstance(outcome, Exception) for outcome in outcomes), outcomes
