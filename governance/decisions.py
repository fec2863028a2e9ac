"""What others and pages ask of decisions and of what arose from meetings."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from governance.models import AgendaItem, Body, Decision, Interest, Undertaking


def of_body(body: Body, since: dt.date, until: dt.date) -> QuerySet[Decision]:
    """What the body decided from one day to another, both included, latest first, with what a line about it needs. One query."""
    found = Decision.objects.filter(body=body, decided_on__gte=since, decided_on__lte=until)
    return with_people(found).order_by("-decided_on", "-number")


def with_people(found: QuerySet[Decision]) -> QuerySet[Decision]:
    """With its body, owner, meeting, and the one that replaced it."""
    return found.select_related("body", "owner", "meeting", "replaced_by__body")


def in_line(undertakings: Iterable[Undertaking], person_id: int) -> list[Undertaking]:
    """What is open, as the list shows it: one's own first, then by the day it is due."""
    return sorted(undertakings, key=lambda one: (one.owner_id != person_id, one.due_on, one.pk))


def took_no_part(decisions: Iterable[Decision]) -> list[str]:
    """Warnings: who declared an interest, took no part, and is to see to what was decided under that item. One query."""
    found = list(decisions)
    items = [one.item_id for one in found if one.item_id and (one.owner_id or one.owner_post)]
    meetings = [one.meeting_id for one in found if one.meeting_id]
    if not items and not meetings:
        return []
    about = Q(item__in=items) | Q(item__isnull=True, meeting__in=meetings)
    interests = list(Interest.objects.filter(about, took_no_part=True).order_by("pk"))
    return [
        f"{interest.name} declared an interest and took no part, but is to see to {one.reference}. Ask the chair whether somebody else should."
        for one in found
        for interest in interests
        if one.owner is not None
        and interest.name == one.owner.name
        and (interest.item_id == one.item_id or (interest.item_id is None and interest.meeting_id == one.meeting_id))
    ]


def took_no_part_in(item: AgendaItem | None) -> frozenset[str]:
    """Names of those who declared an interest in an item and took no part. One query, none without an item."""
    if item is None:
        return frozenset()
    interests = Interest.objects.filter(meeting=item.meeting_id, took_no_part=True)
    return frozenset(interests.filter(Q(item=item) | Q(item__isnull=True)).values_list("name", flat=True))
