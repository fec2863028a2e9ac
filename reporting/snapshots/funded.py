"""What a snapshot holds of money: what there is, what it is for, what of it is spent, what was asked for. Plain values only, as in `shape`.

For the executive edition alone: nothing of it is published. A public edition is made without it, until somebody says what of it may be.
Amounts are in pounds and pence; None is "not known", never nothing. Sums are made when they are read, by `governance.funding.sums`.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from governance.funding import sums, twelve_months
from governance.funding.sums import Total
from lib.quarters import Quarter, Year
from reporting.snapshots.governed import UndertakingPart


@dataclass(frozen=True)
class StreamPart:
    """Money from one funder, of those that run in the year. `whole` is its own sum, or what its years come to; `given` what its projects come to."""

    slug: str
    name: str
    funder: str
    programme: str
    terms: str
    whole: Decimal | None
    year_amount: Decimal | None  # what of it is there this year
    given: Decimal
    starts_on: dt.date | None
    ends_on: dt.date | None
    note: str
    is_sample: bool

    @property
    def left(self) -> Decimal | None:
        """What no project was given of it."""
        return sums.less(self.whole, self.given)


@dataclass(frozen=True)
class SpendPart:
    """What a project spent in one quarter. state: as of `shape.Cell`, so "verified", "unverified", "awaited", "missing", "not_collected".

    `amount` is None unless verified or unverified; of an unverified one also where it is not for the reader. `was` is the verified amount it replaced most recently.
    """

    quarter: Quarter
    state: str
    amount: Decimal | None
    was: Decimal | None
    reason: str  # of a missing amount, in words: "Awaiting partner"
    expected_on: dt.date | None

    @property
    def verified(self) -> Decimal | None:
        return self.amount if self.state == "verified" else None

    @property
    def is_asked(self) -> bool:
        return self.state != "not_collected"


@dataclass(frozen=True)
class ProjectPart:
    """What money of a stream is for, of those that ran in the year. `ends_on` is its last day as planned; one that was closed ended on `closed_on`.

    `spent_so_far` is all that was verified of its life until the quarter; `awaited` are quarters that were asked for and not verified,
    of earlier years too. `forecast` is of the year: less `year_amount` it is the variance, for `reason`.
    """

    slug: str
    name: str
    stream: str  # its name
    theme: str  # the funder's own heading
    letter: str  # of the priority it serves; empty for none
    body: str  # short name of the body that leads it; empty for none
    organisation: str  # that delivers it, by its name on the last day of the quarter; empty where that is not known
    team: str
    amount: Decimal  # for all of its life
    year_amount: Decimal | None  # None: not split by year
    is_collected: bool  # False: nobody is asked what it spends
    this: SpendPart
    quarters: tuple[SpendPart, ...]  # the four of the year; later ones are "not_collected"
    spent_so_far: Decimal | None
    awaited: tuple[Quarter, ...]
    forecast: Decimal | None
    reason: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    closed_on: dt.date | None
    closed_because: str
    indicators: tuple[str, ...]  # slugs of those it is meant to move, of the plan's
    is_sample: bool
    has_sample_parts: bool  # who delivers it, what it serves or what it spends was made up

    @property
    def last_day(self) -> dt.date | None:
        return self.closed_on or self.ends_on

    @property
    def asked(self) -> tuple[SpendPart, ...]:
        """The quarters of the year for which its spend was asked."""
        return tuple(part for part in self.quarters if part.is_asked)

    @property
    def spent_in_year(self) -> Decimal | None:
        """Verified spend of the year up to the quarter; None where no quarter of it is verified."""
        return sums.add(part.verified for part in self.asked).amount

    def is_unasked_in(self, quarter: Quarter) -> bool:
        """Whether nobody is asked what it spends in a quarter of its days."""
        begun = self.starts_on is None or self.starts_on <= quarter.end
        return not self.is_collected and begun and (self.last_day is None or self.last_day >= quarter.start)

    @property
    def left(self) -> Decimal | None:
        """Of the whole, after what is verified; less than nothing where more was spent."""
        return sums.less(self.amount, self.spent_so_far)

    @property
    def is_overspent(self) -> bool:
        return self.left is not None and self.left < 0

    @property
    def variance(self) -> Decimal | None:
        """Forecast less the year's money: more than 0 is an overspend; None where one of them is not known."""
        return sums.less(self.forecast, self.year_amount)


