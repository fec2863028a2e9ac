"""What scrutiny asked, as its pages show it: who is waiting for what, and who may be named where."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation, RoleGrant, User
from governance import clock
from governance.models import Body, Meeting, Recommendation
from lib.govuk import Row
from lib.written import capitalised, day, day_year

Kind, Outcome = Recommendation.Kind, Recommendation.Outcome
# Who answers for the partnership; scrutiny itself only asks.
ANSWERING = (RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE, RoleGrant.Role.MEMBER)
# The responsible authorities of the Crime and Disorder Act 1998, section 5, by the kind of their organisation.
RESPONSIBLE = (
    Organisation.Kind.COUNCIL,
    Organisation.Kind.POLICE,
    Organisation.Kind.PROBATION,
    Organisation.Kind.FIRE,
    Organisation.Kind.HEALTH,
)
# What an answer can be, by what was asked: advice is accepted or not, information and attendance are given or not.
OUTCOMES: dict[str, tuple[Recommendation.Outcome, ...]] = {
    Kind.RECOMMENDATION: (Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REFUSED),
    Kind.INFORMATION: (Outcome.GIVEN, Outcome.PARTLY, Outcome.REFUSED),
    Kind.ATTENDANCE: (Outcome.GIVEN, Outcome.REFUSED),
}
RECENT_MEETINGS = 24  # offered on the form: two years of them


@dataclass(frozen=True)
class Line:
    """One request in a list. `stands` is the clock, or how the answer came; `note` what is said under it."""

    recommendation: Recommendation
    stands: str
    is_late: bool
    note: str = ""


@dataclass(frozen=True)
class Board:
    """What is to be answered, the most urgent first; what is answered and not closed, by the day it is looked at again; what is closed."""

    unanswered: list[Line]
    answered: list[Line]
    closed: list[Line]
    many_committees: bool

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.unanswered)

    @property
    def lede(self) -> str:
        """The page's first line: "2 wait for an answer, 1 of them late"."""
        waiting = len(self.unanswered)
        if not waiting:
            nothing_yet = not self.answered and not self.closed
            return "Nothing has been asked yet." if nothing_yet else "Everything that was asked is answered."
        said = f"{waiting} wait{'s' if waiting == 1 else ''} for an answer"
        if not self.late:
            return f"{said}, none of them late." if waiting > 1 else f"{said}, and it is not late."
        return f"{said}, {self.late} of them late." if waiting > 1 else f"{said}, and it is late."


def board(user: User, on: dt.date) -> Board:
    """All that somebody may see. One query, however many there are."""
    seen = list(Recommendation.objects.visible_to(user).select_related("committee", "owner"))
    unanswered = [_waiting(one, on) for one in seen if one.answered_on is None]
    answered = [_answered(one, on) for one in seen if one.answered_on is not None and one.closed_on is None]
    closed = [_closed(one) for one in seen if one.closed_on is not None]
    return Board(
        unanswered=sorted(unanswered, key=lambda line: (line.recommendation.due_on, line.recommendation.pk)),
        answered=sorted(answered, key=lambda line: (line.recommendation.follow_up_on or dt.date.max, -_sent(line))),
        closed=sorted(closed, key=lambda line: -_sent(line)),
        many_committees=len({one.committee_id for one in seen}) > 1,
    )


def _sent(line: Line) -> int:
    return line.recommendation.sent_on.toordinal()


def _waiting(one: Recommendation, on: dt.date) -> Line:
    late = clock.days_late(one.due_on, on)
    return Line(one, clock.words(one.due_on, on), late > 0, f"Was due on {day(one.due_on)}" if late else "")


def _answered(one: Recommendation, on: dt.date) -> Line:
    if one.follow_up_on is None:
        return Line(one, "No day is set", False)
    late = one.follow_up_on < on
    return Line(one, day_year(one.follow_up_on), late, "This day is past" if late else "")


def _closed(one: Recommendation) -> Line:
    return Line(one, day_year(one.closed_on), False)


