"""What still waits of the partnership team although its quarter is closed, and the revisions that wait."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils import timezone

from indicators.confirming import Disputed
from indicators.left_over import LeftOver
from indicators.revising import Summary
from lib.govuk_tags import in_words
from reporting.home_item import OVERDUE, WANTED, Item

MOST_NAMED = 3  # revisions, in a line


def items(left: LeftOver, on: dt.date) -> Iterable[Item]:
    """What still waits although its quarter is closed, what a supplier disputes, and revisions."""
    yield from (_disputed(each) for each in left.disputed)
    for each in left.rounds:
        round_, quarter = each.round, each.round.quarter
        late = round_.verify_by < on
        if each.to_verify:
            waits = "return {} waits" if each.to_verify == 1 else "returns {} wait"
            said = waits.format(f"of the closed {quarter}")
            yield Item(
                urgency=OVERDUE if late else WANTED,
                due_on=round_.verify_by,
                reference="",
                name=f"Verify the returns for {quarter}",
                state="Overdue" if late else "",
                why=f"{in_words(each.to_verify).capitalize()} {said} to be verified.",
                do="Verify the returns",
                url=f"{round_.get_absolute_url()}#to-verify",
                hidden=f"for {quarter}",
            )
        if each.sent_back:
            one = each.sent_back == 1
            said = f"return{'' if one else 's'} of the closed {quarter} {'was' if one else 'were'} sent back and {'is' if one else 'are'} still out"
            yield Item(
                urgency=WANTED,
                due_on=round_.closes_on,
                reference="",
                name=f"Give more time for {quarter}",
                state="",
                why=f"{in_words(each.sent_back).capitalize()} {said}. Nobody can send {'it' if one else 'them'} unless you give more time.",
                do="Give more time",
                url=reverse("indicators:round-exceptions", args=[quarter]),
                hidden=f"for {quarter}",
            )
    if left.revisions:
        yield _revisions(left.revisions)


def _disputed(each: Disputed) -> Item:
    return Item(
        urgency=WANTED,
        due_on=each.since,
        reference="",
        name=each.words,
        state="",
        why=f"“{each.said}” Key it again, or send it back.",
        do="Key it again",
        url=each.return_.get_absolute_url(),
        hidden=f"for {each.reference or each.return_.indicator.name}, {each.return_.round.quarter}",
    )


def _revisions(waiting: Sequence[Summary]) -> Item:
    one = len(waiting) == 1
    waits = "One revision waits" if one else f"{in_words(len(waiting)).capitalize()} revisions wait"
    named = [f"{each.label}, {each.quarters}" for each in waiting[:MOST_NAMED]]
    if more := len(waiting) - len(named):
        named.append(f"and {in_words(more)} more")
    return Item(
        urgency=WANTED,
        due_on=timezone.localdate(waiting[0].revision.made_at),
        reference="",
        name="Verify a revision" if one else "Verify the revisions",
        state="",
        why=f"{waits} to be verified: {'; '.join(named)}.",
        do="See the revision" if one else "See the revisions",
        url=reverse("indicators:revision-list"),
        hidden="that waits to be verified" if one else "that wait to be verified",
    )
