"""What the pages say about the words that a figure asks for: on the form, on the return, under "My returns" and on the board."""

import datetime as dt
import html
from decimal import Decimal

import pytest
from django.urls import reverse

from indicators import actions
from indicators.models import Commentary, Figure
from tests.factories import UserFactory
from tests.factories.indicators import LeadFactory, PlacementFactory, ReturnFactory, TargetFactory, sent, verified

pytestmark = pytest.mark.django_db

TYPED = {
    "version": 1,
    "what_happened": "Reports rose.",
    "why": "The campaign.",
    "what_next": "Run it again.",
    "who": "Head of Community Safety",
    "by_when_day": "30",
    "by_when_month": "6",
    "by_when_year": "2018",
    "do": "send",
}


@pytest.fixture
def return_():
    made = ReturnFactory(indicator__name="Reports of burglary")
    PlacementFactory(indicator=made.indicator, reference="A2")
    TargetFactory(
        indicator=made.indicator,
        rule="tolerance",
        basis="quarter",
        value=Decimal(150),
        tolerance=Decimal(10),
        agreed_by="CSP Executive",
        agreed_on=dt.date(2017, 5, 25),
    )
    return made


@pytest.fixture
def writer(client, return_):
    lead = LeadFactory(indicator=return_.indicator, duty="commentary", user=UserFactory(roles=["commentary_lead"]))
    client.force_login(lead.user)
    return lead.user


def page(response, status=200):
    assert response.status_code == status
    return html.unescape(response.content.decode())


def form_of(return_):
    return reverse("indicators:commentary-edit", args=[return_.commentary.pk])


def test_the_form_says_at_its_top_what_a_red_figure_asks_for(client, return_, writer):
    sent(return_, 166)
    shown = page(client.get(form_of(return_)))
    assert "166 in the quarter is more than 10% above the target of 150; good is lower." in shown
    assert "So say what happened, why, what next, who sees to it and by when." in shown
    assert "(optional)" not in shown
    assert "For example, 30 6 2018" in shown


def test_boxes_that_are_not_asked_for_are_optional(client, return_, writer):
    sent(return_, 150)
    shown = page(client.get(form_of(return_)))
    assert "Say what happened; the rest is welcome." in shown
    for label in (
        "Why? (optional)",
        "What happens next? (optional)",
        "Who sees to it? (optional)",
        "By when? (optional)",
    ):
        assert label in shown
    assert "What happened? (optional)" not in shown


def test_each_missing_box_is_told_and_nothing_is_lost(client, return_, writer):
    sent(return_, 166)
    empty = {"why": "", "who": "", "by_when_day": "", "by_when_month": "", "by_when_year": ""}
    shown = page(client.post(form_of(return_), TYPED | empty))
    for sentence in (
        "Say why: the figure is red",
        "Say who sees to it: the figure is red",
        "Say by when: the figure is red",
    ):
        assert shown.count(sentence) == 2  # above the form and at the box
    assert "Run it again." in shown
    assert "<title>Error: " in shown
    assert client.post(form_of(return_), TYPED | empty | {"do": "draft"}).status_code == 302
    assert Commentary.objects.get().status == Commentary.Status.DRAFT
    assert client.post(form_of(return_), TYPED | {"version": 2}).status_code == 302
    told = page(client.get(return_.get_absolute_url()))
    assert "<strong>Head of Community Safety</strong> sees to it by <strong>30 June 2018</strong>" in told


def test_a_draft_with_a_day_that_can_not_be_read_keeps_all_the_rest(client, return_, writer):
    broken = TYPED | {"by_when_month": "Juvember", "do": "draft"}
    shown = page(client.post(form_of(return_), broken))
    assert "Draft saved, all but the day. Nothing has been sent yet" in shown
    assert "The day by which it is done must have a month between 1 and 12" in shown
    assert 'value="Juvember"' in shown
    saved = Commentary.objects.get()
    assert (saved.status, saved.why, saved.who, saved.by_when) == ("draft", "The campaign.", TYPED["who"], None)
    assert client.post(form_of(return_), TYPED | {"version": saved.version}).status_code == 302
    assert Commentary.objects.get().by_when == dt.date(2018, 6, 30)


def test_a_day_that_can_not_be_read_is_never_sent(client, return_, writer):
    shown = page(client.post(form_of(return_), TYPED | {"by_when_month": "Juvember"}))
    assert "must have a month between 1 and 12" in shown
    assert Commentary.objects.get().status == Commentary.Status.DUE


def test_a_figure_is_given_and_verified_whatever_the_words_say(client, return_):
    farida = LeadFactory(indicator=return_.indicator).user
    actions.submit(return_, numerator=Decimal(166), supplied_by=farida, version=1, by=farida)
    actions.verify(return_, version=2, by=UserFactory(roles=["coordinator"]))
    assert Figure.objects.verified().exists()
    assert return_.commentary.status == Commentary.Status.DUE


class TestRestatedToRed:
    @pytest.fixture(autouse=True)
    def restated(self, return_, writer):
        verified(return_, 150)
        words = {"what_happened": "As planned.", "why": "", "what_next": ""}
        actions.send_commentary(return_.commentary, **words, version=1, by=writer)
        sent(return_, 166, restates="correction", restated_because="Counted twice.")

    MORE = "The figure is red, so say why, what next, who sees to it and by when as well."

    def test_the_form_and_the_return_say_what_is_still_asked_for(self, client, return_):
        for address in (form_of(return_), return_.get_absolute_url()):
            shown = page(client.get(address))
            assert "Explanation outstanding" in shown
            assert self.MORE in shown
        assert "Complete the commentary" in shown

    def test_it_is_among_what_its_lead_owes_until_it_is_sent_again(self, client, return_):
        shown = page(client.get(reverse("indicators:return-list")))
        assert "Explanation outstanding" in shown
        assert self.MORE in shown
        assert client.post(form_of(return_), TYPED | {"version": 2}).status_code == 302
        assert "Explanation outstanding" not in page(client.get(reverse("indicators:return-list")))
        assert "Explanation outstanding" not in page(client.get(return_.get_absolute_url()))

    def test_the_board_names_it(self, client, return_):
        client.force_login(UserFactory(roles=["coordinator"]))
        shown = page(client.get(return_.round.get_absolute_url()))
        assert "Commentary still out: 1" in shown
        assert "Sent without why, what next, who sees to it and by when" in shown
        assert "Complete it for them" in shown