def clock_words(one: Recommendation, on: dt.date) -> str:
    """The first line of its page: how it stands today, as a sentence."""
    if one.answered_on is None:
        late = clock.days_late(one.due_on, on)
        return f"The answer is {clock.words(one.due_on, on)}" + (f": it was due on {day(one.due_on)}." if late else ".")
    said = f"{one.get_outcome_display()}. Answered on {day(one.answered_on)}, {clock.answered_words(one.due_on, one.answered_on)}"
    if one.closed_on is not None:
        return f"{said}; closed on {day_year(one.closed_on)}."
    return f"{said}." + (f" It is looked at again on {day(one.follow_up_on)}." if one.follow_up_on else "")


def facts(one: Recommendation, meeting_url: str) -> list[Row]:
    """What is known of the request. `one` has its committee, owner, meeting and who recorded it loaded; `meeting_url` is "" where out of sight."""
    made = day(one.made_on) + (", at its meeting" if one.meeting_id else "")
    rows = [
        Row("Asked by", one.committee.name),
        Row("Made on", made, meeting_url, "See the meeting") if meeting_url else Row("Made on", made),
        Row("Sent on", day(one.sent_on)),
        Row("Answer due", f"{day(one.due_on)}, {clock.DAYS} days after it was sent"),
        Row("Who sees to the answer", one.owner_label),
        Row("Recorded", f"{one.recorded_by.label}, {day_year(timezone.localdate(one.recorded_at))}"),
    ]
    return rows


def answer_facts(one: Recommendation) -> list[Row]:
    """Who answered, and who recorded it. `answer_recorded_by` is loaded."""
    recorded = one.answer_recorded_by.label if one.answer_recorded_by else ""
    return [
        Row("Outcome", one.get_outcome_display()),
        Row("Answered by", one.answered_by),
        Row(
            "Answered on", f"{day(one.answered_on)}, {clock.answered_words(one.due_on, one.answered_on or one.due_on)}"
        ),
        Row("Recorded by", recorded),
    ]


def title(one: Recommendation) -> str:
    """ "Recommendation OSC 4", "Request for information OSC 5". Needs the committee loaded."""
    return f"{capitalised(one.get_kind_display())} {one.reference}"


# ---------------------------------------------------------------- who may be named


def committees(on: dt.date) -> QuerySet[Body]:
    """Those that ask, as they stand on that day."""
    return Body.objects.filter(kind=Body.Kind.SCRUTINY).standing(on)


def answering(on: dt.date) -> list[User]:
    """Who can see to an answer on that day: the partnership team, the CSP Executive, members of bodies. By name."""
    grants = RoleGrant.objects.in_force(on).filter(role__in=ANSWERING)
    return list(User.objects.active().filter(pk__in=grants.values("user")).order_by("name", "pk"))


def likely_owner(people: Sequence[User], on: dt.date) -> User | None:
    """The coordinator, where there is one and no more: nothing has to be chosen then."""
    holding = set(User.objects.holding(RoleGrant.Role.COORDINATOR, on).values_list("pk", flat=True))
    found = [person for person in people if person.pk in holding]
    return found[0] if len(found) == 1 else None


def authorities() -> list[Organisation]:
    """The responsible authorities, in the order in which the Act names their kinds."""
    found = Organisation.objects.filter(kind__in=RESPONSIBLE).with_names()
    return sorted(found, key=lambda one: (RESPONSIBLE.index(Organisation.Kind(one.kind)), one.slug))


def meetings(user: User, on: dt.date) -> list[Meeting]:
    """The latest of scrutiny's meetings up to that day, as far as somebody sees them."""
    found = Meeting.objects.visible_to(user).standing().filter(body__kind=Body.Kind.SCRUTINY)
    latest = found.before_day(on + dt.timedelta(days=1)).select_related("body").order_by("-starts_at", "-pk")
    return list(latest[:RECENT_MEETINGS])
