"""Eight quarters of returns, figures, verifications and commentary, with the dates on which they would have been made.

The one place that writes such rows without an action: actions read the clock, and these years are past.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from cspplan.sample import aims
from cspplan.sample.people import read
from indicators import deadlines
from indicators.models import (
    Commentary,
    Figure,
    Indicator,
    Lead,
    MonthlyFigure,
    Placement,
    Return,
    Round,
    SendBack,
    Verification,
)
from lib import working_days
from lib.quarters import Quarter

LONDON = ZoneInfo("Europe/London")
SAMPLE_SOURCE = "Sample figure, made up"
# Recorded crime of the whole borough is real: Tower Hamlets, Violence with Injury. Metropolitan Police recorded crime by borough,
# London Datastore, Open Government Licence v3. 2016-17: 2,863; 2017-18: 2,842.
BOROUGH = "violence-with-injury-borough"
BOROUGH_FIGURES = (737, 783, 685, 658, 767, 743, 703, 629)
BOROUGH_SOURCE = "Metropolitan Police recorded crime by borough, London Datastore, Open Government Licence v3"

LAST = Quarter.parse("2017-18-q4")
MISSING = {
    "C1": (
        Return.MissingReason.AWAITING_PARTNER,
        "The survey moved to a new supplier and closes on 31 May.",
        dt.date(2018, 5, 31),
    ),
    "D4": (
        Return.MissingReason.SOURCE_LAG,
        "The national computer is read one quarter late.",
        dt.date(2018, 7, 31),
    ),
}
SENT_BACK = "C2"
SENT_BACK_BECAUSE = (
    "137 incidents is below the 142 offences in C3, and offences are part of incidents. "
    "Could the extract have left out non-crime incidents?"
)
NOT_YET_VERIFIED = "C4"
# Sent with its words, but without who sees to what is next and by when.
WITHOUT_WHO = ("D3", LAST)
KEYED_FROM_MAIL = "D1"
# B2, 2017-18 Q2, was first given and verified as 1,547.
RESTATED = ("B2", Quarter.parse("2017-18-q2"))
RESTATED_WAS = Decimal(1547)
RESTATED_BECAUSE = "Late reports were added."


@dataclass(frozen=True)
class Cast:
    """Who does what in the sample years."""

    coordinator: User
    second_coordinator: User
    figures: dict[int, User]  # by indicator
    words: dict[int, User]


def load(placements: dict[str, Placement], people: dict[str, User]) -> None:
    """Add the eight quarters for the 15 placed indicators and the borough-wide context series, and what they aim at."""
    cast = _cast(people)
    aims.load(placements, cast.coordinator)
    rounds = _rounds(cast)
    words = read("commentary.json")
    for turn, (reference, numbers) in enumerate(read("figures.json").items()):
        indicator = placements[reference].indicator
        for index, (round_, given) in enumerate(zip(rounds, numbers, strict=True)):
            return_ = _return(reference, indicator, round_, given, cast, turn=turn)
            before = numbers[index - 1] if index else None
            said = words[reference].get(round_.quarter.slug) or [_plainly(given, before, indicator.unit), "", ""]
            own = len(words[reference].get(round_.quarter.slug, ())) > 0 and (reference, round_.quarter) != WITHOUT_WHO
            sent = (reference, round_.quarter) != (SENT_BACK, LAST)
            _commentary(return_, said, cast, turn=turn, sent=sent, in_full=own)
    _borough(rounds, cast)


def _cast(people: dict[str, User]) -> Cast:
    leads = Lead.objects.filter(user__in=people.values()).select_related("user__organisation")
    return Cast(
        coordinator=people["sam.carrick@example.org"],
        second_coordinator=people["lena.fox@example.org"],
        figures={lead.indicator_id: lead.user for lead in leads if lead.duty == Lead.Duty.DATA},
        words={lead.indicator_id: lead.user for lead in leads if lead.duty == Lead.Duty.COMMENTARY},
    )


def _rounds(cast: Cast) -> list[Round]:
    return [_round(entry, cast) for entry in read("rounds.json")]


def _round(entry: dict[str, Any], cast: Cast) -> Round:
    """Opened for its meeting. Where the coordinator gave the Friday instead of the day worked out, that is set by hand."""
    day, quarter, is_open = dt.date.fromisoformat, Quarter.parse(entry["quarter"]), entry.get("open")
    dates = {
        "opens_on": day(entry["opens"]),
        "due_on": day(entry["due"]),
        "commentary_due_on": day(entry["words"]),
        "verify_by": day(entry["verify"]),
        "closes_on": day(entry["closes"]),
    }
    meets_on = day(entry["meets"])
    worked_out = deadlines.from_meeting(quarter, meets_on, opened_on=quarter.end)
    return Round.objects.create(
        quarter=quarter,
        **dates,
        executive_meets_on=meets_on,
        set_by_hand=deadlines.by_hand(dates, worked_out),
        opened_by=cast.coordinator,
        closed_at=None if is_open else _at(dates["closes_on"], 17),
        closed_by=None if is_open else cast.coordinator,
        version=1 if is_open else 2,
    )


def _return(reference: str, indicator: Indicator, round_: Round, given: str | None, cast: Cast, *, turn: int) -> Return:
    """One return with everything that happened to it. `turn` spreads the indicators over the days of a round."""
    last = round_.quarter == LAST
    if last and reference in MISSING:
        reason, note, expected = MISSING[reference]
        return Return.objects.create(
            indicator=indicator,
            round=round_,
            status=Return.Status.MISSING,
            missing_reason=reason,
            missing_note=note,
            expected_on=expected,
            missing_at=_at(round_.due_on, 13),
            version=2,
        )
    assert given is not None, f"{reference} has a figure for {round_}"
    on_behalf = reference == KEYED_FROM_MAIL
    # Suppliers send on different days of the last week, by the day it is due.
    sent_on = working_days.add(round_.due_on, -(turn % 4))
    status = Return.Status.VERIFIED
    if last and reference == SENT_BACK:
        status = Return.Status.SENT_BACK
    elif last and reference == NOT_YET_VERIFIED:
        status = Return.Status.SUBMITTED
    restated = (reference, round_.quarter) == RESTATED
    submitted_at = _at(dt.date(2018, 1, 22) if restated else sent_on, 10)
    return_ = Return.objects.create(
        indicator=indicator,
        round=round_,
        status=status,
        due_again_on=round_.verify_by if status == Return.Status.SENT_BACK else None,
        submitted_at=submitted_at,
        submitted_by=cast.coordinator if on_behalf else cast.figures[indicator.pk],
        version={Return.Status.SUBMITTED: 2}.get(status, 5 if restated else 3),
    )
    numbers = _numbers(given)
    if restated:
        first = _figure(return_, {"numerator": RESTATED_WAS}, sent_on, cast)
        _verify(first, working_days.add(round_.due_on, 2), cast)
        _verify(
            _figure(
                return_,
                numbers,
                dt.date(2018, 1, 22),
                cast,
                restates=Figure.Restates.REVISION,
                restated_because=RESTATED_BECAUSE,
            ),
            dt.date(2018, 1, 24),
            cast,
        )
        return return_
    figure = _figure(return_, numbers, sent_on, cast, is_provisional=last and reference == "B2")
    if status == Return.Status.VERIFIED:
        _verify(figure, working_days.add(round_.due_on, 1 + turn % 3), cast)
    elif status == Return.Status.SENT_BACK:
        SendBack.objects.create(
            figure=figure,
            comment=SENT_BACK_BECAUSE,
            due_again_on=round_.verify_by,
            sent_by=cast.coordinator,
            sent_at=_at(dt.date(2018, 5, 1), 14),
        )
    return return_


def _figure(return_: Return, numbers: dict[str, Decimal], sent_on: dt.date, cast: Cast, **more: Any) -> Figure:
    supplier = cast.figures[return_.indicator_id]
    on_behalf = return_.submitted_by_id != supplier.pk
    return Figure.objects.create(
        for_return=return_,
        **numbers,
        source=SAMPLE_SOURCE,
        extracted_on=working_days.add(sent_on, -1),
        route=Figure.Route.MAIL if on_behalf else Figure.Route.FORM,
        supplied_by=supplier,
        supplied_by_name=supplier.name,
        received_on=working_days.add(sent_on, -1) if on_behalf else None,
        recorded_by=cast.coordinator if on_behalf else supplier,
        recorded_at=_at(sent_on, 10),
        is_sample=True,
        **more,
    )


def _verify(figure: Figure, on: dt.date, cast: Cast) -> None:
    """By the coordinator; by the second one what the first has keyed, and the restatement."""
    second = figure.recorded_by == cast.coordinator or figure.restates
    Verification.objects.create(
        figure=figure,
        verified_by=cast.second_coordinator if second else cast.coordinator,
        verified_at=_at(on, 15),
    )


def _commentary(return_: Return, said: list[str], cast: Cast, *, turn: int, sent: bool, in_full: bool) -> None:
    """`in_full` names who sees to what is next, the writer's post, until the end of the quarter after."""
    due_on = return_.round.commentary_due_on
    what_happened, why, what_next = said
    writer = cast.words.get(return_.indicator_id, cast.coordinator)
    on_behalf = return_.submitted_by == cast.coordinator  # what came by mail brought its words along
    Commentary.objects.create(
        for_return=return_,
        status=Commentary.Status.SENT if sent else Commentary.Status.DRAFT,
        due_on=due_on,
        what_happened=what_happened,
        why=why,
        what_next=what_next,
        who=writer.post if in_full else "",
        by_when=return_.round.quarter.next.end if in_full else None,
        sent_at=_at(working_days.add(due_on, -(turn % 3)), 11) if sent else None,
        sent_by=(cast.coordinator if on_behalf else writer) if sent else None,
        written_by=writer,
        version=2,
    )


