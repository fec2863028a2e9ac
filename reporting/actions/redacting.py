"""Deciding which passages of a quarter the public edition leaves out. Every decision is kept; the latest on a passage counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from priorities.models import Plan
from reporting.models import Pack, Redaction

audit.kinds({"passages_decided": "Passages decided on for the public edition"})


@dataclass(frozen=True)
class Decision:
    """`ground` and `because` say why; a passage that stays has no ground."""

    place: str
    passage: str
    is_left_out: bool
    ground: str = ""
    because: str = ""


class DecidedMeanwhile(ValidationError):
    """Somebody else has decided on the same passages since the page was opened. `newest` is the id of the latest decision there is."""

    def __init__(self, others: list[Redaction], newest: int) -> None:
        super().__init__([_told(one) for one in others])
        self.newest = newest


def _told(one: Redaction) -> str:
    how = "it is left out" if one.is_left_out else "it stays"
    short = one.passage if len(one.passage) <= 80 else f"{one.passage[:80].rsplit(' ', 1)[0]} …"
    return (
        f"{one.decided_by.label} has decided on “{short}” since you opened this page: {how}. Nothing of yours is saved. "
        "Save again to put your own in its place."
    )


@transaction.atomic
def decide(pack: Pack, decisions: Iterable[Decision], *, seen: int, by: User) -> list[Redaction]:
    """Keep what was decided on passages of this quarter, all in one go. `seen` is the id of the newest decision that the page knew (0 for none).

    Refused as a whole (DecidedMeanwhile) where one of the passages was decided on by somebody since; a decision that says what already
    counts is left out.
    """
    if pack.is_public or not pack.is_ready:
        raise ValidationError("Build the executive edition first: its words are what is decided on.")
    Plan.objects.select_for_update().only("pk").get(pk=pack.plan_id)  # one at a time, so that nobody's goes unseen
    held = list(Redaction.objects.filter(plan=pack.plan_id, quarter=pack.quarter).select_related("decided_by"))
    latest = {(one.place, one.passage): one for one in held}
    new = [one for one in decisions if not _counts_already(one, latest.get((one.place, one.passage)))]
    _refuse_meanwhile([latest[place] for one in new if (place := (one.place, one.passage)) in latest], seen, held)
    made = [_row(pack, one, by) for one in new]
    if made:
        out = sum(one.is_left_out for one in made)
        told = {"Left out": out, "Stay": len(made) - out}
        audit.record("passages_decided", pack, by=by, changes=audit.changes({}, told))
    return made


def _counts_already(one: Decision, latest: Redaction | None) -> bool:
    if latest is None:
        return False
    same = (latest.is_left_out, latest.ground, latest.because)
    return same == (one.is_left_out, one.ground, one.because.strip())


def _refuse_meanwhile(others: list[Redaction], seen: int, held: list[Redaction]) -> None:
    if newer := [one for one in others if one.pk > seen]:
        raise DecidedMeanwhile(newer, max(one.pk for one in held))


def _row(pack: Pack, one: Decision, by: User) -> Redaction:
    if one.is_left_out and one.ground not in Redaction.Ground.values:
        raise ValidationError("Choose why it is left out.")
    if one.ground.startswith("exempt") and not one.because.strip():
        raise ValidationError("Say why the public interest does not ask for what is exempt.")
    return Redaction.objects.create(
        plan=pack.plan,
        quarter=pack.quarter,
        place=one.place,
        passage=one.passage,
        is_left_out=one.is_left_out,
        ground=one.ground if one.is_left_out else "",
        because=one.because.strip(),
        decided_by=by,
    )
