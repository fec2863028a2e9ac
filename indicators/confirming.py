"""A supplier is asked by a signed link whether what was keyed for them is what they gave: the link, where it stands, and what became of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from indicators import placing, wording
from indicators.doing import doing
from indicators.models import Confirmation, Figure, Lead, Return
from lib import written
from lib.govuk import Row

GOOD_FOR = dt.timedelta(days=14)
_SIGNER = signing.Signer(salt="indicators.confirming", sep=".")


class State(StrEnum):
    """Where a link stands. Only an open one takes an answer."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    EXPIRED = "expired"
    NEWER_LINK = "newer_link"
    NEWER_FIGURE = "newer_figure"
    SENT_BACK = "sent_back"
    TAKEN_BACK = "taken_back"
    VERIFIED = "verified"


# Why a link takes no answer any more; whoever holds it reads no more than this.
OVER = {
    State.EXPIRED: ("This link has expired", "Nobody answered by the day that was named in the mail."),
    State.NEWER_LINK: ("There is a newer link", "You were sent another mail since. Use the link in that one."),
    State.NEWER_FIGURE: ("This figure has been replaced", "Another figure was recorded since, so nothing is asked of you here."),
    State.SENT_BACK: ("This figure is being looked at again", "It was sent back since, so nothing is asked of you here."),
    State.TAKEN_BACK: ("This figure was taken back", "It is not used, so nothing is asked of you here."),
    State.VERIFIED: ("This figure has been checked", "Somebody else has verified it since. Nothing more is needed from you."),
}  # fmt: skip


# ---------------------------------------------------------------- the link


def link(confirmation: Confirmation) -> str:
    """The absolute address at which the supplier answers. The same row gives the same link: whether it still works is on the row."""
    token = _SIGNER.sign(str(confirmation.pk))
    return settings.SITE_URL + reverse("indicators:confirmation-answer", args=[token])


def opened(token: str) -> Confirmation | None:
    """What a link was made for, with what its page shows; None for anything that we have not signed. One query."""
    try:
        pk = int(_SIGNER.unsign(token))
    except signing.BadSignature:
        return None
    related = ("figure__for_return__round", "figure__for_return__indicator", "figure__recorded_by")
    return Confirmation.objects.select_related(*related).filter(pk=pk).first()


def state(confirmation: Confirmation, at: dt.datetime) -> State:
    """Where this link stands at that moment. An answer stands for good; otherwise time and what happened since end it."""
    if confirmation.answer:
        return State(confirmation.answer)
    if at >= confirmation.expires_at:
        return State.EXPIRED
    figure = confirmation.figure
    if Confirmation.objects.filter(figure=figure, pk__gt=confirmation.pk).exists():
        return State.NEWER_LINK
    if hasattr(figure, "withdrawal"):
        return State.TAKEN_BACK
    if hasattr(figure, "verification"):
        return State.VERIFIED
    if figure.for_return.figures.standing().in_order().last() != figure:
        return State.NEWER_FIGURE
    return State.OPEN if figure.for_return.status == Return.Status.SUBMITTED else State.SENT_BACK


def waits(figure: Figure) -> bool:
    """Whether it is the figure that waits to be verified now; once it has moved on, an answer about it concerns nobody."""
    if hasattr(figure, "withdrawal") or hasattr(figure, "verification"):
        return False
    is_latest = figure.for_return.figures.standing().in_order().last() == figure
    return is_latest and figure.for_return.status == Return.Status.SUBMITTED


def rows(figure: Figure) -> list[Row]:
    """What the page behind the link shows: what the supplier gave, as it was keyed, and nothing else."""
    return_ = figure.for_return
    indicator, quarter = return_.indicator, return_.round.quarter
    found = [Row("Indicator", indicator.name), Row("Quarter", f"{quarter} ({quarter.months})")]
    found += [Row(written.capitalised(words), number) for words, number in _numbers(figure)]
    found.append(Row("Final or provisional", "Provisional" if figure.is_provisional else "Final"))
    if figure.source:
        found.append(Row("Source", figure.source))
    if figure.extracted_on:
        found.append(Row("Taken from there on", written.day_year(figure.extracted_on)))
    found.append(Row("Given by", figure.supplied_by_name))
    reached = f", {written.day_year(figure.received_on)}" if figure.received_on else ""
    found.append(Row("How it reached us", f"{figure.get_route_display()}{reached}"))
    found.append(Row("Keyed by", f"{figure.recorded_by.name}, {written.moment(figure.recorded_at)}"))
    return found


