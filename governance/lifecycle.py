"""The road of a plan, for its page: what bodies said of it in their order, its versions, reviews and sendings, and what is out of order."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from governance import lifecycle_data, ordering
from governance.models import Approval, Body, Clearance, PlanVersion, Review, Sending
from lib.quarters import Year
from lib.written import capitalised, day_year, in_words
from priorities.models import Amendment, Commitment, Plan, Priority

BY_SLUG = {"mayor-in-cabinet": ordering.CABINET, "full-council": ordering.COUNCIL}
BY_KIND = {
    Body.Kind.PARTNERSHIP: ordering.PARTNERSHIP,
    Body.Kind.EXECUTIVE: ordering.EXECUTIVE,
    Body.Kind.SCRUTINY: ordering.SCRUTINY,
}
POLICING_BODY = "mopac"  # the slug of the local policing body, as an organisation and as a body
SHOWN_SENDINGS = 5
NOT_SENT = (
    "No sending of {} to MOPAC is recorded. A copy of the adopted plan goes to the local policing body "
    "(regulation 13A, SI 2012/2660)."
)


@dataclass(frozen=True)
class Word:
    """One of the bodies that the plan goes past: what it said, newest last; nothing while its word is outstanding."""

    name: str
    approvals: tuple[Approval, ...]
    outstanding: str


@dataclass(frozen=True)
class Version:
    version: PlanVersion
    clearances: tuple[Clearance, ...]


@dataclass(frozen=True)
class YearLine:
    """A year of the plan and its review; `words` where there is none."""

    year: Year
    review: Review | None
    words: str


@dataclass(frozen=True)
class Page:
    plan: Plan
    lede: str
    warnings: tuple[str, ...]
    words: tuple[Word, ...]
    withdrawn: tuple[Approval, ...]
    versions: tuple[Version, ...]
    years: tuple[YearLine, ...]
    sendings: tuple[Sending, ...]
    more_sendings: int
    successor: Plan | None
    lacking: tuple[str, ...]  # what keeps a draft from being adopted today

    @property
    def latest(self) -> PlanVersion | None:
        return self.versions[-1].version if self.versions else None


def stage_of(body: Body) -> str | None:
    """Which place a body has on the road; None for those that the plan doesn't go past."""
    return BY_SLUG.get(body.slug) or BY_KIND.get(Body.Kind(body.kind))


def approvals(plan: Plan) -> list[Approval]:
    """Of every version of the plan, withdrawn ones too, oldest first."""
    those = Approval.objects.filter(plan_version__plan=plan)
    return list(those.select_related("body", "plan_version", "recorded_by", "withdrawn_by").order_by("given_on", "pk"))


def steps(plan: Plan) -> list[ordering.Step]:
    """What counts of it, as `ordering` takes it."""
    return _steps(approvals(plan))


def _steps(those: list[Approval]) -> list[ordering.Step]:
    found = []
    for approval in those:
        stage, version = stage_of(approval.body), approval.plan_version
        if stage is not None and version is not None and approval.withdrawn_at is None:
            found.append(ordering.Step(stage, approval.verdict, approval.given_on, version.number, version.dated_on))
    return found


def page(plan: Plan, today: dt.date) -> Page:
    """Everything on the page about the plan's life, in a fixed number of queries."""
    given = approvals(plan)
    versions = _versions(plan)
    sendings = list(
        Sending.objects.filter(plan=plan).select_related("to_body", "to_organisation", "version", "recorded_by")
    )
    found = _steps(given)
    words = _words(given)
    return Page(
        plan=plan,
        lede=_lede(plan, words),
        warnings=tuple(_warnings(plan, found, versions, sendings)),
        words=words,
        withdrawn=tuple(approval for approval in given if approval.withdrawn_at),
        versions=versions,
        years=_years(plan, today),
        sendings=tuple(sendings[:SHOWN_SENDINGS]),
        more_sendings=max(len(sendings) - SHOWN_SENDINGS, 0),
        successor=Plan.objects.filter(starts_on__gt=plan.ends_on).order_by("starts_on").first(),
        lacking=() if plan.is_adopted else tuple(ordering.lacking(found, today)),
    )


def _versions(plan: Plan) -> tuple[Version, ...]:
    those = PlanVersion.objects.filter(plan=plan).prefetch_related("clearances").order_by("order")
    return tuple(Version(version, tuple(version.clearances.all())) for version in those)


