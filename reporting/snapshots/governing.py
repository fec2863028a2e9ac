"""Who governs, delivers and decides, as a snapshot holds it: read in a number of queries that does not grow with bodies or actions.

What is an event counts by its moment, what has a day by its day: updates by when they were agreed, dates by when they were accepted,
decisions by when they were recorded, endings by the day they are of.
"""

import datetime as dt
from dataclasses import dataclass

from governance.models import Body, BodyLink, BodyPriority, Meeting, Membership
from reporting.snapshots import deciding, delivering, promising
from reporting.snapshots.asked import Asked, by
from reporting.snapshots.governed import BodyPart, Governance, LinkPart
from reporting.snapshots.promising import Promised


@dataclass(frozen=True)
class Read:
    """`is_sample` tells whether anything of it was invented."""

    governance: Governance
    promised: Promised
    is_sample: bool


def read(asked: Asked, since: dt.date) -> Read:
    """Decisions are those since the day `since`."""
    bodies = _bodies(asked)
    delivery = delivering.read(asked)
    decided = deciding.read(asked, since, delivery.plans)
    return Read(
        governance=Governance(
            judged_on=asked.judged_on,
            bodies=bodies,
            delivery=delivery.parts,
            decided_since=since,
            decisions=decided.decisions,
            undertakings=decided.undertakings,
            recommendations=decided.recommendations,
            risks=decided.risks,
            executive_meets_next_on=_next_meeting(asked),
        ),
        promised=promising.read(asked, delivery.parts),
        is_sample=delivery.is_sample or decided.is_sample,
    )


def _bodies(asked: Asked) -> tuple[BodyPart, ...]:
    """The structure on the day of the snapshot: chairs, what each serves, and the lines between them."""
    bodies = list(Body.objects.standing(asked.today).order_by("order", "name"))
    standing = {body.pk for body in bodies}
    chairs = by(Membership.objects.in_force(asked.today).chairing().order_by("role", "starts_on", "pk"), "body_id")
    serves = BodyPriority.objects.filter(priority__plan=asked.plan).select_related("priority")
    letters = by(serves.order_by("priority__letter"), "body_id")
    links = by(BodyLink.objects.select_related("to").order_by("kind", "to__order", "to__name"), "body_id")
    return tuple(
        BodyPart(
            slug=body.slug,
            code=body.code,
            name=body.name,
            short_name=body.short_name,
            kind=str(body.kind),
            kind_words=body.get_kind_display(),
            chairs=tuple(place.label for place in chairs[body.pk]),
            letters=tuple(one.priority.letter for one in letters[body.pk]),
            letters_are_sample=any(one.is_sample for one in letters[body.pk]),
            links=tuple(
                LinkPart(link.to.slug, str(link.kind), link.is_sample)
                for link in links[body.pk]
                if link.to_id in standing
            ),
        )
        for body in bodies
    )


def _next_meeting(asked: Asked) -> dt.date | None:
    """When the CSP Executive meets next after the moment of the snapshot."""
    ahead = Meeting.objects.standing().filter(body__kind=Body.Kind.EXECUTIVE, starts_at__gt=asked.as_at)
    first = ahead.order_by("starts_at").first()
    return first.day if first else None
