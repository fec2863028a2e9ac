"""The first lines of the page of money: what there is, what it is given for, what is spent and awaited, what ends. In sentences, with figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from governance.funding import by_stream, saying
from governance.funding.attention import Kind
from governance.funding.by_stream import StreamLine
from governance.funding.ending import Endings
from governance.funding.held import Held
from governance.funding.saying import count
from governance.funding.together import Together
from lib.numerals import in_full, listed, pence, pounds
from lib.quarters import Year
from lib.written import capitalised

MOST_NAMED = 3


@dataclass(frozen=True)
class Told:
    """A line, and where on the page (or elsewhere) there is more of it."""

    text: str
    url: str = ""
    link: str = ""


def headline(held: Held, year: Year) -> str:
    """ "There is £7,762,876 for 2017-18, from three streams." """
    if not held.streams:
        return "No funding stream is entered yet."
    own = [line for line in held.streams if line.lies_in(year)]
    total = by_stream.there(own, year)
    if not own:
        return f"No stream has money for {year}."
    if not total.parts:
        return f"What there is for {year} is not known: {count(len(own), 'stream')} may have money then."
    with_money = sum(bool(line.money_in(year)) for line in own)
    return f"There is {pounds(total.known)} for {year}, from {count(with_money, 'stream')}."


def lines(held: Held, year: Year, endings: Endings, kinds: Sequence[Kind]) -> tuple[Told, ...]:
    if not held.streams and not held.projects:
        return ()
    of_year = held.projects.of_year(year)
    return (
        *_not_in_it([line for line in held.streams if line.lies_in(year)], year),
        Told(_given(of_year, year), "#by-stream", "By stream"),
        Told(_spent(held, of_year, year), "#by-priority", "By priority"),
        Told(_ends(endings), "#ends", "What stops with it"),
        _attention(kinds),
    )


def _not_in_it(own: list[StreamLine], year: Year) -> list[Told]:
    unsplit = [line for line in own if line.is_unsplit_in(year)]
    unknown = [line for line in own if line.money_in(year) is None and not line.is_unsplit_in(year)]
    said = []
    if unsplit:
        sums = [f"{pounds(line.stream.amount)} of {line.stream}" for line in unsplit]
        named = listed(sums) if len(sums) <= MOST_NAMED else f"the money of {count(len(sums), 'stream')}"
        is_counted = by_stream.there(own, year).parts > 0
        said.append(
            f"Not counted in it: {named}, for more than one year and not split by year."
            if is_counted
            else f"There is {named} for more than one year, not split by year."
        )
    if unknown:
        names = [str(line.stream) for line in unknown]
        have = "has" if len(names) == 1 else "have"
        named = listed(names) if len(names) <= MOST_NAMED else count(len(names), "more stream")
        said.append(f"What {named} {have} for {year} is not known.")
    return [Told(text) for text in said]


def _given(of_year: Together, year: Year) -> str:
    if not of_year:
        return f"No project is entered for {year}."
    split = sum(bool(line.money_in(year)) for line in of_year.lines)
    unsplit = of_year.unsplit_in(year)
    its = "its" if len(unsplit) == 1 else "their"
    whole = f"{pounds(unsplit.given.known)} for the whole of {its} time, not split by year"
    if not split:
        have = "has" if len(unsplit) == 1 else "have"
        if not unsplit:
            return f"No project has money for {year}."
        return f"{capitalised(count(len(unsplit), 'project'))} {have} {whole}."
    said = f"{pounds(of_year.given_in(year).known)} for the year is given to {count(split, 'project')}"
    if not unsplit:
        return f"{said}."
    return f"{said}; {count(len(unsplit), 'more', 'more')} {'has' if len(unsplit) == 1 else 'have'} {whole}."


def _spent(held: Held, of_year: Together, year: Year) -> str:
    in_year, ever = of_year.spent_in(year), held.projects.spent
    if in_year.parts:
        said = [f"{pence(in_year.known)} is verified as spent in {year}"]
    else:
        said = [f"No spend of {year} is verified{' yet' if held.on <= year.end else ''}"]
    if not ever.parts or ever.known == in_year.known:
        said[0] += "."
    elif in_year.parts:
        said[0] += f", {pence(ever.known)} in all years."
    else:
        said[0] += f". {pence(ever.known)} is verified as spent in all years."
    awaited = of_year.awaited_in(year)
    said += [saying.awaited(len(awaited), str(awaited[0]) if awaited else ""), saying.unasked(of_year.unasked_in(year))]
    closed = of_year.not_spent
    if closed.parts and closed.known > 0:
        said.append(f"{pence(closed.known)} was not spent by projects that are closed.")
    return " ".join(filter(None, said))


def _ends(endings: Endings) -> str:
    span = f"in the 12 months to {in_full(endings.until)}"
    if not endings.days:
        said = f"Nothing is known to end {span}."
    else:
        said = f"{capitalised(endings.counts)} {'ends' if endings.number == 1 else 'end'} {span}."
    return f"{said} {endings.not_known}".strip()


def _attention(kinds: Sequence[Kind]) -> Told:
    number = sum(len(kind.items) for kind in kinds)
    if not number:
        return Told("Nothing needs a look: nothing is overspent, forecast too high, late or without a priority.")
    needs = "needs" if number == 1 else "need"
    return Told(f"{capitalised(count(number, 'thing'))} {needs} a look.", "#look", "Look at them")
