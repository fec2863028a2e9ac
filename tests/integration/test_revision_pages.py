"""Revising a series on screen: the table of its quarters, the list, one revision with every quarter, verifying and sending back."""

import html
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators import actions
from indicators.models import Figure, Indicator, Return, Revision
from indicators.revisable import Revised
from tests.factories import UserFactory
from tests.factories.indicators import LeadFactory, PlacementFactory, ReturnFactory, RoundFactory, verified
from tests.unit.indicators.profile.world import Q1, Q2, Q3, Q4, aimed, asked, known

pytestmark = pytest.mark.django_db

WHY = "Late reports were added"
LIST = reverse("indicators:revision-list")


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", post="Analyst", roles=["data_lead"])


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def indicator(farida):
    """140, 150 and 120 in 2017-18 Q1 to Q3 against 150 a quarter; good is lower. Q4 is asked for."""
    made = PlacementFactory(reference="B2", short_name="Domestic abuse reports", indicator__slug="reports").indicator
    Indicator.objects.filter(pk=made.pk).update(owner=farida.organisation)
    made.refresh_from_db()
    LeadFactory(indicator=made, user=farida)
    known(made, Q3, 140, 150, 120)
    asked(made, Q4)
    aimed(made)
    return made


def in_(indicator, quarter):
    return Return.objects.select_related("round", "indicator").get(indicator=indicator, round__quarter=quarter)


def url(name, *args):
    return reverse(f"indicators:{name}", args=args)


def words(response, status=200):
    assert response.status_code == status
    text = " ".join(html.unescape(response.content.decode()).split())
    return text[text.index("<main") : text.index("</main>")]


def typed(indicator, *numbers, **more):
    """The form with new figures for Q1, Q2 and so on; empty boxes for None."""
    given = {"reason": WHY, "kind": "final", "source": "CRIS", "behalf": "own"}
    for quarter, number in zip((Q1, Q2, Q3), (*numbers, None, None, None), strict=False):
        return_ = in_(indicator, quarter)
        given |= {f"seen_{return_.pk}": return_.version, f"number_{return_.pk}": "" if number is None else str(number)}
    return given | more


def revised(indicator, by, *numbers, reason=WHY):
    changes = [
        Revised(in_(indicator, quarter), in_(indicator, quarter).version, Decimal(number))
        for quarter, number in zip((Q1, Q2, Q3), numbers, strict=False)
        if number is not None
    ]
    return actions.revise(indicator, changes=changes, reason=reason, supplied_by=by, by=by)


# ---------------------------------------------------------------- the form


