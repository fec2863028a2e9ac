"""Responses that somebody may want to look at, in groups: why, and what can be done with them. Each group is of one standing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from consultation.models import Channel, Comment, Consultation, Response

Standing = Response.Standing
# After the last day, on the form that closes with it. Papers and files are entered later without being late.
AFTER_THE_LAST_DAY = Q(
    received_on__gt=F("consultation__closes_on"), channel__way__in=[Channel.Way.WEB, Channel.Way.KIOSK]
)
CAME_ODDLY = Q(filled_the_trap=True) | AFTER_THE_LAST_DAY


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    why: str  # a sentence or two: what it means, and what is usual
    standing: str
    which: Q

    def responses(self, consultation: Consultation) -> "QuerySet[Response]":
        return Response.objects.filter(self.which, consultation=consultation, standing=self.standing)

    @property
    def counts(self) -> bool:
        return self.standing == Standing.COUNTED

    @property
    def is_set_aside(self) -> bool:
        return self.standing == Standing.SET_ASIDE

    @property
    def may_set_aside(self) -> bool:
        """Late ones are not counted as it is."""
        return self.standing in (Standing.COUNTED, Standing.HELD)

    @property
    def may_count(self) -> bool:
        return not self.counts


GROUPS: tuple[Group, ...] = (
    Group(
        "held",
        "Held back: filled in a box that nobody sees",
        "Programs fill in every box, and a few people do whose browser fills in forms for them. They are not counted until you say so.",
        Standing.HELD,
        Q(),
    ),
    Group(
        "fast",
        "Sent very fast",
        "Sent in less time than it takes to read the form. They count unless you set them aside.",
        Standing.COUNTED,
        Q(was_fast=True) & ~CAME_ODDLY,
    ),
    Group(
        "shared",
        "Many from one address in a day",
        "Usually a library, a school, a large household or a mobile network: one address for many people. They count unless you set them aside.",
        Standing.COUNTED,
        Q(from_shared_address=True, was_fast=False) & ~CAME_ODDLY,
    ),
    Group(
        "late",
        "Came after midnight of the last day",
        "Begun in time and sent too late. They are not counted: count them only for a reason that holds for all of them.",
        Standing.LATE,
        Q(),
    ),
    Group(
        "let-in",
        "Counted after somebody looked",
        "Held back or late at first, and counted since.",
        Standing.COUNTED,
        CAME_ODDLY,
    ),
    Group(
        "set-aside",
        "Set aside",
        "Not counted, each with its reason. None of them is removed before the others are, and they can be counted again.",
        Standing.SET_ASIDE,
        Q(),
    ),
)


@dataclass(frozen=True)
class Row:
    """One response as the page shows it. `chose` is empty where no concern was."""

    response: Response
    chose: tuple[str, ...]
    wrote: int  # how many comments


def rows(responses: Iterable[Response]) -> list[Row]:
    """Each needs `channel`, `first`, `second` and `third` loaded. One query for what they wrote."""
    held = list(responses)
    wrote = Counter(Comment.objects.filter(response__in=held).values_list("response", flat=True))
    return [
        Row(one, tuple(concern.text for concern in (one.first, one.second, one.third) if concern), wrote[one.pk])
        for one in held
    ]


def group(key: str) -> Group | None:
    return next((one for one in GROUPS if one.key == key), None)


def sizes(consultation: Consultation) -> list[tuple[Group, int]]:
    """Each group with how many are in it. One query each: six."""
    return [(one, one.responses(consultation).count()) for one in GROUPS]


def lede(sized: Iterable[tuple[Group, int]]) -> str:
    """The first line: what is not counted until somebody has looked, and what may be looked at."""
    numbers = {one.key: size for one, size in sized}
    held, others = numbers["held"], numbers["fast"] + numbers["shared"] + numbers["late"]
    if held:
        return f"{held:,} response{' is' if held == 1 else 's are'} held back and not counted until you say so."
    if others:
        return f"Nothing is held back. {others:,} response{' is' if others == 1 else 's are'} worth a look."
    return "Nothing is held back, and nothing needs a look."
