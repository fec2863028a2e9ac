"""The sample's strategic assessment of 2017-18: invented words about invented figures, written as its analysts would have left them in May 2018."""

from collections.abc import Mapping
from typing import Any

from cspplan.sample.people import read
from indicators.models import Placement
from lib.quarters import Year
from priorities.models import Plan, Priority
from reporting.models import AssessedIndicator, AssessedPriority, Assessment, AssessmentSection


def load(plan: Plan, placements: Mapping[str, Placement]) -> Assessment:
    """`placements` by reference ("A1")."""
    told = read("assessing.json")
    assessment = Assessment.objects.create(
        plan=plan, year=Year.parse(told["year"]), summary=told["summary"], is_sample=True
    )
    AssessmentSection.objects.bulk_create(
        AssessmentSection(assessment=assessment, order=order, **section)
        for order, section in enumerate(told["sections"], start=1)
    )
    AssessedIndicator.objects.bulk_create(
        AssessedIndicator(assessment=assessment, indicator=placements[reference].indicator, why=why)
        for reference, why in told["causes"].items()
    )
    AssessedPriority.objects.bulk_create(_futures(assessment, told, Priority.objects.filter(plan=plan)))
    return assessment


def _futures(assessment: Assessment, told: Mapping[str, Any], priorities: Any) -> list[AssessedPriority]:
    by_letter = {priority.letter: priority for priority in priorities}
    kept = [
        AssessedPriority(assessment=assessment, priority=by_letter[letter], order=order, **given)
        for order, (letter, given) in enumerate(told["futures"].items(), start=1)
    ]
    new = [
        AssessedPriority(assessment=assessment, future=AssessedPriority.Future.NEW, order=order, **given)
        for order, given in enumerate(told["proposals"], start=len(kept) + 1)
    ]
    return [*kept, *new]
