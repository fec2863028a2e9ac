"""Applications for money on their pages: the list, a draft from its title to its submission, what people say, and bad input."""

import datetime as dt
import html
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from governance.models import Body, FundingApplication, Membership
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.funding import (
    FundingApplicationFactory,
    FundingCommentFactory,
    FundingInterestFactory,
    FundingStreamFactory,
)
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory, place
from tests.factories.governing import ApprovalFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db

Role = Membership.Role
Y2, Y3 = Year.parse("2018-19"), Year.parse("2019-20")
LIST = "governance:funding-application-list"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2017, 5, 30, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def plan():
    """Four years, 2017-18 to 2020-21."""
    return PlanFactory()


@pytest.fixture
def body():
    return BodyFactory(slug="asb", code="ASB", name="ASB Group")


@pytest.fixture
def priya(body):
    person = UserFactory(name="Priya Nair", roles=["member"])
    place(person, body, Role.CHAIR)
    return person


@pytest.fixture
def jo():
    return UserFactory(name="Jo Mercer", roles=["executive"])


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def text(response) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def url(name, *args):
    return reverse(f"governance:funding-application-{name}", args=args)


def day(box, on):
    parts = zip(("day", "month", "year"), on.split("/"), strict=True)
    return {f"{box}_{part}": value for part, value in parts}


TYPED = {
    "version": "0",
    "title": "Late-night patrols",
    "purpose": "Two officers on foot",
    "amount_2018-19": "£12,000",
    "amount_2019-20": "3,000.50",
    "match_amount": "500",
    "match_from": "Market traders",
    "equalities": "Shop workers gain",
    "exit_plan": "The traders go on",
    **day("starts_on", "1/4/2018"),
    **day("ends_on", "31/3/2020"),
}


class TestFromTheTitleToTheSubmission:
    def test_a_title_is_enough_and_what_is_missing_is_asked_for_when_it_is_submitted(self, client, priya, plan):
        priority = PriorityFactory(plan=plan, letter="A", title="Burglary")
        client.force_login(priya)
        page = text(client.get(url("add")))
        assert "2017-18" in page and "2020-21" in page and "Who applies?" not in page
        page = text(client.post(url("add"), {"version": "0", "title": "Patrols"}, follow=True))
        assert "A draft, without an amount yet. Seven things are missing before it can be submitted." in page
        application = FundingApplication.objects.get()
        page = text(client.post(url("submit", application.pk), {"version": "1"}))
        for says in (
            "Say what the money is for, and what would change",
            "Enter how much is asked for in at least one year",
            "Enter the day it would start",
            "Say what happens when the money ends",
            "Choose what it serves: a priority, an action or an indicator",
        ):
            assert page.count(says) == 2, says  # in the summary and at its box
        given = TYPED | {"version": "1", "priority": str(priority.pk)}
        page = text(client.post(url("submit", application.pk), given, follow=True))
        assert "£15,000.50 is asked for. It has waited for the CSP Executive’s decision since 30 May 2017." in page
        assert FundingApplication.objects.get().title == "Patrols"  # was there, so it was not asked for

    def test_complete_it_is_one_button(self, client, body, priya):
        application = FundingApplicationFactory(body=body, priority=PriorityFactory())
        client.force_login(priya)
        page = text(client.get(url("submit", application.pk)))
        assert "£12,000 is asked for, and nothing is missing" in page and "textarea" not in page
        client.post(url("submit", application.pk), {"version": "1"})
        application.refresh_from_db()
        assert (application.is_submitted, application.submitted_by) == (True, priya)
        assert client.get(url("submit", application.pk)).status_code == 302

    def test_all_that_was_typed_is_saved_and_shown(self, client, body, priya):
        action = ActionFactory(delivery_plan=DeliveryPlanFactory(body=body), title="Patrol the market")
        stream = FundingStreamFactory(ends_on=dt.date(2020, 3, 31))
        typed = TYPED | {"stream": str(stream.pk), "actions": [str(action.pk)]}
        client.force_login(priya)
        page = text(client.post(url("add"), typed, follow=True))
        for says in (
            "£12,000",
            "£3,000.50",
            "£15,000.50",
            "Match funding: £500 from Market traders",
            "Patrol the market",
        ):
            assert says in page
        assert "That makes £15,500.50 in all." in page
        edit = text(client.get(url("edit", FundingApplication.objects.get().pk)))
        assert 'value="3,000.50"' in edit and 'value="12,000"' in edit

    def test_the_team_chooses_for_whom(self, client, body, sam):
        other = BodyFactory(slug="tmg")
        BodyFactory(kind=Body.Kind.EXECUTIVE, name="CSP Executive")
        client.force_login(sam)
        page = text(client.get(url("add") + "?body=tmg"))
        assert f'<option value="tmg" selected>{other.name}' in page and ">CSP Executive</option>" not in page
        page = text(client.post(url("add"), {"version": "0", "title": "Signs"}))
        assert "Choose the body that applies" in page and 'value="Signs"' in page
        client.post(url("add"), {"version": "0", "title": "Signs", "body": "asb"})
        assert FundingApplication.objects.get().body == body


