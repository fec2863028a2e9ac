"""Revisions that are counted and not listed: small ones that changed no rating."""

from collections.abc import Sequence
from decimal import Decimal

from lib.numerals import figure, in_words
from reporting.pdf.parts import said
from reporting.snapshots.shape import Restatement


def listed(changes: Sequence[Restatement]) -> tuple[Restatement, ...]:
    return tuple(one for one in changes if one.is_listed)


def sentence(changes: Sequence[Restatement]) -> str:
    """ "Nine further revisions of less than 2% changed no rating: B2 six, C3 three."; "further" only where others are listed. Empty for none."""
    counted: dict[Decimal, list[Restatement]] = {}
    for one in changes:
        if not one.is_listed and one.materiality is not None:  # without one all are listed
            counted.setdefault(one.materiality, []).append(one)
    more = "further " if any(one.is_listed for one in changes) else ""
    return " ".join(_of_less_than(percent, own, more) for percent, own in sorted(counted.items()))


def _of_less_than(percent: Decimal, own: Sequence[Restatement], more: str) -> str:
    how_many = said.capital(said.many(len(own), f"{more}revision", f"{more}revisions"))
    names = [one.reference or one.short_name for one in own]
    each = [name if len(own) == 1 else f"{name} {in_words(names.count(name))}" for name in dict.fromkeys(names)]
    return f"{how_many} of less than {figure(percent)}% changed no rating: {', '.join(each)}."