def _borough(rounds: list[Round], cast: Cast) -> None:
    """Real recorded crime beside the sample: context, keyed by the partnership team from the published file."""
    indicator = Indicator.objects.get(slug=BOROUGH)
    before, months = None, read("aims.json")["months"]
    for round_, offences in zip(rounds, BOROUGH_FIGURES, strict=True):
        at = _at(round_.due_on, 9)
        return_ = Return.objects.create(
            indicator=indicator,
            round=round_,
            status=Return.Status.VERIFIED,
            submitted_at=at,
            submitted_by=cast.coordinator,
            version=3,
        )
        figure = Figure.objects.create(
            for_return=return_,
            numerator=Decimal(offences),
            source=BOROUGH_SOURCE,
            supplied_by_name="Metropolitan Police, London Datastore",
            recorded_by=cast.coordinator,
            recorded_at=at,
            is_sample=False,
        )
        MonthlyFigure.objects.bulk_create(
            MonthlyFigure(figure=figure, month=month, number=Decimal(number))
            for month, number in zip(_months(round_.quarter), months[round_.quarter.slug], strict=True)
        )
        _verify(figure, round_.verify_by, cast)
        said = _plainly(str(offences), before, indicator.unit).replace(indicator.unit, "offences in the whole borough")
        _commentary(return_, [said, "", ""], cast, turn=0, sent=True, in_full=False)
        before = str(offences)


def _months(quarter: Quarter) -> list[dt.date]:
    """The first days of its three months."""
    return [quarter.start.replace(month=quarter.start.month + step) for step in range(3)]


def _numbers(given: str) -> dict[str, Decimal]:
    """ "1467" is a count; "81/104" a numerator and what it is out of."""
    numerator, _, denominator = given.partition("/")
    numbers = {"numerator": Decimal(numerator)}
    return {**numbers, "denominator": Decimal(denominator)} if denominator else numbers


def _plainly(given: str | None, before: str | None, unit: str) -> str:
    """One sentence for the quarters that have no commentary of their own: "418 people, up 16 on the quarter before." """
    assert given is not None
    if "/" in given:
        numerator, denominator = map(Decimal, given.split("/"))
        return f"{numerator} of {denominator} ({100 * numerator / denominator:.0f}%)."
    said = {"0": "None", "1": "One"}.get(given) or f"{int(given):,} {unit}"
    if before is None:
        return f"{said}."
    change = int(given) - int(before)
    moved = "the same as" if not change else f"{'up' if change > 0 else 'down'} {abs(change):,} on"
    return f"{said}, {moved} the quarter before."


def _at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=LONDON)