@dataclass(frozen=True)
class SpendRestated:
    """A verified amount replaced by a later verified one. kind: "revision" or "correction"."""

    project: str  # its slug
    name: str
    quarter: Quarter
    was: Decimal
    now: Decimal
    kind: str
    why: str
    verified_on: dt.date
    by: str


@dataclass(frozen=True)
class BudgetChangePart:
    """Growth or a saving in the year's budgets. kind: "growth", "saving"; `amount` is never negative."""

    kind: str
    what_for: str
    amount: Decimal
    stream: str  # name of the stream that takes account of it; empty for none
    letter: str
    note: str
    is_sample: bool


@dataclass(frozen=True)
class PostsPart:
    """People who are paid for: "6", "police officers", on the day by which the quarter is judged."""

    name: str
    number: int
    posts: str
    what_for: str
    stream: str  # name of the stream that pays them; empty where that is not known
    body: str
    organisation: str
    letter: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    note: str
    is_sample: bool


@dataclass(frozen=True)
class ApplicationPart:
    """A body asks for money. state: "submitted" (waits for a decision), "agreed", "declined", "withdrawn".

    `asked` and `agreed` are of all years; `agreed` is None unless it was agreed. `verdict` is the CSP Executive's word: "Agreed subject to conditions".
    """

    pk: int  # of its page
    reference: str  # "ASB F2"
    body: str
    title: str
    stream: str  # name of the one it asks; empty for no particular one
    letter: str
    state: str
    asked: Decimal
    agreed: Decimal | None
    submitted_on: dt.date
    ended_on: dt.date | None  # decided or withdrawn
    verdict: str
    conditions: int  # how many the agreement rests on, met ones too
    interests: tuple[str, ...]  # declared: "Dana Reid: trustee of a charity that applies"
    is_sample: bool


@dataclass(frozen=True)
class Ending:
    """Something that ends. kind: "stream", "project", "posts"; `amount` is None for posts and where it is not known."""

    kind: str
    name: str
    slug: str  # empty for posts
    ends_on: dt.date
    amount: Decimal | None
    stops: tuple[str, ...]  # what stops with a stream: the names of its projects and posts that go on until then


@dataclass(frozen=True)
class StreamLine:
    """A stream with what its projects spent. `unknown` of a total counts quarters that were asked for and not verified."""

    stream: StreamPart
    projects: tuple[ProjectPart, ...]

    @property
    def spent_this_quarter(self) -> Total:
        return sums.add(one.this.verified for one in self.projects if one.this.is_asked)

    @property
    def spent_in_year(self) -> Total:
        return sums.add(part.verified for one in self.projects for part in one.asked)

    @property
    def left_in_year(self) -> Decimal | None:
        """Of the year's money, after what is verified: at most that, unless `is_spend_whole`."""
        return sums.less(self.stream.year_amount, self.spent_in_year.amount)

    @property
    def unasked(self) -> int:
        """Of how many of its projects nobody is asked what they spend."""
        return sum(not one.is_collected for one in self.projects)

    @property
    def is_spend_whole(self) -> bool:
        """Whether all that its projects spent this year is known."""
        return self.spent_in_year.is_whole and not self.unasked


