"""Writing the annual strategic assessment. What was built keeps its own copy of the words, so they may change at any time.

New rows are made with the assessment's row held, so that what may be there once is made once. A row that is not there yet has version 0.
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import F, Max

from accounts import audit
from accounts.models import User
from indicators.models import Indicator
from lib.editing import Stale, write
from lib.quarters import Year
from priorities.models import Plan, Priority
from reporting import terms
from reporting.models import AssessedIndicator, AssessedPriority, Assessment, AssessmentSection, Pack

LONGEST = 8_000  # characters of the summary and of a section: some three pages
LONGEST_REASON = 1_500  # of why an indicator moved, or what becomes of a priority
LONGEST_TITLE = 120

audit.kinds(
    {
        "assessment_started": "Strategic assessment started",
        "assessment_summarised": "Summary of the assessment written",
        "assessment_section_added": "Section added",
        "assessment_section_changed": "Section changed",
        "assessment_section_moved": "Section moved up",
        "assessment_section_removed": "Section removed",
        "assessment_explained": "Why an indicator changed written",
        "assessment_decided": "What becomes of a priority written",
        "assessment_proposed": "New priority proposed",
        "assessment_proposal_removed": "Proposal of a new priority removed",
    }
)


@transaction.atomic
def start(plan: Plan, *, year: Year, by: User) -> Assessment:
    """Start the assessment of a year of the plan. Started twice, it is the same one."""
    if not terms.covers(plan, year.quarters[-1]):
        raise ValidationError(terms.refusal(year.quarters[-1]))
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    assessment, is_new = Assessment.objects.get_or_create(plan=plan, year=year)
    if is_new:
        audit.record("assessment_started", assessment, by=by)
    return assessment


@transaction.atomic
def summarise(assessment: Assessment, *, summary: str, version: int, by: User) -> Assessment:
    """What the year came to, on one page. Saying what is said already leaves no trace."""
    return _rewrite(assessment, version, "assessment_summarised", by, {"summary": _text(summary, "summary", LONGEST)})


# ---------------------------------------------------------------- sections


@transaction.atomic
def add_section(assessment: Assessment, *, heading: str, text: str, is_public: bool, by: User) -> AssessmentSection:
    """A section of the analysts' own, after those that are there. One that says word for word the same is there already: sent twice, it is added once."""
    _hold(assessment)
    content = _section(heading, text, is_public)
    if same := assessment.sections.filter(**content).first():
        return same
    last = assessment.sections.aggregate(last=Max("order"))["last"] or 0
    section = AssessmentSection.objects.create(assessment=assessment, order=last + 1, **content)
    audit.record("assessment_section_added", section, by=by, changes=_changes({}, content))
    return section


@transaction.atomic
def change_section(
    section: AssessmentSection, *, heading: str, text: str, is_public: bool, version: int, by: User
) -> AssessmentSection:
    """Say it otherwise."""
    return _rewrite(section, version, "assessment_section_changed", by, _section(heading, text, is_public))


@transaction.atomic
def move_section(section: AssessmentSection, *, by: User) -> AssessmentSection:
    """Put it before the one that it follows; the first one stays where it is."""
    _hold(section.assessment)
    rows = list(section.assessment.sections.all())
    place = next((index for index, row in enumerate(rows) if row.pk == section.pk), 0)
    if not place:
        return section
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for order, row in enumerate(rows, start=1):
        AssessmentSection.objects.filter(pk=row.pk).exclude(order=order).update(order=order, version=F("version") + 1)
    section.refresh_from_db()
    audit.record("assessment_section_moved", section, by=by, comment=f"Now before “{rows[place]}”")
    return section


@transaction.atomic
def remove_section(section: AssessmentSection, *, version: int, by: User) -> None:
    """Take it out; its words stay in the audit trail. Refused while a build that holds it may still be approved or issued."""
    waiting = waits(section.assessment)
    if waiting:
        raise ValidationError(
            f"{waiting} is {waiting.get_standing_display().lower()} and holds this section. "
            "Have it not approved, or issue it first; then the section can be removed."
        )
    _remove(section, version, "assessment_section_removed", by, _said(section, "heading", "text"))


def waits(assessment: Assessment) -> Pack | None:
    """A build of the assessment that people may be looking at in order to approve or issue it."""
    builds = Pack.objects.filter(
        plan=assessment.plan_id, quarter=assessment.year.quarters[-1], kind=Pack.Kind.ASSESSMENT
    )
    waiting = builds.filter(standing__in=[Pack.Standing.BUILT, Pack.Standing.APPROVED])
    return waiting.exclude(job_state=Pack.JobState.FAILED).without_texts().first()


# ---------------------------------------------------------------- why, and what next


@transaction.atomic
def explain(assessment: Assessment, *, indicator: Indicator, why: str, version: int, by: User) -> AssessedIndicator:
    """Why this indicator's year differs from the year before."""
    _hold(assessment)
    content = {"why": _text(why, "why", LONGEST_REASON, asked="Say why it changed, or why it did not")}
    row = AssessedIndicator.objects.filter(assessment=assessment, indicator=indicator).first()
    if row:
        return _rewrite(row, version, "assessment_explained", by, content)
    row = AssessedIndicator.objects.create(assessment=assessment, indicator=indicator, **content)
    audit.record("assessment_explained", row, by=by, changes=_changes({}, content))
    return row


