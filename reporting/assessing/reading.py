"""What an assessment says, read for a build: the analysts' words as they stand now, as far as the edition may hold them."""

from django.core.exceptions import ValidationError

from lib.quarters import Quarter
from priorities.models import Plan
from reporting.imprint import Assessed, Cause, Future, OwnSection
from reporting.models import AssessedPriority, Assessment, Pack
from reporting.snapshots.shape import Snapshot

NOT_STARTED = "Start the assessment first: there is nothing to build it from."


def of(plan: Plan, quarter: Quarter) -> Assessment | None:
    """The assessment of the quarter's year."""
    return Assessment.objects.filter(plan=plan, year=quarter.year).first()


def read(pack: Pack, snapshot: Snapshot) -> Assessed:
    """Of what the snapshot holds alone: in a public edition that leaves out what is said of restricted indicators.

    There the sections that are not for the public are left out too. Refused where nobody has started the assessment.
    """
    assessment = of(pack.plan, pack.quarter)
    if assessment is None:
        raise ValidationError(NOT_STARTED)
    return words(assessment, snapshot, is_public=pack.is_public)


def words(assessment: Assessment, snapshot: Snapshot, *, is_public: bool) -> Assessed:
    sections = assessment.sections.all()
    causes = {one.indicator.slug: one.why for one in assessment.assessed_indicators.select_related("indicator")}
    shown = [part.slug for priority in snapshot.priorities for part in (*priority.indicators, *priority.context)]
    return Assessed(
        summary=assessment.summary,
        sections=tuple(OwnSection(one.heading, one.text) for one in sections if one.is_public or not is_public),
        causes=tuple(Cause(slug, causes[slug]) for slug in dict.fromkeys(shown) if causes.get(slug)),
        futures=futures(assessment),
    )


def futures(assessment: Assessment) -> tuple[Future, ...]:
    """The plan's priorities in their order, then the new ones."""
    rows = assessment.assessed_priorities.select_related("priority")
    return tuple(_future(one) for one in sorted(rows, key=_place))


def _place(one: AssessedPriority) -> tuple[bool, str, int, int]:
    return (one.priority is None, one.priority.letter if one.priority else "", one.order, one.pk)


def _future(one: AssessedPriority) -> Future:
    priority = one.priority
    return Future(
        letter=priority.letter if priority else "",
        title=priority.title if priority else one.title,
        future=str(one.future),
        words=one.get_future_display(),
        because=one.because,
    )
