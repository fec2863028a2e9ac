"""The dates of a quarter's collection: in order, changed by hand, or moved with the CSP Executive's meeting."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators import deadlines
from indicators.models import Commentary, Round
from lib import written
from lib.editing import Stale, write
from lib.quarters import Quarter

THIS = "This quarter"
# What each date is called in the trail and on the pages.
WORDS = {
    "opens_on": "Opens on",
    "due_on": "Figures due on",
    "commentary_due_on": "Commentary due on",
    "verify_by": "Verify by",
    "closes_on": "Closes on",
    "executive_meets_on": "CSP Executive meets on",
}
BY_HAND = "Set by hand"

audit.kinds(
    {"round_dates_changed": "Dates of the quarter changed", "round_rescheduled": "Dates moved with the meeting"}
)


@transaction.atomic
def change_dates(
    round_: Round,
    *,
    opens_on: dt.date,
    due_on: dt.date,
    commentary_due_on: dt.date | None,
    verify_by: dt.date,
    closes_on: dt.date,
    executive_meets_on: dt.date | None,
    version: int,
    by: User,
    typed: Collection[str] | None = None,
    let_move: Collection[str] = (),
) -> Round:
    """Set the dates of an open round. One that was typed and is not what the meeting gives counts as set by hand, and stays when the meeting moves.

    The others move with a new meeting, as in `reschedule`. `typed`: the names of those somebody set just now; None: all that are not those held.
    `let_move`: the names of those set by hand that are to move with the meeting again; they get its day at once.
    Whether commentary is asked for is decided when the quarter is opened. Saying what is said already changes nothing and leaves no trace.
    """
    _lock(round_, version)
    if round_.is_closed:
        raise ValidationError(f"{round_} is closed, so its dates stay as they are. Open the quarter again first.")
    days = {"opens_on": opens_on, "due_on": due_on, "verify_by": verify_by, "closes_on": closes_on}
    if (commentary_due_on is None) != (round_.commentary_due_on is None):
        sentence = "Whether commentary is asked for was decided when the quarter was opened"
        raise ValidationError({"commentary_due_on": sentence})
    every = {**days, "commentary_due_on": commentary_due_on}
    held = held_dates(round_)
    if typed is None:
        typed = [name for name, day in every.items() if day != held[name]]
    touched = {*round_.set_by_hand} - {*let_move} | {*typed}
    stays = set(touched)
    if executive_meets_on == round_.executive_meets_on:
        stays |= {name for name, day in every.items() if day == held[name]} - {*let_move}
    every |= _worked_out(round_.quarter, every, executive_meets_on, stays)
    check_order(round_.quarter, **every)  # type: ignore[arg-type]  # only the commentary's may be None
    differ = set_by_hand(round_.quarter, every, executive_meets_on)
    # With a meeting too early nothing can be worked out: what was touched counts as set by hand, whatever it is.
    by_hand = [name for name in deadlines.FROM_THE_MEETING if name in touched and (differ is None or name in differ)]
    _move(round_, "round_dates_changed", every, executive_meets_on, by_hand, by=by)
    return round_


def _worked_out(
    quarter: Quarter, dates: Mapping[str, dt.date | None], executive_meets_on: dt.date | None, stays: Collection[str]
) -> dict[str, dt.date]:
    """The days that the meeting gives to those that don't stay; none where it is too early."""
    try:
        worked_out = deadlines.work_out(quarter, executive_meets_on, opened_on=dates["opens_on"] or quarter.end)
    except deadlines.TooEarly:
        return {}
    return deadlines.moved(dates, worked_out, by_hand=stays)


@transaction.atomic
def reschedule(
    round_: Round, *, executive_meets_on: dt.date | None, by: User | None, version: int | None = None
) -> Round:
    """The meeting has moved, or was called off (None): the dates that nobody has touched move with it.

    All of them stay, and the trail says why, where the round is closed, where the new meeting leaves no time to give the figures, where a day
    still to come would be one that is over, and where they would no longer follow each other with those set by hand. Without `version`
    nothing is compared: only the meeting and the untouched dates are written. The same day again changes nothing.
    """
    _lock(round_, version)
    if executive_meets_on == round_.executive_meets_on:
        return round_
    held = held_dates(round_)
    new, told = _moved(round_, executive_meets_on)
    _move(round_, "round_rescheduled", {**held, **new}, executive_meets_on, round_.set_by_hand, by=by, comment=told)
    return round_


