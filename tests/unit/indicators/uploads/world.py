"""A small partnership for the tests of files: two counts, need and met, a percentage, two people, and quarters of 2017-18."""

import datetime as dt
from functools import cached_property

from accounts.models import User
from indicators.models import Indicator, Return, Round, Upload
from indicators.uploads import keeping, reading, working
from indicators.uploads.comparing import Comparison, compare
from indicators.uploads.offers import Reading
from lib import sheets
from lib.quarters import Quarter, Year
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.collecting import UploadFactory
from tests.factories.indicators import (
    IndicatorFactory,
    LeadFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
)
from tests.factories.priorities import PlanFactory, PriorityFactory

Q1, Q2, Q3, Q4 = Year(2017).quarters
TODAY = dt.date(2018, 4, 20)


class World:
    """B2 and D1 are counts, D2 need and met, C1 a percentage. The police own all; Farida leads their figures, Sam coordinates."""

    def __init__(self) -> None:
        self.police, self.council = OrganisationFactory(slug="police"), OrganisationFactory(slug="council")
        self.farida = UserFactory(name="Farida Begum", organisation=self.police, roles=["data_lead"])
        self.sam = UserFactory(name="Sam Carrick", organisation=self.council, roles=["coordinator"])
        plan = PlanFactory()
        priority = PriorityFactory(plan=plan, letter="B")

        def made(reference: str, short: str, **fields: object) -> Indicator:
            indicator = IndicatorFactory(owner=self.police, **fields)
            PlacementFactory(plan=plan, priority=priority, indicator=indicator, reference=reference, short_name=short)
            LeadFactory(indicator=indicator, user=self.farida)
            return indicator

        self.reports = made(
            "B2", "Domestic abuse reports", slug="domestic-abuse-reports", name="Number of reports of domestic abuse"
        )
        self.arrests = made("D1", "Arrests", slug="arrests", name="Number of arrests", unit="arrests")
        self.needs = made(
            "D2", "Housing need met", slug="housing-need", name="Offenders whose housing need was met", need_met=True
        )
        self.satisfied = made(
            "C1", "Victim satisfaction", slug="victim-satisfaction", name="Victims who were satisfied", percentage=True
        )

    @cached_property
    def q4(self) -> Round:
        return RoundFactory(quarter=Q4)

    def asked(self, indicator: Indicator, quarter: Quarter = Q4) -> Return:
        round_ = (
            self.q4 if quarter == Q4 else Round.objects.filter(quarter=quarter).first() or RoundFactory(quarter=quarter)
        )
        return ReturnFactory(indicator=indicator, round=round_)


def read(text: str | bytes, by: User) -> Reading:
    content = text.encode() if isinstance(text, str) else text
    return reading.read(sheets.read(content, "figures.csv"), by=by)


def compared(text: str | bytes, by: User, on: dt.date = TODAY) -> Comparison:
    return compare(read(text, by), by=by, on=on)


def previewed(text: str | bytes, by: User, **fields: object) -> Upload:
    """An upload whose file has been read and compared, without a job."""
    found = read(text, by)
    kept = keeping.to_json(found, compare(found, by=by, on=dt.date.today()))
    return UploadFactory(
        uploaded_by=by, preview=kept, fingerprint=keeping.fingerprint(kept), job_state=Upload.JobState.READY, **fields
    )


def work(upload: Upload) -> Upload:
    working.work(upload.pk)
    upload.refresh_from_db()
    return upload
