"""What needs a person now, for every role they hold, most urgent first; and what they may want to see otherwise."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts import absences, reviewing
from accounts.models import RoleGrant, User
from indicators import left_over, progress, work
from indicators.models import Round
from indicators.progress import RoundWork
from indicators.uploads import waiting
from indicators.work import PersonalWork
from lib.govuk_tags import day, in_words
from lib.quarters import Quarter
from reporting import (
    first_steps,
    home_consulting,
    home_erasures,
    home_formats,
    home_governing,
    home_left_over,
    home_packs,
    terms,
)
from reporting.home_item import OVERDUE, WAITING, WANTED, Item
from reporting.models import Pack

Role = RoleGrant.Role


@dataclass(frozen=True)
class Dates:
    """The dates of an open quarter, in order of time: ("Figures due", day)."""

    quarter: Quarter
    days: tuple[tuple[str, dt.date], ...]


@dataclass(frozen=True)
class HomePage:
    items: tuple[Item, ...]
    lede: str
    next_date: str  # what comes next when nothing is owed
    sent: tuple[work.Sent, ...]
    board: tuple[RoundWork, ...]
    packs: tuple[home_packs.PackLine, ...]
    shows_dashboard: bool
    shows_packs: bool
    shows_reports: bool
    is_lead: bool
    away: absences.Notes | None  # for who may name a deputy
    may_set_up: bool
    dates: tuple[Dates, ...]
    executive_meets_on: dt.date | None

    @property
    def heading(self) -> str:
        return "What needs you now" if self.items else "Nothing needs you now"


def home_page(user: User, on: dt.date) -> HomePage:
    """The page for all roles of this person together. The number of queries does not grow with what is owed."""
    leads, coordinates = user.has_role(Role.DATA_LEAD, Role.COMMENTARY_LEAD), user.has_role(Role.COORDINATOR)
    mine = work.for_person(user, on) if leads else NOTHING_OWED
    board = progress.for_coordinator(on) if coordinates else ()
    in_sight = home_packs.in_sight(user)
    packs = home_packs.latest(in_sight)
    meets_on = _next_meeting(on)
    items = [
        *(_mine(todo, on) for todo in mine.todos),
        *(item for each in board for item in _collecting(each, packs.get(each.quarter), on)),
        *(home_left_over.items(left_over.gather(user, on), on) if coordinates else ()),
        *(_files_to_verify(user, on) if coordinates else ()),
        *home_packs.items(user, in_sight, on),
        *home_governing.items(user, on),
        *home_consulting.items(user, on),
        *(_review(user, on) if coordinates or user.has_role(Role.ADMINISTRATOR) else ()),
        *home_erasures.items(user, on),
        *home_formats.items(user, on),
        *(_accounts(on) if user.has_role(Role.ADMINISTRATOR) else ()),
        *(_setting_up(user, on) if coordinates or user.has_role(Role.ADMINISTRATOR) else ()),
    ]
    rounds = mine.rounds or tuple(each.round for each in board)
    may_download = user.has_perm("reporting.download_pack")
    return HomePage(
        items=tuple(sorted(items, key=lambda item: item.order)),
        lede=_lede(mine, board, items),
        next_date=_next_date(rounds, meets_on, on),
        sent=mine.sent,
        board=board,
        packs=home_packs.lines(in_sight) if may_download else (),
        shows_dashboard=user.has_perm("reporting.view_dashboard"),
        shows_packs=may_download,
        shows_reports=user.has_role(Role.SCRUTINY),
        is_lead=leads,
        away=absences.notes(user, on) if leads and user.has_perm("indicators.name_own_deputy") else None,
        may_set_up=user.has_perm("reporting.view_first_steps"),
        dates=tuple(_dates(round_) for round_ in rounds),
        executive_meets_on=meets_on,
    )


def _dates(round_: Round) -> Dates:
    days = (
        ("Figures due", round_.due_on),
        ("Commentary due", round_.commentary_due_on),
        ("Verified by", round_.verify_by),
        ("Closes", round_.closes_on),
        ("CSP Executive meets", round_.executive_meets_on),
    )
    known = [(words, date) for words, date in days if date]
    return Dates(round_.quarter, tuple(sorted(known, key=lambda pair: pair[1])))


NOTHING_OWED = PersonalWork(figures=(), words=(), sent=(), rounds=())


def _lede(mine: PersonalWork, board: Iterable[RoundWork], items: list[Item]) -> str:
    """The first line: for a lead what is owed, for a coordinator how far the quarter is, for others how many things wait."""
    if mine.lede:
        return mine.lede
    for each in board:
        return f"{each.quarter}: {each.headline} {each.detail}"
    if items:
        return f"{in_words(len(items)).capitalize()} thing{' waits' if len(items) == 1 else 's wait'} for you."
    return ""


def _next_date(rounds: Iterable[Round], meets_on: dt.date | None, on: dt.date) -> str:
    """What comes next, in a sentence."""
    dates = sorted(
        (date, what.format(round_.quarter, day(date)))
        for round_ in rounds
        for date, what in (
            (round_.due_on, "Figures for {} are due on {}."),
            (round_.commentary_due_on, "Commentary on {} is due on {}."),
            (round_.verify_by, "Returns for {} are to be verified by {}."),
            (round_.closes_on, "{} closes on {}."),
        )
        if date and date >= on
    )
    if dates:
        return dates[0][1]
    if meets_on:
        return f"The CSP Executive meets on {day(meets_on)}."
    quarter = Quarter.of(on)
    if terms.plan_of(quarter) is None:
        open_one = Round.objects.open().first()
        said = f"{open_one.quarter} is still being collected" if open_one else "No quarter is open"
        return f"{said}, and no date is set for the next meeting of the CSP Executive."
    return f"The next quarter to report on, {quarter}, ends on {day(quarter.end)}."


def _next_meeting(on: dt.date) -> dt.date | None:
    dates = Round.objects.filter(executive_meets_on__gte=on).order_by("executive_meets_on")
    return dates.values_list("executive_meets_on", flat=True).first()


# ---------------------------------------------------------------- leads


def _mine(todo: work.Todo, on: dt.date) -> Item:
    late = todo.due_on < on
    return Item(
        urgency=OVERDUE if late else WANTED,
        due_on=todo.due_on,
        reference=todo.reference,
        name=todo.name,
        state=todo.state,
        why=f"{todo.quarter}. {todo.why}",
        do=todo.do,
        url=todo.url,
        hidden=f"for {todo.reference or todo.name}, {todo.quarter}",
        quote=todo.quote,
    )


# ---------------------------------------------------------------- the partnership team


def _collecting(each: RoundWork, pack: Pack | None, on: dt.date) -> Iterable[Item]:
    """What an open quarter asks of the coordinator: returns to verify, figures still out, a pack to build."""
    round_, quarter = each.round, each.quarter
    if each.to_verify:
        late = round_.verify_by < on
        waits = "One return waits" if each.to_verify == 1 else f"{in_words(each.to_verify).capitalize()} returns wait"
        yield Item(
            urgency=OVERDUE if late else WANTED,
            due_on=round_.verify_by,
            reference="",
            name=f"Verify the returns for {quarter}",
            state="Overdue" if late else "",
            why=f"{waits} to be verified, by {day(round_.verify_by)}.",
            do="Verify the returns",
            url=each.url,
            hidden=f"for {quarter}",
        )
    if each.overdue:
        one = each.overdue == 1
        late_ones = "One figure is" if one else f"{in_words(each.overdue).capitalize()} figures are"
        yield Item(
            urgency=OVERDUE,
            due_on=round_.due_on,
            reference="",
            name=f"Ask for what is late for {quarter}",
            state="Overdue",
            why=f"{late_ones} overdue. {'It was' if one else 'They were'} due on {day(round_.due_on)}.",
            do="See who owes it" if one else "See who owes them",
            url=each.url,
            hidden=f"for {quarter}",
        )
    if round_.closes_on < on:
        yield Item(
            urgency=OVERDUE,
            due_on=round_.closes_on,
            reference="",
            name=f"Close {quarter}",
            state="",
            why=f"{quarter} was to close on {day(round_.closes_on)}.",
            do="Close it",
            url=reverse("indicators:round-close", args=[quarter]),
            hidden=f", {quarter}",
        )
    if each.total and not each.owed and not each.to_verify and pack is None:
        yield Item(
            urgency=WANTED,
            due_on=round_.closes_on,
            reference="",
            name=f"Build the pack for {quarter}",
            state="",
            why="Every return is in and verified, or has a reason.",
            do="Go to packs",
            url=reverse("reporting:pack-list"),
        )


def _review(user: User, on: dt.date) -> Iterable[Item]:
    """Roles that wait for their word, while a review is open."""
    for owed in reviewing.owed(on, user):
        late = owed.due_on < on
        yield Item(
            urgency=OVERDUE if late else WAITING,
            due_on=owed.due_on,
            reference="",
            name="Confirm who still has which role",
            state="Overdue" if late else "",
            why=f"{owed.what}. {'It was' if late else 'It is'} due on {day(owed.due_on)}.",
            do="Go through the roles",
            url=owed.url,
        )


def _files_to_verify(user: User, on: dt.date) -> Iterable[Item]:
    """What others brought in a file waits on many boards, and is verified together."""
    for file in waiting.for_home(user):
        yield Item(
            urgency=WAITING,
            due_on=timezone.localdate(file["since"]) if file["since"] else on,
            reference="",
            name=f"{file['count']:,} figures of {file['name']} wait to be verified",
            state="",
            why="Look at them together, and verify all of them.",
            do="Look at the file",
            url=file["upload"].get_absolute_url(),
            hidden=file["name"],
        )


# ---------------------------------------------------------------- administrators, and a new installation


def _accounts(on: dt.date) -> Iterable[Item]:
    new = User.objects.active().not_signed_in_yet().count()
    if new:
        yield Item(
            urgency=WAITING,
            due_on=on,
            reference="",
            name="People who have not signed in yet",
            state="",
            why=f"{in_words(new).capitalize()} {'person has' if new == 1 else 'people have'} an account and {'has' if new == 1 else 'have'} not signed in yet.",
            do="See who",
            url=f"{reverse('accounts:user-list')}?show=new",
            hidden="has not signed in yet",
            is_secondary=True,
        )


def _setting_up(user: User, on: dt.date) -> Iterable[Item]:
    if not first_steps.is_new():
        return
    steps = first_steps.read(user, on)
    if steps.next:
        yield Item(
            urgency=WANTED,
            due_on=on,
            reference="",
            name="Set up this installation",
            state="",
            why=f"{steps.lede} Next: {steps.next.title[:1].lower()}{steps.next.title[1:]}.",
            do="Go to the first steps",
            url=reverse("reporting:first-steps"),
        )