@transaction.atomic
def decide(
    assessment: Assessment, *, priority: Priority, future: str, because: str, version: int, by: User
) -> AssessedPriority:
    """What is to become of a priority of the plan: kept, amended, or everyday business from now on."""
    _hold(assessment)
    content = {"future": future, "because": _reason(because)}
    if future not in set(AssessedPriority.Future.values) - {AssessedPriority.Future.NEW}:
        raise ValidationError({"future": "Choose what is to become of it"})
    row = AssessedPriority.objects.filter(assessment=assessment, priority=priority).first()
    if row:
        return _rewrite(row, version, "assessment_decided", by, content)
    row = AssessedPriority.objects.create(assessment=assessment, priority=priority, **content)
    audit.record("assessment_decided", row, by=by, changes=_changes({}, _shown(row, content)))
    return row


@transaction.atomic
def propose(assessment: Assessment, *, title: str, because: str, by: User) -> AssessedPriority:
    """A priority that the plan does not have; sent twice, it is proposed once."""
    _hold(assessment)
    content = {"title": _title(title), "because": _reason(because)}
    if same := assessment.assessed_priorities.filter(future=AssessedPriority.Future.NEW, **content).first():
        return same
    last = assessment.assessed_priorities.aggregate(last=Max("order"))["last"] or 0
    future = AssessedPriority.Future.NEW
    row = AssessedPriority.objects.create(assessment=assessment, future=future, order=last + 1, **content)
    audit.record("assessment_proposed", row, by=by, changes=_changes({}, content))
    return row


@transaction.atomic
def reword_proposal(row: AssessedPriority, *, title: str, because: str, version: int, by: User) -> AssessedPriority:
    """Say otherwise what is proposed."""
    content = {"title": _title(title), "because": _reason(because)}
    return _rewrite(row, version, "assessment_proposed", by, content)


@transaction.atomic
def remove_proposal(row: AssessedPriority, *, version: int, by: User) -> None:
    """It is not proposed any more; its words stay in the audit trail."""
    _remove(row, version, "assessment_proposal_removed", by, _said(row, "title", "because"))


# ---------------------------------------------------------------- shared

WORDS = {
    "summary": "Summary",
    "heading": "Heading",
    "text": "Text",
    "is_public": "In the public edition",
    "why": "Why",
    "future": "What becomes of it",
    "because": "Because",
    "title": "Title",
}


GONE = "It has been removed since you opened this page. Nothing was saved: copy your words, and add it anew."


def _hold(assessment: Assessment) -> None:
    Assessment.objects.select_for_update().get(pk=assessment.pk)


def _rewrite(row: Any, version: int, kind: str, by: User, content: dict[str, Any]) -> Any:
    """Change a row that is there, where it differs; the audit trail says from what to what."""
    try:
        row.refresh_from_db()
    except ObjectDoesNotExist:
        raise ValidationError(GONE) from None
    if row.version != version:
        raise Stale()
    before = _shown(row, content)
    if all(getattr(row, name) == value for name, value in content.items()):
        return row
    write(row, version=version, **content)
    audit.record(kind, row, by=by, changes=_changes(before, _shown(row, content)))
    return row


def _remove(row: Any, version: int, kind: str, by: User, said: str) -> None:
    """The event is written first: it names the row by the number that it still has."""
    locked = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if locked is None or locked.version != version:
        raise Stale()
    audit.record(kind, locked, by=by, comment=said)
    locked.delete()


def _shown(row: Any, content: dict[str, Any]) -> dict[str, Any]:
    """Values as people read them."""
    return {name: row.get_future_display() if name == "future" else getattr(row, name) for name in content}


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    def read(values: dict[str, Any]) -> dict[str, Any]:
        words = {True: "Yes", False: "No"}
        return {WORDS[name]: words[value] if isinstance(value, bool) else value for name, value in values.items()}

    return audit.changes(read(before), read(after))


def _said(row: Any, *names: str) -> str:
    return "\n".join(getattr(row, name) for name in names)


def _section(heading: str, text: str, is_public: bool) -> dict[str, Any]:
    return {
        "heading": _title(heading, "heading", "Give the section a heading"),
        "text": _text(text, "text", LONGEST, asked="Write the section"),
        "is_public": is_public,
    }


def _title(given: str, field: str = "title", asked: str = "Give the new priority a title") -> str:
    return _text(given, field, LONGEST_TITLE, asked=asked)


def _reason(given: str) -> str:
    return _text(given, "because", LONGEST_REASON, asked="Say why")


def _text(given: str, field: str, longest: int, *, asked: str = "") -> str:
    """`asked` is what to say of nothing; empty where nothing may be said."""
    text = given.replace("\r\n", "\n").strip()
    if asked and not text:
        raise ValidationError({field: asked})
    if len(text) > longest:
        raise ValidationError({field: f"This must be {longest:,} characters or fewer"})
    return text
