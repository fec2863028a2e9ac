"""What of consultations stands on a person's first page and in their digest."""

import datetime as dt

import pytest

from reporting import digests, home_consulting
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    CommentFactory,
    ConsultationFactory,
    DisclosureFactory,
    QuoteFactory,
    ResponseFactory,
)

pytestmark = pytest.mark.django_db
ON = dt.date(2018, 7, 2)  # a Monday
NOON = dt.datetime(2018, 7, 2, 11, 0, tzinfo=dt.UTC)


def told(person, on: dt.date = ON) -> list[tuple[str, str, str]]:
    return [(item.name, item.state, item.do) for item in home_consulting.items(person, on)]


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def consultation(sam):
    return ConsultationFactory(title="What matters", slug="what", triage_owner=sam, opened_by=sam)


def harm(consultation, owner):
    comment = CommentFactory(response__channel__consultation=consultation)
    return DisclosureFactory(comment=comment, owner=owner, raised_at=NOON)


def test_nothing_waits(sam):
    assert told(sam) == []


def test_what_may_tell_of_harm_is_its_owners(sam, consultation):
    one = harm(consultation, sam)
    name = "A comment that may tell of harm, in “What matters”"
    assert told(sam) == [(name, "", "See to it")]
    assert told(sam, ON + dt.timedelta(days=1)) == [(name, "Overdue", "See to it")]
    assert told(UserFactory(roles=["coordinator"])) == []
    (item,) = home_consulting.items(sam, ON)
    assert item.url == f"/consultations/disclosures/{one.pk}/"


def test_many_stand_in_one_line(sam, consultation):
    for _ in range(4):
        harm(consultation, sam)
    assert told(sam) == [("4 comments that may tell of harm", "", "See to them")]


def test_quotes_wait_for_who_did_not_choose_them(sam, consultation):
    lena, jo = UserFactory(roles=["coordinator"]), UserFactory(roles=["executive"])
    for chooser in (sam, sam, lena):
        comment = CommentFactory(response__channel__consultation=consultation)
        QuoteFactory(comment=comment, chosen_by=chooser)
    assert told(sam) == [("1 quote to pass, from “What matters”", "", "Read the quotes")]
    assert told(lena) == [("2 quotes to pass, from “What matters”", "", "Read the quotes")]
    assert told(jo) == []
    type(consultation).objects.update(state="analysed")
    assert told(jo) == [("3 quotes to pass, from “What matters”", "", "Read the quotes")]


def test_a_reminder_goes_to_its_owner_and_says_no_word_of_the_comment(sam, consultation):
    one = harm(consultation, sam)
    (digest,) = digests.due(ON)
    assert digest.person == sam
    (item,) = digest.items
    assert item.owed.thing == f"consultation.disclosure:{one.pk}"
    assert one.comment.text not in item.owed.what


@pytest.mark.parametrize(
    ("opens_on", "line"),
    [
        (None, []),
        (dt.date(2018, 7, 10), []),
        (dt.date(2018, 7, 9), [("Open “Next year”", "", "See what it lacks")]),
        (dt.date(2018, 7, 2), [("Open “Next year”", "", "See what it lacks")]),
        (dt.date(2018, 7, 1), [("Open “Next year”", "Overdue", "See what it lacks")]),
    ],
)
def test_a_draft_stands_there_from_a_week_before_its_first_day(sam, opens_on, line):
    ConsultationFactory(title="Next year", draft=True, opens_on=opens_on, closes_on=None, purge_on=None)
    assert told(sam) == line


def test_each_consultation_waits_for_its_next_step(sam, consultation):
    model = type(consultation)
    assert told(sam) == []  # people answer
    model.objects.update(state="closed")
    assert told(sam) == [("Count the answers to “What matters”", "", "Go and count")]
    model.objects.update(state="analysed")
    assert told(sam) == [("Publish the results of “What matters”", "", "See the results")]
    assert told(UserFactory(roles=["executive"])) == []
    assert told(UserFactory(roles=["data_lead"])) == []
    model.objects.update(state="published", published_at=NOON, published_by=sam)
    assert told(sam) == []


def test_flagged_responses_stand_in_one_line_for_each_consultation(sam, consultation):
    ResponseFactory(channel__consultation=consultation, standing="held")
    assert told(sam) == [("1 flagged response, in “What matters”", "", "Look at it")]
    ResponseFactory(channel__consultation=consultation, standing="held")
    assert told(sam) == [("2 flagged responses, in “What matters”", "", "Look at them")]
    (item,) = home_consulting.items(sam, ON)
    assert item.url == "/consultations/what/responses/"