class TestGiving:
    @pytest.fixture
    def lead(self, client, farida):
        client.force_login(farida)
        return client

    def test_every_quarter_with_its_verified_figure_latest_first(self, lead, indicator):
        page = words(lead.get(url("indicator-revise", "reports")))
        assert [page.index(f">{quarter}</a>") for quarter in (Q3, Q2, Q1)] == sorted(
            page.index(f">{quarter}</a>") for quarter in (Q3, Q2, Q1)
        )
        assert "aria-describedby" not in page[page.index("<table") : page.index("</table>")]
        assert (
            f'<label class="govuk-label" for="id_number_{in_(indicator, Q1).pk}">New figure, 2017-18 Q1</label>' in page
        )
        assert "Without a verified figure, so there is nothing to revise: 2017-18 Q4." in page

    def test_only_what_changed_is_recorded(self, lead, indicator):
        """150 of Q2 is the verified figure, typed again."""
        answer = lead.post(url("indicator-revise", "reports"), typed(indicator, "1,401", 150))
        revision = Revision.objects.get()
        assert answer.url == revision.get_absolute_url()
        (figure,) = revision.figures.all()
        assert (figure.numerator, figure.source, figure.restated_because) == (1401, "CRIS", WHY)
        assert figure.for_return == in_(indicator, Q1)
        assert "Nothing that is shown changes until somebody else has verified it" in words(lead.get(answer.url))

    @pytest.mark.parametrize(
        ("numbers", "more", "told"),
        [
            ((), {}, "Give a new figure for at least one quarter: each is as it was"),
            ((140,), {}, "Give a new figure for at least one quarter: each is as it was"),
            (("abc",), {}, "2017-18 Q1 must be a whole number, like 1,234"),
            (("<5",), {}, "2017-18 Q1: type the exact figure, small numbers are hidden in public reports and not here"),
            ((None, "-3"), {}, "2017-18 Q2 can’t be less than 0"),
            ((141,), {"reason": " "}, "Say why the figures change"),
            ((141,), {"reason": "x" * 301}, "must be said in 300 characters or fewer"),
            ((141,), {"kind": ""}, "Say whether the figures are final or provisional"),
            ((141,), {"behalf": ""}, "Say whose figure it is"),
            ((141,), {"behalf": "behalf"}, "Choose who gave you the figure"),
            (
                (141,),
                {"extracted_on_day": "1", "extracted_on_month": "1", "extracted_on_year": "2999"},
                "The day they were taken from their source can’t be in the future",
            ),
        ],
    )
    def test_what_is_wrong_is_told_and_what_was_typed_is_kept(self, lead, indicator, numbers, more, told):
        page = words(lead.post(url("indicator-revise", "reports"), typed(indicator, *numbers, **more)))
        assert told in page and "There is a problem" in page
        for number in filter(None, numbers):
            assert f'value="{number}"' in page
        assert not Revision.objects.exists()

    @pytest.mark.parametrize("version", ["", "abc", "0", "99999999999999999999"])
    def test_a_form_that_lost_its_versions_changes_nothing(self, lead, indicator, version):
        form = typed(indicator, 141) | {f"seen_{in_(indicator, Q1).pk}": version}
        words(lead.post(url("indicator-revise", "reports"), form))
        assert not Revision.objects.exists()

    def test_whoever_was_slower_is_told_and_can_send_it_again(self, lead, indicator, farida):
        form = typed(indicator, 141, 151)
        correction = {"restates": "correction", "restated_because": "A typing error"}
        actions.submit(
            in_(indicator, Q2), version=1, numerator=Decimal(155), supplied_by=farida, by=farida, **correction
        )
        page = words(lead.post(url("indicator-revise", "reports"), form))
        assert "This return has been changed since you opened it." in page
        assert "What changed since you opened this page" in page and "Figure: 150 → 155" in page
        assert 'value="141"' in page and 'value="151"' in page
        assert "155 waits to be verified" in page
        assert not Revision.objects.exists()
        again = typed(indicator, 141, 151)
        assert f'name="seen_{in_(indicator, Q2).pk}" value="2"' in page
        assert lead.post(url("indicator-revise", "reports"), again).status_code == 302
        assert Revision.objects.get().figures.count() == 2

    def test_for_somebody_else_with_who_how_and_when(self, client, sam, farida, indicator):
        client.force_login(sam)
        form = typed(
            indicator, 141, behalf="behalf", supplier=str(farida.pk), route="mail",
            received_on_day="1", received_on_month="6", received_on_year="2018",
        )  # fmt: skip
        client.post(url("indicator-revise", "reports"), form)
        figure = Figure.objects.get(revision__isnull=False)
        assert (figure.supplied_by, figure.recorded_by, figure.route) == (farida, sam, "mail")
        assert (
            "by mail, 1 june 2018, keyed by sam carrick"
            in words(client.get(figure.revision.get_absolute_url())).lower()
        )

    def test_what_came_back_stands_in_its_box_with_the_question(self, lead, indicator, farida, sam):
        revision = revised(indicator, farida, 1401)
        actions.send_back_revision(revision, comment="Ten times as many?", due_again_on=timezone.localdate(), by=sam)
        page = words(lead.get(url("indicator-revise", "reports")))
        assert "Ten times as many?" in page and "1,401 was sent back" in page
        assert 'value="1,401"' in page and f'value="{WHY}"' in page

    def test_a_series_without_a_verified_figure_has_nothing_to_revise(self, lead, farida):
        other = PlacementFactory(reference="B3", indicator__slug="other").indicator
        LeadFactory(indicator=other, user=farida)
        asked(other, Q4)
        assert "No quarter has a verified figure yet" in words(lead.get(url("indicator-revise", "other")))

    def test_it_costs_no_query_for_each_quarter(self, lead, indicator):
        with CaptureQueriesContext(connection) as few:
            lead.get(url("indicator-revise", "reports"))
        known(indicator, Q1.previous, *range(100, 112))
        with CaptureQueriesContext(connection) as many:
            lead.get(url("indicator-revise", "reports"))
        assert len(few) == len(many)


class TestShares:
    @pytest.fixture
    def met(self, client, farida):
        made = PlacementFactory(reference="D3", indicator__slug="met", indicator__need_met=True).indicator
        LeadFactory(indicator=made, user=farida)
        verified(ReturnFactory(indicator=made, round=RoundFactory(quarter=Q1)), 3, 4)
        client.force_login(farida)
        return made

    def post(self, client, indicator, base, number, **more):
        pk = in_(indicator, Q1).pk
        form = {
            "reason": WHY,
            "kind": "final",
            "behalf": "own",
            f"seen_{pk}": 1,
            f"base_{pk}": base,
            f"number_{pk}": number,
        }
        return client.post(
            url("indicator-revise", indicator.slug), form | {name.format(pk): text for name, text in more.items()}
        )

    @pytest.mark.parametrize(
        ("base", "number", "told"),
        [
            ("5", "", "2017-18 Q1: give both numbers, or leave both boxes empty"),
            ("", "3", "2017-18 Q1: give both numbers, or leave both boxes empty"),
            (
                "2",
                "3",
                "2017-18 Q1, offenders whose need was met can’t be more than the 2 offenders with the need",
            ),
            ("x", "3", "2017-18 Q1, offenders with the need must be a whole number"),
        ],
    )
    def test_both_boxes(self, client, met, base, number, told):
        assert told in words(self.post(client, met, base, number))

    def test_nobody_in_need_is_a_figure(self, client, met):
        assert self.post(client, met, "0", "0").status_code == 302
        assert "nobody had the need" in words(client.get(Revision.objects.get().get_absolute_url()))

    def test_a_percentage_may_be_stated(self, client, farida):
        made = PlacementFactory(reference="C1", indicator__slug="share", indicator__percentage=True).indicator
        LeadFactory(indicator=made, user=farida)
        verified(ReturnFactory(indicator=made, round=RoundFactory(quarter=Q1)), 3, 4)
        client.force_login(farida)
        both = self.post(client, made, "4", "3", **{"stated_{}": "80"})
        assert "give either the two numbers or the percentage, not both" in words(both)
        assert self.post(client, made, "", "", **{"stated_{}": "80.5%"}).status_code == 302
        assert Figure.objects.get(revision__isnull=False).stated_percentage == Decimal("80.5")
