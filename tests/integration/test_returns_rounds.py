"""Opening and closing quarters, the catalogue, leads and sets, through the test client; and what the lists cost."""

import html
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators import actions, deadlines, progress, work
from indicators.forms.rounds import RoundForm
from indicators.models import Commentary, Indicator, Lead, Return, Round, Target
from lib.owed import NOBODY
from lib.quarters import Quarter, Year
from tests.factories import OrganisationFactory, RoleGrantFactory, UserFactory
from tests.factories.indicators import (
    Q4,
    DefinitionFactory,
    IndicatorFactory,
    LeadFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    sent,
    verified,
)
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(client):
    sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(sam)
    return sam


def page(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def url(name, *args):
    return reverse(f"indicators:{name}", args=args)


def boxes(**dates):
    return {f"{name}_{part}": getattr(day, part) for name, day in dates.items() for part in ("day", "month", "year")}


class TestQuarters:
    def test_opening_asks_for_the_quarter_then_suggests_its_dates(self, client, sam):
        TargetFactory()
        PlanFactory()
        assert "2016-17 Q1, April to June 2016" in page(client.get(url("round-open")))
        address = url("round-open") + "?quarter=2017-18-q4"
        shown = page(client.get(address))
        assert "20 working days from today, as the quarter ended a while ago" in shown
        dates = deadlines.from_quarter(Q4, opened_on=timezone.localdate())
        response = client.post(address, boxes(**dates) | {"with_words": "yes"})
        assert response.url == url("round-detail", Q4)
        assert Round.objects.get().commentary_due_on == dates["commentary_due_on"]
        assert Round.objects.get().due_on == dates["due_on"]
        assert Return.objects.count() == 1
        assert "2017-18-q4 can’t be opened: choose a quarter from the list" in page(client.get(address))

    def test_a_quarter_long_past_is_opened_for_its_figures_alone(self, client, sam):
        PlacementFactory(indicator=TargetFactory().indicator, plan=PlanFactory())
        address = url("round-open") + "?quarter=2016-17-q4"
        asked = client.get(address)
        assert "Ask for commentary as well?" in page(asked)
        assert asked.context["form"]["with_words"].value() == "no"
        quarter = Quarter.parse("2016-17-q4")
        said = boxes(**deadlines.from_quarter(quarter, opened_on=timezone.localdate())) | {
            "with_words": "no",
            "take_over_set": "on",
        }
        refused = page(client.post(address, said | {"with_words": "yes", "commentary_due_on_day": "40"}))
        assert "The day commentary is due must be between 1 and" in refused
        assert client.post(address, said | {"commentary_due_on_day": "40"}).status_code == 302
        assert "Commentary is not asked for in this quarter." in page(client.get(url("round-detail", quarter)))
        assert "Not asked for" in page(client.get(url("round-list")))
        return_ = Return.objects.get()
        assert "It is not asked for in this quarter." in page(client.get(url("return-detail", return_.pk)))
        assert "Not asked for" in page(client.get(url("commentary-edit", return_.commentary.pk)))
        verified(return_)
        assert "Not asked for" in page(client.get(url("round-detail", quarter)))
        assert client.get("/").status_code == 200
        assert not work.for_person(sam, timezone.localdate()).words
        assert not [one for one in work.owed(timezone.localdate()) if "Commentary" in one.what]

    @pytest.mark.parametrize(("days", "asked"), [(120, False), (121, True)])
    def test_for_a_quarter_just_ended_commentary_is_always_asked_for(self, days, asked):
        form = RoundForm(quarter=Q4, today=Q4.end + timedelta(days), other_set=None, cancel_url="/")
        assert ("with_words" in form.fields) is asked

    def test_a_date_out_of_order_is_told_at_its_box(self, client, sam):
        TargetFactory()
        PlanFactory()
        dates = deadlines.from_quarter(Q4, opened_on=timezone.localdate()) | {"verify_by": Q4.end}
        said = boxes(**dates) | {"with_words": "no"}
        shown = page(client.post(url("round-open") + "?quarter=2017-18-q4", said))
        assert "Figures must be verified on the day they are due or later" in shown
        assert not Round.objects.exists()

    def test_a_year_without_a_set_offers_the_nearest(self, client, sam):
        TargetFactory(year=Year(2017))
        PlanFactory()
        address = url("round-open") + "?quarter=2018-19-q1"
        assert "Take over the one indicator of 2017-18, as data only" in page(client.get(address))
        dates = boxes(**deadlines.from_quarter(Quarter.parse("2018-19-q1"), opened_on=timezone.localdate())) | {
            "with_words": "no"
        }
        assert "Tick the box to take over the one of 2017-18" in page(client.post(address, dates))
        assert client.post(address, dates | {"take_over_set": "on"}).status_code == 302
        assert Target.objects.filter(year=Year(2018)).count() == 1

    def test_closing_says_what_is_still_out(self, client, sam):
        return_ = ReturnFactory(indicator__name="Reports of hate")
        shown = page(client.get(url("round-close", Q4)))
        assert "Reports of hate: overdue" in shown
        assert "Say why it is closed while figures are still out" in page(
            client.post(url("round-close", Q4), {"version": 1})
        )
        said = {"version": 1, "reason": "The survey is late."}
        response = client.post(url("round-close", Q4), said, follow=True)
        assert "Closed: 2017-18 Q4" in page(response)
        assert client.get(url("return-edit", return_.pk)).status_code == 200
        page(client.get(url("round-close", Q4)))
        assert "Say why the quarter is opened again" in page(client.post(url("round-reopen", Q4), {"version": 2}))
        client.post(url("round-reopen", Q4), {"version": 2, "reason": "The survey came in."})
        assert not Round.objects.get().is_closed

    def test_closing_over_a_newer_version_is_told(self, client, sam):
        round_ = RoundFactory()
        actions.close_round(round_, version=1, by=sam)
        actions.reopen_round(round_, reason="Late.", version=2, by=sam)
        shown = page(client.post(url("round-close", Q4), {"version": 1}))
        assert "This quarter has been changed since you opened it" in shown
        assert "Quarter opened again" in shown
        assert not Round.objects.get().is_closed

    def test_the_list_and_its_empty_state(self, client, sam):
        assert "No quarter has been opened yet." in page(client.get(url("round-list")))
        verified(ReturnFactory())
        assert "1 of 1 is in." in page(client.get(url("round-list")))


class TestCatalogue:
    @pytest.fixture
    def indicator(self):
        indicator = IndicatorFactory(name="Reports of domestic abuse", owner=OrganisationFactory(name="Police"))
        PlacementFactory(indicator=indicator, reference="B2")
        DefinitionFactory(indicator=indicator)
        return indicator

    def test_verified_figures_show_to_every_lead_unverified_ones_to_their_own_organisation(self, client, indicator):
        verified(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Q4.previous)), 1561)
        sent(ReturnFactory(indicator=indicator, round=RoundFactory()), 1604)
        client.force_login(UserFactory(roles=["data_lead"]))
        shown = page(client.get(url("indicator-detail", indicator.slug)))
        assert "1,561" in shown
        assert "1,604" not in shown
        client.force_login(UserFactory(roles=["data_lead"], organisation=indicator.owner))
        assert "Not yet verified, 1,604" in page(client.get(url("indicator-detail", indicator.slug)))

    def test_the_list_counts_in_words_and_says_where_no_figure_is_verified_yet(self, client, indicator):
        client.force_login(UserFactory(roles=["data_lead"]))
        sent(ReturnFactory(indicator=indicator, round=RoundFactory()), 1604)
        shown = page(client.get(url("indicator-list")))
        assert "<strong>1 indicator of the plan.</strong>" in shown
        assert "None yet" in shown

    def test_words_about_an_unverified_figure_stay_in_its_own_organisation(self, client, indicator):
        return_ = ReturnFactory(indicator=indicator)
        sent(return_, 1604)
        lead = UserFactory(roles=["commentary_lead"])
        words = {"what_happened": "Reports rose to 1,604.", "why": "", "what_next": ""}
        actions.send_commentary(return_.commentary, **words, version=1, by=lead)
        client.force_login(UserFactory(roles=["data_lead"]))
        assert "1,604" not in page(client.get(url("indicator-detail", indicator.slug)))
        client.force_login(UserFactory(roles=["data_lead"], organisation=indicator.owner))
        assert "Reports rose to 1,604." in page(client.get(url("indicator-detail", indicator.slug)))
        verified(return_, 1604)
        client.force_login(UserFactory(roles=["data_lead"]))
        assert "Reports rose to 1,604." in page(client.get(url("indicator-detail", indicator.slug)))

    def test_a_restated_quarter_says_what_it_was(self, client, indicator, sam):
        return_ = ReturnFactory(indicator=indicator)
        verified(return_, 1547)
        verified(return_, 1588, restates="revision", restated_because="Late reports.")
        shown = page(client.get(url("indicator-detail", indicator.slug)))
        assert "was 1,547. Revision: Late reports." in shown

    def test_restricted_ones_are_out_of_sight_but_for_their_leads(self, client, indicator):
        Indicator.objects.update(is_restricted=True)
        client.force_login(UserFactory(roles=["data_lead"], organisation=indicator.owner))
        assert client.get(url("indicator-detail", indicator.slug)).status_code == 404
        assert "Reports of domestic abuse" not in page(client.get(url("indicator-list")))
        client.force_login(LeadFactory(indicator=indicator).user)
        assert "Reports of domestic abuse" in page(client.get(url("indicator-list")))

    def test_one_person_is_named_for_both_or_for_neither(self, client, indicator, sam):
        joan = UserFactory(name="Joan Peters", roles=["data_lead"])
        address = url("lead-edit", indicator.slug)
        named = {"version": 1, "duty": "both", "user": joan.pk, **boxes(starts_on=timezone.localdate())}
        assert "isn’t a commentary lead" in page(client.post(address, named))
        assert not Lead.objects.exists()
        RoleGrantFactory(user=joan, role="commentary_lead")
        assert "Named: Joan Peters" in page(client.post(address, named, follow=True))
        assert sorted(Lead.objects.values_list("duty", flat=True)) == ["commentary", "data"]

    def test_leads_are_named_and_ended(self, client, indicator, sam):
        farida = UserFactory(name="Farida Begum", roles=["data_lead"])
        address = url("lead-edit", indicator.slug)
        assert "Nobody leads it" in page(client.get(address))
        named = {"version": 1, "duty": "data", "user": farida.pk, **boxes(starts_on=timezone.localdate())}
        assert "Named: Farida Begum" in page(client.post(address, named, follow=True))
        assert "leads this already" in page(client.post(address, named | {"version": 2}))
        assert "isn’t a commentary lead" in page(client.post(address, named | {"version": 2, "duty": "commentary"}))
        stale = named | {"user": UserFactory(name="Tom Okafor", roles=["data_lead"]).pk}
        told = page(client.post(address, stale))
        assert "This indicator has been changed since you opened it" in told
        assert "Lead named" in told
        lead = Lead.objects.get()
        assert "changed since you opened it" in page(client.post(address, {"end": lead.pk, "version": 1}, follow=True))
        assert "Today is the last day" in page(client.post(address, {"end": lead.pk, "version": 2}, follow=True))
        assert Lead.objects.get().ends_on == timezone.localdate()
        for unknown in ("x", "9" * 5000):
            assert client.post(address, {"end": unknown, "version": 3}).status_code == 404

    def test_a_lead_that_begins_later_is_shown_and_taken_back(self, client, indicator, sam):
        tomorrow = timezone.localdate() + timedelta(days=1)
        lead = LeadFactory(indicator=indicator, user=UserFactory(name="Joan Peters"), starts_on=tomorrow)
        address = url("lead-edit", indicator.slug)
        shown = page(client.get(address))
        assert lead.user.label in shown
        assert "Take back" in shown
        assert "End today" not in shown
        told = page(client.post(address, {"end": lead.pk, "version": indicator.version}, follow=True))
        assert "Taken back: Joan Peters does not begin" in told
        assert not Lead.objects.exists()

    def test_who_left_is_said_to_be_gone_and_can_be_ended(self, client, indicator, sam):
        gone = UserFactory(name="Gone Away", is_active=False, left_at=timezone.now())
        lead = LeadFactory(indicator=indicator, user=gone)
        address = url("lead-edit", indicator.slug)
        assert "No longer here, so nothing is asked of them" in page(client.get(address))
        assert gone.label not in page(client.get(indicator.get_absolute_url()))
        client.post(address, {"end": lead.pk, "version": indicator.version})
        assert Lead.objects.get().ends_on == timezone.localdate()

    def test_an_indicator_joins_a_years_set(self, client, indicator, sam):
        address = url("target-add", indicator.slug)
        assert "Say why it is added" in page(client.post(address, {"version": 1, "year": "2017-18", "reason": ""}))
        assert client.post(address, {"version": 1, "year": "2017-18", "reason": "Asked."}).status_code == 302
        assert Target.objects.get().year == Year(2017)
        again = page(client.post(address, {"version": 2, "year": "2017-18", "reason": "Asked."}))
        assert "in the set of 2017-18 already" in again


