"""A delivery plan whose sheet is uploaded: two commitments, an outcome, two indicators, a lead with an account."""

import datetime as dt

from governance.actions import uploads
from governance.models import DeliveryPlan, PlanUpload
from governance.plan_sheets import keeping, results, workbook
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.governance import (
    ActionFactory,
    BodyFactory,
    DeliveryPlanFactory,
    MembershipFactory,
    MilestoneFactory,
)
from tests.factories.indicators import IndicatorFactory, PlacementFactory
from tests.factories.priorities import CommitmentFactory, OutcomeFactory, PlanFactory, PriorityFactory

Q4 = Quarter.parse("2017-18-q4")
HEAD = "Reference,Action,Commitment,Outcome,Indicators,Lead post,Lead’s email address,Starts on,Due on"
REPORT = "Reference,Done,Next,Colour,Reason for the colour,Proposed new date,Reason for the new date"


class World:
    """`running=True`: the plan is in delivery; otherwise it is a draft."""

    def __init__(self, *, running: bool = False) -> None:
        self.sam = UserFactory(name="Sam Carrick", email="sam.carrick@example.org", roles=["coordinator"])
        self.owen = UserFactory(name="Owen Tranter", email="owen.tranter@example.org", roles=["member"])
        self.body = BodyFactory(slug="asb", code="ASB", name="ASB Operations Group")
        MembershipFactory(body=self.body, user=self.owen, role="chair")
        priority = PriorityFactory(plan=PlanFactory(), letter="A")
        self.patrols = CommitmentFactory(priority=priority, key="a-commitment-1", text="Patrol the ten hotspots")
        self.courses = CommitmentFactory(priority=priority, key="a-commitment-2", text="Hold two courses")
        self.later = CommitmentFactory(priority=priority, key="a-commitment-9", text="Of 2018-19", year=Year(2018))
        self.safer = OutcomeFactory(priority=priority, key="a-outcome-1", text="People feel safer")
        self.calls, self.hidden = IndicatorFactory(slug="calls"), IndicatorFactory(slug="hidden", is_restricted=True)
        PlacementFactory(plan=priority.plan, priority=priority, indicator=self.calls, reference="A1")
        PlacementFactory(plan=priority.plan, priority=priority, indicator=self.hidden, reference="A2")
        self.plan: DeliveryPlan = DeliveryPlanFactory(body=self.body, running=running)
        self.action = ActionFactory(
            delivery_plan=self.plan,
            number=3,
            title="Visit the hotspots",
            commitment=self.patrols,
            outcome=self.safer,
            owner_post="Inspector",
            owner=self.owen,
            due_on=dt.date(2018, 1, 31),
            success_measure="Ten visits a month",
        )
        self.action.indicators.set([self.calls])

    def step(self, text: str, day: dt.date) -> None:
        MilestoneFactory(action=self.action, text=text, due_on=day)

    def upload(self, content: str | bytes, name: str = "actions.csv", quarter: Quarter = Q4) -> PlanUpload:
        raw = content.encode() if isinstance(content, str) else content
        return uploads.add(self.plan, content=raw, name=name, quarter=quarter, by=self.sam)

    def compared(self, content: str | bytes, name: str = "actions.csv") -> results.Comparison:
        return keeping.from_json(self.upload(content, name).preview).comparison

    def refused(self, content: str | bytes) -> list[tuple[str, str]]:
        """Each refused cell: its name and the sentence."""
        return [
            (line.place.name, line.why)
            for one in self.compared(content).results
            for line in one.lines
            if line.kind == results.REFUSED
        ]

    def record(self, upload: PlanUpload) -> PlanUpload:
        return uploads.record(upload, fingerprint=upload.fingerprint, by=self.sam)

    def workbook(self, quarter: Quarter = Q4) -> bytes:
        return workbook.of(DeliveryPlan.objects.select_related("body").get(pk=self.plan.pk), quarter, by=self.sam)


def kinds(comparison: results.Comparison) -> list[str]:
    return [one.kind for one in comparison.results]
