"""What the funder is promised that can be counted, and how much of it there was in each quarter."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance.funding.outputs import latest
from governance.models import Output, OutputCount, Project
from lib.editing import Stale, write
from lib.numerals import figure
from lib.quarters import Quarter

THIS, THIS_OUTPUT = "This project", "This output"
LONGEST_TEXT, LONGEST = 200, 300
MOST = Decimal("9999999999.99")

audit.kinds(
    {
        "output_added": "Output entered",
        "output_changed": "Output changed",
        "output_ended": "Output no longer asked for",
        "outputs_counted": "Outputs counted",
    }
)


@dataclass(frozen=True)
class Count:
    number: Decimal
    said: str = ""


@transaction.atomic
def add(project: Project, *, text: str, promised: Decimal | None, by: User) -> Output:
    """Something that the funder wants counted, last in the list; `promised` is how much of it by the end, None where no number was promised."""
    held = Project.objects.select_for_update().get(pk=project.pk)
    said = " ".join(text.split())
    if errors := _faults(held, said, promised, None):
        raise ValidationError(errors)
    last = held.outputs.aggregate(last=Max("order"))["last"] or 0
    output = Output.objects.create(project=held, order=last + 1, text=said, promised=promised)
    audit.record("output_added", output, by=by, changes=audit.changes({}, _facts(output)))
    return output


@transaction.atomic
def edit(output: Output, *, text: str, promised: Decimal | None, version: int, by: User) -> Output:
    """Word it anew, or promise another number. Saying what is said already leaves no trace."""
    _refuse(output, version)
    said = " ".join(text.split())
    if errors := _faults(output.project, said, promised, output):
        raise ValidationError(errors)
    if (output.text, output.promised) == (said, promised):
        return output
    before = _facts(output)
    write(output, version=version, what=THIS_OUTPUT, text=said, promised=promised)
    audit.record("output_changed", output, by=by, changes=audit.changes(before, _facts(output)))
    return output


@transaction.atomic
def end(output: Output, *, because: str, version: int, by: User) -> Output:
    """The funder asks for it no more. What was counted stays."""
    _refuse(output, version)
    reason = because.strip()
    if not reason:
        raise ValidationError({"because": "Say why it is no longer asked for"})
    if len(reason) > LONGEST:
        raise ValidationError({"because": f"The reason must be {LONGEST} characters or fewer"})
    write(output, version=version, what=THIS_OUTPUT, ended_because=reason)
    audit.record("output_ended", output, by=by, comment=reason)
    return output


@transaction.atomic
def count(
    project: Project, *, quarter: Quarter, counts: Mapping[Output, Count], version: int, by: User
) -> list[OutputCount]:
    """How much of each there was in a quarter, all outputs at once. What is said already leaves no trace; what was counted before is kept."""
    project.refresh_from_db()
    if project.version != version:
        raise Stale(THIS)
    if sentence := _quarter_fault(project, quarter):
        raise ValidationError({"quarter": sentence})
    held = latest([output.pk for output in counts], quarter)
    changed = {
        output: one
        for output, one in counts.items()
        if (was := held.get(output.pk)) is None or (was.number, was.said) != (one.number, one.said.strip())
    }
    for output, one in changed.items():
        if output.project_id != project.pk or not 0 <= one.number <= MOST or len(one.said.strip()) > LONGEST:
            raise ValidationError(
                f"{output} can’t be counted like that: a number from 0, and up to {LONGEST} characters."
            )
    if not changed:
        return []
    write(project, version=version, what=THIS)
    made = [
        OutputCount.objects.create(
            output=output, quarter=quarter, number=one.number, said=one.said.strip(), counted_by=by
        )
        for output, one in changed.items()
    ]
    changes = [_change(one, held.get(one.output_id)) for one in made]
    audit.record("outputs_counted", project, by=by, changes=changes, comment=f"In {quarter}")
    return made


def _change(now: OutputCount, was: OutputCount | None) -> dict[str, str]:
    return audit.change(now.output.text, was and _words(was), _words(now))


def _words(one: OutputCount) -> str:
    return f"{figure(one.number)} ({one.said})" if one.said else figure(one.number)


def _quarter_fault(project: Project, quarter: Quarter) -> str:
    if quarter.start > timezone.localdate():
        return f"{quarter} has not begun, so nothing can be counted in it yet"
    if project.starts_on and quarter.end < project.starts_on:
        return f"{quarter} is before the project’s first day"
    return ""


def _refuse(output: Output, version: int) -> None:
    output.refresh_from_db()
    if output.version != version:
        raise Stale(THIS_OUTPUT)
    if output.ended_because:
        raise ValidationError(f"It is no longer asked for: {output.ended_because}")


def _faults(project: Project, text: str, promised: Decimal | None, output: Output | None) -> dict[str, str]:
    errors = {}
    others = Output.objects.filter(project=project, ended_because="", text__iexact=text)
    if not text:
        errors["text"] = "Say what is counted"
    elif len(text) > LONGEST_TEXT:
        errors["text"] = f"What is counted must be said in {LONGEST_TEXT} characters or fewer"
    elif (others.exclude(pk=output.pk) if output else others).exists():
        errors["text"] = "This project has that output already"
    if promised is not None and not 0 <= promised <= MOST:
        errors["promised"] = "The number promised must be 0 or more, with at most ten figures"
    return errors


def _facts(output: Output) -> dict[str, object]:
    return {"Output": output.text, "Promised": figure(output.promised)}