def fill(size, farida, police):
    """A round with every state, figures in the two neighbouring quarters, leads and commentary."""
    plan = PlanFactory()
    priority = PriorityFactory(plan=plan)
    rounds = [RoundFactory(quarter=quarter) for quarter in (Q4, Q4.previous, Q4.year_ago)]
    for number in range(size):
        owner = police if number % 3 else OrganisationFactory()
        indicator = IndicatorFactory(owner=owner)
        PlacementFactory(plan=plan, priority=priority, indicator=indicator, reference=f"A{number}", order=number)
        LeadFactory(indicator=indicator, user=farida)
        LeadFactory(indicator=indicator, duty="commentary", user=farida)
        for round_ in rounds[1:]:
            verified(ReturnFactory(indicator=indicator, round=round_), 100 + number)
        return_ = ReturnFactory(indicator=indicator, round=rounds[0])
        state = number % 4
        if state == 1:
            sent(return_, 120, supplied_by=farida)
        elif state == 2:
            verified(return_, 130, supplied_by=farida)
        elif state == 3:
            sent(return_, 120, supplied_by=farida)
            by = UserFactory(roles=["coordinator"])
            actions.send_back(return_, comment="Why?", due_again_on=timezone.localdate(), version=1, by=by)


def queries(client, address):
    client.get(address)  # what is read once per process
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.once
@pytest.mark.parametrize("name", ["round-detail", "return-list", "indicator-list", "round-list", "round-close"])
def test_a_list_costs_the_same_at_15_and_at_150_indicators(client, name):
    police = OrganisationFactory()
    farida = UserFactory(roles=["data_lead", "commentary_lead", "coordinator"], organisation=police)
    client.force_login(farida)
    address = url(name, Q4) if name in ("round-detail", "round-close") else url(name)
    fill(15, farida, police)
    few = queries(client, address)
    more = [IndicatorFactory(owner=police) for _ in range(135)]
    round_ = Round.objects.get(quarter=Q4)
    for indicator in more:
        LeadFactory(indicator=indicator, user=farida)
        LeadFactory(indicator=indicator, duty="commentary", user=farida)
        sent(
            ReturnFactory(indicator=indicator, round=round_), 5, supplied_by=farida
        ) if indicator.pk % 2 else ReturnFactory(indicator=indicator, round=round_)
    many = queries(client, address)
    assert few == many
    assert few < 35


