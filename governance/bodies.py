"""What pages and packs show of the bodies: how they stand to each other on a day, and one of them with its people."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from accounts.models import User
from governance import sheet_link, structure
from governance.held import url_of
from governance.models import (
    Body,
    BodyLink,
    BodyPriority,
    Delegation,
    DeliveryPlan,
    Meeting,
    Membership,
    Recommendation,
    Risk,
)
from governance.structure import Diagram, Link, Node
from lib.govuk import Row
from lib.written import capitalised, day_year, in_words, listed, moment

PAGE_WIDTH = 1100  # of the drawing, in pixels
MEETINGS = 3  # of those to come
Role = Membership.Role
ROLES = [role.value for role in Role]  # in the order in which they are listed
NO_CHAIR, VACANT = "No chair", "Chair: vacant"
# Of these somebody is expected to be named as chair.
CHAIRED = (Body.Kind.EXECUTIVE, Body.Kind.PARTNERSHIP, Body.Kind.SUBGROUP)


def stands(on: dt.date) -> tuple[list[Node], list[Link]]:
    """The bodies of that day and their links, for `structure.diagram`. Four queries, however many there are."""
    bodies = list(Body.objects.standing(on))
    chairs: dict[int, list[Membership]] = defaultdict(list)
    for place in Membership.objects.in_force(on).chairing().order_by("starts_on", "pk"):
        chairs[place.body_id].append(place)
    served: dict[int, list[BodyPriority]] = defaultdict(list)
    for one in BodyPriority.objects.select_related("priority").order_by("priority__letter"):
        served[one.body_id].append(one)
    nodes = [
        Node(
            slug=body.slug,
            name=body.name,
            short_name=body.short_name,
            kind=body.get_kind_display(),
            chair=chair_words(chairs[body.pk]) or (NO_CHAIR if body.kind in CHAIRED else ""),
            letters=tuple(dict.fromkeys(one.priority.letter for one in served[body.pk])),
            url=body.get_absolute_url(),
            is_sample=any(one.is_sample for one in served[body.pk]),
        )
        for body in bodies
    ]
    links = BodyLink.objects.select_related("body", "to").order_by("to__order", "to__name")
    return nodes, [Link(link.body.slug, link.to.slug, link.kind, link.is_sample) for link in links]


def drawing(on: dt.date, width: int = PAGE_WIDTH) -> Diagram:
    return structure.diagram(*stands(on), width)


def lede(drawn: Diagram) -> str:
    """ "28 bodies. All four subgroups have a chair."; "28 bodies. Prevent Board has no chair."; "There are no bodies yet." """
    nodes = [entry.node for entry in structure.entries(drawn.outline)]
    if not nodes:
        return "There are no bodies yet."
    count = f"{capitalised(in_words(len(nodes)))} bod{'y' if len(nodes) == 1 else 'ies'}."
    lacking = [node.name for node in nodes if node.chair in (NO_CHAIR, VACANT)]
    if lacking:
        return f"{count} {listed(lacking)} {'has' if len(lacking) == 1 else 'have'} no chair."
    subgroups = [node for node in nodes if node.kind == Body.Kind.SUBGROUP.label]
    told = {0: "", 1: " The one subgroup has a chair.", 2: " Both subgroups have a chair."}
    return count + told.get(len(subgroups), f" All {in_words(len(subgroups))} subgroups have a chair.")


def chair_words(chairs: Iterable[Membership]) -> str:
    """ "Chair: Priya Nair", "Co-chairs: Jo Mercer and Victoria Crane", "Chair: vacant"; empty for none."""
    chairs = list(chairs)
    if not chairs:
        return ""
    names = listed([place.name or "vacant" for place in chairs])
    return f"{chairs[0].get_role_display()}{'' if len(chairs) == 1 else 's'}: {names}"


@dataclass(frozen=True)
class Seat:
    """Somebody's place, or a vacant post, as the page shows it. `acts` says until when a deputy acts for the chair."""

    place: Membership
    acting: Delegation | None = None
    to_come: tuple[Delegation, ...] = ()
    may_act: bool = False  # a deputy for whom that can be said


@dataclass(frozen=True)
class Page:
    """One body with its people, on a day."""

    body: Body
    lede: str
    seats: list[Seat]
    former: list[Membership]
    facts: list[Row]
    functions: list[str]
    work: list[Row]


def page(body: Body, user: User, on: dt.date) -> Page:
    places = list(Membership.objects.filter(body=body).select_related("user").prefetch_related("organisation__names"))
    now = sorted(
        (place for place in places if place.ends_on is None or place.ends_on >= on),
        key=lambda place: (ROLES.index(place.role), place.starts_on, place.pk),
    )
    former = [place for place in places if place not in now]
    given: dict[int, list[Delegation]] = defaultdict(list)
    for one in Delegation.objects.not_over(on).filter(deputy__in=now).order_by("starts_on"):
        given[one.deputy_id].append(one)
    chairs = [place for place in now if place.role in Membership.CHAIRING and place.starts_on <= on]
    return Page(
        body=body,
        lede=_lede(body, chairs, on),
        seats=[_seat(place, given[place.pk], on) for place in now],
        former=sorted(former, key=lambda place: (place.ends_on or on, place.pk), reverse=True),
        facts=_facts(body, on),
        functions=[function.text for function in body.functions.all()],
        work=_work(body, user, on),
    )