def _numbers(figure: Figure) -> list[tuple[str, str]]:
    """Each number with what it counts. A percentage whose base is not known stands alone."""
    indicator = figure.for_return.indicator
    if figure.stated_percentage is not None or figure.denominator is None:
        return [("Figure", wording.value(figure))]
    return [
        (indicator.unit_of_base, written.figure(figure.denominator)),
        (indicator.unit, written.figure(figure.numerator)),
    ]


# ---------------------------------------------------------------- what became of it


def latest(figure: Figure) -> Confirmation | None:
    """The one that counts. Costs no query where `confirmations` were prefetched, one otherwise."""
    return max(figure.confirmations.all(), key=lambda each: each.pk, default=None)


def answered(figure: Figure, answer: str) -> Confirmation | None:
    """The latest one, if this is how it was answered."""
    last = latest(figure)
    return last if last is not None and last.answer == answer else None


def of(figures: Iterable[Figure], user: User | None = None) -> dict[int, str]:
    """What the supplier said, or was asked, in a sentence, by figure id; figures nobody was asked about are not there. One query.

    With `user` it says so where the confirmation lets this person verify what they keyed.
    """
    found: dict[int, Confirmation] = {}
    for each in Confirmation.objects.filter(figure__in=list(figures)).select_related("figure").order_by("pk"):
        found[each.figure_id] = each
    now = timezone.now()
    return {figure_id: sentence(each, now, user) for figure_id, each in found.items()}


def sentence(confirmation: Confirmation, at: dt.datetime, user: User | None = None) -> str:
    """ "Confirmed by Tom Okafor on 3 May 2018 at 10:12: you may verify it."."""
    name, asked = confirmation.to_name, confirmation.asked_at
    if confirmation.answer == Confirmation.Answer.DISPUTED:
        return f"{name} says this is not what they gave: “{confirmation.said}”"
    if confirmation.answer:
        may = user is not None and confirmation.figure.recorded_by_id == user.pk
        return f"Confirmed by {name} on {_at(confirmation.answered_at)}{': you may verify it' if may else ''}."
    if at >= confirmation.expires_at:
        return (
            f"{name} was asked on {written.day_year(asked)} to confirm it, and has not answered. The link has expired."
        )
    return (
        f"{name} was asked on {_at(asked)} to confirm it, and has not answered yet. "
        f"The link works until {written.day_year(confirmation.expires_at)}."
    )


def became(figure: Figure) -> str:
    """For the list of every figure given: "confirmed by Tom Okafor by link", "Tom Okafor said it is not what they gave: “...”"; empty otherwise."""
    last = latest(figure)
    if last is None or not last.answer:
        return ""
    if last.answer == Confirmation.Answer.CONFIRMED:
        return f"{'confirmed' if hasattr(figure, 'verification') else 'Confirmed'} by {last.to_name} by link"
    return f"{last.to_name} said it is not what they gave: “{last.said}”"


def told_of_answer(confirmation: Confirmation, on: dt.date) -> list[User]:
    """Who hears what the supplier said: of a "Yes" whoever asked, of a "No" whoever keyed the figure and every coordinator."""
    coordinators = list(User.objects.holding(RoleGrant.Role.COORDINATOR, on))
    if confirmation.answer == Confirmation.Answer.CONFIRMED:
        return [person for person in coordinators if person.pk == confirmation.asked_by_id]
    return_, keyed_by = confirmation.figure.for_return, confirmation.figure.recorded_by
    people = {person.pk: person for person in coordinators}
    if keyed_by.is_active and Return.objects.visible_to(keyed_by).filter(pk=return_.pk).exists():
        people.setdefault(keyed_by.pk, keyed_by)
    return [people[pk] for pk in sorted(people)]


@dataclass(frozen=True)
class Disputed:
    """A figure that waits and of which its supplier says that it is not what they gave."""

    return_: Return
    reference: str
    words: str  # "Grace Oduya says 21 is not what they gave for D4"
    said: str
    since: dt.date