def test_what_is_owed_costs_the_same_for_any_number():
    police = OrganisationFactory()
    farida = UserFactory(roles=["data_lead", "commentary_lead"], organisation=police)
    on = timezone.localdate()
    counts = []
    fill(4, farida, police)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            found = work.owed(on)
        counts.append(len(captured))
        for indicator in [IndicatorFactory() for _ in range(20)]:
            LeadFactory(indicator=indicator, user=farida)
            ReturnFactory(indicator=indicator, round=Round.objects.get(quarter=Q4))
    assert found
    assert counts[0] == counts[1]


class TestOwed:
    def test_each_lead_owes_until_it_is_done(self):
        return_ = ReturnFactory()
        PlacementFactory(indicator=return_.indicator, reference="B2")
        first, second = LeadFactory(indicator=return_.indicator), LeadFactory(indicator=return_.indicator)
        LeadFactory(indicator=return_.indicator, ends_on=return_.round.opens_on)
        LeadFactory(indicator=return_.indicator, duty="commentary")
        Commentary.objects.update(due_on=None)
        owed = work.owed(return_.round.due_on)
        assert {one.person_id for one in owed} == {first.user_id, second.user_id}
        assert {(one.stage, one.what) for one in owed} == {("due", "Figure for B2 Domestic abuse reports, 2017-18 Q4")}
        assert owed[0].url == url("return-edit", return_.pk)
        assert {one.stage for one in work.owed(return_.round.closes_on)} == {"overdue"}
        sent(return_)
        assert work.owed(return_.round.due_on) == []

    def test_a_closed_round_is_owed_nothing(self):
        return_ = ReturnFactory()
        LeadFactory(indicator=return_.indicator)
        LeadFactory(indicator=return_.indicator, duty="commentary")
        Round.objects.update(closed_at=timezone.now())
        assert work.owed(return_.round.due_on) == []

    def test_commentary_is_owed_by_its_own_lead_and_day(self):
        return_ = ReturnFactory()
        lead = LeadFactory(indicator=return_.indicator, duty="commentary")
        LeadFactory(indicator=return_.indicator)
        words = [one for one in work.owed(return_.round.due_on) if one.thing.startswith("indicators.commentary:")]
        assert [(one.person_id, one.due_on) for one in words] == [(lead.user_id, return_.round.commentary_due_on)]

    def test_what_nobody_leads_is_owed_by_nobody(self):
        return_ = ReturnFactory()
        owed = work.owed(return_.round.due_on)
        assert [(one.person_id, one.what.split()[0]) for one in owed] == [(NOBODY, "Figure"), (NOBODY, "Commentary")]

    def test_words_that_say_less_than_a_red_figure_asks_for_are_owed_again(self):
        return_ = ReturnFactory()
        lead = LeadFactory(indicator=return_.indicator, duty="commentary")
        verified(return_, 170)
        Commentary.objects.filter(for_return=return_).update(
            status="sent", what_happened="It rose.", sent_at=timezone.now(), sent_by=lead.user, written_by=lead.user
        )
        assert work.owed(return_.round.due_on) == []
        TargetFactory(
            indicator=return_.indicator, year=Q4.year, rule="minimum_and_target", basis="quarter", value=150, minimum=160,
            agreed_by="CSP Executive", agreed_on=return_.round.opens_on,
        )  # fmt: skip
        (one,) = work.owed(return_.round.due_on)
        assert (one.person_id, one.stage, one.due_on) == (lead.user_id, "incomplete", return_.round.commentary_due_on)
        (counted,) = progress.for_coordinator(return_.round.due_on)
        assert counted.words_owed == 1
