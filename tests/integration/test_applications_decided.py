"""Deciding on an application on its pages: an interest instead of a decision, agreed or recorded, withdrawn, and the project that comes of it."""

import datetime as dt
import html
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from governance.models import Body, Project, Undertaking
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.accounts import OrganisationFactory
from tests.factories.funding import FundingApplicationFactory, FundingStreamFactory, ProjectFactory
from tests.factories.governance import BodyFactory, MembershipFactory
from tests.factories.governing import ApprovalFactory, MeetingFactory
from tests.factories.indicators import IndicatorFactory

pytestmark = pytest.mark.django_db

Y2 = Year.parse("2018-19")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2017, 5, 30, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def executive():
    return BodyFactory(kind=Body.Kind.EXECUTIVE, name="CSP Executive")


@pytest.fixture
def jo():
    return UserFactory(name="Jo Mercer", roles=["executive"])


@pytest.fixture
def tom():
    return UserFactory(name="Tom Okafor", roles=["executive"])


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def asked():
    """£12,000 for 2018-19; submitted on 20 April 2017."""
    body = BodyFactory(name="ASB Group", code="ASB")
    return FundingApplicationFactory(submitted=True, body=body, title="Patrols", number=2)


def text(response) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def url(name, *args):
    return reverse(f"governance:funding-application-{name}", args=args)


def day(box, on):
    parts = zip(("day", "month", "year"), on.split("/"), strict=True)
    return {f"{box}_{part}": value for part, value in parts}


AGREED = {"version": "1", "verdict": "agreed", "agreed_2018-19": "12,000"}
CONDITION = {"rows": "2", "condition_1_text": "Report in October", "condition_1_owner_post": "Chair"} | day(
    "condition_1_due_on", "26/10/2017"
)


class TestAnInterestInsteadOfADecision:
    def test_who_sits_on_the_body_is_asked_for_their_interest(self, client, asked, jo, tom):
        MembershipFactory(body=asked.body, user=jo)
        client.force_login(jo)
        says = "You sit on ASB Group, so somebody else on the CSP Executive decides: ask Tom Okafor."
        for name in ("detail", "decide"):
            page = text(client.get(url(name, asked.pk)))
            assert says in page and "Declare your interest" in page and "How much is agreed" not in page
        assert says in text(client.post(url("decide", asked.pk), AGREED))
        assert "Say what the interest is" in text(client.post(url("interest", asked.pk), {"nature": ""}))
        page = text(client.post(url("interest", asked.pk), {"nature": "Member of the group"}, follow=True))
        assert "Jo Mercer doesn’t decide on this application" in page and "Member of the group" in page
        assert "Declare your interest" not in page
        asked.refresh_from_db()
        assert asked.is_submitted

    def test_others_may_declare_one_too_and_then_do_not_decide(self, client, asked, jo):
        client.force_login(jo)
        page = text(client.get(url("detail", asked.pk)))
        assert "Decide on the application" in page and "Declare an interest" in page
        client.post(url("interest", asked.pk), {"nature": "Trustee of the provider"})
        page = text(client.post(url("decide", asked.pk), AGREED))
        assert "You declared an interest in this application, so somebody else on the CSP Executive decides" in page

    def test_the_team_records_one_from_a_meeting(self, client, asked, sam, jo):
        client.force_login(sam)
        page = text(client.get(url("interest", asked.pk)))
        assert "Who declared it?" in page and 'value="Jo Mercer"' in page
        said = {"name": "Jo Mercer", "nature": "Trustee"}
        assert "Enter the day it was declared" in text(client.post(url("interest", asked.pk), said))
        page = text(client.post(url("interest", asked.pk), said | day("declared_on", "25/5/2017"), follow=True))
        assert "Declared on 25 May 2017, recorded by Sam Carrick" in page
        assert asked.interests.get().user == jo


