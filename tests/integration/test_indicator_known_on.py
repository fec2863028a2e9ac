"""The page of one indicator as it was known on a day: figures, targets, definitions, remarks and words of then."""

import datetime as dt
import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators import over_time
from indicators.models import Commentary, DatedNote, Definition, Rebase, Return, Round, Target
from lib.quarters import Quarter, Year
from tests.factories import reporting as data
from tests.factories.collecting import taken_back
from tests.factories.reporting import Q4, at

pytestmark = pytest.mark.django_db

REVISED = {"restates": "revision", "restated_because": "Late reports were added"}


@pytest.fixture
def farida():
    return data.person()


@pytest.fixture
def team(client):
    client.force_login(data.person("Sam Carrick", "coordinator", post="Coordinator"))
    return client


@pytest.fixture
def indicator():
    return data.indicator(data.plan(), slug="calls")


@pytest.fixture
def restated(indicator, farida):
    """1,547 verified on 3 May, 1,588 given on 5 May and verified on 8 May."""
    return_ = data.return_(indicator, words=True)
    data.figure(return_, 1547, by=farida, recorded=at(2), verified=at(3))
    data.figure(return_, 1588, by=farida, recorded=at(5), verified=at(8), **REVISED)
    return return_


def page(client, indicator, day):
    response = client.get(indicator.get_absolute_url(), {"known_on": f"2018-05-{day:02}"})
    assert response.status_code == 200
    text = " ".join(html.unescape(response.content.decode()).split())
    return text[text.index("<main") : text.index("</main>")]


def at_end(day):
    return dt.datetime(2018, 5, day, 22, 59, 59, tzinfo=dt.UTC)


def status(indicator, day):
    return over_time.gather(indicator, at_end(day)).quarters[Q4].status


class TestFigures:
    @pytest.mark.parametrize(("day", "number"), [(3, "1,547"), (7, "1,547"), (8, "1,588")])
    def test_the_figure_that_stood_then(self, team, indicator, restated, day, number):
        assert f"<strong>{number} in 2017-18 Q4" in page(team, indicator, day)

    def test_a_newer_one_that_waited_then_is_told(self, team, indicator, restated):
        assert "A newer figure is not yet verified" in page(team, indicator, 5)
        assert "A newer figure" not in page(team, indicator, 4)
        assert "Restated 8 May 2018" not in page(team, indicator, 7)
        assert "Restated 8 May 2018: was 1,547." in page(team, indicator, 8)

    @pytest.mark.parametrize(
        ("day", "state"), [(1, "due"), (2, "submitted"), (3, "verified"), (5, "submitted"), (8, "verified")]
    )
    def test_how_far_the_return_was(self, indicator, restated, day, state):
        assert status(indicator, day) == state

    def test_sent_back_then_and_sent_again_since(self, indicator, farida):
        return_ = data.return_(indicator)
        first = data.figure(return_, 10, by=farida, recorded=at(2))
        data.send_back(first, by=farida, sent=at(4))
        data.figure(return_, 12, by=farida, recorded=at(6), verified=at(8))
        assert [status(indicator, day) for day in (2, 4, 6, 8)] == ["submitted", "sent_back", "submitted", "verified"]

    def test_missing_from_the_day_it_was_said(self, team, indicator):
        data.missing(data.return_(indicator), said=at(4), expected_on=dt.date(2018, 6, 30))
        assert [status(indicator, day) for day in (3, 4)] == ["due", "missing"]
        assert "source lag" not in page(team, indicator, 3) and "30 June" not in page(team, indicator, 3)
        assert "source lag, expected 30 June 2018" in page(team, indicator, 4)

    def test_a_figure_taken_back_later_waited_then(self, indicator, farida):
        return_ = data.return_(indicator)
        figure = data.figure(return_, 10, by=farida, recorded=at(2))
        taken_back(figure, by=farida, at=at(5))
        Return.objects.update(status="due")
        assert [status(indicator, day) for day in (1, 2, 4, 5)] == ["due", "submitted", "submitted", "due"]

    def test_a_quarter_that_was_not_opened_by_then_is_left_out(self, team, indicator, farida):
        data.figure(data.return_(indicator, Q4.previous), 10, by=farida, recorded=at(1, 2), verified=at(2, 2))
        data.return_(indicator)
        Round.objects.filter(quarter=Q4).update(opens_on=dt.date(2018, 4, 4))
        latest = [over_time.gather(indicator, at(day, 4)).latest for day in (3, 4)]
        assert latest == [Q4.previous, Q4]

    def test_a_round_closed_later_was_open_then(self, indicator):
        data.return_(indicator)
        Round.objects.update(closed_at=at(6))
        assert [over_time.gather(indicator, at_end(day)).quarters[Q4].is_closed for day in (5, 6)] == [False, True]

    def test_nothing_was_known_before_there_was_anything(self, team, indicator):
        assert "Nothing was known of this indicator then." in page(team, indicator, 1)


