"""What ends within twelve months, and what stops with it: outputs, actions, what is served, posts, and the plan for afterwards."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.text import Truncator

from governance.funding import saying, twelve_months
from governance.funding.by_stream import StreamLine
from governance.funding.held import Held
from governance.funding.ledger import Line
from governance.funding.results import Result
from governance.models import FundedPosts, Output
from lib.numerals import figure, listed, pounds

LONGEST = 90  # characters of a commitment
NO_EXIT_PLAN = "No exit plan is held."
IN_THE_APPLICATION = "It stands in the application, which members of the bodies see."


@dataclass(frozen=True)
class Thing:
    """Something that stops: a link, or plain words where it has no page."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Stops:
    """ "Outputs: 120 young people worked with; ..." """

    heading: str
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class Ending:
    kind: str  # "project", "stream", "posts"
    name: str
    url: str
    last_day: dt.date
    money: str
    stops: tuple[Stops, ...]
    afterwards: str = ""  # the exit plan, or that none is held; only of a project
    number: int = 1  # of posts: how many people
    is_sample: bool = False


@dataclass(frozen=True)
class Day:
    """All that ends on one day: streams, projects, then posts."""

    day: dt.date
    endings: tuple[Ending, ...]


@dataclass(frozen=True)
class Endings:
    on: dt.date
    until: dt.date
    days: tuple[Day, ...]
    unknown: int  # projects, streams and posts of which the last day is not known

    def of(self, kind: str) -> list[Ending]:
        return [one for day in self.days for one in day.endings if one.kind == kind]

    @property
    def not_known(self) -> str:
        """That some have no last day; empty where every one is known."""
        what = saying.count(self.unknown, "stream, project or post", "streams, projects or posts")
        return f"The last day of {what} is not known." if self.unknown else ""

    @property
    def _numbers(self) -> dict[str, int]:
        people = sum(one.number for one in self.of("posts"))
        return {"stream": len(self.of("stream")), "project": len(self.of("project")), "funded post": people}

    @property
    def number(self) -> int:
        return sum(self._numbers.values())

    @property
    def counts(self) -> str:
        """ "one stream, eight projects and 20 funded posts"; empty where nothing ends."""
        return listed(saying.count(number, what) for what, number in self._numbers.items() if number)


def find(held: Held, results: Mapping[int, Result]) -> Endings:
    """From the day of `held`, both ends included. A closed project is over on the day of its closing."""
    on = held.on
    posts: dict[int | None, list[FundedPosts]] = defaultdict(list)
    for one in held.posts:
        posts[one.stream_id].append(one)
    streams = [line for line in held.streams if twelve_months.holds(on, line.stream.ends_on)]
    projects = [line for line in held.projects.lines if twelve_months.holds(on, line.project.last_day)]
    found = [_stream(line, posts[line.stream.pk], on) for line in streams]
    found += [_project(line, held, results) for line in projects]
    found += [_posts(one) for one in held.posts if twelve_months.holds(on, one.ends_on)]
    found.sort(key=lambda one: one.last_day)  # which keeps streams before projects before posts
    unknown = [line.stream.ends_on for line in held.streams]
    unknown += [line.project.last_day for line in held.projects.lines]
    unknown += [one.ends_on for one in held.posts]
    return Endings(
        on=on,
        until=twelve_months.until(on),
        days=tuple(Day(day, tuple(own)) for day, own in groupby(found, key=lambda one: one.last_day)),
        unknown=sum(day is None for day in unknown),
    )


def _stream(line: StreamLine, posts: list[FundedPosts], on: dt.date) -> Ending:
    running = [one.project for one in line.projects.lines if one.project.last_day is None or one.project.last_day >= on]
    stops = (
        Stops("Projects", tuple(Thing(project.name, project.get_absolute_url()) for project in running)),
        Stops("Funded posts", tuple(Thing(str(one)) for one in posts)),
    )
    money = f"{pounds(line.whole)} {line.sum_of}".strip() if line.whole is not None else "Its amount is not known"
    return Ending(
        "stream",
        line.stream.name,
        line.stream.get_absolute_url(),
        line.stream.ends_on,
        money,
        _some(stops),
        is_sample=line.stream.is_sample,
    )


def _project(line: Line, held: Held, results: Mapping[int, Result]) -> Ending:
    project = line.project
    own = {one.pk for one in project.indicators.all()}
    is_open = project.application_id in held.open_to_them
    actions = project.application.actions.all() if project.application and is_open else ()
    stops = (
        Stops("Outputs", tuple(Thing(_promised(one)) for one in project.outputs.all() if not one.ended_because)),
        Stops("Actions", tuple(Thing(str(one), one.get_absolute_url()) for one in actions)),
        Stops("Commitments", tuple(Thing(Truncator(one.text).chars(LONGEST)) for one in project.commitments.all())),
        Stops("Indicators", tuple(Thing(one.label, one.url) for pk, one in results.items() if pk in own)),
    )
    return Ending(
        kind="project",
        name=project.name,
        url=project.get_absolute_url(),
        last_day=project.last_day,
        money=f"{pounds(line.amount)}, {_not_spent(line)}",
        is_sample=project.is_sample,
        stops=_some(stops),
        afterwards=_afterwards(line, is_open),
    )


def _not_spent(line: Line) -> str:
    """ "at most £15,000.25 of it not spent yet", "nobody is asked what it spends"."""
    if line.project.spend_id is None:
        return "nobody is asked what it spends"
    if line.left is None:
        return "nothing is verified as spent yet"
    if line.is_overspent:
        return f"{pounds(-line.left)} more is spent"
    if not line.left:
        return "all of it is spent"
    return f"{'at most ' if line.awaited else ''}{pounds(line.left)} of it not spent yet"


def _afterwards(line: Line, is_open: bool) -> str:
    application = line.project.application
    if application is None:
        return NO_EXIT_PLAN
    if not is_open:
        return IN_THE_APPLICATION
    return application.exit_plan or NO_EXIT_PLAN


def _promised(output: Output) -> str:
    """ "Young people worked with: 120 promised"."""
    return output.text if output.promised is None else f"{output.text}: {figure(output.promised)} promised"


def _posts(one: FundedPosts) -> Ending:
    stops = (
        Stops("Who they are", (Thing(one.posts),)),
        Stops("For", (Thing(one.what_for),) if one.what_for else ()),
    )
    return Ending(
        kind="posts",
        name=one.name,
        url="",
        last_day=one.ends_on,
        money=one.how_many,
        stops=_some(stops),
        number=one.number,
        is_sample=one.is_sample,
    )


def _some(stops: tuple[Stops, ...]) -> tuple[Stops, ...]:
    return tuple(one for one in stops if one.things)
