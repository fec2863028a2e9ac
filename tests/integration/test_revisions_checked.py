"""One revision with every quarter as it was and is now, the list of them, and verifying or sending back all of it."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators import actions, revising
from indicators.models import Figure, Indicator, SendBack
from tests.factories import UserFactory
from tests.factories.collecting import taken_back
from tests.factories.indicators import LeadFactory, PlacementFactory
from tests.integration.test_revision_pages import LIST, WHY, farida, in_, indicator, revised, sam, url, words
from tests.unit.indicators.profile.world import Q1, Q2, Q3, aimed, known

pytestmark = pytest.mark.django_db
__all__ = ["farida", "indicator", "sam"]  # fixtures


@pytest.fixture
def team(client, sam):
    client.force_login(sam)
    return client


@pytest.fixture
def revision(indicator, farida):
    """140 to 160 in Q1 and 120 to 130 in Q3, against 150 a quarter and ten per cent of tolerance; good is lower."""
    return revised(indicator, farida, 160, None, 130)


def page(revision, user):
    return revising.page(revision, user, timezone.localdate())


def rows(revision, user):
    return [
        (str(row.quarter), row.was, row.now, row.difference, row.rating_was.word, row.rating_now.word)
        for row in page(revision, user).rows
    ]


class TestLookingAtIt:
    def test_every_quarter_was_now_difference_and_rating(self, team, sam, revision):
        assert rows(revision, sam) == [
            ("2017-18 Q1", "140", "160", "+20", "Green", "Amber"),
            ("2017-18 Q3", "120", "130", "+10", "Green", "Green"),
        ]
        shown = words(team.get(revision.get_absolute_url()))
        assert "Not yet verified. It would change one rating." in shown
        assert "would be" in shown and "Verify all two figures" in shown and WHY in shown

    def test_what_it_was_stays_told_once_it_is_verified_and_restated_again(
        self, team, sam, farida, indicator, revision
    ):
        actions.verify_revision(revision, by=sam)
        later = revised(indicator, farida, 100, reason="Once more")
        actions.verify_revision(later, by=sam)
        assert rows(revision, sam)[0] == ("2017-18 Q1", "140", "160", "+20", "Green", "Amber")
        assert rows(later, sam) == [("2017-18 Q1", "160", "100", "−60", "Amber", "Green")]
        shown = words(team.get(revision.get_absolute_url()))
        assert "Verified. It changed one rating." in shown and "became" in shown and "Verified by" in shown
        assert "Verify it as a whole" not in shown

    def test_ratings_of_other_quarters_that_go_by_it(self, sam, farida):
        """A hundred a quarter to date: 90, 190, 300; with 92 in Q1 the third is 302."""
        made = PlacementFactory(reference="B4").indicator
        known(made, Q3, 90, 100, 110)
        shares = {f"share_q{number}": 25 for number in (1, 2, 3, 4)}
        aimed(made, basis="year_to_date", value=400, tolerance=5, **shares)
        found = page(revised(made, farida, 92), sam)
        assert [row.changes_rating for row in found.rows] == [False]
        assert found.others == ("2017-18 Q3: green to amber",)
        assert found.lede == "It would change one rating."

    def test_what_has_no_rating_shows_none(self, team, sam, farida):
        made = PlacementFactory(reference="B4").indicator
        known(made, Q1, 90)
        revision = revised(made, farida, 91)
        shown = words(team.get(revision.get_absolute_url()))
        assert "It is not rated, so no rating changes." in shown and ">Rating<" not in shown

    def test_one_quite_unlike_what_it_replaces_is_worth_a_look(self, team, sam, farida):
        made = PlacementFactory(reference="B4").indicator
        known(made, Q2, 1498, 1547)
        revision = revised(made, farida, 5520, 1550)
        unlike, alike = page(revision, sam).rows
        assert unlike.worth_a_look == "More than three times the verified 1,498"
        assert alike.worth_a_look == ""
        assert "Worth a look: More than three times the verified 1,498" in words(team.get(revision.get_absolute_url()))

    def test_a_figure_that_gave_way_says_so(self, sam, farida, indicator, revision):
        revised(indicator, farida, 155, reason="Once more")
        assert [row.state for row in page(revision, sam).rows] == [
            "Replaced by a newer figure before it was verified",
            "",
        ]
        assert page(revision, sam).how_many == 1

    def test_a_figure_taken_back_says_so(self, team, sam, revision):
        for figure in revision.figures.all():
            taken_back(figure, by=sam)
        assert "Taken back." in words(team.get(revision.get_absolute_url()))

    def test_whoever_keyed_it_is_told_whom_to_ask(self, team, sam, indicator):
        UserFactory(name="Lena Fox", roles=["coordinator"])
        shown = words(team.get(revised(indicator, sam, 141).get_absolute_url()))
        assert "somebody else must verify it: ask Lena Fox" in shown
        assert "Verify the figure" not in shown and "Send it back with a comment" in shown

    def test_its_lead_sees_it_and_cannot_verify_it(self, client, farida, revision):
        client.force_login(farida)
        shown = words(client.get(revision.get_absolute_url()))
        assert "Quarter by quarter" in shown and "Verify it as a whole" not in shown

    def test_one_of_its_quarters_leads_to_it(self, team, indicator, revision):
        shown = words(team.get(in_(indicator, Q1).get_absolute_url()))
        assert f'href="{revision.get_absolute_url()}">Look at the revision</a>' in shown
        assert "Verify this figure" not in shown

    def test_it_costs_no_query_for_each_quarter(self, sam, farida, indicator, revision):
        with CaptureQueriesContext(connection) as few:
            page(revision, sam)
        known(indicator, Q1.previous, *range(100, 112))
        with CaptureQueriesContext(connection) as many:
            page(revision, sam)
        whole = revised(indicator, farida, None, 151)
        with CaptureQueriesContext(connection) as other:
            page(whole, sam)
        assert len(few) == len(many) == len(other)


class TestVerifyingIt:
    def test_with_one_button(self, team, revision, indicator):
        answer = team.post(url("revision-verify", revision.pk))
        assert answer.url == revision.get_absolute_url()
        assert "All 2 figures are verified, and shown from now on" in words(team.get(answer.url))
        assert Figure.objects.verified().latest_each().get(for_return=in_(indicator, Q1)).numerator == 160

    def test_twice_says_that_it_is_already(self, team, revision):
        team.post(url("revision-verify", revision.pk))
        answer = team.post(url("revision-verify", revision.pk), follow=True)
        assert "Nothing was verified. This revision is verified already." in words(answer)

    def test_only_by_its_button(self, team, revision):
        assert team.get(url("revision-verify", revision.pk)).status_code == 405


class TestSendingItBack:
    def test_with_a_comment_and_a_day(self, team, revision):
        day = timezone.localdate()
        form = {"comment": "Twice as many?", "due_again_on_day": day.day, "due_again_on_month": day.month, "due_again_on_year": day.year}  # fmt: skip
        answer = team.post(url("revision-send-back", revision.pk), form)
        shown = words(team.get(answer.url))
        assert "Sent back. It would change one rating." in shown and "Twice as many?" in shown
        assert SendBack.objects.count() == 2

    def test_without_a_comment_nothing_goes_back(self, team, revision):
        shown = words(team.post(url("revision-send-back", revision.pk), {"comment": " "}))
        assert "Say what should be looked at again" in shown and "Enter the day it is due again" in shown
        assert not SendBack.objects.exists()

    def test_what_does_not_wait_leads_to_its_page(self, team, sam, revision):
        actions.verify_revision(revision, by=sam)
        answer = team.get(url("revision-send-back", revision.pk), follow=True)
        assert "Nothing was sent back. This revision is verified already." in words(answer)


class TestTheList:
    def test_nothing_yet(self, team):
        shown = words(team.get(LIST))
        assert "No revision waits to be verified." in shown and "None has been given yet." in shown

    def test_what_waits_first_and_then_the_latest(self, team, sam, farida, indicator, revision):
        actions.verify_revision(revision, by=sam)
        revised(indicator, farida, None, 151, reason="Once more")
        shown = words(team.get(LIST))
        assert "To verify: 1" in shown
        assert shown.index("Once more") < shown.index("All others") < shown.index(WHY)
        assert "Two quarters, 2017-18 Q1 to 2017-18 Q3" in shown and ">2017-18 Q2<" in shown

    def test_a_lead_sees_those_of_their_own_indicators(self, client, farida, indicator, revision):
        client.force_login(farida)
        assert WHY in words(client.get(LIST))
        client.force_login(UserFactory(roles=["data_lead"]))
        assert WHY not in words(client.get(LIST))

    def test_neither_list_nor_board_asks_for_each_of_them(self, sam, farida, indicator, revision):
        def asked():
            with CaptureQueriesContext(connection) as lists:
                revising.in_list(sam)
            with CaptureQueriesContext(connection) as board:
                revising.waiting(sam, timezone.localdate())
            return len(lists), len(board)

        asked()  # roles are read once
        few = asked()
        for number in range(4):
            other = PlacementFactory(reference=f"C{number}").indicator
            LeadFactory(indicator=other, user=farida)
            known(other, Q2, 10, 20)
            revised(other, farida, 11, 21)
        assert asked() == few
        assert max(few) < 12


class TestTheBoard:
    def test_what_waits_with_who_may_verify_it(self, sam, indicator, revision):
        UserFactory(name="Lena Fox", roles=["coordinator"])
        own = revised(indicator, sam, None, 151, reason="My own")
        found = {one.revision: one.refusal for one in revising.waiting(sam, timezone.localdate())}
        assert found[revision] == ""
        assert "somebody else must verify it: ask Lena Fox" in found[own]

    def test_one_query_while_nothing_waits(self, sam, indicator, revision):
        actions.verify_revision(revision, by=sam)
        sam.has_role("coordinator")
        with CaptureQueriesContext(connection) as queries:
            assert revising.waiting(sam, timezone.localdate()) == ()
        assert len(queries) == 1

    def test_the_part_of_the_board_says_nothing_while_none_waits(self, sam, revision):
        waiting = revising.waiting(sam, timezone.localdate())
        shown = render_to_string("indicators/_board_revisions.html", {"revisions": waiting})
        assert f'href="{reverse("indicators:revision-detail", args=[revision.pk])}"' in shown
        assert render_to_string("indicators/_board_revisions.html", {"revisions": ()}).strip() == ""


def test_a_restricted_one_is_out_of_sight(client, indicator, revision):
    Indicator.objects.update(is_restricted=True)
    client.force_login(UserFactory(roles=["data_lead"]))
    assert client.get(revision.get_absolute_url()).status_code == 404
