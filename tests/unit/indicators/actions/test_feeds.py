"""Which lines of a published file make up an indicator."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import FeedSeries, Indicator
from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.collecting import FeedFactory, FeedSeriesFactory
from tests.factories.indicators import DefinitionFactory, IndicatorFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 4, 20)
Q4, NEXT = Quarter.parse("2017-18-q4"), Quarter.parse("2018-19-q2")
CATEGORIES = [["Burglary", "Domestic Burglary"], ["Burglary", "Business"]]


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def feed():
    return FeedFactory(name="Recorded crime", publisher="Sample Police")


@pytest.fixture
def context():
    return IndicatorFactory(family=Indicator.Family.CONTEXT, name="Burglary, whole borough")


@pytest.fixture
def add(feed, context, sam):
    def act(**said):
        usual = {"indicator": context, "area": " Tower Hamlets ", "categories": CATEGORIES, "today": TODAY, "by": sam}
        return actions.add_series(feed, **usual | said)

    return act


def refused(act, **said) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refusal:
        act(**said)
    assert FeedSeries.objects.count() == 0 or "already" in str(refusal.value)
    return refusal.value.message_dict


def test_it_is_kept_as_typed_without_blanks_around_and_stands_in_the_trail(add, feed, sam):
    series = add(categories=[[" Burglary ", "Domestic Burglary"], ["Burglary", "Business "]])
    assert (series.area, series.categories) == ("Tower Hamlets", CATEGORIES)
    event = AuditEvent.objects.get()
    assert (event.kind, event.subject_label, event.actor) == ("feed_series_added", "Recorded crime, Sample Police", sam)
    assert event.changes == [
        {"what": "Indicator", "was": "nothing", "now": "Burglary, whole borough"},
        {"what": "Area", "was": "nothing", "now": "Tower Hamlets"},
        {
            "what": "What is added up",
            "was": "nothing",
            "now": "Burglary > Domestic Burglary; Burglary > Business",
        },
    ]


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"area": " "}, "area", "Type the area as the file has it"),
        ({"area": "x" * 121}, "area", "Type the area as the file has it"),
        ({"categories": []}, "categories", "Type at least one category"),
        ({"categories": [["Burglary"]]}, "categories", "“Burglary” must have two parts, like Group > Offence"),
        ({"categories": [["a", "b", "c"]]}, "categories", "“a > b > c” must have two parts, like Group > Offence"),
        ({"categories": [["a", " "]]}, "categories", "“a > ” must have two parts, like Group > Offence"),
        ({"categories": [["a", "b"], ["A ", "B"]]}, "categories", "“A > B” stands there twice, and would be counted twice"),
        ({"categories": [["a", "b" * 201]]}, "categories", "A category must be 200 characters or fewer"),
        ({"categories": [["a", str(n)] for n in range(101)]}, "categories", "A series adds up at most 100 categories"),
    ],
)  # fmt: skip
def test_what_is_no_line_of_the_file_is_refused(add, said, field, sentence):
    assert refused(add, **said) == {field: [sentence]}


@pytest.mark.parametrize(
    "fields",
    [{"percentage": True}, {"need_met": True}, {"year_to_date": "latest"}, {"frequency": "annual"}],
)
def test_months_make_up_only_counts_of_every_quarter_that_are_summed(add, fields):
    indicator = IndicatorFactory(family=Indicator.Family.CONTEXT, name="Rate", **fields)
    assert refused(add, indicator=indicator) == {
        "indicator": [
            "The months of a file can’t be added up to Rate: "
            "only counts of every quarter that are summed over the year can be filled"
        ]
    }


def test_an_indicator_is_filled_from_one_file_alone(add, context):
    FeedSeriesFactory(indicator=context, feed=FeedFactory(name="Another file"))
    assert refused(add) == {"indicator": ["It is filled from “Another file” already. Take it out there first"]}


class TestOneThatIsRated:
    """It may be filled only where its definition in force says so."""

    @pytest.fixture
    def rated(self):
        return IndicatorFactory(name="Number of calls")

    def test_without_a_definition_or_with_one_that_does_not_say_so(self, add, rated):
        sentence = (
            "Number of calls can only be filled from a published file if its definition in force says so. "
            "Add a definition that names this file first"
        )
        assert refused(add, indicator=rated) == {"indicator": [sentence]}
        DefinitionFactory(indicator=rated)
        assert refused(add, indicator=rated) == {"indicator": [sentence]}
        DefinitionFactory(indicator=rated, starts=Q4, feed=FeedFactory())  # another file
        assert refused(add, indicator=rated) == {"indicator": [sentence]}

    def test_with_one_that_names_the_file(self, add, rated, feed):
        DefinitionFactory(indicator=rated)
        DefinitionFactory(indicator=rated, starts=Q4, feed=feed)
        assert add(indicator=rated).indicator == rated

    def test_not_before_that_definition_is_in_force(self, add, rated, feed):
        DefinitionFactory(indicator=rated)
        DefinitionFactory(indicator=rated, starts=NEXT, feed=feed)
        assert "indicator" in refused(add, indicator=rated)

    def test_a_spend_is_no_context(self, add, rated):
        rated.family = Indicator.Family.SPEND
        assert "indicator" in refused(add, indicator=rated)


class TestADefinitionThatNamesAFile:
    def act(self, indicator, feed, sam):
        return actions.add_definition(
            indicator, starts=Q4, text="Calls", feed=feed, today=TODAY, version=indicator.version, by=sam
        )

    def test_it_is_told_in_the_trail(self, feed, sam):
        definition = self.act(IndicatorFactory(), feed, sam)
        assert definition.feed == feed
        told = {line["what"]: line["now"] for line in AuditEvent.objects.get().changes}
        assert told["Filled from"] == "Recorded crime, Sample Police"

    def test_that_alone_is_a_difference(self, feed, sam):
        indicator = IndicatorFactory()
        DefinitionFactory(indicator=indicator, text="Calls", source="")
        assert self.act(indicator, feed, sam)

    def test_not_where_no_months_make_it_up(self, feed, sam):
        with pytest.raises(ValidationError) as refusal:
            self.act(IndicatorFactory(percentage=True), feed, sam)
        assert list(refusal.value.message_dict) == ["feed"]


class TestTakingOut:
    def test_it_is_gone_and_the_trail_says_what_it_was(self, add, sam):
        actions.remove_series(add(), by=sam)
        assert not FeedSeries.objects.exists()
        event = AuditEvent.objects.get(kind="feed_series_removed")
        assert event.changes[0] == {"what": "Indicator", "was": "Burglary, whole borough", "now": "nothing"}

    def test_twice_is_refused(self, add, sam):
        series = add()
        actions.remove_series(series, by=sam)
        series.pk = 12
        with pytest.raises(ValidationError, match="It has been taken out already"):
            actions.remove_series(series, by=sam)


def test_no_file_is_taken_for_a_feed_that_fills_nothing(feed, sam):
    with pytest.raises(ValidationError, match="This feed fills no indicator yet"):
        actions.add_file(feed, content=b"a", name="a.csv", published_on=TODAY, by=sam)
