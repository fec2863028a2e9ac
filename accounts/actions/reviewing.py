"""The review of who still has which role: opened for a quarter, confirmed or ended role by role, and closed, when the rest lapses."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.actions.mails import owe_mail
from accounts.actions.roles import close
from accounts.audit import Entry
from accounts.models import AccessReview, Installation, RoleConfirmation, RoleGrant, User
from lib.editing import write
from lib.govuk_tags import day_year
from lib.quarters import Quarter

DUE_AFTER, CLOSES_AFTER = dt.timedelta(weeks=4), dt.timedelta(weeks=6)
# Without one of these nobody could give roles, or run the partnership's work: the last stays, confirmed or not.
KEPT = (RoleGrant.Role.ADMINISTRATOR, RoleGrant.Role.COORDINATOR)

audit.kinds(
    {
        "access_review_opened": "Review of roles opened",
        "access_review_closed": "Review of roles closed",
        "role_confirmed": "Role confirmed",
        "role_lapsed": "Role lapsed: nobody confirmed it",
        "role_kept": "Role not confirmed, and kept: it is the last",
    }
)


@dataclass(frozen=True)
class Settled:
    """What came of it: how many roles were confirmed and ended; `refused` says of those that stayed as they were why."""

    confirmed: int
    ended: int
    refused: tuple[str, ...]


@transaction.atomic
def open_review(*, quarter: Quarter, at: dt.datetime, by: User | None) -> AccessReview:
    """Open the quarter's review: four weeks to answer, two more until what nobody confirmed lapses."""
    if running := AccessReview.objects.open().first():
        raise ValidationError(
            f"The review for {running.quarter} is open still. Another can be opened when it has closed."
        )
    if AccessReview.objects.filter(quarter=quarter).exists():
        raise ValidationError(f"There has been a review for {quarter} already.")
    today = timezone.localdate(at)
    if not RoleGrant.objects.reviewed_from(at, today).in_force(today).exists():
        raise ValidationError(
            "Nobody has held a role since before today that was given by hand: there is nothing to review."
        )
    dates = {"due_on": today + DUE_AFTER, "closes_on": today + CLOSES_AFTER}
    try:
        with transaction.atomic():
            review = AccessReview.objects.create(quarter=quarter, opened_at=at, opened_by=by, **dates)
    except IntegrityError:  # two at the same moment
        raise ValidationError(f"The review for {quarter} has just been opened.") from None
    lines = [
        audit.change("Due", None, day_year(review.due_on)),
        audit.change("Closes", None, day_year(review.closes_on)),
    ]
    audit.record("access_review_opened", review, by=by, changes=lines)
    return review


@transaction.atomic
def settle_review(
    review: AccessReview, *, keep: Collection[int], end: Collection[int], at: dt.datetime, by: User
) -> Settled:
    """Confirm some of a review's grants and end others, by their ids. Those settled by somebody else meanwhile, or not `by`'s to settle, are told and left.

    Refused when the review has closed.
    """
    today = timezone.localdate(at)
    Installation.hold()  # before the review, as when it closes
    _hold_open(review)
    found = review.grants(today).filter(pk__in={*keep, *end}).select_related("user", "user__organisation")
    grants = {grant.pk: grant for grant in found.order_by("pk")}
    told = dict(review.confirmations.filter(grant__in=grants).values_list("grant", "by__name"))
    refused = ["A role had ended already."] * len({*keep, *end} - grants.keys())
    confirmed: list[RoleGrant] = []
    ended = 0
    for grant in grants.values():
        if not by.has_perm("accounts.settle_role", grant):
            refused.append(f"{_what(grant)}: somebody else has to say.")
        elif grant.pk in told:
            refused.append(f"{_what(grant)}: {told[grant.pk]} has confirmed it already.")
        elif grant.pk in end:
            if is_last(grant, today):
                refused.append(f"{_what(grant)}: the last one cannot be ended. Have somebody else made one first.")
            else:
                _end(grant, review, on=today, by=by)
                ended += 1
        else:
            confirmed.append(grant)
    RoleConfirmation.objects.bulk_create(RoleConfirmation(review=review, grant=one, by=by, at=at) for one in confirmed)
    audit.record_several(
        (
            Entry("role_confirmed", one.user, [audit.change(one.get_role_display(), None, f"for {review.quarter}")])
            for one in confirmed
        ),
        by=by,
    )
    return Settled(len(confirmed), ended, tuple(refused))


@transaction.atomic
def close_review(review: AccessReview, *, at: dt.datetime, by: User | None) -> list[RoleGrant]:
    """Close it after its last day; what nobody confirmed lapses, and its holders are told. Gives the grants that lapsed.

    The last administrator and the last coordinator stay, and the trail says so; of several it is who signed in last. Safe to run twice.
    """
    today = timezone.localdate(at)
    Installation.hold()
    if not AccessReview.objects.over(today).filter(pk=review.pk).update(closed_at=at):
        return []
    confirmed = review.confirmations.values("grant")
    unconfirmed = review.grants(today).exclude(pk__in=confirmed).select_related("user")
    lapsed, kept = [], []
    # Who has not been here for longest goes first, so that who is left of several is who works here.
    for grant in unconfirmed.order_by(F("user__last_login").asc(nulls_first=True), "pk"):
        if is_last(grant, today):
            kept.append(grant)
        else:
            _end(grant, review, on=today, by=by, kind="role_lapsed")
            lapsed.append(grant)
    for grant in kept:
        change = audit.change(grant.get_role_display(), None, f"not confirmed for {review.quarter}")
        audit.record("role_kept", grant.user, by=by, changes=[change])
    for user in {grant.user_id: grant.user for grant in lapsed}.values():
        owe_mail(user, stage="role_lapsed", about=review, cycle=review.quarter.slug, by=by)
    told = [audit.change("Lapsed", None, len(lapsed)), audit.change("Kept as the last", None, len(kept))]
    audit.record("access_review_closed", review, by=by, changes=told)
    return lapsed


def is_last(grant: RoleGrant, on: dt.date) -> bool:
    """Whether nobody else who can sign in holds this role, and one has to."""
    if grant.role not in KEPT:
        return False
    return not User.objects.holding(grant.role, on).exclude(pk=grant.user_id).accepted().exists()


def _hold_open(review: AccessReview) -> None:
    """Until this transaction ends nobody closes it."""
    held = AccessReview.objects.select_for_update().get(pk=review.pk)
    if held.closed_at is not None:
        raise ValidationError(f"The review for {held.quarter} has closed. Roles are now given again one by one.")


def _end(grant: RoleGrant, review: AccessReview, *, on: dt.date, by: User | None, kind: str = "role_ended") -> None:
    user = User.objects.select_for_update(no_key=True).get(pk=grant.user_id)
    write(user, version=user.version)
    change = close(grant, on=on)
    if kind == "role_lapsed":
        RoleGrant.objects.filter(pk=grant.pk).update(lapsed_in=review)
    user.forget_roles()
    audit.record(kind, user, by=by, changes=[change], comment=str(review))


def _what(grant: RoleGrant) -> str:
    return f"{grant.get_role_display()}, {grant.user}"
