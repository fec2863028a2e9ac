"""The pages of returns and of the board, through the test client."""

import datetime as dt
import html
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import actions
from indicators.models import Commentary, Figure, Return, Verification
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.indicators import (
    DefinitionFactory,
    IndicatorFactory,
    LeadFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    sent,
    verified,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def police():
    return OrganisationFactory(name="Metropolitan Police")


@pytest.fixture
def return_(police):
    return_ = ReturnFactory(indicator=IndicatorFactory(name="Reports of domestic abuse", owner=police))
    PlacementFactory(indicator=return_.indicator, reference="B2")
    DefinitionFactory(indicator=return_.indicator)
    return return_


@pytest.fixture
def farida(return_, police):
    farida = UserFactory(name="Farida Begum", roles=["data_lead"], organisation=police)
    LeadFactory(indicator=return_.indicator, user=farida)
    return farida


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", post="Coordinator", roles=["coordinator"])


@pytest.fixture
def lena():
    return UserFactory(name="Lena Fox", roles=["coordinator"])


def page(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def url(name, *args):
    return reverse(f"indicators:{name}", args=args)


def posted(return_, **changes):
    fields = {"version": return_.version, "number": "1,604", "kind": "final", "behalf": "own", "do": "submit"}
    return fields | changes


class TestMyReturns:
    def test_what_is_owed_comes_first(self, client, return_, farida):
        client.force_login(farida)
        shown = page(client.get(url("return-list")))
        assert "One return for 2017-18 Q4 (January to March 2018). It takes about two minutes." in shown
        assert url("return-edit", return_.pk) in shown
        assert "Overdue" in shown
        assert "It was due on Friday 27 April 2018" in shown

    def test_what_was_sent_back_shows_the_comment_and_the_figure(self, client, return_, farida, sam):
        sent(return_, 137, supplied_by=farida)
        due = timezone.localdate() + dt.timedelta(days=400)
        actions.send_back(return_, comment="Is non-crime in it?", due_again_on=due, version=1, by=sam)
        client.force_login(farida)
        shown = page(client.get(url("return-list")))
        assert "Your figure of 137 is kept." in shown
        assert "Is non-crime in it?" in shown
        assert "It is due again on" in shown
        assert "Change and send" in shown

    def test_what_was_sent_comes_after(self, client, return_, farida):
        verified(return_, supplied_by=farida)
        client.force_login(farida)
        shown = page(client.get(url("return-list")))
        assert "You owe nothing now. All that you lead has been dealt with." in shown
        assert "1,561" in shown
        assert "Verified" in shown

    def test_nothing_open_says_so(self, client):
        client.force_login(UserFactory(roles=["data_lead"]))
        assert "You owe nothing now. No quarter is open" in page(client.get(url("return-list")))

    def test_a_colleague_sees_what_the_organisation_owes_but_nothing_restricted(self, client, return_, farida, police):
        secret = ReturnFactory(
            indicator=IndicatorFactory(name="A restricted one", owner=police, is_restricted=True), round=return_.round
        )
        colleague = UserFactory(roles=["data_lead"], organisation=police)
        client.force_login(colleague)
        shown = page(client.get(url("return-list")))
        assert "What colleagues owe" in shown
        assert url("return-edit", return_.pk) in shown
        assert "A restricted one" not in shown
        assert client.get(url("return-detail", secret.pk)).status_code == 404

    def test_commentary_owed_is_listed_with_its_own_due_day(self, client, return_):
        lead = LeadFactory(indicator=return_.indicator, duty="commentary", user=UserFactory(roles=["commentary_lead"]))
        client.force_login(lead.user)
        shown = page(client.get(url("return-list")))
        assert "One commentary to write." in shown
        assert url("commentary-edit", return_.commentary.pk) in shown


class TestOneReturn:
    def test_the_neighbours_stand_beside_the_box(self, client, return_, farida):
        quarter = return_.round.quarter
        verified(ReturnFactory(indicator=return_.indicator, round=RoundFactory(quarter=quarter.previous)), 1561)
        verified(ReturnFactory(indicator=return_.indicator, round=RoundFactory(quarter=quarter.year_ago)), 1476)
        client.force_login(farida)
        shown = page(client.get(url("return-edit", return_.pk)))
        for words in ("Last quarter, Q3", "1,561", "Same quarter last year", "1,476", "1 January to 31 March 2018"):
            assert words in shown
        assert "Every report to the police" in shown
        assert "Ours: Metropolitan Police" in shown

    def test_a_figure_is_sent_and_the_page_says_so(self, client, return_, farida):
        client.force_login(farida)
        response = client.post(url("return-edit", return_.pk), posted(return_, source="CRIS"), follow=True)
        assert "Sent: 1,604 for Reports of domestic abuse" in page(response)
        assert Figure.objects.get().supplied_by == farida

    def test_on_behalf_of_a_supplier(self, client, return_, farida, sam):
        client.force_login(sam)
        assert "I am entering it on behalf of someone else" in page(client.get(url("return-edit", return_.pk)))
        behalf = {
            "behalf": "behalf",
            "supplier": str(farida.pk),
            "route": "mail",
            "received_on_day": "26",
            "received_on_month": "April",
            "received_on_year": "2018",
        }
        response = client.post(url("return-edit", return_.pk), posted(return_, **behalf))
        assert response.url == url("round-detail", return_.round.quarter) + "#still-out"  # where the next one is
        section = page(client.get(response.url)).split('id="still-out"')[1].split("</section>")[0]
        assert "Sent: 1,604 for Reports of domestic abuse" in section
        shown = page(client.get(url("return-detail", return_.pk)))
        figure = Figure.objects.get()
        assert (figure.supplied_by, figure.recorded_by, figure.route) == (farida, sam, "mail")
        assert figure.received_on == dt.date(2018, 4, 26)
        assert "By mail, 26 April 2018, keyed by Sam Carrick" in shown

    def test_who_gives_it_as_a_rule_is_chosen_for_who_enters_it(self, client, return_, farida, sam):
        sam.organisation = return_.indicator.owner  # a colleague's figure is not one's own
        sam.save()
        client.force_login(sam)
        form = client.get(url("return-edit", return_.pk)).context["form"]
        assert (form["behalf"].value(), form["supplier"].value()) == ("behalf", str(farida.pk))
        fields = {"behalf": "own", "supplier": str(farida.pk)}  # what was chosen beforehand contradicts nothing
        assert client.post(url("return-edit", return_.pk), posted(return_, **fields)).status_code == 302
        assert Figure.objects.get().supplied_by == sam

    def test_somebody_without_a_sign_in_is_kept_by_name(self, client, return_, farida):
        client.force_login(farida)
        behalf = {
            "behalf": "behalf",
            "supplier": "other",
            "supplier_name": "Tom Okafor, analyst",
            "route": "phone",
            "received_on_day": "26",
            "received_on_month": "4",
            "received_on_year": "2018",
        }
        assert client.post(url("return-edit", return_.pk), posted(return_, **behalf)).status_code == 302
        assert Figure.objects.get().supplied_by_name == "Tom Okafor, analyst"

    def test_who_saves_over_a_newer_version_is_told_and_loses_no_typing(self, client, return_, farida, sam):
        client.force_login(farida)
        typed = posted(return_, number="1,700", source="My own list")
        actions.submit(return_, version=1, numerator=Decimal(1604), supplied_by=farida, by=sam)
        shown = page(client.post(url("return-edit", return_.pk), typed))
        assert "This return has been changed since you opened it" in shown
        assert "Sam Carrick, Coordinator" in shown
        assert "1,604" in shown
        assert 'value="1,700"' in shown
        assert 'value="My own list"' in shown
        assert 'name="version" value="2"' in shown
        assert Figure.objects.count() == 1
        again = client.post(url("return-edit", return_.pk), typed | {"version": 2})
        assert again.status_code == 302
        assert Figure.objects.count() == 2

    def test_a_draft_over_a_newer_version_is_told_too(self, client, return_, farida, sam):
        client.force_login(farida)
        actions.save_draft(return_, typed={"number": "5"}, version=1, by=sam)
        typed = posted(return_, number="1,7oo", version=1, do="draft")
        shown = page(client.post(url("return-edit", return_.pk), typed))
        assert "changed since you opened it" in shown
        assert 'value="1,7oo"' in shown
        assert "must be a whole number" not in shown  # a draft is not judged
        assert Return.objects.get().draft == {"number": "5"}

    def test_why_there_is_no_figure(self, client, return_, farida):
        client.force_login(farida)
        assert url("return-no-figure", return_.pk) in page(client.get(url("return-edit", return_.pk)))
        said = {"version": 1, "reason": "awaiting_partner", "note": "Survey closes 31 May"}
        shown = page(client.post(url("return-no-figure", return_.pk), said, follow=True))
        assert "Awaiting partner" in shown
        assert "Survey closes 31 May" in shown
        assert client.post(url("return-edit", return_.pk), posted(return_, version=2)).status_code == 302
        assert Return.objects.get().status == Return.Status.SUBMITTED

    def test_restating_keeps_the_old_figure_until_the_new_one_is_verified(self, client, return_, farida, sam):
        verified(return_, 1547, supplied_by=farida)
        client.force_login(farida)
        assert "The verified figure is <strong>1,547</strong>" in page(client.get(url("return-edit", return_.pk)))
        said = posted(return_, restates="revision", restated_because="Late reports were added.")
        shown = page(client.post(url("return-edit", return_.pk), said, follow=True))
        assert "Late reports were added." in shown
        assert Figure.objects.verified().latest_each().get().numerator == 1547

    def test_its_page_shows_every_figure_and_what_became_of_it(self, client, return_, farida, sam):
        sent(return_, 137, supplied_by=farida)
        actions.send_back(return_, comment="Is non-crime in it?", due_again_on=timezone.localdate(), version=1, by=sam)
        actions.submit(return_, version=2, numerator=Decimal(148), supplied_by=farida, by=farida)
        actions.verify(return_, version=3, by=sam)
        client.force_login(farida)
        shown = page(client.get(url("return-detail", return_.pk)))
        for words in ("137", "148", "Is non-crime in it?", "Verified by Sam Carrick", "Figure sent back"):
            assert words in shown


class TestVerifying:
    def test_the_board_counts_in_words(self, client, return_, farida, sam):
        waiting, missing, done = (ReturnFactory(round=return_.round) for _ in range(3))
        sent(waiting)
        verified(done)
        actions.say_missing(missing, reason="source_lag", version=1, by=sam)
        client.force_login(sam)
        shown = page(client.get(url("round-detail", return_.round.quarter)))
        assert "<strong>2 of 4 are in.</strong>" in shown
        assert "1 figure is owed, 1 is missing with a reason, and 1 waits to be verified." in shown
        assert shown.count("Still out: 1") == 2  # the link and its heading
        assert shown.count("Missing with a reason: 1") == 2
        assert 'href="#missing"' in shown
        assert url("round-list") in shown.split("All quarters")[0].split("<main")[1]
        assert "checked" not in shown.replace("you have checked", "")
        assert f'value="{waiting.pk}:1"' in shown
        assert "Nobody: name a lead" in shown

    def test_the_board_says_whom_to_write_to(self, client, return_, farida, sam):
        client.force_login(sam)
        shown = page(client.get(url("round-detail", return_.round.quarter)))
        assert f'href="mailto:{farida.email}?subject=B2%2C%202017-18%20Q4"' in shown
        assert "Commentary still out: 1" in shown
        assert "Write it for them" in shown
        shown = page(client.get(url("return-detail", return_.pk)))
        assert f'href="mailto:{farida.email}"' in shown
        assert "Nobody yet" in shown  # for its commentary
        client.force_login(farida)
        assert "mailto:" not in page(client.get(url("return-detail", return_.pk)))

    def test_what_is_ticked_is_verified(self, client, return_, sam):
        sent(return_)
        client.force_login(sam)
        ticked = {"verify": [f"{return_.pk}:1"], "do": "verify"}
        shown = page(client.post(url("round-verify", return_.round.quarter), ticked, follow=True))
        assert "Verified: Reports of domestic abuse" in shown
        assert Verification.objects.get().verified_by == sam

    def test_what_you_may_not_verify_has_no_box_and_says_who_may(self, client, return_, sam, lena):
        sent(return_, recorded_by=sam)
        client.force_login(sam)
        shown = page(client.get(url("round-detail", return_.round.quarter)))
        assert "You keyed this figure, so somebody else must verify it: ask Lena Fox." in shown
        assert f'value="{return_.pk}:1"' not in shown
        assert "Verify the ticked returns" not in shown

    def test_a_forged_tick_is_refused_with_the_same_sentence(self, client, return_, sam, lena):
        sent(return_, recorded_by=sam)
        client.force_login(sam)
        ticked = {"verify": [f"{return_.pk}:1"], "do": "verify"}
        shown = page(client.post(url("round-verify", return_.round.quarter), ticked, follow=True))
        assert "ask Lena Fox" in shown
        assert not Verification.objects.exists()

    def test_from_the_page_of_the_return(self, client, return_, sam, lena):
        sent(return_, recorded_by=sam)
        client.force_login(sam)
        assert "Verify this figure" not in page(client.get(url("return-detail", return_.pk)))
        shown = page(client.post(url("return-verify", return_.pk), {"version": 1}, follow=True))
        assert "Nothing was verified. You keyed this figure" in shown
        client.force_login(lena)
        assert "Verify this figure" in page(client.get(url("return-detail", return_.pk)))
        assert "changed since you opened it" in page(
            client.post(url("return-verify", return_.pk), {"version": 9}, follow=True)
        )
        page(client.post(url("return-verify", return_.pk), {"version": 1}, follow=True))
        assert Return.objects.get().status == Return.Status.VERIFIED

    def test_sending_back_what_was_changed_meanwhile_keeps_the_comment(self, client, return_, farida, sam):
        sent(return_, supplied_by=farida)
        actions.submit(return_, version=1, numerator=Decimal(99), supplied_by=farida, by=farida)
        client.force_login(sam)
        due = timezone.localdate() + dt.timedelta(days=5)
        said = {
            "version": 1,
            "comment": "Have a look.",
            "due_again_on_day": due.day,
            "due_again_on_month": due.month,
            "due_again_on_year": due.year,
        }
        shown = page(client.post(url("return-send-back", return_.pk), said))
        assert "changed since you opened it" in shown
        assert "Have a look." in shown
        assert client.post(url("return-send-back", return_.pk), said | {"version": 2}).status_code == 302
        assert Return.objects.get().due_on == due


class TestCommentary:
    def test_it_is_drafted_and_sent(self, client, return_):
        lead = LeadFactory(indicator=return_.indicator, duty="commentary", user=UserFactory(roles=["commentary_lead"]))
        client.force_login(lead.user)
        address = url("commentary-edit", return_.commentary.pk)
        words = {"version": 1, "what_happened": "", "why": "The campaign.", "what_next": ""}
        assert client.post(address, words | {"do": "draft"}).status_code == 302
        assert "The campaign." in page(client.get(address))
        refused = page(client.post(address, words | {"version": 2, "do": "send"}))
        assert "Say what happened in the quarter" in refused
        said = words | {"version": 2, "what_happened": "Reports rose.", "do": "send"}
        assert "Reports rose." in page(client.post(address, said, follow=True))
        assert Commentary.objects.get().status == Commentary.Status.SENT

    def test_a_newer_version_is_told_and_the_words_stay(self, client, return_, sam, lena):
        words = {"what_happened": "Reports rose.", "why": "", "what_next": ""}
        actions.save_commentary(return_.commentary, **words, version=1, by=lena)
        client.force_login(sam)
        said = {"version": 1, "what_happened": "Mine.", "why": "", "what_next": "", "do": "send"}
        shown = page(client.post(url("commentary-edit", return_.commentary.pk), said))
        assert "This commentary has been changed since you opened it" in shown
        assert "Lena Fox" in shown
        assert "Mine." in shown

    def test_the_partnership_team_enters_the_words_of_its_lead(self, client, return_, sam):
        writer = UserFactory(name="Joan Peters", post="Inspector", roles=["commentary_lead"])
        LeadFactory(indicator=return_.indicator, duty="commentary", user=writer)
        client.force_login(sam)
        address = url("commentary-edit", return_.commentary.pk)
        asked = client.get(address)
        assert "Whose words are they?" in page(asked)
        assert asked.context["form"]["written_by"].value() == str(writer.pk)
        said = {"version": 1, "what_happened": "Reports rose.", "do": "send"}
        assert "Say whose words they are" in page(client.post(address, said))
        said["written_by"] = str(writer.pk)
        assert client.post(address, said).status_code == client.post(address, said).status_code == 302
        shown = page(client.get(url("return-detail", return_.pk)))
        assert f"Joan Peters, Inspector. Sent for them by {sam.label}" in shown
        assert f"by {sam} for Joan Peters" in page(client.get(address))
        client.post(address, said | {"version": 2, "why": "Mine.", "written_by": str(sam.pk)})
        assert f"{sam.label}. Sent on" in page(client.get(url("return-detail", return_.pk)))

    def test_a_lead_is_not_asked_whose_words_they_are(self, client, return_, sam):
        joan, tom = UserFactory(roles=["commentary_lead"]), UserFactory(roles=["commentary_lead"])
        for person in (joan, tom):
            LeadFactory(indicator=return_.indicator, duty="commentary", user=person)
        client.force_login(joan)
        address = url("commentary-edit", return_.commentary.pk)
        assert "Whose words are they?" not in page(client.get(address))
        said = {"version": 1, "what_happened": "Reports rose.", "do": "send", "written_by": str(tom.pk)}
        assert client.post(address, said).status_code == 302
        assert Commentary.objects.get().written_by == joan

    def test_a_data_lead_does_not_write_it(self, client, return_, farida):
        client.force_login(farida)
        assert client.get(url("commentary-edit", return_.commentary.pk)).status_code == 403
