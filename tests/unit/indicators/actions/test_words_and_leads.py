"""Commentary, and who leads what."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Commentary, Lead
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, ReturnFactory

pytestmark = pytest.mark.django_db

WORDS = {"what_happened": "Reports rose.", "why": "The campaign.", "what_next": "Run it again."}
MAY = dt.date(2018, 5, 1)


@pytest.fixture
def commentary():
    return ReturnFactory().commentary


@pytest.fixture
def joan():
    return UserFactory(name="Joan Peters", roles=["commentary_lead"])


class TestCommentary:
    def test_it_is_saved_then_sent(self, commentary, joan):
        actions.save_commentary(commentary, **WORDS, version=1, by=joan)
        assert (commentary.status, commentary.version) == (Commentary.Status.DRAFT, 2)
        actions.send_commentary(commentary, **WORDS, version=2, by=joan)
        saved = Commentary.objects.get()
        assert (saved.status, saved.sent_by, saved.what_next) == (Commentary.Status.SENT, joan, "Run it again.")
        assert [event.kind for event in AuditEvent.objects.order_by("pk")] == ["commentary_saved", "commentary_sent"]

    def test_a_draft_may_be_empty_but_what_is_sent_says_what_happened(self, commentary, joan):
        actions.save_commentary(commentary, what_happened="", why="", what_next="", version=1, by=joan)
        with pytest.raises(ValidationError, match="Say what happened") as refusal:
            actions.send_commentary(commentary, what_happened=" ", why="x", what_next="", version=2, by=joan)
        assert list(refusal.value.message_dict) == ["what_happened"]

    def test_a_newer_version_is_not_overwritten(self, commentary, joan):
        actions.save_commentary(commentary, **WORDS, version=1, by=joan)
        with pytest.raises(Stale):
            actions.send_commentary(Commentary.objects.get(), **WORDS, version=1, by=joan)

    def test_sent_words_are_sent_again_not_drafted(self, commentary, joan):
        actions.send_commentary(commentary, **WORDS, version=1, by=joan)
        with pytest.raises(ValidationError, match="Send it again to change it"):
            actions.save_commentary(commentary, **WORDS, version=2, by=joan)
        assert actions.send_commentary(commentary, **(WORDS | {"why": "Two campaigns."}), version=2, by=joan)

    def test_a_round_that_closed_since_the_words_were_read_keeps_what_was_sent(self, commentary, joan):
        actions.send_commentary(commentary, **WORDS, version=1, by=joan)
        read = Commentary.objects.select_related("for_return__round").get()
        actions.close_round(commentary.for_return.round, version=1, by=UserFactory(roles=["coordinator"]))
        with pytest.raises(ValidationError, match="is closed"):
            actions.send_commentary(read, **(WORDS | {"why": "Two campaigns."}), version=2, by=joan)
        assert Commentary.objects.get().why == WORDS["why"]

    def test_late_words_are_taken_after_closing_but_sent_ones_stay(self, commentary, joan):
        coordinator = UserFactory(roles=["coordinator"])
        actions.close_round(commentary.for_return.round, version=1, by=coordinator)
        actions.send_commentary(commentary, **WORDS, version=1, by=joan)
        with pytest.raises(ValidationError, match="stays as it was sent"):
            actions.send_commentary(commentary, **WORDS, version=2, by=joan)

    def test_words_entered_for_their_lead_are_the_leads(self, commentary, joan):
        LeadFactory(indicator=commentary.for_return.indicator, duty="commentary", user=joan)
        sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
        actions.send_commentary(commentary, **WORDS, written_by=joan, version=1, by=sam)
        saved = Commentary.objects.get()
        assert (saved.written_by, saved.sent_by, saved.is_on_behalf) == (joan, sam, True)
        whose = {"what": "Whose words", "was": "nothing", "now": "Joan Peters, Officer"}
        event = AuditEvent.objects.get()
        assert event.actor == sam and whose in event.changes

    def test_words_are_ones_own_unless_said_otherwise(self, commentary, joan):
        actions.save_commentary(commentary, **WORDS, version=1, by=joan)
        actions.send_commentary(commentary, **WORDS, version=2, by=joan)
        saved = Commentary.objects.get()
        assert (saved.written_by, saved.is_on_behalf) == (joan, False)

    def test_nobody_is_credited_who_does_not_write_it(self, commentary, joan):
        sam = UserFactory(roles=["coordinator"])
        with pytest.raises(ValidationError, match="Joan Peters does not write this commentary") as refusal:
            actions.send_commentary(commentary, **WORDS, written_by=joan, version=1, by=sam)
        assert list(refusal.value.message_dict) == ["written_by"]

    def test_whoever_wrote_it_stays_credited_after_their_time_as_lead(self, commentary, joan):
        lead = LeadFactory(indicator=commentary.for_return.indicator, duty="commentary", user=joan)
        actions.send_commentary(commentary, **WORDS, version=1, by=joan)
        actions.end_lead(lead, ends_on=lead.starts_on, version=1, by=None)
        sam = UserFactory(roles=["coordinator"])
        actions.send_commentary(commentary, **(WORDS | {"why": "Two."}), written_by=joan, version=2, by=sam)
        assert Commentary.objects.get().written_by == joan


class TestLeads:
    def test_a_lead_is_named_from_a_day_on(self, joan):
        indicator, coordinator = IndicatorFactory(), UserFactory(roles=["coordinator"])
        lead = actions.set_lead(indicator, duty="commentary", user=joan, starts_on=MAY, version=1, by=coordinator)
        assert (lead.user, lead.ends_on, indicator.version) == (joan, None, 2)
        change = AuditEvent.objects.get().changes[0]
        assert change == {"what": "Commentary, from 1 May 2018", "was": "nothing", "now": "Joan Peters, Officer"}

    def test_the_role_goes_with_the_duty(self, joan):
        with pytest.raises(ValidationError, match="Joan Peters isn’t a data lead on 1 May 2018"):
            actions.set_lead(IndicatorFactory(), duty="data", user=joan, starts_on=MAY, version=1, by=None)

    def test_twice_is_refused(self, joan):
        lead = LeadFactory(duty="commentary", user=joan)
        with pytest.raises(ValidationError, match="leads this already"):
            actions.set_lead(lead.indicator, duty="commentary", user=joan, starts_on=MAY, version=1, by=None)

    def test_one_who_will_lead_is_not_named_from_an_earlier_day_as_well(self, joan):
        lead = LeadFactory(duty="commentary", user=joan, starts_on=dt.date(2018, 6, 1))
        with pytest.raises(ValidationError, match="leads this already from 1 June 2018"):
            actions.set_lead(lead.indicator, duty="commentary", user=joan, starts_on=MAY, version=1, by=None)

    def test_a_lead_ends_on_a_day(self, joan):
        lead = LeadFactory(duty="commentary", user=joan)
        actions.end_lead(lead, ends_on=MAY, version=1, by=None)
        assert Lead.objects.get().ends_on == MAY
        assert not Lead.objects.in_force(dt.date(2018, 5, 2)).exists()
        with pytest.raises(Stale):
            actions.end_lead(Lead.objects.get(), ends_on=MAY, version=1, by=None)

    def test_a_lead_that_never_began_is_taken_back(self, joan):
        lead = LeadFactory(duty="commentary", user=joan, starts_on=MAY)
        before = dt.date(2018, 4, 30)
        with pytest.raises(ValidationError, match="leads this already"):
            actions.withdraw_lead(lead, on=MAY, version=1, by=None)
        with pytest.raises(Stale):
            actions.withdraw_lead(lead, on=before, version=2, by=None)
        actions.withdraw_lead(lead, on=before, version=1, by=None)
        assert not Lead.objects.exists()
        [change] = AuditEvent.objects.get(kind="lead_withdrawn").changes
        assert (change["was"], change["now"]) == (joan.label, "nothing")

    def test_a_lead_ends_no_earlier_than_it_began(self, joan):
        lead = LeadFactory(duty="commentary", user=joan, starts_on=MAY)
        with pytest.raises(ValidationError, match="before the first, 1 May 2018"):
            actions.end_lead(lead, ends_on=dt.date(2018, 4, 30), version=1, by=None)