class TestBadInput:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"title": ""}, "Enter a title"),
            ({"title": "x" * 10_000}, "Title must be 160 characters or fewer"),
            ({"purpose": "x" * 10_000}, "must be 5,000 characters or fewer"),
            ({"title": "Pat\x00rols"}, "has a hidden character in it"),
            ({"amount_2018-19": "£1.6m"}, "The amount for 2018-19 must be written out in full: type 1,600,000"),
            ({"amount_2018-19": "-5"}, "The amount for 2018-19 can’t be less than 0"),
            ({"amount_2018-19": "1.2345"}, "must have at most two figures after the point"),
            ({"amount_2018-19": "x" * 10_000}, "is too long: check what you typed"),
            ({"match_amount": "lots"}, "The match funding must be an amount in pounds and pence"),
            ({"match_from": ""}, "Say who puts in the £500"),
            (day("ends_on", "31/3/2018"), "The last day must be on or after the first day"),
            (day("ends_on", "31/3/2019"), "Nothing can be asked for in 2019-20: it would end on 31 March 2019"),
            (day("starts_on", "31/2/2018"), "must be between 1 and 28"),
            ({"stream": "999999"}, "This can’t be chosen any more"),
            ({"priority": "x"}, "This can’t be chosen any more"),
            ({"actions": ["999999"]}, "This can’t be chosen any more"),
            ({"indicators": ["999999"]}, "This can’t be chosen any more"),
        ],
    )
    def test_a_sentence_each_nothing_saved_and_no_typing_lost(self, client, body, priya, change, says):
        IndicatorFactory()
        ActionFactory(delivery_plan=DeliveryPlanFactory(body=body))
        client.force_login(priya)
        response = client.post(url("add"), TYPED | change)
        page = text(response)
        assert (response.status_code, says in page, "Error: " in page) == (200, True, True), page[:3000]
        assert "The traders go on" in page
        assert not FundingApplication.objects.exists()

    def test_a_stream_that_ends_before_the_project(self, client, priya):
        stream = FundingStreamFactory(name="Levy", ends_on=dt.date(2020, 3, 30))
        client.force_login(priya)
        page = text(client.post(url("add"), TYPED | {"stream": str(stream.pk)}))
        assert page.count("Levy ends on 30 March 2020: this can’t go on after it") == 2

    def test_what_is_out_of_sight_can_not_be_chosen(self, client, body, priya):
        """A restricted indicator, another body's action, and somebody else's body."""
        secret, other = IndicatorFactory(is_restricted=True, name="Secret"), BodyFactory(slug="tmg")
        foreign = ActionFactory(delivery_plan=DeliveryPlanFactory(body=other, running=True))
        IndicatorFactory()
        ActionFactory(delivery_plan=DeliveryPlanFactory(body=body))
        client.force_login(priya)
        for name, key in (("indicators", secret.pk), ("actions", foreign.pk)):
            assert "This can’t be chosen any more" in text(client.post(url("add"), TYPED | {name: [str(key)]}))
        client.post(url("add"), TYPED | {"body": "tmg"})
        assert FundingApplication.objects.get().body == body

    @pytest.mark.parametrize("version", ["", "x", "99999999999999999999"])
    def test_a_lost_version_is_asked_for_again(self, client, body, priya, version):
        application = FundingApplicationFactory(body=body)
        client.force_login(priya)
        for step in ("edit", "submit", "withdraw"):
            response = client.post(url(step, application.pk), TYPED | {"version": version, "because": "x"})
            assert response.status_code == 200
        application.refresh_from_db()
        assert application.version == 1


class TestTwoAtOnce:
    def test_whoever_saves_over_a_newer_version_is_told_who_changed_what(self, client, body, priya, sam):
        application = FundingApplicationFactory(body=body)
        client.force_login(sam)
        client.post(url("edit", application.pk), TYPED | {"version": "1", "title": "Lights"})
        client.force_login(priya)
        page = text(client.post(url("edit", application.pk), TYPED | {"version": "1", "title": "Signs"}))
        assert "Sam Carrick" in page and "→ Lights" in page and 'value="Signs"' in page
        client.post(url("edit", application.pk), TYPED | {"version": "2", "title": "Signs"})
        assert FundingApplication.objects.get().title == "Signs"

    def test_what_was_typed_while_it_was_submitted_is_shown_again(self, client, body, priya):
        application = FundingApplicationFactory(body=body, submitted=True)
        client.force_login(priya)
        for step in ("edit", "submit"):
            page = text(client.post(url(step, application.pk), TYPED | {"version": "1"}))
            assert "It has been submitted to the CSP Executive, so it stays as it is" in page
        assert 'value="Late-night patrols"' in text(client.post(url("edit", application.pk), TYPED | {"version": "1"}))

    def test_what_is_named_already_and_out_of_sight_stays_named(self, client, body, priya):
        application, secret = FundingApplicationFactory(body=body), IndicatorFactory(is_restricted=True, name="Secret")
        application.indicators.add(secret)
        client.force_login(priya)
        assert "Secret" not in text(client.get(url("detail", application.pk)))
        client.post(url("edit", application.pk), TYPED | {"version": "1"})
        assert list(application.indicators.all()) == [secret]


