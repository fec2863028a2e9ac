"""Who leads which commitment and how it goes; how outcomes will be known."""

from cspplan.sample.governing.cast import Cast, Told, at
from governance.models import CommitmentLead, CommitmentStatus, OutcomeJudgement, OutcomeMeasure
from lib.quarters import Quarter, Year
from lib.working_days import add


def load(told: Told, who: Cast) -> None:
    for slug, keys in told["leads"].items():
        for key in keys:
            CommitmentLead.objects.create(commitment=who.commitments[key], body=who.bodies[slug], is_sample=True)
    for key, slug, brag, said, number in told["statuses"]:
        quarter = Quarter.parse(slug)
        CommitmentStatus.objects.create(
            commitment=who.commitments[key],
            quarter=quarter,
            brag=brag,
            said=said,
            number=number,
            given_by=who.support,
            given_at=at(add(quarter.end, 10)),
        )
    for key, kind, by in told["measures"]:
        OutcomeMeasure.objects.create(
            outcome=who.outcomes[key],
            kind=kind,
            indicator=who.indicators[by] if kind == "indicator" else None,
            survey=by if kind == "survey" else "",
            judged_by=by if kind == "judgement" else "",
            is_sample=True,
        )
    for key, year, verdict, evidence in told["judgements"]:
        OutcomeJudgement.objects.create(
            outcome=who.outcomes[key],
            year=Year.parse(year),
            verdict=verdict,
            evidence=evidence,
            given_by=who.coordinator,
            given_at=at("2018-04-12"),
        )
