"""What the pages of an application say to whom: who can submit it, what is sample, what is left of a stream, all that is wrong at once."""

import datetime as dt
import html
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from governance.models import Body, FundingApplication, Membership
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.accounts import OrganisationFactory
from tests.factories.funding import (
    FundingApplicationFactory,
    FundingInterestFactory,
    FundingStreamFactory,
    ProjectFactory,
)
from tests.factories.governance import BodyFactory, place
from tests.factories.governing import ApprovalFactory, MeetingFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db

Role = Membership.Role
Y2, Y3 = Year.parse("2018-19"), Year.parse("2019-20")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2017, 5, 30, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def plan():
    """Four years, 2017-18 to 2020-21."""
    return PlanFactory()


@pytest.fixture(autouse=True)
def executive():
    return BodyFactory(kind=Body.Kind.EXECUTIVE, name="CSP Executive")


@pytest.fixture
def body():
    return BodyFactory(slug="asb", code="ASB", name="ASB Group")


@pytest.fixture
def priya(body):
    person = UserFactory(name="Priya Nair", roles=["member"])
    place(person, body, Role.CHAIR)
    return person


@pytest.fixture
def callum(body):
    person = UserFactory(name="Callum Reed", roles=["member"])
    place(person, body, Role.SUPPORT)
    return person


@pytest.fixture
def jo():
    return UserFactory(name="Jo Mercer", post="Co-chair", roles=["executive"])


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


class TestWhoCanSubmit:
    @pytest.fixture
    def whole(self, body):
        return FundingApplicationFactory(body=body, priority=PriorityFactory())

    def test_whoever_only_drafts_is_told_who_submits(self, client, whole, priya, callum):
        client.force_login(callum)
        page = text(client.get(url("detail", whole.pk)))
        assert "A draft that asks for £12,000. Nothing is missing: Priya Nair, its chair, can submit it." in page
        client.force_login(priya)
        assert "A draft that asks for £12,000. Nothing is missing.</strong>" in text(
            client.get(url("detail", whole.pk))
        )

    def test_either_of_two_chairs(self, client, whole, priya, callum, body):
        place(UserFactory(name="Ada Okoro", roles=["member"]), body, Role.CO_CHAIR)
        client.force_login(callum)
        page = text(client.get(url("detail", whole.pk)))
        assert "Nothing is missing: Ada Okoro or Priya Nair can submit it." in page

    def test_without_a_chair_who_can_sign_in(self, client, whole, callum):
        client.force_login(callum)
        says = "Nothing is missing, but ASB Group has no chair with an account here who could submit it."
        assert says in text(client.get(url("detail", whole.pk)))

    def test_submitted_its_chair_takes_it_back_and_others_ask_the_chair(self, client, body, priya, callum):
        application = FundingApplicationFactory(body=body, submitted=True)
        for person, says in ((priya, "Take it back to change it"), (callum, "Its chair can take it back to change it")):
            client.force_login(person)
            page = text(client.get(url("edit", application.pk), follow=True))
            assert f"It has been submitted, so it stays as it is. {says}" in page


