"""What the pages of a quarter make of spend: typed, asked about, worded to the penny, and kept apart from the indicators."""

import html
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from indicators import actions, confirming
from indicators.feeds import gathering
from indicators.models import Figure, Indicator, Return
from indicators.uploads import comparing, doubting
from lib.quarters import Year
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.indicators import (
    IndicatorFactory,
    LeadFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    sent,
    verified,
)
from tests.unit.indicators.uploads.world import read

pytestmark = pytest.mark.django_db

Q1, Q2, Q3, Q4 = Year.parse("2017-18").quarters


@pytest.fixture
def probation():
    return OrganisationFactory(name="Probation Service")


@pytest.fixture
def team(probation):
    return IndicatorFactory(
        spend=True,
        slug="spend-prison-exit-team",
        name="Spend: Prison Exit Team",
        owner=probation,
        asked_from=Q2,
        asked_until=Q4,
    )


@pytest.fixture
def return_(team):
    return ReturnFactory(indicator=team, round=RoundFactory(quarter=Q4))


@pytest.fixture
def farida(team, probation):
    farida = UserFactory(name="Farida Begum", roles=["data_lead"], organisation=probation)
    LeadFactory(indicator=team, user=farida)
    return farida


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def lena():
    return UserFactory(name="Lena Fox", roles=["coordinator"])


