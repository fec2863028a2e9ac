"""The first lines on money: what there is, what is spent of it, what isn't known, what ends and what waits; of the pack and the dashboard."""

from decimal import Decimal

from governance.funding import sums
from lib.numerals import in_words, listed, pounds
from lib.written import day_year
from reporting.pdf.parts import said
from reporting.snapshots.funded import Funding


def in_a_line(funding: Funding) -> str:
    """What there is, what is spent to the penny, of what that isn't known, what ends, and what waits."""
    told = [_there(funding), _spent(funding), _unasked(funding), _ends(funding)]
    if over := len(funding.overspent):
        told.append(f"{said.capital(said.many(over, 'project has', 'projects have'))} spent more than was given.")
    if waiting := funding.waiting:
        asked = pounds(sums.add(one.asked for one in waiting).known)
        many = said.many(len(waiting), f"application for {asked} waits", f"applications for {asked} in all wait")
        told.append(f"{said.capital(many)} for a decision.")
    return " ".join(filter(None, told))


def _there(funding: Funding) -> str:
    total, year = funding.year_total, funding.year
    if not funding.streams:
        return f"No stream of money runs in {year}."
    if total.amount is None:
        return f"How much there is for {year} is not known."
    there = f"There is {pounds(total.amount)} for {year}{_idle(funding, total.amount)}"
    if total.is_whole:
        return f"{there}."
    more = said.many(total.unknown, "more stream", "more streams")
    return f"{there}; of {more} the year’s amount is not known."


def _idle(funding: Funding, there: Decimal) -> str:
    """ ", £7,335,876 of it in a stream without projects": what is there, and isn't seen to be spent."""
    idle = [line.stream.year_amount for line in funding.by_stream if not line.projects and line.stream.year_amount]
    if not idle:
        return ""
    of_it = sums.add(idle).known
    where = "a stream" if len(idle) == 1 else f"{in_words(len(idle))} streams"
    return f", {'all' if of_it == there else pounds(of_it)} of it in {where} without projects"


def _spent(funding: Funding) -> str:
    quarter, total, this = funding.quarter, funding.spent_in_year, funding.spent_this_quarter
    if not (total.parts or total.unknown):
        return f"No spend of {funding.year} is asked for yet." if funding.unasked < len(funding.projects) else ""
    waits = f"{said.many(total.unknown, 'amount is', 'amounts are')} awaited"
    if total.amount is None:
        return f"No spend is known yet: {waits}."
    told = f"{pounds(total.amount)} is verified as spent"
    if this.amount is not None and quarter.number > 1:  # in the first quarter it is the same
        told += f", {pounds(this.amount)} of it in Q{quarter.number}"
    return f"{told}; {waits}." if total.unknown else f"{told}."


def _unasked(funding: Funding) -> str:
    unasked = funding.unasked
    if unasked and unasked == len(funding.projects):
        return "Nobody is asked what projects spend."
    return f"Nobody is asked what {said.many(unasked, 'project spends', 'projects spend')}." if unasked else ""


def _ends(funding: Funding) -> str:
    """ "Two streams and their 11 projects end by 31 March 2019; so do 18 paid posts."; what ended with the quarter is told in its table."""
    coming = [one for one in funding.ending if not funding.has_ended(one)]
    stops = {one.slug: one.stops for one in coming if one.kind == "stream"}
    theirs = sum(one.name in stops.get(line.stream.slug, ()) for line in funding.by_stream for one in line.projects)
    alone = sum(one.kind == "project" for one in coming)
    names = {one.name for one in coming if one.kind == "posts"}
    people = sum(one.number for one in funding.posts if one.name in names)
    more = "more " if theirs else ""
    every = (
        (len(stops) + theirs, _streams(len(stops), theirs)),
        (alone, said.many(alone, f"{more}project", f"{more}projects")),
        (people, said.many(people, "paid post", "paid posts")),
    )
    told = [(number, words) for number, words in every if number]
    if not told:
        return ""
    (number, first), *rest = told
    sentence = f"{said.capital(first)} {'ends' if number == 1 else 'end'} by {day_year(funding.ends_by)}"
    if not rest:
        return f"{sentence}."
    does = "does" if sum(others for others, _ in rest) == 1 else "do"
    return f"{sentence}; so {does} {listed(words for _, words in rest)}."


def _streams(number: int, projects: int) -> str:
    streams, whose = said.many(number, "stream", "streams"), "its" if number == 1 else "their"
    if not projects:
        return streams
    return f"{streams} and {whose} {'project' if projects == 1 else said.many(projects, 'project', 'projects')}"
