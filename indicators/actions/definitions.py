"""What has to be known to read a series: its dated definitions, and from when on its usual range is worked out afresh.

Every row is kept: a definition is never edited, and a fresh start that is taken back says who took it back and when.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators import starting
from indicators.entry import definition_in
from indicators.feeds.gathering import no_months
from indicators.models import DatedNote, Definition, Feed, Indicator, Rebase
from lib.editing import Stale, write
from lib.quarters import Quarter
from lib.written import listed

THIS = "This indicator"

audit.kinds(
    {
        "definition_added": "Definition added",
        "rebase_added": "Usual range worked out afresh",
        "rebase_withdrawn": "Fresh start of the usual range taken back",
    }
)


@transaction.atomic
def add_definition(
    indicator: Indicator,
    *,
    starts: Quarter,
    text: str,
    source: str = "",
    method: str = "",
    known_limits: str = "",
    areas: str = "",
    breaks_series: bool = False,
    break_reason: str = "",
    feed: Feed | None = None,
    today: dt.date,
    version: int,
    by: User | None,
) -> Definition:
    """Say what is counted from a quarter on, and which published file may fill it. Only what has begun can break the series."""
    refuse_stale(indicator, version)
    words = {"text": text, "source": source, "method": method, "known_limits": known_limits, "areas": areas}
    definition = Definition(
        indicator=indicator,
        starts=starts,
        **{name: _plain(said) for name, said in words.items()},
        breaks_series=breaks_series,
        break_reason=_plain(break_reason),
        feed=feed,
        made_by=by,
    )
    before = definition_in(indicator, starts)
    _check_definition(definition, before, today)
    write(indicator, version=version, what=THIS)
    definition.save()
    audit.record(
        "definition_added",
        indicator,
        by=by,
        changes=_changes(before, definition),
        comment=definition.break_reason,
    )
    return definition


@transaction.atomic
def add_rebase(
    indicator: Indicator,
    *,
    starts: Quarter,
    reason: str,
    approved_by: str,
    today: dt.date,
    version: int,
    by: User | None,
) -> Rebase:
    """Work out the usual range afresh from a quarter on: a sustained change whose cause is understood."""
    refuse_stale(indicator, version)
    errors = {}
    if not reason.strip():
        errors["reason"] = "Say what changed for good"
    if not approved_by.strip():
        errors["approved_by"] = "Say who approved it"
    if refusal := _no_fresh_start(indicator, starts, today):
        errors["starts"] = refusal
    if errors:
        raise ValidationError(errors)
    write(indicator, version=version, what=THIS)
    rebase = Rebase.objects.create(
        indicator=indicator, starts=starts, reason=reason.strip(), approved_by=approved_by.strip(), made_by=by
    )
    changes = [
        audit.change("Usual range afresh from", None, starts),
        audit.change("Approved by", None, rebase.approved_by),
    ]
    audit.record("rebase_added", indicator, by=by, changes=changes, comment=rebase.reason)
    return rebase


@transaction.atomic
def withdraw_rebase(rebase: Rebase, *, version: int, by: User) -> Rebase:
    """Take a fresh start back: the usual range is worked out as if it had never been. The row stays, with who and when."""
    take_back(rebase, named=f"The fresh start in {rebase.starts}", version=version, by=by)
    changes = [audit.change("Usual range afresh from", rebase.starts, None)]
    audit.record("rebase_withdrawn", rebase.indicator, by=by, changes=changes)
    return rebase


@transaction.atomic
def take_back(remark: Rebase | DatedNote, *, named: str, version: int, by: User) -> None:
    """Part of withdrawing: the row no longer stands, and says who took it back and when. `named` begins the refusal of a second time."""
    refuse_stale(remark.indicator, version)
    write(remark.indicator, version=version, what=THIS)
    withdrawn: dict[str, object] = {"withdrawn_by": by, "withdrawn_at": timezone.now()}
    if not type(remark).objects.standing().filter(pk=remark.pk).update(**withdrawn):
        raise ValidationError(f"{named} has been taken back already.")
    remark.refresh_from_db(fields=list(withdrawn))


def refuse_stale(indicator: Indicator, version: int) -> None:
    """Tell a late comer so before anything else is found wrong. The conditional write tells whoever comes at the same moment."""
    if indicator.version != version:
        raise Stale(THIS)


def _check_definition(definition: Definition, before: Definition | None, today: dt.date) -> None:
    starts, errors = definition.starts, {}
    if before and before.starts == starts:
        errors["starts"] = (
            f"A definition starts in {starts} already. What is held is never edited: choose another quarter"
        )
    elif definition.breaks_series and starts.start > today:
        errors["starts"] = f"{starts} has not begun: a break can only be entered once it has"
    if not definition.text:
        errors["text"] = "Say what is counted"
    if definition.breaks_series and not definition.break_reason:
        errors["break_reason"] = "Say why figures before and after can’t be compared"
    if definition.feed and (why := no_months(definition.indicator)):
        errors["feed"] = why
    if definition.break_reason and not definition.breaks_series:
        errors["breaks_series"] = (
            "You said why the series breaks, and not that it does: say that it breaks, or empty the reason"
        )
    if errors:
        raise ValidationError(errors)
    if before and not definition.breaks_series and _words(before) == _words(definition):
        raise ValidationError(
            f"Nothing differs from what holds since {before.starts}. Change the words, or leave it as it is."
        )


def _no_fresh_start(indicator: Indicator, starts: Quarter, today: dt.date) -> str:
    """Why the usual range can't start afresh in this quarter; empty when it can."""
    if starts.start > today:
        return f"{starts} has not begun: choose a quarter that has a figure"
    known = starting.with_figures(indicator)
    if not known:
        return "No figure is verified yet, so there is no usual range to work out afresh"
    if starts not in known:
        near = starting.nearest(starts, known)
        return f"{starts} has no verified figure. The nearest that {'have' if len(near) > 1 else 'has'} one: {listed(map(str, near))}"
    if starts == known[0]:
        return f"{starts} is the first quarter with a figure: the usual range starts there anyway"
    breaks = indicator.definitions.filter(breaks_series=True).values_list("starts", flat=True)
    if new := starting.begins_a_series(starts, known, list(breaks)):
        return f"A new series starts in {new}, and the usual range afresh with it: nothing has to be said for {starts}"
    if Rebase.objects.standing().filter(indicator=indicator, starts=starts).exists():
        return f"The usual range starts afresh in {starts} already"
    return ""


def _plain(typed: str) -> str:
    return typed.replace("\r\n", "\n").strip()


def _words(definition: Definition | None) -> dict[str, object]:
    """What a definition says, under the words that the trail has for it."""
    if definition is None:
        return {}
    return {
        "What is counted": definition.text,
        "Areas": definition.areas,
        "Source": definition.source,
        "Method": definition.method,
        "Known limits": definition.known_limits,
        "Filled from": str(definition.feed) if definition.feed else "",
    }


def _changes(before: Definition | None, definition: Definition) -> list[dict[str, str]]:
    """From which quarter, and what differs from the one that held until then; a break is its own, never taken over."""
    said = [audit.change("Holds from", None, definition.starts)]
    if definition.breaks_series:
        said.append(audit.change("Breaks the series", None, "yes"))
    return [
        *said,
        *audit.changes(_words(before), {name: text for name, text in _words(definition).items() if before or text}),
    ]
