"""What each row of a file would do to its delivery plan: add an action or change one, draft an update, or nothing because it can't be taken.

While a plan is a draft its actions are what a file adds and changes. Once it is agreed they stay as they were agreed: a file drafts the
updates of one quarter and proposes new dates, and the chair agrees them.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable

from accounts.models import User
from governance.models import DeliveryPlan
from governance.plan_sheets import in_delivery, in_draft
from governance.plan_sheets.columns import AGREED, MOVED, NAMED, REFERENCE, REPORTED, TITLE
from governance.plan_sheets.held import Held, Plan
from governance.plan_sheets.offers import Offer, Place, Reading, Refusal
from governance.plan_sheets.results import CHANGED, NEW, ORDER, REFUSED, SAME, Comparison, Line, Result
from governance.plan_sheets.rows import Row
from indicators.uploads.headings import plain
from lib import written
from lib.quarters import Quarter

_NUMBER = re.compile(r"(\d{1,5})", re.ASCII)
OLD = "Somebody has changed this since you downloaded the file. Download it again, and enter there what is to change."


def why_none(plan: DeliveryPlan) -> str:
    """Why a plan takes no file now; "" where it takes one."""
    if plan.is_submitted:
        return "It has been submitted to the CSP Executive. To change it, ask for it to be sent back."
    return "The year of this delivery plan is closed, so it stays as it is." if plan.is_closed else ""


def compare(
    plan: DeliveryPlan, reading: Reading, quarter: Quarter, *, by: User, on: dt.date, lock: bool = False
) -> Comparison:
    """What recording all of it would do on that day. `lock` holds the plan's actions until the transaction ends. The plan's body has to be loaded."""
    held = Plan(plan, quarter, by, lock=lock)
    held.learn([offer.fields for offer in reading.offers])
    rows = _Rows(held, reading, on)
    results = [*(rows.result(at, offer) for at, offer in enumerate(reading.offers)), *rows.without_an_action()]
    results.sort(key=lambda one: (ORDER.index(one.kind), one.place))
    return Comparison(tuple(results), not plan.is_draft, why_none(plan))


class _Rows:
    """The rows of one file beside the plan that they are for."""

    def __init__(self, held: Plan, reading: Reading, on: dt.date) -> None:
        self.held, self.plan, self.reading, self.on = held, held.plan, reading, on
        self.refused: dict[tuple[int, int], list[Refusal]] = defaultdict(list)
        for refusal in reading.refusals:
            self.refused[refusal.place.sheet, refusal.place.row].append(refusal)
        self.titles = {plain(one.action.title): one for one in held.held}
        self.named: dict[str, list[Place]] = defaultdict(list)
        for offer in reading.offers:
            self.named[self._key(offer)].append(offer.place)

    def number(self, reference: str) -> int | None:
        """ "ASB 3", "asb3" and "3" are all the third."""
        said = plain(reference).removeprefix(plain(self.plan.body.code)).strip()
        match = _NUMBER.fullmatch(said)
        return int(match[1]) if match else None

    def _key(self, offer: Offer) -> str:
        number = self.number(offer.reference)
        return f"#{number}" if number is not None else plain(offer.reference or offer.title)

    def without_an_action(self) -> Iterable[Result]:
        """Refused cells of another sheet than that of the actions."""
        rows = {(offer.place.sheet, offer.place.row) for offer in self.reading.offers}
        for row, refusals in self.refused.items():
            if row not in rows:
                lines = tuple(_refused(one) for one in refusals)
                yield Result(REFUSED, refusals[0].place, refusals[0].label or refusals[0].typed, lines)

    def result(self, at: int, offer: Offer) -> Result:
        number = self.number(offer.reference)
        held = self.held.by_number.get(number) if number is not None else None
        refusals = self.refused[offer.place.sheet, offer.place.row]
        row = Row(self.held, offer, held, frozenset(one.field for one in refusals))
        lines = [*map(_refused, refusals), *(self._not_at_all(row) or self._cells(row))]
        lines.sort(key=lambda line: (line.kind != REFUSED, line.place))
        label = f"{held.action.reference} {held.action.title}" if held else f"{offer.reference} {offer.title}".strip()
        versions = held.versions if held else (0, 0)
        return Result(
            self._kind(lines, held),
            offer.place,
            label,
            tuple(lines),
            at,
            held.action.number if held else None,
            versions,
        )

    def _kind(self, lines: list[Line], held: Held | None) -> str:
        if any(line.kind == REFUSED for line in lines):
            return REFUSED
        changed = [line for line in lines if line.kind == CHANGED]
        if not changed:
            return SAME
        drafts = any(line.field != MOVED for line in changed)
        begins = held is None or (not self.plan.is_draft and drafts and held.update is None)
        return NEW if begins else CHANGED

    def _cells(self, row: Row) -> list[Line]:
        if self.plan.is_draft:
            return in_draft.lines(row, self.plan.year)
        return in_delivery.lines(row, self.plan.year, self.on)

    def _not_at_all(self, row: Row) -> list[Line]:
        """Why nothing of the row can be taken; empty where it can."""
        offer, held = row.offer, row.held
        if REFERENCE in row.unread:
            return []
        others = [place.name for place in self.named[self._key(offer)] if place != offer.place]
        if others and self._key(offer):
            return [
                row.no(REFERENCE, f"The same action stands in {written.listed(others)} as well. Leave one of them.")
            ]
        if held is None and offer.reference:
            told = f"“{offer.reference[:60]}” is not the reference of an action of this plan."
            return [row.no(REFERENCE, told + (" Leave it empty for a new action." if self.plan.is_draft else ""))]
        if held is None and not self.plan.is_draft:
            return [row.no(REFERENCE, "Say which action it is: once the plan is agreed, a file adds none.")]
        if held is None and (known := self.titles.get(plain(offer.title))):
            told = f"{known.action.reference} has this title already. Give that reference, or another title."
            return [row.no(TITLE, told)]
        if held and self._is_old(row, held):
            return [row.no(REFERENCE, OLD)]
        return []

    def _is_old(self, row: Row, held: Held) -> bool:
        """Whether the row would change what others have changed since the workbook was written."""
        at, fields = (0, AGREED) if self.plan.is_draft else (1, REPORTED)
        seen = row.offer.seen
        return seen is not None and seen[at] < held.versions[at] and any(row.differs(name) for name in fields)


def _refused(refusal: Refusal) -> Line:
    return Line(REFUSED, refusal.field, NAMED[refusal.field], refusal.place, "", refusal.typed, refusal.why)
