"""Growth and savings, and the people who are paid for, asked as a browser does."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import budget_changes, posts
from governance.models import BudgetChange, FundedPosts
from lib.quarters import Year
from tests.factories.accounts import UserFactory
from tests.factories.funding import BudgetChangeFactory, FundedPostsFactory, FundingStreamFactory
from tests.factories.governance import BodyFactory

pytestmark = pytest.mark.django_db
CHANGES, POSTS = "/funding/budget-changes/", "/funding/posts/"
Y0, Y1 = Year.parse("2016-17"), Year.parse("2017-18")


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(dt.datetime(2018, 5, 10, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def sam(client):
    client.force_login(UserFactory(name="Sam Carrick", roles=["coordinator"]))
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split())


A_SAVING = {
    "version": "0", "kind": "saving", "year": "2018/19", "what_for": "Fewer patrols", "amount": "£400,000.10",
    "stream": "", "priority": "", "note": "",
}  # fmt: skip
SOME_POSTS = {
    "version": "0", "name": "Night team", "number": "12", "posts": "youth workers", "what_for": "", "stream": "", "body": "",
    "organisation": "", "priority": "", "note": "",
    **{f"{day}_{part}": "" for day in ("starts_on", "ends_on") for part in ("day", "month", "year")},
}  # fmt: skip


# ---------------------------------------------------------------- growth and savings


def test_each_year_says_what_it_comes_to_the_latest_first(sam):
    for kind, year, amount in (
        ("growth", Y0, 480_000),
        ("growth", Y0, 520_000),
        ("growth", Y1, 150_000),
        ("saving", Y1, 400_000),
    ):
        BudgetChangeFactory(kind=kind, year=year, amount=Decimal(amount))
    page = words(sam.get(CHANGES))
    assert "£250,000 less in 2017-18, £1,000,000 more in 2016-17." in page
    assert (
        'Together<span class="govuk-visually-hidden"> in 2017-18</span>: £250,000 less' in page and "−£400,000" in page
    )
    assert 'Together<span class="govuk-visually-hidden"> in 2016-17</span>: £1,000,000 more' in page


def test_a_year_that_comes_to_nothing_and_none_at_all(sam):
    assert "No growth and no saving has been entered yet." in words(sam.get(CHANGES))
    BudgetChangeFactory(kind="growth", amount=Decimal("5.50"))
    BudgetChangeFactory(kind="saving", amount=Decimal("5.50"))
    assert "No change in 2017-18." in words(sam.get(CHANGES))


def test_a_saving_is_entered_and_changed_with_its_amounts_on_record(sam):
    stream = FundingStreamFactory(name="Grant")
    assert "Added: Saving 2018-19: Fewer patrols" in words(sam.post(f"{CHANGES}add/", A_SAVING, follow=True))
    change = BudgetChange.objects.get()
    assert (change.kind, str(change.year), change.amount) == ("saving", "2018-19", Decimal("400000.10"))
    typed = A_SAVING | {"version": "1", "amount": "400,000", "stream": str(stream.pk)}
    assert "The line is saved" in words(sam.post(f"{CHANGES}{change.pk}/edit/", typed, follow=True))
    [event] = AuditEvent.objects.filter(kind="budget_change_changed")
    assert event.changes == [
        {"what": "Amount", "was": "£400,000.10", "now": "£400,000"},
        {"what": "Stream", "was": "nothing", "now": "Grant"},
    ]
    again = sam.post(f"{CHANGES}{change.pk}/edit/", typed | {"version": "2"}, follow=True)
    assert "Nothing was changed" in words(again)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": ""}, "Choose growth or saving"),
        ({"year": "2018"}, "Enter the financial year like 2018-19"),
        ({"year": "2018-20"}, "Enter the financial year like 2018-19"),
        ({"year": ""}, "Enter the financial year, like 2018-19"),
        ({"amount": "£1.6m"}, "The amount must be written out in full: type 1,600,000"),
        ({"amount": "-400,000"}, "The amount can’t be"),
        ({"amount": "0"}, "The amount must be more than £0"),
        ({"amount": "1.0001"}, "at most two figures after the point"),
        ({"what_for": " "}, "Say what it is"),
        ({"stream": "9999"}, "Choose one of the options"),
    ],
)
def test_a_line_that_cannot_be(sam, typed, sentence):
    page = words(sam.post(f"{CHANGES}add/", A_SAVING | {"note": "My typing"} | typed))
    assert "<title>Error: " in page and sentence in page and "My typing" in page
    assert not BudgetChange.objects.exists()


def test_the_second_of_two_at_one_line_is_told(sam):
    change = BudgetChangeFactory()
    typed = A_SAVING | {"version": "1"}
    sam.post(f"{CHANGES}{change.pk}/edit/", typed)
    page = words(sam.post(f"{CHANGES}{change.pk}/edit/", typed | {"note": "Mine"}))
    assert "has been changed since you opened it" in page and "Mine" in page and 'name="version" value="2"' in page


def test_amounts_that_no_form_would_send(sam):
    by = UserFactory()
    for amount in (Decimal(-1), Decimal(0), Decimal("0.001"), Decimal(10**9)):
        said = budget_changes.Content("growth", Y1, "More", amount)
        with pytest.raises(ValidationError) as refusal:
            budget_changes.add(content=said, by=by)
        assert list(refusal.value.message_dict) == ["amount"]


# ---------------------------------------------------------------- posts


def test_the_total_is_of_those_who_are_there_today(sam):
    FundedPostsFactory(number=6, name="Taskforce", body=BodyFactory(name="ASB Operations Group"))
    FundedPostsFactory(number=14, starts_on=dt.date(2018, 5, 10))
    FundedPostsFactory(number=1, ends_on=dt.date(2018, 5, 10), posts="analysts")
    FundedPostsFactory(number=3, ends_on=dt.date(2018, 5, 9))
    FundedPostsFactory(number=2, starts_on=dt.date(2018, 5, 11))
    page = words(sam.get(POSTS))
    assert "<strong>21 posts are paid for today.</strong>" in page
    assert "Of 5 more posts the time is over or to come." in page
    assert '<span>1</span></td> <td role="cell" data-label="Who they are"><span>analysts</span>' in page
    assert "Directed by ASB Operations Group" in page


def test_one_post_and_none(sam):
    group = FundedPostsFactory(name="Team", number=1, ends_on=dt.date(2018, 5, 10))
    assert str(group) == "Team: 1 post"
    assert "<strong>1 post is paid for today.</strong>" in words(sam.get(POSTS))
    FundedPosts.objects.update(ends_on=dt.date(2018, 5, 9))
    page = words(sam.get(POSTS))
    assert (
        "<strong>Nobody is paid for today.</strong>" in page and "Of 1 more post the time is over or to come." in page
    )
    assert str(FundedPostsFactory(name="Big team", number=1_012)) == "Big team: 1,012 posts"


def test_money_is_typed_beside_a_pound_sign(sam):
    page = words(sam.get(f"{CHANGES}add/"))
    assert page.count('<div class="govuk-input__prefix" aria-hidden="true">£</div>') == 1
    assert '<h1 class="govuk-heading-l">Add growth or a saving</h1>' in page and "Add this line" in page


def test_posts_are_entered_and_changed(sam):
    assert "No posts have been entered yet." in words(sam.get(POSTS))
    assert "Added: Night team" in words(sam.post(f"{POSTS}add/", SOME_POSTS, follow=True))
    group = FundedPosts.objects.get()
    typed = SOME_POSTS | {"version": "1", "number": "1,012", "ends_on_day": "31", "ends_on_month": "3"}
    typed |= {"ends_on_year": "2019"}
    assert "The posts are saved" in words(sam.post(f"{POSTS}{group.pk}/edit/", typed, follow=True))
    group.refresh_from_db()
    assert (group.number, group.ends_on, group.version) == (1_012, dt.date(2019, 3, 31), 2)
    page = words(sam.post(f"{POSTS}{group.pk}/edit/", typed | {"note": "Mine"}))
    assert "has been changed since you opened it" in page and "Number: 12 → 1012" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter what the group is called"),
        ({"number": ""}, "Enter how many they are"),
        ({"number": "0"}, "The number must be between 1 and 9,999"),
        ({"number": "-3"}, "The number"),
        ({"number": "2.5"}, "The number"),
        ({"number": "99999"}, "The number must be between 1 and 9,999"),
        ({"posts": ""}, "Say who they are, such as police officers"),
        (
            {"starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2018", "ends_on_day": "31"}
            | {"ends_on_month": "3", "ends_on_year": "2018"},
            "The last day must be on or after the first day",
        ),
        ({"ends_on_day": "31", "ends_on_month": "4", "ends_on_year": "2018"}, "must be between 1 and 30"),
    ],
)
def test_posts_that_cannot_be(sam, typed, sentence):
    page = words(sam.post(f"{POSTS}add/", SOME_POSTS | {"note": "My typing"} | typed))
    assert "<title>Error: " in page and sentence in page and "My typing" in page
    assert not FundedPosts.objects.exists()


def test_numbers_that_no_form_would_send():
    for number in (0, -1, 10_000):
        with pytest.raises(ValidationError):
            posts.add(content=posts.Content(name="A", number=number), by=UserFactory())


@pytest.mark.parametrize("address", [CHANGES, POSTS])
def test_lists_take_as_many_queries_for_many_rows_as_for_few(sam, address, django_assert_max_num_queries):
    def ask():
        with django_assert_max_num_queries(25) as asked:
            assert sam.get(address).status_code == 200
        return len(asked)

    for number in range(3):
        stream = FundingStreamFactory()
        BudgetChangeFactory(stream=stream, year=Year(2015 + number))
        FundedPostsFactory(stream=stream, body=BodyFactory())
    ask()
    few = ask()
    for number in range(60):
        stream = FundingStreamFactory()
        BudgetChangeFactory(stream=stream, year=Year(2000 + number % 30))
        FundedPostsFactory(stream=stream, body=BodyFactory())
    assert ask() == few