class TestDeciding:
    def test_prefilled_with_what_was_asked_and_agreed_with_a_condition(self, client, asked, jo):
        client.force_login(jo)
        page = text(client.get(url("decide", asked.pk)))
        assert 'value="12,000"' in page and f"£100,000 of the £100,000 of {asked.stream} is left." in page
        typed = AGREED | CONDITION | {"verdict": "subject", "agreed_2018-19": "9,000", "said": "Fewer nights"}
        page = text(client.post(url("decide", asked.pk), typed, follow=True))
        assert "The application is agreed, subject to conditions" in page
        assert "£9,000 of the £12,000 asked for was agreed on 30 May 2017, with one condition still open." in page
        assert "It has not become a project yet." in page and "Report in October" in page and "Fewer nights" in page

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"verdict": ""}, "Say whether it is agreed"),
            ({"agreed_2018-19": ""}, "Enter the amount agreed for 2018-19: 0 where it is nothing"),
            ({"agreed_2018-19": "12,000.01"}, "£12,000 is asked for in 2018-19: no more than that can be agreed"),
            ({"agreed_2018-19": "£1.6m"}, "must be written out in full: type 1,600,000"),
            ({"agreed_2018-19": "-1"}, "can’t be less than 0"),
            ({"agreed_2018-19": "0"}, "Agree more than £0 in at least one year, or decline it"),
            ({"agreed_2018-19": "9,000"}, "Say why less is agreed than was asked for"),
            ({"verdict": "refused"}, "Say why it is declined"),
            ({"verdict": "subject"}, "Condition 1: say on what condition it is agreed"),
            ({"said": "x" * 10_000}, "must be 2,000 characters or fewer"),
            ({"said": "a\x00b"}, "has a hidden character in it"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_keeps_the_typing(self, client, asked, jo, change, says):
        client.force_login(jo)
        typed = AGREED | {"condition_1_owner_post": ""} | change
        page = text(client.post(url("decide", asked.pk), typed))
        assert says in page
        asked.refresh_from_db()
        assert (asked.is_submitted, asked.approvals.count()) == (True, 0)

    def test_more_rows_for_conditions_keep_what_was_typed(self, client, asked, jo):
        client.force_login(jo)
        page = text(client.post(url("decide", asked.pk), AGREED | CONDITION | {"do": "more", "agreed_2018-19": "9"}))
        assert "condition_4_text" in page and 'value="Report in October"' in page and 'value="9"' in page
        assert asked.approvals.count() == 0

    def test_over_what_is_left_it_warns_and_then_refuses(self, client, asked, jo):
        ProjectFactory(stream=asked.stream, amount=Decimal("95000.00"))
        client.force_login(jo)
        page = text(client.get(url("decide", asked.pk)))
        left = f"£5,000 of the £100,000 of {asked.stream} is left: £95,000 is given to projects."
        assert f"{left} £12,000 is asked for." in page and "Warning" in page
        assert f"{left} £12,000 can’t be agreed from it" in text(client.post(url("decide", asked.pk), AGREED))
        less = AGREED | {"agreed_2018-19": "5,000", "said": "All there is"}
        assert "The application is agreed" in text(client.post(url("decide", asked.pk), less, follow=True))

    def test_the_second_is_told_who_decided_what_with_the_typing_kept(self, client, asked, jo, tom):
        client.force_login(jo)
        client.post(url("decide", asked.pk), AGREED | {"verdict": "refused", "said": "No"})
        client.force_login(tom)
        page = text(client.post(url("decide", asked.pk), AGREED | {"said": "Good idea"}))
        assert "Jo Mercer decided on this application on 30 May 2017: declined" in page and "Good idea" in page


class TestRecording:
    def test_from_a_meeting(self, client, asked, sam, executive):
        meeting = MeetingFactory(body=executive, starts_at=dt.datetime(2017, 5, 25, 9, 0, tzinfo=dt.UTC))
        client.force_login(sam)
        assert "Meeting of 25 May 2017" in text(client.get(url("record", asked.pk)))
        typed = AGREED | {"route": "meeting", "meeting": str(meeting.pk)} | day("given_on", "25/5/2017")
        page = text(client.post(url("record", asked.pk), typed, follow=True))
        assert "Recorded. The application is agreed" in page and "at its meeting of 25 May 2017" in page

    def test_a_decision_by_the_applicant_is_not_recorded(self, client, asked, sam):
        MembershipFactory(body=asked.body, user=None, name="Dana Reid")
        client.force_login(sam)
        typed = AGREED | {"route": "mail", "given_by": "Cllr Dana Reid", "evidence": "Mail"}
        page = text(client.post(url("record", asked.pk), typed | day("given_on", "25/5/2017")))
        assert page.count("Cllr Dana Reid sits on ASB Group, and so takes no part in the decision") == 2

    def test_a_wrong_one_is_withdrawn(self, client, sam):
        asked = FundingApplicationFactory(agreed=True)
        ApprovalFactory(application=asked, delivery_plan=None)
        client.force_login(sam)
        said = {"version": "1", "because": "It was another one"}
        page = text(client.post(url("withdraw-decision", asked.pk), said, follow=True))
        assert "It has waited for the CSP Executive’s decision since 20 April 2017." in page
        assert "Withdrawn by Sam Carrick on 30 May 2017: It was another one" in page


class TestAProjectComesOfIt:
    def test_in_one_step(self, client, sam):
        asked, farida = FundingApplicationFactory(agreed=True), UserFactory(roles=["data_lead"])
        organisation = OrganisationFactory()
        client.force_login(sam)
        page = text(client.get(url("project", asked.pk)))
        assert f"£12,000 was agreed from {asked.stream}." in page and "Which stream pays for it?" not in page
        page = text(client.post(url("project", asked.pk), {"version": "1", "name": "Patrols"}))
        assert "Choose the organisation that spends it" in page and "Choose who gives its spend every quarter" in page
        typed = {"version": "1", "name": "Patrols", "organisation": str(organisation.pk), "lead": str(farida.pk)}
        response = client.post(url("project", asked.pk), typed)
        project = Project.objects.get()
        assert (response.status_code, response["Location"]) == (302, project.get_absolute_url())
        assert (project.application, project.amount) == (asked, Decimal("12000.00"))
        page = text(client.get(url("detail", asked.pk)))
        assert "It has not become a project yet" not in page and project.get_absolute_url() in page
        assert "It has become a project already: Patrols" in text(client.post(url("project", asked.pk), typed))

    def test_a_stream_is_chosen_among_those_whose_days_hold_it(self, client, sam):
        asked = FundingApplicationFactory(agreed=True, stream=None)
        fits, ends = FundingStreamFactory(name="Fits"), FundingStreamFactory(name="Ends", ends_on=dt.date(2019, 3, 30))
        client.force_login(sam)
        page = text(client.get(url("project", asked.pk)))
        assert "Fits" in page and "Ends" not in page
        typed = {"version": "1", "name": "Patrols", "stream": str(ends.pk)}
        assert "This can’t be chosen any more" in text(client.post(url("project", asked.pk), typed))
        assert "Choose the stream that pays for it" in text(
            client.post(url("project", asked.pk), typed | {"stream": ""})
        )
        assert not Project.objects.exists() and fits.projects.count() == 0


class TestConditions:
    def test_they_are_listed_with_what_asked_for_them(self, client, asked, jo):
        client.force_login(jo)
        client.post(url("decide", asked.pk), AGREED | CONDITION | {"verdict": "subject"})
        page = client.get(reverse("governance:undertaking-list"))
        assert "Condition of the CSP Executive on" in text(page) and "ASB F2 Patrols</a>" in text(page)
        assert f'href="{asked.get_absolute_url()}"' in page.content.decode()
        assert Undertaking.objects.get().body.kind == Body.Kind.EXECUTIVE


def test_indicators_on_the_page_are_those_in_the_readers_sight(client, asked, jo):
    asked.indicators.add(IndicatorFactory(name="Restricted calls", is_restricted=True))
    client.force_login(jo)
    assert "Restricted calls" in text(client.get(url("detail", asked.pk)))
    client.force_login(UserFactory(roles=["member"]))
    page = text(client.get(url("detail", asked.pk)))
    assert "Patrols" in page and "Restricted calls" not in page
