"""An application for money until it is decided: drafted, submitted when it is whole, taken back, withdrawn, commented on."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import applications
from governance.funding.applying import Content
from governance.models import Body, FundingApplication
from lib.editing import Stale
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.funding import FundingApplicationFactory, FundingStreamFactory
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory
from tests.factories.governing import ApprovalFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.priorities import PriorityFactory

pytestmark = pytest.mark.django_db

Y1, Y2, Y3 = Year.parse("2017-18"), Year.parse("2018-19"), Year.parse("2019-20")
TODAY = dt.date(2017, 5, 30)
FIRST, LAST = dt.date(2018, 4, 1), dt.date(2019, 3, 31)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2017, 5, 30, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def priya():
    return UserFactory(name="Priya Nair", roles=["member"])


@pytest.fixture
def jo():
    return UserFactory(name="Jo Mercer", roles=["executive"])


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def body():
    return BodyFactory(code="ASB")


@pytest.fixture
def whole():
    """Nothing is missing: £12,000 for 2018-19."""
    return Content(
        "Late-night patrols",
        purpose="Two officers on foot",
        priority=PriorityFactory(),
        starts_on=FIRST,
        ends_on=LAST,
        equalities="Shop workers gain",
        exit_plan="The traders go on",
        years={Y2: Decimal("12000.00")},
    )


def told(refused) -> dict[str, list[str]]:
    return refused.value.message_dict


def events(application) -> list[str]:
    return list(
        AuditEvent.objects.about("governance.fundingapplication", application.pk).values_list("kind", flat=True)
    )


class TestDrafting:
    def test_a_title_is_enough_for_a_draft_and_numbers_go_on(self, body, priya):
        first = applications.add(body, content=Content("Patrols"), by=priya)
        second = applications.add(body, content=Content("Lights"), by=priya)
        assert [one.reference for one in (first, second)] == ["ASB F1", "ASB F2"]
        assert (first.state, first.drafted_by, first.years.count()) == ("draft", priya, 0)
        assert applications.add(BodyFactory(code="TMG"), content=Content("Signs"), by=priya).reference == "TMG F1"

    def test_pressed_twice_it_is_one_draft_and_somebody_elses_is_another(self, body, priya, sam, whole):
        first, again = (applications.add(body, content=whole, by=priya) for _ in range(2))
        assert (again, events(first)) == (first, ["funding_application_drafted"])
        other = applications.add(body, content=replace(whole, years={Y2: Decimal("12000.01")}), by=priya)
        theirs = applications.add(body, content=replace(whole, years={Y2: Decimal("12000.01")}), by=sam)
        assert [one.number for one in (first, other, theirs)] == [1, 2, 3]
        anew = applications.add(body, content=whole, by=priya)  # it is not the latest any more
        assert anew.number == 4

    def test_all_of_it_is_kept(self, body, priya, whole):
        stream, calls = FundingStreamFactory(), IndicatorFactory()
        action = ActionFactory(delivery_plan=DeliveryPlanFactory(body=body))
        said = replace(
            whole,
            stream=stream,
            actions=[action],
            indicators=[calls],
            match_amount=Decimal("500.00"),
            match_from="Market traders",
        )
        application = FundingApplication.objects.get(pk=applications.add(body, content=said, by=priya).pk)
        assert (application.stream, application.match_amount) == (stream, Decimal("500.00"))
        assert (list(application.actions.all()), list(application.indicators.all())) == ([action], [calls])
        assert dict(application.years.values_list("year", "amount")) == {Y2: Decimal("12000.00")}

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"kind": Body.Kind.EXECUTIVE}, "doesn’t apply for money"),
            ({"kind": Body.Kind.SCRUTINY}, "doesn’t apply for money"),
            ({"ended_on": TODAY - dt.timedelta(days=1)}, "has ended"),
        ],
    )
    def test_who_does_not_apply(self, priya, fields, says):
        with pytest.raises(ValidationError) as refused:
            applications.add(BodyFactory(**fields), content=Content("Patrols"), by=priya)
        assert says in told(refused)["body"][0]

    def test_a_body_applies_on_its_last_day(self, priya):
        assert applications.add(BodyFactory(ended_on=TODAY), content=Content("Patrols"), by=priya).number == 1

    @pytest.mark.parametrize(
        ("change", "box", "says"),
        [
            ({"title": " "}, "title", "Enter a title"),
            ({"title": "x" * 161}, "title", "160 characters or fewer"),
            ({"purpose": "x" * 5001}, "purpose", "5,000 characters or fewer"),
            ({"ends_on": dt.date(2018, 3, 31)}, "ends_on", "The last day must be on or after the first day"),
            ({"years": {Y2: Decimal("-1.00")}}, "amount_2018-19", "The amount for 2018-19 can’t be less than £0"),
            ({"years": {Y2: Decimal("1.0001")}}, "amount_2018-19", "at most two figures after the point"),
            ({"years": {Y2: Decimal(10**9)}}, "amount_2018-19", "less than a billion pounds"),
            (
                {"years": {Y3: Decimal("1.00")}},
                "amount_2019-20",
                "Nothing can be asked for in 2019-20: it would end on 31 March 2019",
            ),
            (
                {"years": {Y1: Decimal("1.00")}},
                "amount_2017-18",
                "Nothing can be asked for in 2017-18: it would start on 1 April 2018",
            ),
            ({"match_amount": Decimal("5.00")}, "match_from", "Say who puts in the £5"),
            ({"match_from": "Traders"}, "match_amount", "Enter how much Traders puts in"),
            ({"match_amount": Decimal("-5.00"), "match_from": "Traders"}, "match_amount", "can’t be less than £0"),
            ({"match_amount": Decimal("0.00"), "match_from": "Traders"}, "match_amount", "must be more than £0"),
        ],
    )
    def test_what_even_a_draft_can_not_say(self, body, priya, whole, change, box, says):
        with pytest.raises(ValidationError) as refused:
            applications.add(body, content=replace(whole, **change), by=priya)
        assert says in told(refused)[box][0]
        assert not FundingApplication.objects.exists()

    def test_a_year_of_nothing_may_lie_outside_its_days(self, body, priya, whole):
        said = replace(whole, years={Y2: Decimal("5.00"), Y3: Decimal("0.00")})
        assert applications.add(body, content=said, by=priya).years.count() == 2

    @pytest.mark.parametrize(
        ("ends", "starts", "box"),
        [
            (dt.date(2019, 3, 30), None, "ends_on"),
            (dt.date(2019, 3, 31), None, ""),
            (None, dt.date(2018, 4, 2), "starts_on"),
            (None, dt.date(2018, 4, 1), ""),
        ],
    )
    def test_it_lies_within_the_days_of_its_stream(self, body, priya, whole, ends, starts, box):
        said = replace(whole, stream=FundingStreamFactory(starts_on=starts, ends_on=ends))
        if not box:
            assert applications.add(body, content=said, by=priya).pk
            return
        with pytest.raises(ValidationError) as refused:
            applications.add(body, content=said, by=priya)
        assert list(told(refused)) == [box]

    def test_what_another_project_spends_is_not_moved(self, body, priya, whole):
        said = replace(whole, indicators=[IndicatorFactory(spend=True)])
        with pytest.raises(ValidationError, match="not what another project spends"):
            applications.add(body, content=said, by=priya)


class TestEditing:
    def test_changes_are_told_and_saying_the_same_leaves_no_trace(self, body, priya, whole):
        application = applications.add(body, content=whole, by=priya)
        applications.edit(application, content=whole, version=1, by=priya)
        assert (application.version, events(application)) == (1, ["funding_application_drafted"])
        said = replace(whole, years={Y2: Decimal("9000.00")})
        applications.edit(application, content=said, version=1, by=priya)
        event = AuditEvent.objects.get(kind="funding_application_changed")
        assert event.changes == [{"what": "Asked for", "was": "2018-19 £12,000", "now": "2018-19 £9,000"}]
        assert application.version == 2

    def test_a_restricted_indicator_is_not_named_in_the_trail(self, body, priya, whole):
        said = replace(whole, indicators=[IndicatorFactory(name="Secret calls", is_restricted=True)])
        applications.add(body, content=said, by=priya)
        lines = AuditEvent.objects.get(kind="funding_application_drafted").changes
        assert {line["now"] for line in lines if line["what"] == "Indicators"} == {"a restricted indicator"}

    def test_over_a_newer_version_nothing_is_saved(self, body, priya, whole):
        application = applications.add(body, content=whole, by=priya)
        applications.edit(application, content=replace(whole, title="Lights"), version=1, by=priya)
        with pytest.raises(Stale):
            applications.edit(application, content=replace(whole, title="Signs"), version=1, by=priya)
        assert FundingApplication.objects.get().title == "Lights"

    def test_what_is_submitted_stays_as_it_is(self, priya, whole):
        application = FundingApplicationFactory(submitted=True)
        with pytest.raises(ValidationError, match="To change it, its chair takes it back first"):
            applications.edit(application, content=whole, version=1, by=priya)


class TestSubmitting:
    def test_everything_that_is_missing_is_told_at_its_box_at_once(self, body, priya):
        application = applications.add(body, content=Content("Patrols"), by=priya)
        with pytest.raises(ValidationError) as refused:
            applications.submit(application, version=1, by=priya)
        assert told(refused) == {
            "purpose": ["Say what the money is for, and what would change"],
            "years": ["Enter how much is asked for in at least one year"],
            "starts_on": ["Enter the day it would start"],
            "ends_on": ["Enter the day it would end"],
            "equalities": ["Say who gains, and who might lose"],
            "exit_plan": ["Say what happens when the money ends"],
            "priority": ["Choose what it serves: a priority, an action or an indicator"],
        }

    def test_nothing_but_nothing_is_no_amount(self, body, priya, whole):
        application = applications.add(body, content=replace(whole, years={Y2: Decimal("0.00")}), by=priya)
        with pytest.raises(ValidationError) as refused:
            applications.submit(application, version=1, by=priya)
        assert list(told(refused)) == ["years"]

    @pytest.mark.parametrize("serves", ["action", "indicator"])
    def test_an_action_or_an_indicator_will_do_for_a_priority(self, body, priya, whole, serves):
        linked = {"indicators": [IndicatorFactory()]} if serves == "indicator" else {"actions": [ActionFactory()]}
        application = applications.add(body, content=replace(whole, priority=None, **linked), by=priya)
        assert applications.submit(application, version=1, by=priya).is_submitted

    def test_what_was_missing_is_given_in_the_same_step(self, body, priya, whole):
        application = applications.add(body, content=replace(whole, exit_plan=""), by=priya)
        with pytest.raises(ValidationError):
            applications.submit(application, version=1, by=priya)
        applications.submit(application, content=whole, version=1, by=priya)
        application.refresh_from_db()
        assert (application.state, application.exit_plan, application.submitted_by) == (
            "submitted",
            "The traders go on",
            priya,
        )
        assert sorted(events(application))[-1] == "funding_application_submitted"

    def test_nothing_is_half_saved(self, body, priya):
        application = applications.add(body, content=Content("Patrols"), by=priya)
        with pytest.raises(ValidationError):
            applications.submit(application, content=Content("Lights"), version=1, by=priya)
        application.refresh_from_db()
        assert (application.title, application.version) == ("Patrols", 1)

    def test_the_stream_may_have_been_shortened_since(self, body, priya, whole):
        stream = FundingStreamFactory()
        application = applications.add(body, content=replace(whole, stream=stream), by=priya)
        type(stream).objects.filter(pk=stream.pk).update(ends_on=dt.date(2018, 12, 31))
        with pytest.raises(ValidationError) as refused:
            applications.submit(application, version=1, by=priya)
        assert "ends on 31 December 2018" in told(refused)["ends_on"][0]

    def test_once_only(self, priya):
        with pytest.raises(ValidationError, match="It has been submitted to the CSP Executive"):
            applications.submit(FundingApplicationFactory(submitted=True), version=1, by=priya)


class TestLeavingIt:
    def test_taken_back_it_is_a_draft_with_its_comments_and_the_reason_on_the_trail(self, priya, jo):
        application = FundingApplicationFactory(submitted=True)
        applications.comment(application, text="How many nights?", by=jo)
        with pytest.raises(ValidationError, match="Say why it is taken back"):
            applications.take_back(application, reason=" ", version=1, by=priya)
        applications.take_back(application, reason="The price has changed", version=1, by=priya)
        application.refresh_from_db()
        assert (application.state, application.submitted_at, application.comments.count()) == ("draft", None, 1)
        assert AuditEvent.objects.get(kind="funding_application_taken_back").comment == "The price has changed"
        with pytest.raises(ValidationError, match="It is a draft already"):
            applications.take_back(application, reason="Again", version=2, by=priya)

    @pytest.mark.parametrize("submitted", [True, False])
    def test_withdrawn_it_stays_and_nothing_is_done_with_it_any_more(self, priya, submitted):
        application = FundingApplicationFactory(submitted=submitted)
        with pytest.raises(ValidationError, match="Say why it is withdrawn"):
            applications.withdraw(application, because="", version=1, by=priya)
        applications.withdraw(application, because="Paid by the traders", version=1, by=priya)
        application.refresh_from_db()
        assert (application.state, bool(application.submitted_at)) == ("withdrawn", submitted)
        says = "Priya Nair withdrew this application on 30 May 2017: Paid by the traders"
        for act in (
            lambda: applications.comment(application, text="Pity", by=priya),
            lambda: applications.submit(application, version=2, by=priya),
            lambda: applications.take_back(application, reason="x", version=2, by=priya),
            lambda: applications.withdraw(application, because="x", version=2, by=priya),
        ):
            with pytest.raises(ValidationError, match=says):
                act()

    def test_what_is_decided_is_neither_taken_back_nor_withdrawn(self, priya):
        application = FundingApplicationFactory(agreed=True)
        ApprovalFactory(
            application=application, delivery_plan=None, given_by="Jo Mercer", given_on=dt.date(2017, 5, 25)
        )
        says = "Jo Mercer decided on this application on 25 May 2017: agreed"
        with pytest.raises(ValidationError, match=says):
            applications.withdraw(application, because="x", version=1, by=priya)
        with pytest.raises(ValidationError, match=says):
            applications.take_back(application, reason="x", version=1, by=priya)
        with pytest.raises(ValidationError, match=says):
            applications.comment(application, text="Thank you", by=priya)

    def test_reasons_have_an_end(self, priya):
        with pytest.raises(ValidationError, match="300 characters or fewer"):
            applications.withdraw(FundingApplicationFactory(), because="x" * 301, version=1, by=priya)


class TestSayingSomething:
    def test_comments_are_added_in_draft_and_while_it_waits(self, priya, jo):
        draft, waiting = FundingApplicationFactory(), FundingApplicationFactory(submitted=True)
        applications.comment(draft, text="Too much?", by=priya)
        made = applications.comment(waiting, text=" How many\r\nnights? ", by=jo)
        assert (made.text, made.made_by, waiting.version) == ("How many\nnights?", jo, 1)

    def test_pressed_twice_it_is_said_once_and_by_another_again(self, priya, jo):
        waiting = FundingApplicationFactory(submitted=True)
        for by in (jo, jo, priya, jo):
            applications.comment(waiting, text="How many nights?", by=by)
        assert [one.made_by for one in waiting.comments.order_by("pk")] == [jo, priya, jo]
        assert events(waiting) == ["funding_application_commented"] * 3

    @pytest.mark.parametrize(("text", "says"), [(" ", "Write a comment"), ("x" * 3001, "3,000 characters or fewer")])
    def test_a_comment_says_something_and_has_an_end(self, jo, text, says):
        with pytest.raises(ValidationError) as refused:
            applications.comment(FundingApplicationFactory(submitted=True), text=text, by=jo)
        assert says in told(refused)["text"][0]


class TestInterests:
    def test_ones_own_is_declared_today_and_once(self, jo):
        application = FundingApplicationFactory(submitted=True)
        made = applications.declare_interest(application, nature="Trustee", by=jo)
        assert (made.user, made.name, made.declared_on, made.recorded_by) == (jo, "Jo Mercer", TODAY, jo)
        with pytest.raises(ValidationError, match="Jo Mercer has declared an interest already, on 30 May 2017"):
            applications.declare_interest(application, nature="Again", by=jo)

    def test_the_team_records_what_somebody_declared_in_a_meeting(self, jo, sam):
        application, day = FundingApplicationFactory(submitted=True), dt.date(2017, 5, 25)
        made = applications.declare_interest(
            application, name="Cllr Jo  Mercer", nature="Trustee", declared_on=day, by=sam
        )
        assert (made.user, made.name, made.declared_on, made.recorded_by) == (jo, "Cllr Jo Mercer", day, sam)
        other = applications.declare_interest(
            application, name="Victoria Crane", nature="Landlord", declared_on=day, by=sam
        )
        assert other.user is None
        with pytest.raises(ValidationError) as refused:
            applications.declare_interest(application, name="victoria crane", nature="x", declared_on=day, by=sam)
        assert "declared an interest already" in told(refused)["name"][0]

    @pytest.mark.parametrize(
        ("said", "box"),
        [
            ({"nature": " "}, "nature"),
            ({"nature": "x" * 301}, "nature"),
            ({"name": "x" * 121}, "name"),
            ({"declared_on": dt.date(2017, 5, 31)}, "declared_on"),
        ],
    )
    def test_what_it_has_to_say(self, sam, said, box):
        with pytest.raises(ValidationError) as refused:
            applications.declare_interest(
                FundingApplicationFactory(submitted=True), **({"nature": "Trustee", "name": "Dana Reid"} | said), by=sam
            )
        assert list(told(refused)) == [box]

    def test_of_a_draft_nobody_declares_one(self, jo):
        with pytest.raises(ValidationError, match="once the application is submitted"):
            applications.declare_interest(FundingApplicationFactory(), nature="Trustee", by=jo)