def _moved(round_: Round, executive_meets_on: dt.date | None) -> tuple[Mapping[str, dt.date], str]:
    """What moves with the meeting; or nothing, and a sentence why not."""
    if round_.is_closed:
        return {}, "The quarter is closed, so its dates stay as they are."
    held = held_dates(round_)
    try:
        worked_out = deadlines.work_out(round_.quarter, executive_meets_on, opened_on=round_.opens_on)
    except deadlines.TooEarly as too_early:
        return {}, f"{too_early}. The dates stay as they are."
    new = deadlines.moved(held, worked_out, by_hand=round_.set_by_hand)
    if over := deadlines.gone_by(held, new, timezone.localdate()):
        what, day = written.in_sentence(WORDS[over[0]]), written.day_year(new[over[0]])
        return {}, f"With this meeting, “{what}” would be {day}, which is over. The dates stay as they are."
    try:
        check_order(round_.quarter, **{**held, **new})  # type: ignore[arg-type]  # only the commentary's may be None
    except ValidationError:
        return {}, "They would no longer follow each other with those set by hand. The dates stay as they are."
    return new, ""


def check_order(
    quarter: Quarter,
    *,
    opens_on: dt.date,
    due_on: dt.date,
    commentary_due_on: dt.date | None,
    verify_by: dt.date,
    closes_on: dt.date,
) -> None:
    """Refuse dates that don't follow each other, each at its field."""
    errors = {}
    if due_on < opens_on:
        errors["due_on"] = "Figures can’t be due before the quarter opens"
    elif due_on <= quarter.end:
        errors["due_on"] = f"Figures can’t be due before the quarter has ended, on {written.day_year(quarter.end)}"
    if commentary_due_on and not opens_on <= commentary_due_on <= max(closes_on, opens_on):
        errors["commentary_due_on"] = "Commentary must be due between opening and closing"
    if verify_by < due_on:
        errors["verify_by"] = "Figures must be verified on the day they are due or later"
    if closes_on < verify_by:
        errors["closes_on"] = "The quarter must close on the last day for verifying or later"
    if errors:
        raise ValidationError(errors)


def set_by_hand(
    quarter: Quarter, dates: Mapping[str, dt.date | None], executive_meets_on: dt.date | None
) -> list[str] | None:
    """The names of those that are not what the meeting gives, or without one the quarter's end; None where the meeting is too early to say."""
    opened_on = dates["opens_on"] or quarter.end
    try:
        return deadlines.by_hand(dates, deadlines.work_out(quarter, executive_meets_on, opened_on=opened_on))
    except deadlines.TooEarly:
        return None


def held_dates(round_: Round) -> dict[str, dt.date | None]:
    """The dates of a round by their names, without the meeting."""
    return {name: getattr(round_, name) for name in deadlines.NAMES}


def facts(dates: Mapping[str, dt.date | None], executive_meets_on: dt.date | None) -> dict[str, object]:
    """The dates as the trail tells them."""
    every = {**dates, "executive_meets_on": executive_meets_on}
    return {words: every[name] and written.day_year(every[name]) for name, words in WORDS.items()}


def listed(names: list[str]) -> str:
    """Dates by their words, in order: "Figures due on, verify by"; empty for none."""
    return written.capitalised(", ".join(written.in_sentence(words) for name, words in WORDS.items() if name in names))


def _lock(round_: Round, version: int | None) -> None:
    """Hold the row and bring the instance up to date, so that what is compared is what stands."""
    stands = Round.objects.select_for_update().get(pk=round_.pk)
    if version is not None and stands.version != version:
        raise Stale(THIS)
    round_.refresh_from_db()


def _move(
    round_: Round,
    kind: str,
    dates: Mapping[str, dt.date | None],
    executive_meets_on: dt.date | None,
    by_hand: list[str],
    *,
    by: User | None,
    comment: str = "",
) -> None:
    before = facts(held_dates(round_), round_.executive_meets_on) | {BY_HAND: listed(round_.set_by_hand)}
    after = facts(dates, executive_meets_on) | {BY_HAND: listed(by_hand)}
    changes = audit.changes(before, after)
    if not changes:
        return
    words_were_due = round_.commentary_due_on
    write(
        round_,
        version=round_.version,
        what=THIS,
        **dates,
        executive_meets_on=executive_meets_on,
        set_by_hand=list(by_hand),
    )
    if words_were_due is not None and dates["commentary_due_on"] != words_were_due:
        # Those that were given a day of their own keep it.
        words = Commentary.objects.filter(for_return__round=round_, due_on=words_were_due)
        words.update(due_on=dates["commentary_due_on"])
    audit.record(kind, round_, by=by, changes=changes, comment=comment)
