"""A feed that fills one context measure, for the tests that go the whole way with a file."""

import datetime as dt

from indicators import actions, over_time
from indicators.models import Indicator, Return, Upload
from indicators.uploads import working
from tests.factories.accounts import UserFactory
from tests.factories.collecting import FeedFactory, FeedSeriesFactory
from tests.factories.indicators import IndicatorFactory, PlacementFactory, RoundFactory
from tests.unit.indicators.feeds.files import content, quarters

ALL = quarters("2017-18 Q1", "2017-18 Q2", "2017-18 Q3", "2017-18 Q4")
PUBLISHED = dt.date(2018, 5, 3)
INJURIES = ("Violence", "With Injury")


def injury(*numbers: object, kind: tuple[str, str] = INJURIES) -> list[object]:
    return [*kind, "Tower Hamlets", *numbers]


class World:
    """A feed that fills one context measure, and four quarters of which the first three are closed."""

    def __init__(self) -> None:
        self.sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
        self.lena = UserFactory(name="Lena Fox", roles=["coordinator"])
        self.indicator = IndicatorFactory(family=Indicator.Family.CONTEXT, name="Violence with Injury", polarity="none")
        PlacementFactory(indicator=self.indicator, reference="", short_name="Violence, borough")
        self.rounds = [
            RoundFactory(
                quarter=quarter, closed_at=None if quarter == ALL[-1] else dt.datetime(2018, 3, 1, tzinfo=dt.UTC)
            )
            for quarter in ALL
        ]
        self.feed = FeedFactory(
            slug="crime",
            publisher="Sample Police",
            source="Recorded crime, OGL v3",
            layout={"levels": ["Group", "Offence"], "area": "Borough", "months": {"columns": "%Y%m"}},
        )
        self.series = FeedSeriesFactory(feed=self.feed, indicator=self.indicator, categories=[list(INJURIES)])

    def upload(self, rows, published_on: dt.date = PUBLISHED, by=None) -> Upload:
        upload = actions.add_file(
            self.feed, content=content(rows), name="crime.csv", published_on=published_on, by=by or self.sam
        )
        return self.worked(upload)

    def worked(self, upload: Upload) -> Upload:
        working.work(upload.pk)
        upload.refresh_from_db()
        assert upload.is_ready, upload.failure
        return upload

    def record(self, upload: Upload, because: str = "", leave_out: bool = False) -> Upload:
        actions.record_upload(
            upload,
            fingerprint=upload.fingerprint,
            restated_because=because,
            leave_out_refused=leave_out,
            by=upload.uploaded_by,
        )
        return self.worked(upload)

    def verify(self) -> None:
        for return_ in Return.objects.to_verify().select_related("round", "indicator"):
            actions.verify(return_, version=return_.version, by=self.lena)

    def held(self) -> dict[str, int]:
        figures = over_time.verified([self.indicator])[self.indicator.pk]
        return {str(quarter): int(numbers.numerator) for quarter, numbers in sorted(figures.items())}