class TestLeavingIt:
    def test_taken_back_by_the_chair_with_a_reason(self, client, body, priya):
        application = FundingApplicationFactory(body=body, submitted=True)
        client.force_login(priya)
        assert "Say why it is taken back" in text(client.post(url("take-back", application.pk), {"version": "1"}))
        said = {"version": "1", "reason": "The price has changed"}
        assert "It is a draft again" in text(client.post(url("take-back", application.pk), said, follow=True))
        assert client.get(url("edit", application.pk)).status_code == 200

    def test_withdrawn_it_is_kept_and_says_why(self, client, body, priya, jo):
        application = FundingApplicationFactory(body=body, submitted=True)
        client.force_login(priya)
        client.post(url("withdraw", application.pk), {"version": "1", "because": "Paid by the traders"})
        client.force_login(jo)
        page = text(client.get(url("detail", application.pk)))
        assert "Withdrawn on 30 May 2017; £12,000 was asked for." in page and "Paid by the traders" in page
        assert "Decide on the application" not in page
        page = text(client.get(url("decide", application.pk)))
        assert "Withdrawn on 30 May 2017" in page and "How much is agreed" not in page


class TestSaying:
    def test_comments_stand_in_their_order_and_a_wrong_one_is_not_lost(self, client, body, jo):
        application = FundingApplicationFactory(body=body, submitted=True)
        client.force_login(jo)
        client.post(url("comment", application.pk), {"text": "How many nights?"})
        page = text(client.post(url("comment", application.pk), {"text": "y" * 3001}))
        assert "must be 3,000 characters or fewer" in page and "y" * 3001 in page and "How many nights?" in page
        assert "Write a comment" in text(client.post(url("comment", application.pk), {"text": " "}))
        assert application.comments.count() == 1

    def test_once_decided_nobody_comments(self, client, jo):
        application = FundingApplicationFactory(agreed=True)
        ApprovalFactory(application=application, delivery_plan=None, given_by="Tom Okafor")
        client.force_login(jo)
        page = text(client.post(url("comment", application.pk), {"text": "Too late"}))
        assert "Tom Okafor decided on this application on 25 May 2017: agreed" in page and "Too late</textarea>" in page
        assert application.comments.count() == 0


class TestTheList:
    def test_what_waits_comes_first_and_drafts_are_ones_own(self, client, body, priya):
        FundingApplicationFactory(body=body, title="Own draft")
        FundingApplicationFactory(title="Draft of others")
        FundingApplicationFactory(submitted=True, title="Waits", years={Y2: Decimal("10.50"), Y3: Decimal("2.00")})
        FundingApplicationFactory(agreed=True, title="Given")
        client.force_login(priya)
        page = text(client.get(reverse(LIST)))
        assert "One application waits for the CSP Executive’s decision: £12.50 is asked for." in page
        assert page.index("Waits") < page.index("Own draft") < page.index("Given")
        assert "Draft of others" not in page and "Agreed on 25 May 2017; not a project yet" in page
        only = text(client.get(reverse(LIST) + "?state=agreed"))
        assert "Given" in only and "Own draft" not in only
        assert "Own draft" in text(client.get(reverse(LIST) + "?state=nonsense"))

    def test_empty_it_says_so(self, client, jo):
        client.force_login(jo)
        page = text(client.get(reverse(LIST)))
        assert "No application waits for the CSP Executive’s decision." in page
        assert "You see applications here once a body has submitted them" in page

    @pytest.mark.once
    def test_as_many_queries_for_three_hundred_as_for_ten(self, client, jo, django_assert_max_num_queries):
        client.force_login(jo)
        bodies = [BodyFactory() for _ in range(5)]

        def fill(many):
            for number in range(many):
                states = {"submitted": number % 2 == 0, "agreed": number % 2 == 1}
                FundingApplicationFactory(body=bodies[number % 5], **states, years={Y2: Decimal(5), Y3: Decimal(6)})

        fill(10)
        client.get(reverse(LIST))
        with django_assert_max_num_queries(14) as few:
            client.get(reverse(LIST))
        fill(290)
        with django_assert_max_num_queries(14) as many:
            client.get(reverse(LIST))
        assert len(few) == len(many)


def test_the_page_takes_as_many_queries_with_much_in_it(client, jo, django_assert_max_num_queries):
    application = FundingApplicationFactory(submitted=True)
    client.force_login(jo)
    with django_assert_max_num_queries(40) as few:
        client.get(url("detail", application.pk))
    for _ in range(6):
        FundingCommentFactory(application=application)
        FundingInterestFactory(application=application)
        application.indicators.add(IndicatorFactory())
        application.actions.add(ActionFactory(delivery_plan=DeliveryPlanFactory(running=True)))
    with django_assert_max_num_queries(40) as many:
        client.get(url("detail", application.pk))
    assert len(few) == len(many)