def disputed(user: User) -> tuple[Disputed, ...]:
    """Those in this person's sight, oldest first. Two queries, and one while there are none."""
    returns = Return.objects.visible_to(user).filter(status=Return.Status.SUBMITTED)
    latest_ones = Figure.objects.standing().filter(for_return__in=returns).latest_each()
    found = (
        Confirmation.objects.filter(
            answer=Confirmation.Answer.DISPUTED, figure__verification__isnull=True, figure__in=latest_ones.values("pk")
        )
        .select_related("figure__for_return__round", "figure__for_return__indicator")
        .order_by("answered_at", "pk")
    )
    every = list(found)
    places = placing.in_years([each.figure.for_return.round.quarter.year for each in every]) if every else {}
    return tuple(_disputed(each, places[each.figure.for_return.round.quarter.year]) for each in every)


def _disputed(confirmation: Confirmation, places: placing.Places) -> Disputed:
    return_ = confirmation.figure.for_return
    known_as = places.reference(return_.indicator) or places.short_name(return_.indicator)
    return Disputed(
        return_=return_,
        reference=places.reference(return_.indicator),
        words=f"{confirmation.to_name} says {wording.value(confirmation.figure)} is not what they gave for {known_as}",
        said=confirmation.said,
        since=timezone.localtime(confirmation.answered_at).date(),
    )


def _at(moment: dt.datetime | None) -> str:
    """ "3 May 2018 at 10:12"."""
    return f"{written.day_year(moment)} at {written.clock(moment)}"


# ---------------------------------------------------------------- asking


def refusal(figure: Figure) -> str:
    """Why the supplier of a figure that waits can't be asked, or asked again; empty when they can."""
    given_by = figure.supplied_by_name.split(",")[0].strip()
    keyed_by = figure.recorded_by
    if figure.supplied_by_id == keyed_by.pk or (
        figure.supplied_by_id is None and given_by.casefold() == keyed_by.name.casefold()
    ):
        return f"{keyed_by.name} gave this figure and keyed it, so there is nobody else who could confirm it."
    last = latest(figure)
    if last is None or not last.answer:
        return _has_left(figure)
    if last.answer == Confirmation.Answer.CONFIRMED:
        return f"{last.to_name} has confirmed this figure already."
    return f"{last.to_name} has said that this is not what they gave. Send it back, or key it again."


def _has_left(figure: Figure) -> str:
    person = figure.supplied_by
    if person is None or person.is_active:
        return ""
    return (
        f"{person.name}, who gave this figure, has left and can’t be asked. "
        "Ask whoever gives it now, and key it again in their name."
    )


def told_of_asking(asked: Confirmation, on: dt.date) -> list[User]:
    """Who hears that a supplier without an account was asked: the data leads, or who stands in for them. Not whoever keyed the figure, asks or
    is asked themselves, nor who may not see it."""
    figure = asked.figure
    if figure.supplied_by_id is not None:
        return []
    return_ = figure.for_return
    leads = {doer.user for doer in doing(on)[return_.indicator_id, Lead.Duty.DATA]}
    return [
        person
        for person in sorted(leads, key=lambda person: person.pk)
        if person.pk not in (figure.recorded_by_id, asked.asked_by_id)
        and person.email.lower() != asked.address
        and Return.objects.visible_to(person).filter(pk=return_.pk).exists()
    ]


def supplier(figure: Figure) -> str:
    """Who gave it, without the post: "Tom Okafor"."""
    return figure.supplied_by.name if figure.supplied_by else figure.supplied_by_name.split(",")[0].strip()


@dataclass(frozen=True)
class Asking:
    """What the page of a return says of it: `words` what was asked or answered, `supplier` whom the reader may ask, else empty."""

    words: str
    supplier: str
    is_disputed: bool
    again: bool  # whether they have been asked before

    @property
    def do(self) -> str:
        return f"Ask {self.supplier} again to confirm" if self.again else f"Ask {self.supplier} to confirm"


def asking(figure: Figure, user: User, at: dt.datetime, *, offer: bool = True) -> Asking:
    """For a figure that waits to be verified; at most one query. `offer`: whether there is a reason to ask."""
    last = latest(figure)
    return Asking(
        words=sentence(last, at, user) if last else "",
        supplier=supplier(figure) if offer and not refusal(figure) else "",
        is_disputed=last is not None and last.answer == Confirmation.Answer.DISPUTED,
        again=last is not None,
    )