class TestAllElse:
    def test_targets_definitions_remarks_and_words_are_those_of_then(self, team, indicator, restated, farida):
        terms = {"rule": "tolerance", "basis": "quarter", "value": 1600, "tolerance": 5, "reason": "Agreed"}
        agreed = {"agreed_by": "CSP Executive", "agreed_on": dt.date(2018, 5, 8)}
        Target.objects.create(indicator=indicator, year=Year(2017), set_at=at(9), **terms, **agreed)
        Definition.objects.create(indicator=indicator, starts=Quarter(2016, 1), text="Every call.", made_at=at(9))
        gone = {"withdrawn_at": at(9), "withdrawn_by": farida}
        said = {"reason": "Patrols began", "approved_by": "CSP Executive"}
        Rebase.objects.create(indicator=indicator, starts=Q4, made_at=at(4), **said, **gone)
        DatedNote.objects.create(indicator=indicator, on=dt.date(2018, 2, 1), words="Levy began", made_at=at(4), **gone)
        words = {
            "what_happened": "Calls rose.",
            "status": "sent",
            "sent_at": at(9),
            "written_by": farida,
            "sent_by": farida,
        }
        Commentary.objects.filter(for_return=restated).update(**words)
        before, after = page(team, indicator, 8), page(team, indicator, 9)
        for text, is_there in (
            ("1,600", (False, True)),
            ("Every call.", (False, True)),
            ("Calls rose.", (False, True)),
            ("Patrols began", (True, False)),
        ):
            assert (text in before, text in after) == is_there, text
        series = [over_time.gather(indicator, at_end(day)).basis.notes for day in (8, 9)]
        assert [len(notes) for notes in series] == [1, 0]

    def test_it_says_so_leads_back_and_offers_nothing_to_change(self, team, indicator, restated):
        shown = page(team, indicator, 3)
        assert "<strong>Figures as known on 3 May 2018</strong>, not today’s." in shown
        assert f'href="{indicator.get_absolute_url()}">Show today’s figures</a>' in shown
        assert f'{reverse("indicators:indicator-csv", args=["calls"])}?known_on=2018-05-03"' in shown
        for name in ("note-add", "rebase-add", "definition-add", "target-add", "lead-edit", "indicator-revise"):
            assert reverse(f"indicators:{name}", args=["calls"]) not in shown

    def test_the_table_is_of_that_day_and_called_so(self, team, indicator, restated):
        response = team.get(reverse("indicators:indicator-csv", args=["calls"]), {"known_on": "2018-05-03"})
        assert response["Content-Disposition"].endswith('calls-figures-as-known-on-2018-05-03.csv"')
        assert "1547" in response.content.decode() and "1588" not in response.content.decode()

    def test_a_day_that_is_none_gets_a_sentence(self, team, indicator, restated):
        response = team.get(indicator.get_absolute_url(), {"known_on": "soon"})
        assert "Write the day like 1 May 2018 or 2018-05-01" in response.content.decode()
        assert 'value="soon"' in response.content.decode()
        assert "csp-then" not in response.content.decode()
        table = team.get(reverse("indicators:indicator-csv", args=["calls"]), {"known_on": "soon"})
        assert table.url == f"{indicator.get_absolute_url()}?known_on=soon"

    def test_it_costs_no_query_for_each_quarter(self, team, indicator, farida, restated):
        with CaptureQueriesContext(connection) as few:
            page(team, indicator, 8)
        for quarter in Q4.previous.back_to(8):
            data.figure(data.return_(indicator, quarter), 10, by=farida, recorded=at(1), verified=at(2))
        with CaptureQueriesContext(connection) as many:
            page(team, indicator, 8)
        assert len(few) == len(many)