@dataclass(frozen=True)
class Funding:
    """The money of the quarter's year, as it was known then: spend by its verification, forecasts by when they were made, the rest by its day."""

    quarter: Quarter
    judged_on: dt.date  # the quarter's last day, or the day of the snapshot where that is earlier
    since: dt.date  # what was decided, withdrawn or restated after this day is new
    streams: tuple[StreamPart, ...]
    projects: tuple[ProjectPart, ...]  # in the order of their streams
    restated: tuple[SpendRestated, ...]  # of every quarter until this one
    budget_changes: tuple[BudgetChangePart, ...]
    posts: tuple[PostsPart, ...]
    applications: tuple[ApplicationPart, ...]  # waiting, or decided or withdrawn since `since`
    conditions: tuple[UndertakingPart, ...]  # open ones, of money that was agreed; their source is the application

    @property
    def year(self) -> Year:
        return self.quarter.year

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.streams or self.projects or self.budget_changes or self.posts or self.applications)

    @property
    def by_stream(self) -> tuple[StreamLine, ...]:
        return tuple(
            StreamLine(stream, tuple(one for one in self.projects if one.stream == stream.name))
            for stream in self.streams
        )

    # ------------------------------------------------------------ totals

    @property
    def year_total(self) -> Total:
        """What there is this year; streams of which that is not known are counted."""
        return sums.add(stream.year_amount for stream in self.streams)

    @property
    def spent_this_quarter(self) -> Total:
        return sums.add(one.this.verified for one in self.projects if one.this.is_asked)

    @property
    def spent_in_year(self) -> Total:
        """Until the quarter. `unknown` counts quarters of projects that were asked for and not verified."""
        return sums.add(part.verified for one in self.projects for part in one.asked)

    @property
    def left_in_year(self) -> Decimal | None:
        """Of all streams; None unless it is known of every one, for a sum of some would pass for all."""
        every = sums.add(line.left_in_year for line in self.by_stream)
        return every.amount if every.is_whole else None

    @property
    def unasked(self) -> int:
        return sum(not one.is_collected for one in self.projects)

    @property
    def is_spend_whole(self) -> bool:
        return all(line.is_spend_whole for line in self.by_stream)

    @property
    def posts_totals(self) -> dict[str, int]:
        """How many of each: {"police officers": 39}."""
        totals: dict[str, int] = {}
        for one in self.posts:
            totals[one.posts] = totals.get(one.posts, 0) + one.number
        return totals

    # ------------------------------------------------------------ what needs a look

    @property
    def awaited(self) -> tuple[ProjectPart, ...]:
        """Projects of which a quarter's spend was asked for and is not verified."""
        return tuple(one for one in self.projects if one.awaited)

    @property
    def overspent(self) -> tuple[ProjectPart, ...]:
        return tuple(one for one in self.projects if one.is_overspent)

    @property
    def varying(self) -> tuple[ProjectPart, ...]:
        """Projects that are expected to spend more or less than the year's money."""
        return tuple(one for one in self.projects if one.variance)

    @property
    def newly_restated(self) -> tuple[SpendRestated, ...]:
        return tuple(one for one in self.restated if one.verified_on > self.since)

    @property
    def waiting(self) -> tuple[ApplicationPart, ...]:
        return tuple(one for one in self.applications if one.state == "submitted")

    @property
    def decided(self) -> tuple[ApplicationPart, ...]:
        return tuple(one for one in self.applications if one.state in ("agreed", "declined"))

    @property
    def ends_by(self) -> dt.date:
        """The last of the twelve months that begin on the day by which the quarter is judged."""
        return twelve_months.until(self.judged_on)

    @property
    def ending(self) -> tuple[Ending, ...]:
        """What ends in those twelve months, the soonest first. What stops with its stream is told there alone."""
        streams = [self._stream_ending(line) for line in self.by_stream if self._is_soon(line.stream.ends_on)]
        until = {one.name: one.ends_on for one in streams}
        projects = [
            Ending("project", one.name, one.slug, one.last_day, one.amount, ())
            for one in self.projects
            if one.last_day and self._is_soon(one.last_day) and not _goes_on(one.last_day, until.get(one.stream))
        ]
        posts = [
            Ending("posts", one.name, "", one.ends_on, None, ())
            for one in self.posts
            if one.ends_on and self._is_soon(one.ends_on) and not _goes_on(one.ends_on, until.get(one.stream))
        ]
        return tuple(sorted([*streams, *projects, *posts], key=lambda one: one.ends_on))

    def has_ended(self, one: Ending) -> bool:
        """Whether it was over when the quarter was: its last day is the quarter's."""
        return one.ends_on <= self.judged_on

    def _is_soon(self, day: dt.date | None) -> bool:
        return twelve_months.holds(self.judged_on, day)

    def _stream_ending(self, line: StreamLine) -> Ending:
        stream, until = line.stream, line.stream.ends_on
        assert until is not None, "it ends soon"
        projects = [one.name for one in line.projects if _goes_on(one.last_day, until)]
        posts = [one.name for one in self.posts if one.stream == stream.name and _goes_on(one.ends_on, until)]
        return Ending("stream", stream.name, stream.slug, until, stream.whole, (*projects, *posts))


def _goes_on(day: dt.date | None, until: dt.date | None) -> bool:
    """Whether something that ends on a day, or on none that is known, goes on until its stream ends; False where that does not end."""
    return until is not None and (day is None or day >= until)
