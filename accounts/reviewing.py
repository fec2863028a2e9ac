"""The review of roles as its page shows it, when the next one is to open, and who owes an answer.

The schedule opens a quarter's review in its first two weeks, where roles have been held since before the quarter began: a new installation
meets its first one with its first full quarter. Sample data, whose people would lose their roles in somebody's absence, has none unless a
coordinator opens it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.actions.reviewing import KEPT
from accounts.models import AccessReview, Installation, RoleConfirmation, RoleGrant, User
from lib.owed import NOBODY, Owed, stage
from lib.quarters import Quarter
from lib.written import day_year

OPENS_WITHIN = dt.timedelta(days=14)
NO_ORGANISATION = "No organisation"


@dataclass(frozen=True)
class Line:
    """One role of one person. `state` is in words; `may_settle` while it waits for a word that whoever looks may give."""

    grant: RoleGrant
    last_signed_in: str
    state: str
    note: str
    may_settle: bool


@dataclass(frozen=True)
class Group:
    """The roles at one organisation."""

    key: str
    name: str
    lines: tuple[Line, ...]

    @property
    def to_settle(self) -> int:
        return sum(line.may_settle for line in self.lines)


@dataclass(frozen=True)
class Page:
    review: AccessReview
    groups: tuple[Group, ...]
    confirmed: int
    waiting: int
    lapsed: tuple[RoleGrant, ...]


def latest() -> AccessReview | None:
    """The review that is open, or else the last one."""
    return AccessReview.objects.order_by("-opened_at").first()


def over(on: dt.date) -> list[AccessReview]:
    return list(AccessReview.objects.over(on))


def to_open(on: dt.date) -> Quarter | None:
    """The quarter whose review the schedule opens on that day."""
    quarter = Quarter.of(on)
    if on - quarter.start >= OPENS_WITHIN or Installation.objects.filter(holds_sample=True).exists():
        return None
    if AccessReview.objects.open().exists() or AccessReview.objects.filter(quarter=quarter).exists():
        return None
    began = timezone.make_aware(dt.datetime.combine(quarter.start, dt.time.min), timezone.get_default_timezone())
    return quarter if RoleGrant.objects.reviewed_from(began, quarter.start).in_force(on).exists() else None


def page(review: AccessReview, user: User, on: dt.date) -> Page:
    """The same number of queries for however many people."""
    confirmed = _confirmed(review)
    grants = _in_scope(review, on)
    alone = _alone_in(on)
    groups: dict[str, list[Line]] = defaultdict(list)
    names: dict[str, str] = {"none": NO_ORGANISATION}
    for grant in grants:
        organisation = grant.user.organisation
        key = organisation.slug if organisation else "none"
        names[key] = str(organisation) if organisation else NO_ORGANISATION
        groups[key].append(_line(grant, review, confirmed.get(grant.pk), user, alone))
    ordered = sorted(groups, key=lambda key: (key == "none", names[key].lower()))
    return Page(
        review,
        tuple(Group(key, names[key], tuple(groups[key])) for key in ordered),
        confirmed=sum(grant.pk in confirmed for grant in grants),
        waiting=sum(grant.pk not in confirmed for grant in grants),
        lapsed=tuple(review.lapsed.select_related("user").order_by("user__name", "role")),
    )


def _line(
    grant: RoleGrant, review: AccessReview, said: RoleConfirmation | None, user: User, alone: set[tuple[str, int]]
) -> Line:
    last = day_year(timezone.localtime(grant.user.last_login)) if grant.user.last_login else "Never"
    is_open = review.closed_at is None
    if said is not None:
        return Line(grant, last, f"Confirmed by {said.by.name}", day_year(timezone.localtime(said.at)), False)
    is_alone = (grant.role, grant.user_id) in alone
    note = f"The only {grant.get_role_display().lower()}: does not lapse" if is_alone else ""
    if grant.user_id == user.pk and is_open:
        note = f"Yours: somebody else has to confirm it. {note}".strip()
    may_settle = is_open and user.has_perm("accounts.settle_role", grant)
    return Line(grant, last, "Not confirmed yet" if is_open else "Not confirmed", note, may_settle)


def _alone_in(on: dt.date) -> set[tuple[str, int]]:
    """(role, person) of those who are the only ones to hold a role that never goes."""
    found: dict[str, set[int]] = {}
    held = RoleGrant.objects.in_force(on).filter(role__in=KEPT, user__in=User.objects.active().accepted())
    for role, person in held.order_by().values_list("role", "user"):
        found.setdefault(role, set()).add(person)
    return {(role, *people) for role, people in found.items() if len(people) == 1}


def _in_scope(review: AccessReview, on: dt.date) -> list[RoleGrant]:
    """With their people, whose roles are known already: three queries."""
    named = review.grants(on).select_related("user__organisation").prefetch_related("user__organisation__names")
    grants = list(named.order_by("user__name", "user", "role"))
    held: dict[int, set[str]] = defaultdict(set)
    together = RoleGrant.objects.in_force(on).filter(user__in={grant.user_id for grant in grants})
    for person, role in together.order_by().values_list("user", "role"):
        held[person].add(role)
    for grant in grants:
        grant.user.__dict__["roles"] = frozenset(held[grant.user_id])  # as `User.roles` would read them, one by one
    return grants


def _confirmed(review: AccessReview) -> dict[int, RoleConfirmation]:
    return {one.grant_id: one for one in review.confirmations.select_related("by")}


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """While a review has roles that nobody has confirmed: each who may, once; with `person` only theirs. Seven queries at most.

    That is the coordinators; an administrator only for what no coordinator may confirm, which is those of the only one.
    """
    review = AccessReview.objects.open().first()
    if review is None:
        return []
    confirmed = _confirmed(review)
    waiting = [grant for grant in _in_scope(review, on) if grant.pk not in confirmed]
    team = list(User.objects.holding(RoleGrant.Role.COORDINATOR, on))
    answer = _who_may(waiting, team)
    left = [grant for grant in waiting if not _who_may([grant], team)]
    if left:
        answer |= _who_may(left, User.objects.holding(RoleGrant.Role.ADMINISTRATOR, on))
    if waiting and not answer and not any(grant.role not in KEPT for grant in waiting):
        return []  # what is left does not lapse, and nobody is there to confirm it
    people = answer or ({NOBODY} if waiting else set())
    return [_owed(review, one, on) for one in sorted(people) if person is None or one == person.pk]


def _who_may(grants: Iterable[RoleGrant], people: Iterable[User]) -> set[int]:
    return {one.pk for one in people if any(one.has_perm("accounts.settle_role", grant) for grant in grants)}


def _owed(review: AccessReview, person_id: int, on: dt.date) -> Owed:
    return Owed(
        review.due_on,
        person_id,
        f"accounts.accessreview:{review.pk}",
        stage(review.due_on, on),
        f"Who still has which role, {review.quarter}: unconfirmed roles lapse after {day_year(review.closes_on)}",
        "accounts:review-detail",
    )
