"""Bodies: set up, changed, and linked to each other and to the priorities they serve. A body that is over stays, with its last day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from accounts import audit
from accounts.models import User
from governance.actions.following import follow_all
from governance.models import (
    Body,
    BodyFunction,
    BodyLink,
    BodyPriority,
    Decision,
    DeliveryPlan,
    Membership,
    Recommendation,
    Risk,
)
from lib.editing import write
from lib.written import day_year, listed
from priorities.models import Priority

Kind = BodyLink.Kind
STEP = 10  # between the places of two bodies in the list

audit.kinds({"body_added": "Body added", "body_changed": "Body changed", "body_linked": "Links of a body changed"})


@dataclass(frozen=True)
class Facts:
    """What is known about a body: fields of the model under the same names, and `functions`, one text each in their order."""

    name: str
    short_name: str
    code: str
    kind: str
    also_called: str = ""
    note: str = ""
    terms_of_reference: str = ""
    functions: tuple[str, ...] = ()
    paper_days: int = 5
    risk_appetite: int = 9
    started_on: dt.date | None = None
    ended_on: dt.date | None = None

    def fields(self) -> dict[str, Any]:
        """As they are stored."""
        told = {name: value for name, value in asdict(self).items() if name != "functions"}
        one_line = {"name": " ".join(self.name.split()), "short_name": " ".join(self.short_name.split())}
        return told | one_line | {"code": self.code.strip().upper()}


@transaction.atomic
def add(facts: Facts, *, by: User | None) -> Body:
    """Set up a body, last in the list. Its address is made from its name and stays."""
    fields = facts.fields()
    _refuse(None, fields)
    last = Body.objects.aggregate(last=Max("order"))["last"] or 0
    try:
        with transaction.atomic():
            body = Body.objects.create(slug=_slug(fields["name"]), order=last + STEP, **fields)
    except IntegrityError:  # pressed twice, at the same moment
        _refuse(None, fields)
        raise
    _set_functions(body, facts.functions)
    audit.record("body_added", body, by=by, changes=audit.changes({}, _said(body)))
    return body


@transaction.atomic
def change(body: Body, *, facts: Facts, version: int, by: User | None) -> Body:
    """Change what is known about a body. Its code stays once it is on the record; it ends only when the places on it have."""
    Body.objects.select_for_update().get(pk=body.pk)  # places are taken under this lock
    fields = facts.fields()
    _refuse(body, fields)
    before, was = _said(body), body.kind
    write(body, version=version, **fields)
    _set_functions(body, facts.functions)
    audit.record("body_changed", body, by=by, changes=audit.changes(before, _said(body)))
    if body.kind != was:
        places = Membership.objects.filter(body=body, user__isnull=False).select_related("user")
        follow_all([place.user for place in places], by=by)
    return body


@transaction.atomic
def set_links(
    body: Body,
    *,
    parent: Body | None,
    accountable: Iterable[Body],
    works_with: Iterable[Body],
    serves: Iterable[Priority],
    version: int,
    by: User | None,
) -> Body:
    """Where a body stands, to whom it answers, with whom it works, and which priorities it serves. A link that stays keeps its source.

    All bodies are locked meanwhile: a circle is made of several rows.
    """
    list(Body.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    wanted = {(Kind.PARENT.value, parent.pk): parent} if parent else {}
    wanted |= {(Kind.ACCOUNTABLE.value, other.pk): other for other in accountable}
    wanted |= {(Kind.WORKS_WITH.value, other.pk): other for other in works_with}
    if any(other.pk == body.pk for other in wanted.values()):
        raise ValidationError("A body can’t be linked to itself. Choose others")
    if parent:
        _refuse_circle(body, parent)
    before = _stands(body)
    write(body, version=version)
    _write_links(body, wanted)
    _write_serves(body, list(serves))
    changes = audit.changes(before, _stands(body))
    audit.record("body_linked", body, by=by, changes=changes)
    return body


def _write_links(body: Body, wanted: dict[tuple[str, int], Body]) -> None:
    """Works with is one link, whichever of the two it was entered at."""
    known = set()
    for link in BodyLink.objects.filter(body=body):
        if (link.kind, link.to_id) in wanted:
            known.add((link.kind, link.to_id))
        else:
            link.delete()
    for link in BodyLink.objects.filter(to=body, kind=Kind.WORKS_WITH):
        if (link.kind, link.body_id) in wanted:
            known.add((link.kind, link.body_id))
        else:
            link.delete()
    BodyLink.objects.bulk_create(
        BodyLink(body=body, to=other, kind=kind) for (kind, pk), other in wanted.items() if (kind, pk) not in known
    )


def _write_serves(body: Body, serves: Sequence[Priority]) -> None:
    gone = BodyPriority.objects.filter(body=body).exclude(priority__in=serves)
    gone.delete()
    known = set(BodyPriority.objects.filter(body=body).values_list("priority", flat=True))
    BodyPriority.objects.bulk_create(
        BodyPriority(body=body, priority=priority) for priority in serves if priority.pk not in known
    )


def _refuse_circle(body: Body, parent: Body) -> None:
    """Up from the new parent: the body itself must not be met."""
    above = {link.body_id: link.to for link in BodyLink.objects.filter(kind=Kind.PARENT).select_related("to")}
    way, at = [parent], parent
    while (at := above.get(at.pk)) and at not in way:  # type: ignore[assignment]
        if at.pk == body.pk:
            through = f", through {listed([str(one) for one in way[1:]])}" if len(way) > 1 else ""
            raise ValidationError(
                {
                    "parent": f"{parent} stands under {body} already{through}. Choose a body that doesn’t, or change that link first"
                }
            )
        way.append(at)


def _stands(body: Body) -> dict[str, object]:
    links = list(BodyLink.objects.filter(body=body).select_related("to").order_by("to__order", "to__name"))
    turned = BodyLink.objects.filter(to=body, kind=Kind.WORKS_WITH).select_related("body")
    working = [link.to.name for link in links if link.kind == Kind.WORKS_WITH] + [link.body.name for link in turned]
    served = BodyPriority.objects.filter(body=body).select_related("priority__plan").order_by("priority")
    return {
        "Stands under": listed([link.to.name for link in links if link.kind == Kind.PARENT]),
        "Answers to": listed([link.to.name for link in links if link.kind == Kind.ACCOUNTABLE]),
        "Works with": listed(sorted(working)),
        "Serves": listed([f"{one.priority.letter} ({one.priority.plan.slug})" for one in served]),
    }


def _refuse(body: Body | None, fields: dict[str, Any]) -> None:
    errors = {
        field: sentence
        for field, sentence in (
            ("name", "Enter its name"),
            ("short_name", "Enter a short name"),
            ("code", "Enter a code"),
        )
        if not fields[field]
    }
    others = Body.objects.exclude(pk=body.pk) if body else Body.objects.all()
    if not errors:
        if taken := others.filter(name__iexact=fields["name"]).first():
            errors["name"] = f"There is a body of this name already: {taken}"
        if taken := others.filter(code__iexact=fields["code"]).first():
            errors["code"] = f"{taken} has this code already. Choose another"
    if fields["kind"] not in Body.Kind.values:
        errors["kind"] = "Choose a kind from the list"
    if fields["started_on"] and fields["ended_on"] and fields["ended_on"] < fields["started_on"]:
        errors["ended_on"] = "The last day must be on or after the first day"
    if not 1 <= fields["risk_appetite"] <= 25:
        errors["risk_appetite"] = "The score must be from 1 to 25"
    if body:
        errors |= _refused_of(body, fields)
    if errors:
        raise ValidationError(errors)


def _refused_of(body: Body, fields: dict[str, Any]) -> dict[str, str]:
    errors = {}
    if fields["code"] != body.code and _is_on_the_record(body):
        errors["code"] = (
            f"Actions, decisions or risks stand on the record as {body.code} and a number, so its code stays"
        )
    if fields["ended_on"] and fields["ended_on"] != body.ended_on:
        beyond = Membership.objects.filter(body=body).exclude(ends_on__lte=fields["ended_on"])
        if count := beyond.count():
            places = "one place on it goes" if count == 1 else f"{count} places on it go"
            errors["ended_on"] = (
                f"{places[:1].upper()}{places[1:]} beyond {day_year(fields['ended_on'])}. End them first"
            )
    return errors


def _is_on_the_record(body: Body) -> bool:
    return (
        DeliveryPlan.objects.filter(body=body).exists()
        or Decision.objects.filter(body=body).exists()
        or Risk.objects.filter(body=body).exists()
        or Recommendation.objects.filter(committee=body).exists()
    )


def _slug(name: str) -> str:
    """The name as an address; with a number where it is taken."""
    stem = slugify(name)[:50]
    stem = f"body-{stem}".rstrip("-") if stem in ("", "add") else stem  # "/bodies/add/" is a page of its own
    taken = set(Body.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbers = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbers if slug not in taken)


def _set_functions(body: Body, functions: Sequence[str]) -> None:
    """One line each, in their order; written anew only where they changed."""
    texts = [text.strip() for text in functions if text.strip()]
    if texts == list(BodyFunction.objects.filter(body=body).order_by("order").values_list("text", flat=True)):
        return
    BodyFunction.objects.filter(body=body).delete()
    BodyFunction.objects.bulk_create(
        BodyFunction(body=body, order=number, text=text) for number, text in enumerate(texts, start=1)
    )


def _said(body: Body) -> dict[str, object]:
    functions = BodyFunction.objects.filter(body=body).order_by("order").values_list("text", flat=True)
    return {
        "Name": body.name,
        "Short name": body.short_name,
        "Code": body.code,
        "Kind": body.get_kind_display(),
        "Also called": body.also_called,
        "Note": body.note,
        "Terms of reference": body.terms_of_reference,
        "Functions": "; ".join(functions),
        "Clear working days for papers": body.paper_days,
        "Risks are reported over a score of": body.risk_appetite,
        "First day": day_year(body.started_on),
        "Last day": day_year(body.ended_on),
    }