def _seat(place: Membership, given: list[Delegation], on: dt.date) -> Seat:
    acting = next((one for one in given if one.starts_on <= on), None)
    later = tuple(one for one in given if one.starts_on > on)
    return Seat(place, acting, later, may_act=place.role == Role.DEPUTY and place.user is not None)


def _lede(body: Body, chairs: list[Membership], on: dt.date) -> str:
    """ "Subgroup. Chair: Priya Nair." and, once it is over, since when."""
    words = f"{body.get_kind_display()}." if body.get_kind_display() != body.name else ""
    if body.ended_on and body.ended_on < on:
        return f"{words} It ended on {day_year(body.ended_on)}.".strip()
    chaired = chair_words(chairs) or (f"{NO_CHAIR} yet" if body.kind in CHAIRED else "")
    return f"{words} {chaired}.".strip() if chaired else words


def _facts(body: Body, on: dt.date) -> list[Row]:
    """Where it stands, in words; what nobody has said is left out."""
    links = list(BodyLink.objects.filter(body=body).select_related("to").order_by("to__order", "to__name"))
    turned = list(BodyLink.objects.filter(to=body).select_related("body").order_by("body__order", "body__name"))
    kind = BodyLink.Kind
    working = [_said(one.to.name, one) for one in links if one.kind == kind.WORKS_WITH]
    working += [_said(one.body.name, one) for one in turned if one.kind == kind.WORKS_WITH]
    serves = BodyPriority.objects.filter(body=body).select_related("priority").order_by("priority__letter")
    rows = [
        ("Stands under", [_said(one.to.name, one) for one in links if one.kind == kind.PARENT]),
        ("Below it", [_said(one.body.name, one) for one in turned if one.kind == kind.PARENT]),
        ("Answers to", [_said(one.to.name, one) for one in links if one.kind == kind.ACCOUNTABLE]),
        ("Answer to it", [_said(one.body.name, one) for one in turned if one.kind == kind.ACCOUNTABLE]),
        ("Works with", working),
        (
            "Serves",
            [
                f"Priority {one.priority.letter}: {one.priority.short_title}{' (sample)' if one.is_sample else ''}"
                for one in serves
            ],
        ),
        ("Also called", body.also_called),
        ("Named in", body.source),
        ("First day", day_year(body.started_on)),
        ("Last day", day_year(body.ended_on)),
        ("Papers due", f"{body.paper_days} clear working day{'' if body.paper_days == 1 else 's'} before a meeting"),
        ("Risks reported", f"Over a score of {body.risk_appetite}"),
    ]
    return [Row(key, value) for key, value in rows if value]


def _said(name: str, link: BodyLink) -> str:
    return f"{name} (sample link)" if link.is_sample else name


def _work(body: Body, user: User, on: dt.date) -> list[Row]:
    """Its delivery plans, next meetings, risks and requests, as far as they are in sight; each leads to its page where there is one."""
    rows = []
    for plan in DeliveryPlan.objects.visible_to(user).filter(body=body).select_related("body").order_by("-year"):
        rows.append(
            Row(f"Delivery plan {plan.year}", plan.get_state_display(), url_of(plan), "Open", f" it, {plan.year}")
        )
    if sheet := sheet_link.of(body, user, on):
        rows.append(Row("Sheet for its meeting", str(sheet.quarter), sheet.url, "Open", f" it, {sheet.quarter}"))
    coming = Meeting.objects.visible_to(user).standing().from_day(on).filter(body=body).order_by("starts_at")
    for meeting in coming[:MEETINGS]:
        rows.append(
            Row("Meeting", moment(meeting.starts_at), url_of(meeting), "Open", f" the meeting of {meeting.day}")
        )
    if user.has_perm("governance.view_risks") and (count := _risks(body, user)):
        words = f"{capitalised(in_words(count))} open"
        rows.append(Row("Risks", words, _list("governance:risk-list"), "Open", " the register"))
    if body.kind == Body.Kind.SCRUTINY and user.has_perm("governance.view_scrutiny"):
        asked = Recommendation.objects.visible_to(user).filter(committee=body)
        words = f"{asked.count()}, {in_words(asked.unanswered().count())} not answered yet"
        rows.append(Row("What it asked", words, _list("governance:recommendation-list"), "Open", " what it asked"))
    return rows


def _risks(body: Body, user: User) -> int:
    return Risk.objects.visible_to(user).open().filter(body=body).count()


def _list(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