class TestWhatIsSaidOfIt:
    def test_a_sample_one_says_so_on_its_page_and_in_the_list(self, client, body, jo):
        FundingApplicationFactory(body=body, number=1, title="Patrols", submitted=True)
        made_up = FundingApplicationFactory(body=body, number=2, title="Lights", submitted=True, is_sample=True)
        client.force_login(jo)
        page = text(client.get(reverse("governance:funding-application-list")))
        assert "Lights</a> (sample)" in page and page.count("(sample)") == 1
        says = "This application is sample: it was made up to show how this works."
        assert says in text(client.get(url("detail", made_up.pk)))
        assert says not in text(client.get(url("detail", FundingApplication.objects.get(title="Patrols").pk)))

    def test_nothing_asked_for_is_no_amount(self, client, priya):
        client.force_login(priya)
        typed = {"version": "0", "title": "Patrols", "amount_2018-19": "0", "amount_2019-20": "£0.00"}
        page = text(client.post(url("add"), typed, follow=True))
        assert "A draft, without an amount yet." in page and "No amount has been entered yet." in page
        assert FundingApplication.objects.get().years.count() == 0

    def test_match_funding_is_added_to_what_was_agreed(self, client, jo):
        match = {"match_amount": Decimal("4500.00"), "match_from": "Traders"}
        application = FundingApplicationFactory(agreed=True, **match)
        application.years.update(agreed=Decimal("9000.00"))
        client.force_login(jo)
        assert "That makes £13,500 in all." in text(client.get(url("detail", application.pk)))
        asked = FundingApplicationFactory(submitted=True, **match)
        assert "That makes £16,500 in all." in text(client.get(url("detail", asked.pk)))

    @pytest.mark.parametrize(
        ("word", "says"),
        [
            ({"route": "here"}, "<strong>Agreed</strong> on 25 May 2017 by Jo Mercer, Co-chair (Minute 4.2)."),
            (
                {"route": "mail"},
                "<strong>Agreed</strong> on 25 May 2017, by mail, by Jo Mercer, Co-chair (Minute 4.2).",
            ),
        ],
    )
    def test_how_it_was_decided(self, client, sam, word, says):
        application = FundingApplicationFactory(agreed=True)
        by = {"given_by": "Jo Mercer", "post": "Co-chair", "given_on": dt.date(2017, 5, 25)}
        if word["route"] == "here":
            by["giver"] = sam
        ApprovalFactory(application=application, delivery_plan=None, **by, **word)
        client.force_login(sam)
        assert says in text(client.get(url("detail", application.pk)))

    def test_indicators_lead_to_their_pages(self, client, jo):
        application, calls = FundingApplicationFactory(submitted=True), IndicatorFactory(name="Calls", slug="calls")
        application.indicators.add(calls)
        client.force_login(jo)
        page = text(client.get(url("detail", application.pk)))
        assert f'<li><a class="govuk-link" href="{calls.get_absolute_url()}">' in page

    def test_small_words(self, client, jo, sam):
        asked = FundingApplicationFactory(submitted=True, stream=None)
        client.force_login(jo)
        page = text(client.get(url("decide", asked.pk)))
        assert "No particular stream is asked for. Which one pays is chosen when it becomes a project." in page
        assert "Why, or what else was said?" in page and '(optional) </label> <div id="id_said' not in page
        assert "What was said? (optional)" not in page
        page = text(client.get(url("interest", asked.pk)))
        assert "Whoever declares an interest doesn’t decide on the application. It stays on the record." in page

    def test_actions_come_after_the_first_save_where_the_body_is_chosen(self, client, body, sam):
        BodyFactory(slug="tmg")
        client.force_login(sam)
        says = "Actions of the body’s delivery plan can be chosen once the draft is saved."
        assert says in text(client.get(url("add")))


class TestWhatIsLeftOfAStream:
    def test_it_stands_with_each_that_can_be_asked(self, client, priya):
        half, unknown = FundingStreamFactory(name="Levy"), FundingStreamFactory(name="Grant", amount=None)
        spent = FundingStreamFactory(name="Fund", amount=Decimal("20000.00"))
        ProjectFactory(stream=half, amount=Decimal("60000.00"))
        FundingApplicationFactory(stream=half, agreed=True)  # £12,000
        ProjectFactory(stream=spent, amount=Decimal("20000.00"))
        client.force_login(priya)
        page = text(client.get(url("add")))
        assert f'<option value="{half.pk}">Levy: £28,000 of £100,000 is left</option>' in page
        assert f'<option value="{unknown.pk}">Grant: how much there is of it is not known</option>' in page
        assert f'<option value="{spent.pk}">Fund: nothing of £20,000 is left</option>' in page

    def test_and_with_each_that_can_pay_for_the_project(self, client, sam):
        asked, stream = FundingApplicationFactory(agreed=True, stream=None), FundingStreamFactory(name="Levy")
        client.force_login(sam)
        page = text(client.get(url("project", asked.pk)))
        assert f'<option value="{stream.pk}">Levy: £100,000 of £100,000 is left</option>' in page

    def test_as_many_queries_for_thirty_streams_as_for_three(self, client, priya, django_assert_max_num_queries):
        client.force_login(priya)
        FundingStreamFactory.create_batch(3)
        client.get(url("add"))
        with django_assert_max_num_queries(40) as few:
            client.get(url("add"))
        FundingStreamFactory.create_batch(27)
        with django_assert_max_num_queries(40) as many:
            client.get(url("add"))
        assert len(few) == len(many)


