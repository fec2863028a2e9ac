"""Where a consultation stands, in a sentence, and how many have answered by which way: from its responses, and when those are gone from its results."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from consultation.models import Channel, Consultation, Response, Result
from lib.numerals import figure
from lib.written import day

State, Way = Consultation.State, Channel.Way
BY = {
    Way.WEB: "on the web",
    Way.KIOSK: "on screens in libraries",
    Way.PAPER: "on paper",
    Way.IMPORTED: "from surveys run elsewhere",
}


@dataclass(frozen=True)
class Came:
    """How many responses were counted by one channel, and how many of it are not counted: held back, set aside, late."""

    channel: Channel
    counted: int
    others: int


def came(consultation: Consultation) -> list[Came]:
    """By channel, those of batches that were undone left out. Two queries."""
    rows = (
        Response.objects.filter(consultation=consultation)
        .exclude(standing=Response.Standing.UNDONE)
        .values_list("channel_id", "standing")
        .annotate(times=Count("pk"))
        .order_by()
    )
    told = {(channel, standing): times for channel, standing, times in rows}
    counted = Response.Standing.COUNTED
    return [
        Came(
            channel,
            told.get((channel.pk, counted), 0),
            sum(times for (pk, standing), times in told.items() if pk == channel.pk and standing != counted),
        )
        for channel in Channel.objects.filter(consultation=consultation)
    ]


def answered(consultations: Iterable[Consultation]) -> dict[int, int | None]:
    """How many answers each has, by its id: counted now, or, once single ones begin to go, as the latest results have it. Two queries."""
    shown = list(consultations)
    rows = Response.objects.counted().filter(consultation__in=shown).values_list("consultation_id")
    now = dict(rows.annotate(times=Count("pk")).order_by())
    kept: dict[int, int] = {}
    gone = [one.pk for one in shown if one.purge_begun_at]
    for result in Result.objects.filter(consultation__in=gone).order_by("number"):
        kept[result.consultation_id] = result.counts.get("responses", 0)
    return {one.pk: _answered(one, now.get(one.pk, 0), kept.get(one.pk)) for one in shown}


def _answered(consultation: Consultation, now: int, kept: int | None) -> int | None:
    if not consultation.holds_responses:
        return consultation.stated_responses
    return kept if consultation.purge_begun_at else now


def answers(number: int | None, rows: Iterable[Came] = (), *, so_far: bool = False) -> str:
    """ "311 answers so far: 204 on the web, 107 on paper". Empty where nobody knows."""
    if number is None:
        return ""
    ways: dict[str, int] = {}
    for row in rows:
        ways[row.channel.way] = ways.get(row.channel.way, 0) + row.counted
    told = f"{figure(number) if number else 'No'} answer{'' if number == 1 else 's'}{' so far' if so_far else ''}"
    used = {BY[Way(way)]: times for way, times in ways.items() if times}
    if not used:
        return told
    if len(used) == 1:
        return f"{told},{'' if number == 1 else ' all'} {next(iter(used))}"
    return f"{told}: {', '.join(f'{figure(times)} {by}' for by, times in used.items())}"


def headline(
    consultation: Consultation, on: dt.date, number: int | None, rows: Iterable[Came] = (), *, lacks: int = 0
) -> str:
    """The first line of its page."""
    if consultation.state == State.DRAFT:
        return _draft(consultation, lacks)
    told = answers(number, rows, so_far=consultation.state == State.OPEN)
    if consultation.state == State.OPEN:
        return _open(consultation, on, told)
    counted = f" {told}." if told else ""
    return {
        State.CLOSED: f"Closed.{counted} The results have not been counted yet.",
        State.ANALYSED: f"Analysed, and not published yet.{counted}",
        State.PUBLISHED: f"Published.{counted}",
    }[State(consultation.state)]


def _draft(consultation: Consultation, lacks: int) -> str:
    if not consultation.holds_responses:
        return "A draft of published totals: no individual responses are held."
    if lacks:
        return f"A draft: {lacks} thing{' is' if lacks == 1 else 's are'} missing before it can open."
    return "A draft with all it needs: it can open."


def _open(consultation: Consultation, on: dt.date, told: str) -> str:
    opens, closes = consultation.opens_on, consultation.closes_on
    if opens is None or closes is None or closes < on:
        return f"Its last day, {day(closes)}, is over. {told}."
    if on < opens:
        return f"It takes answers from {day(opens)} to {day(closes)}."
    left = (closes - on).days
    if left == 0:
        return f"Open until midnight today. {told}."
    return f"Open for {left} more day{'' if left == 1 else 's'}, until {day(closes)}. {told}."