def page(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def plain(response):
    """Its words, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page(response)).split())


def edit(return_):
    return reverse("indicators:return-edit", args=[return_.pk])


def typed(**changes):
    fields = {
        "version": 1,
        "number": "£12,345.67",
        "kind": "final",
        "behalf": "own",
        "source": "Ledger",
        "do": "submit",
    }
    return fields | changes


def box(said):
    return re.search(r'<input[^>]*name="number"[^>]*>', said)[0]


class TestForm:
    def test_one_box_with_its_sign_and_period(self, client, return_, farida):
        client.force_login(farida)
        said = page(client.get(edit(return_)))
        assert "How much was spent?" in said
        assert '<div class="govuk-input__prefix" aria-hidden="true">£</div>' in said
        assert "1 January to 31 March 2018" in said
        assert 'inputmode="decimal"' in box(said)
        assert 'name="base"' not in said
        assert 'name="stated"' not in said

    @pytest.mark.parametrize(
        ("number", "amount"),
        [("£12,345.67", "12345.67"), ("12 345.6", "12345.60"), ("12,345", "12345.00"), ("0", "0.00")],
    )
    def test_what_is_taken(self, client, return_, farida, number, amount):
        client.force_login(farida)
        done = plain(client.post(edit(return_), typed(number=number), follow=True))
        assert Figure.objects.get().numerator == Decimal(amount)
        assert f"Sent: £{Decimal(amount):,.2f} for Spend: Prison Exit Team" in done

    @pytest.mark.parametrize(
        ("number", "sentence"),
        [
            ("", "Enter the amount spent"),
            ("-5", "The amount spent can’t be less than 0"),
            ("12.345", "The amount spent must have at most two figures after the point"),
            ("12.3456", "The amount spent must have at most two figures after the point"),
            ("£1.6m", "The amount spent must be written out in full: type 1,600,000"),
            ("about 500", "Type the exact amount, in pounds and pence"),
            ("1,234,56", "The amount spent must be an amount in pounds and pence, like 12,345.67"),
        ],
    )
    def test_what_is_refused_keeps_what_was_typed(self, client, return_, farida, number, sentence):
        client.force_login(farida)
        said = page(client.post(edit(return_), typed(number=number)))
        assert "<title>Error: " in said
        assert said.count(sentence) == 2  # in the summary and at the box
        if number:
            assert f'value="{number}"' in box(said)
        assert not Figure.objects.exists()

    def test_the_example_is_last_quarters_amount(self, client, team, return_, farida):
        verified(ReturnFactory(indicator=team, round=RoundFactory(quarter=Q3)), "4800.5")
        client.force_login(farida)
        said = plain(client.post(edit(return_), typed(number="x")))
        assert "must be an amount in pounds and pence, like 4,800.50" in said
        assert "Last quarter, Q3 £4,800.50" in said

    def test_a_draft_holds_what_was_typed(self, client, return_, farida):
        client.force_login(farida)
        client.post(edit(return_), typed(number="£1.6m or so", do="draft"))
        assert 'value="£1.6m or so"' in box(page(client.get(edit(return_))))

    def test_a_figure_to_be_changed_stands_in_its_box_to_the_penny(self, client, return_, farida):
        sent(return_, "12345.6", supplied_by=farida)
        client.force_login(farida)
        assert 'value="12,345.60"' in box(page(client.get(edit(return_))))

    def test_a_slip_is_asked_about_in_pounds_and_sent_when_it_is_right(self, client, team, return_, farida):
        verified(ReturnFactory(indicator=team, round=RoundFactory(quarter=Q3)), "12345.60")
        client.force_login(farida)
        said = page(client.post(edit(return_), typed(number="123456")))
        assert "£123,456.00 is ten times last quarter’s £12,345.60. Is that right?" in said
        assert "you can send £123,456.00 if it is right" in said
        assert not Figure.objects.filter(for_return=return_).exists()
        answer = re.search(r'name="send" value="([^"]*)"', said)[1]
        client.post(edit(return_), typed(number="123456", send=answer), follow=True)
        assert Figure.objects.get(for_return=return_).numerator == Decimal(123456)

    def test_outside_its_quarters_it_says_why_in_place_of_the_form(self, client, team, return_, farida, sam):
        Indicator.objects.filter(pk=team.pk).update(asked_until=Q3)
        for user, behalf in ((farida, {}), (sam, {"behalf": "behalf", "supplier": str(farida.pk), "route": "mail"})):
            client.force_login(user)
            said = page(client.get(edit(return_)))
            assert "No spend is taken for 2017-18 Q4: that of Prison Exit Team was asked for until 2017-18 Q3." in said
            assert 'name="number"' not in said
            told = page(client.post(edit(return_), typed(number="5", received_on_day="", **behalf)))
            assert "No spend is taken for 2017-18 Q4" in told
        assert not Figure.objects.exists()

    def test_there_is_no_figure(self, client, return_, farida):
        client.force_login(farida)
        address = reverse("indicators:return-no-figure", args=[return_.pk])
        client.post(address, {"version": 1, "reason": "source_lag", "note": "The ledger closes in May."})
        assert Return.objects.get().status == "missing"


class TestAround:
    def test_everywhere_it_is_shown_to_the_penny(self, client, team, return_, farida, sam, lena):
        for quarter, amount in ((Q2, "4000"), (Q3, "4100.05")):
            verified(ReturnFactory(indicator=team, round=RoundFactory(quarter=quarter)), amount, supplied_by=farida)
        actions.submit(
            Return.objects.get(pk=return_.pk),
            version=1,
            numerator=Decimal("4200.5"),
            supplied_by=farida,
            route="mail",
            by=sam,
        )
        client.force_login(lena)
        board = plain(client.get(reverse("indicators:round-detail", args=[Q4])))
        assert "Spend: Prison Exit Team £4,200.50 £4,100.05 +£100.45" in board
        for name in ("return-detail", "return-history", "return-send-back"):
            assert "£4,200.50" in plain(client.get(reverse(f"indicators:{name}", args=[return_.pk]))), name
        close = plain(client.get(reverse("indicators:round-close", args=[Q4])))
        assert "Spend: Prison Exit Team: £4,200.50, from" in close
        client.force_login(farida)
        assert "£4,200.50" in plain(client.get(reverse("indicators:return-list")))

    def test_what_was_sent_back_says_which_amount_is_kept(self, client, return_, farida, sam):
        actions.submit(return_, version=1, numerator=Decimal("4200.5"), supplied_by=farida, by=farida)
        actions.send_back(return_, comment="And March?", due_again_on=timezone.localdate(), version=2, by=sam)
        client.force_login(farida)
        for name in ("indicators:return-list", "reporting:home"):
            assert "Your figure of £4,200.50 is kept." in plain(client.get(reverse(name)))

    def test_a_revision_of_several_quarters(self, client, team, farida, lena):
        for quarter, amount in ((Q2, "4000"), (Q3, "4100.05")):
            verified(ReturnFactory(indicator=team, round=RoundFactory(quarter=quarter)), amount, supplied_by=farida)
        first, second = Return.objects.order_by("round__quarter")
        client.force_login(farida)
        address = reverse("indicators:indicator-revise", args=[team.slug])
        said = page(client.get(address))
        assert "New amount, £" in said
        assert "£4,100.05" in said
        fields = {"reason": "Late invoices", "kind": "final", "source": "", "behalf": "own"}
        fields |= {f"seen_{one.pk}": one.version for one in (first, second)}
        refused = plain(
            client.post(address, fields | {f"number_{first.pk}": "£4k", f"number_{second.pk}": "4,100.055"})
        )
        assert "2017-18 Q2 must be written out in full: type 4,000" in refused
        assert "2017-18 Q3 must have at most two figures after the point" in refused
        again = plain(client.post(address, fields | {f"number_{first.pk}": "£4,000.00"}))
        assert "each is as it was" in again
        done = client.post(address, fields | {f"number_{first.pk}": "£4,010.10"}, follow=True)
        assert "£4,000.00 £4,010.10 +£10.10" in plain(done)

    def test_its_supplier_confirms_the_amount_by_link(self, client, return_, farida, sam):
        figure = actions.submit(
            return_, version=1, numerator=Decimal("4200.5"), supplied_by=farida, route="mail", by=sam
        )
        assert ("Figure", "£4,200.50") in [(row.key, row.value) for row in confirming.rows(figure)]

    def test_the_board_keeps_it_in_a_group_of_its_own(self, client, return_, farida, sam):
        measures = [TargetFactory().indicator for _ in range(2)]
        for number, indicator in enumerate(measures):
            PlacementFactory(indicator=indicator, reference=f"A{number + 1}")
            ReturnFactory(indicator=indicator, round=return_.round)
        sent(Return.objects.get(indicator=measures[0]))
        client.force_login(sam)
        said = plain(client.get(reverse("indicators:round-detail", args=[Q4])))
        assert "1 of 2 is in. 1 figure is owed and 1 waits to be verified." in said
        assert "Of spend, 0 of 1 are in: 1 figure is owed." in said
        assert "The quarter asks for 2 indicators and 1 amount of spend." in said
        out = page(client.get(reverse("indicators:round-detail", args=[Q4]))).split('id="still-out"')[1]
        assert out.count('colspan="5">Spend</th>') == 1
        assert out.index("A2") < out.index('colspan="5">Spend</th>') < out.index("Spend: Prison Exit Team")

    def test_opening_a_quarter_says_how_much_it_asks_for(self, client, team, sam):
        TargetFactory(indicator=PlacementFactory(reference="B2").indicator)
        TargetFactory(indicator=IndicatorFactory(family="context"))
        client.force_login(sam)
        said = plain(client.get(reverse("indicators:round-open"), {"quarter": "2017-18-q4", "knows_meeting": "no"}))
        assert "It asks for 1 indicator, 1 measure beside them and 1 amount of spend." in said


class TestLists:
    def test_the_catalogue_leaves_it_out(self, client, team, sam):
        IndicatorFactory(name="Burglaries")
        client.force_login(sam)
        for query in ({}, {"q": "Prison"}, {"family": "spend"}):
            said = page(client.get(reverse("indicators:indicator-list"), query))
            assert "Spend: Prison Exit Team" not in said
        assert "1 measure." in page(client.get(reverse("indicators:indicator-list")))
        assert 'value="spend"' not in page(client.get(reverse("indicators:indicator-list")))

    def test_who_gives_it_is_named_with_the_others_under_a_heading(self, client, team, farida, sam):
        TargetFactory(indicator=PlacementFactory(reference="B2").indicator)
        Indicator.objects.filter(pk=team.pk).update(asked_until=None)
        client.force_login(sam)
        said = page(client.get(reverse("indicators:lead-list")))
        assert f'name="data_{team.pk}"' in said
        assert f'name="commentary_{team.pk}"' not in said
        assert "Not asked for" in said
        assert said.index("B2 ") < said.index('colspan="3">Spend</th>') < said.index("Spend: Prison Exit Team")

    def test_the_published_files_never_offer_it(self, team):
        assert "only counts of every quarter" in gathering.no_months(team)


PAGES = (
    ("indicator-csv", ()),
    ("target-add", ()),
    ("target-edit", (Year(2017),)),
    ("definition-add", ()),
    ("rebase-add", ()),
    ("note-add", ()),
    ("collecting-edit", ()),
    ("serves-edit", ()),
)


class TestItsPage:
    @pytest.mark.parametrize(("name", "more"), PAGES)
    def test_what_only_a_measure_has_is_no_page_of_it(self, client, team, sam, name, more):
        client.force_login(sam)
        assert client.get(reverse(f"indicators:{name}", args=[team.slug, *more])).status_code == 404

    def test_amounts_totals_restatements_and_what_is_awaited(self, client, team, return_, farida, sam):
        second = ReturnFactory(indicator=team, round=RoundFactory(quarter=Q2))
        third = ReturnFactory(indicator=team, round=RoundFactory(quarter=Q3))
        verified(second, "4000.10", supplied_by=farida)
        verified(third, "0.20", supplied_by=farida)
        verified(third, "1000.25", restates="correction", restated_because="An invoice was left out.")
        client.force_login(sam)
        said = plain(client.get(team.get_absolute_url()))
        assert "£5,000.35 spent, as far as it is verified." in said  # 4,000.10 + 1,000.25
        assert "Not yet verified: 2017-18 Q4." in said
        assert "2017-18, 2 of 3 quarters verified £5,000.35" in said
        assert "was £0.20. Correction: An invoice was left out." in said
        assert "Asked for in every quarter from 2017-18 Q2 to 2017-18 Q4." in said
        assert "Farida Begum" in said
        for word in ("rating", "trend", "target", "usual range"):
            assert word not in said.split("Spend Prison Exit Team")[1].casefold().split("cookies")[0], word

    def test_a_year_of_which_nothing_is_verified_is_not_known(self, client, team, return_, sam):
        client.force_login(sam)
        said = plain(client.get(team.get_absolute_url()))
        assert "No amount is verified yet." in said
        assert "2017-18 not known" in said
        assert "£0" not in said

    def test_what_is_not_verified_is_for_those_who_see_its_return(self, client, team, return_, farida):
        sent(return_, "777.77", supplied_by=farida)
        other = UserFactory(roles=["data_lead"], organisation=OrganisationFactory())
        client.force_login(other)
        said = plain(client.get(team.get_absolute_url()))
        assert "777.77" not in said
        assert "Not yet verified" in said
        client.force_login(farida)
        assert "Not yet verified, £777.77." in plain(client.get(team.get_absolute_url()))

    def test_no_quarter_has_asked_for_it(self, client, team, sam):
        client.force_login(sam)
        assert "No quarter has asked for it yet." in plain(client.get(team.get_absolute_url()))


class TestManyOfThem:
    """The number of queries is the same with ten returns of spend and with three hundred."""

    def many(self, number, owner, round_, farida):
        for _ in range(number):
            waits, is_out = (IndicatorFactory(spend=True, owner=owner) for _ in range(2))
            for indicator in (waits, is_out):
                LeadFactory(indicator=indicator, user=farida)
            sent(ReturnFactory(indicator=waits, round=round_), "12.50", supplied_by=farida)
            ReturnFactory(indicator=is_out, round=round_)

    def counted(self, client, sam, farida):
        found = {}
        of_the_team = (("round-detail", [Q4]), ("round-close", [Q4]), ("round-list", []), ("lead-list", []))
        of_both = (("return-list", []), ("return-workbook", []))
        for user, pages in ((sam, of_the_team + of_both), (farida, of_both)):
            client.force_login(user)
            for name, args in pages:
                address = reverse(f"indicators:{name}", args=args)
                client.get(address)
                with CaptureQueriesContext(connection) as caught:
                    assert client.get(address).status_code == 200
                found[user, name] = len(caught)
        return found

    def previewed(self, farida):
        by = User.objects.get(pk=farida.pk)  # nothing of whom has been read yet
        names = Indicator.objects.spend().values_list("slug", flat=True)
        text = "Indicator,Quarter,Figure\n" + "".join(f"{name},2017-18 Q4,55.10\n" for name in names)
        with CaptureQueriesContext(connection) as caught:
            compared = comparing.compare(read(text, by), by=by, on=Q4.end)
            doubting.questioned(compared)
        assert len(compared.changing) == len(names)
        return len(caught)

    @pytest.mark.once
    def test_pages_and_the_preview_of_a_file(self, client, return_, probation, farida, sam):
        TargetFactory(indicator=PlacementFactory(reference="B2").indicator)
        self.many(5, probation, return_.round, farida)
        few, of_file = self.counted(client, sam, farida), self.previewed(farida)
        self.many(145, probation, return_.round, farida)
        assert self.counted(client, sam, farida) == few
        assert self.previewed(farida) == of_file