def test_only_data_leads_are_offered_to_give_the_spend_of_a_project(client, sam, callum):
    asked, farida = FundingApplicationFactory(agreed=True), UserFactory(name="Farida Begum", roles=["data_lead"])
    client.force_login(sam)
    page = text(client.get(url("project", asked.pk)))
    assert f'<option value="{farida.pk}">Farida Begum' in page and "Callum Reed" not in page
    typed = {"version": "1", "name": "Patrols", "organisation": str(OrganisationFactory().pk), "lead": str(callum.pk)}
    assert "Choose one of the data leads" in text(client.post(url("project", asked.pk), typed))


class TestEverythingWrongAtOnce:
    def test_in_an_application(self, client, priya):
        client.force_login(priya)
        typed = {"version": "0", "title": "", "amount_2018-19": "£1.6m", "amount_2019-20": "5", "match_amount": "500"}
        page = text(client.post(url("add"), typed | day("starts_on", "1/4/2018") | day("ends_on", "31/3/2018")))
        for says in (
            "Enter a title",
            "The amount for 2018-19 must be written out in full: type 1,600,000",
            "Nothing can be asked for in 2019-20: it would end on 31 March 2018",
            "The last day must be on or after the first day",
            "Say who puts in the £500",
        ):
            assert page.count(says) == 2, says  # in the summary and at its box

    def test_when_it_is_submitted(self, client, body, priya):
        application = FundingApplicationFactory(body=body, years={}, ends_on=None, exit_plan="")
        client.force_login(priya)
        typed = {"version": "1", "amount_2018-19": "9.6k", "exit_plan": ""} | day("ends_on", "31/2/2019")
        page = text(client.post(url("submit", application.pk), typed))
        for says in (
            "type 9,600",
            "must be between 1 and 28",
            "Say what happens when the money ends",
            "Choose what it serves: a priority, an action or an indicator",
        ):
            assert page.count(says) == 2, says
        assert "Enter how much is asked for in at least one year" not in page

    def test_in_a_decision(self, client, jo):
        asked = FundingApplicationFactory(submitted=True, years={Y2: Decimal("12000.00"), Y3: Decimal("9000.00")})
        client.force_login(jo)
        typed = {
            "version": "1",
            "verdict": "subject",
            "agreed_2018-19": "£9.6k",
            "agreed_2019-20": "8,000",
            "rows": "2",
            "condition_1_text": "Report in October",
            "condition_2_owner_post": "Chair",
        } | day("condition_2_due_on", "29/5/2017")
        page = text(client.post(url("decide", asked.pk), typed))
        for says in (
            "type 9,600",
            "Say why less is agreed than was asked for",
            "Condition 1: say who does it, a post, a person or both",
            "Condition 1: enter the day by which it is done",
            "Condition 2: say what is to be done",
            "Condition 2: the day must be on or after 30 May 2017, when it was agreed",
        ):
            assert page.count(says) == 2, says
        assert page.index("type 9,600") < page.index("Say why less") < page.index("Condition 1: say")  # as they stand
        asked.refresh_from_db()
        assert asked.is_submitted

    def test_in_a_decision_that_is_recorded(self, client, sam, executive):
        asked = FundingApplicationFactory(submitted=True)
        MeetingFactory(body=executive, starts_at=dt.datetime(2017, 5, 25, 9, 0, tzinfo=dt.UTC))
        client.force_login(sam)
        typed = {"version": "1", "verdict": "refused", "route": "mail"} | day("given_on", "31/2/2017")
        page = text(client.post(url("record", asked.pk), typed))
        for says in (
            "must be between 1 and 28",
            "Say whose mail it was",
            "Say which mail it was, for instance “Mail of 3 May 2018”",
            "Say why it is declined",
        ):
            assert page.count(says) == 2, says

    def test_whoever_took_no_part_is_not_the_one_who_gave_it(self, client, sam):
        asked = FundingApplicationFactory(submitted=True)
        FundingInterestFactory(application=asked, user=None, name="Jo Mercer")
        client.force_login(sam)
        typed = {"version": "1", "verdict": "agreed", "agreed_2018-19": "12,000", "given_by": "Jo Mercer"}
        typed |= {"route": "meeting", "evidence": "Minute 4.2"} | day("given_on", "25/5/2017")
        page = text(client.post(url("record", asked.pk), typed))
        assert (
            "Jo Mercer declared an interest in this application, and so takes no part in the decision: "
            "give somebody else’s name, or leave it empty for the meeting as a whole"
        ) in page