def _words(given: list[Approval]) -> tuple[Word, ...]:
    standing = [approval for approval in given if approval.withdrawn_at is None]
    by_stage = {
        stage: tuple(approval for approval in standing if stage_of(approval.body) == stage) for stage in ordering.STAGES
    }
    road = tuple(
        Word(
            capitalised(ordering.NAMES[stage].removeprefix("the ")), those, "" if those else ordering.outstanding(stage)
        )
        for stage, those in by_stage.items()
    )
    others: dict[str, list[Approval]] = {}
    for approval in standing:
        if stage_of(approval.body) is None:
            others.setdefault(approval.body.name, []).append(approval)
    return road + tuple(Word(name, tuple(those), "") for name, those in others.items())


def _lede(plan: Plan, words: tuple[Word, ...]) -> str:
    road = words[: len(ordering.STAGES)]
    given = sum(bool(word.approvals) for word in road)
    whose = "has given its word" if given < 2 else "have given their word"
    heard = f"{capitalised(in_words(given)) if given else 'None'} of {in_words(len(road))} bodies {whose}"
    if not plan.is_adopted:
        return f"A draft, not adopted yet. {heard}."
    return f"Adopted on {day_year(plan.adopted_on)}. {heard}."


def _warnings(
    plan: Plan, found: list[ordering.Step], versions: tuple[Version, ...], sendings: list[Sending]
) -> list[str]:
    told = ordering.warnings(found, consulted_until=lifecycle_data.consulted_until(plan))
    told += ordering.version_warnings([_sent(line) for line in versions])
    told += [
        f"No clearance of version {line.version.number} by {clearance.who} is recorded."
        for line in versions
        for clearance in line.clearances
        if clearance.cleared_on is None
    ]
    if plan.is_adopted:
        told += [
            f"The plan is adopted, and this keeps it from being so now: {lack}"
            for lack in ordering.lacking(found, plan.adopted_on)  # type: ignore[arg-type]
        ]
        if versions and not any(_to_policing_body(sending, versions[-1].version) for sending in sendings):
            told.append(NOT_SENT.format(str(versions[-1].version).replace("Version", "version")))
    return told


def _sent(line: Version) -> ordering.Sent:
    days = tuple(clearance.consulted_on for clearance in line.clearances if clearance.consulted_on)
    return ordering.Sent(line.version.number, line.version.dated_on, days)


def _to_policing_body(sending: Sending, version: PlanVersion) -> bool:
    if sending.version_id != version.pk:
        return False
    slugs = {thing.slug for thing in (sending.to_body, sending.to_organisation) if thing is not None}
    return POLICING_BODY in slugs or POLICING_BODY in sending.to_name.lower()


def _years(plan: Plan, today: dt.date) -> tuple[YearLine, ...]:
    reviews = {review.year: review for review in Review.objects.filter(plan=plan)}
    return tuple(
        YearLine(year, reviews.get(year), "" if year in reviews else _not_reviewed(year, today))
        for year in plan.years
        if year in reviews or year.start <= today
    )


def _not_reviewed(year: Year, today: dt.date) -> str:
    return "Not reviewed yet" if year.end < today else f"The year ends on {day_year(year.end)}"


@dataclass(frozen=True)
class Follows:
    """What follows from a review: how the plan was amended since, and where the next year's commitments are still to be written."""

    year: Year | None  # the year after, while it is one of the plan's
    priorities: tuple[tuple[Priority, int, int], ...]  # with commitments of the year after, and amendments since


def after_review(review: Review) -> Follows:
    """Three queries."""
    plan, year = review.plan, review.year.next
    written = Counter(Commitment.objects.filter(priority__plan=plan, year=year).values_list("priority", flat=True))
    since = Amendment.objects.filter(plan=plan, made_at__gte=review.recorded_at)
    amended = Counter(since.values_list("priority", flat=True))
    priorities = Priority.objects.filter(plan=plan).select_related("plan")
    return Follows(
        year if year in plan.years else None,
        tuple((priority, written[priority.pk], amended[priority.pk]) for priority in priorities),
    )


def sent_words(plan: Plan) -> str:
    """The log of sendings in a line: "Version 1.4 was sent to two; no pack has been sent." Two queries."""
    latest = PlanVersion.objects.filter(plan=plan).order_by("order").last()
    log = list(Sending.objects.filter(plan=plan).values_list("version", "what", "to_name"))
    told = "No version of the plan has been sent"
    if latest is not None:
        to = {name for version, _, name in log if version == latest.pk}
        told = f"{latest} was sent to {in_words(len(to))}" if to else f"{latest} has been sent to nobody"
    packs = {what.casefold() for version, what, _ in log if version is None and what.casefold().startswith("pack ")}
    sent = f"{in_words(len(packs))} pack{'' if len(packs) == 1 else 's'}" if packs else "no pack"
    return f"{told}; {sent} {'has' if len(packs) < 2 else 'have'} been sent."
