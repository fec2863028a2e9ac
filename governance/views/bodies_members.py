"""People on a body: taking a place, putting it right, ending it, handing it over, acting for the chair, passing on what is open."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import audit, lost_edits
from accounts.models import Organisation, User
from governance import held
from governance.actions import delegations, members
from governance.forms.bodies_members import (
    DelegateForm,
    EndForm,
    HandOverForm,
    MemberAddForm,
    MemberForm,
    PassOnForm,
)
from governance.models import Body, Delegation, Membership
from governance.views.bodies import in_sight
from lib.written import day_year, in_words

CHANGE, DELEGATE = "governance.change_members", "governance.delegate_chair"


def membership_add(request: HttpRequest, slug: str) -> HttpResponse:
    body = in_sight(request, slug, CHANGE)
    form = MemberAddForm(request.POST or None, **_offered(request, body), initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            place = members.add(body, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            messages.success(request, f"Added: {place.label}, {place.get_role_display().lower()}")
            return redirect(body)
    return render(request, "governance/membership_add.html", {"body": body, "form": form})


def membership_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    place = _place(request, slug, pk, CHANGE)
    names = ("user", "name", "post", "organisation", "starts_on", "version")
    form = MemberForm(
        request.POST or None, **_offered(request, place.body), initial={name: getattr(place, name) for name in names}
    )

    def save(**said: Any) -> str:
        return f"Saved: {members.correct(place, **said).label}"

    return _act(request, place, form, save, "membership_edit")


def membership_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """With what would be left without anybody, before it is."""
    place = _place(request, slug, pk, CHANGE)
    today = timezone.localdate()
    things = members.left_open(place, place.ends_on or today)
    form = EndForm(
        request.POST or None,
        place=place,
        people=_people(request).exclude(pk=place.user_id or 0),
        has_open=place.user is not None and bool(held.open_of(place.user, place.body)),
        cancel_url=place.body.get_absolute_url(),
        today=today,
    )

    def save(**said: Any) -> str:
        ended = members.end(place, **said)
        return f"{ended.label}: the last day is {day_year(ended.ends_on)}"

    chairs = place.role in Membership.CHAIRING
    return _act(request, place, form, save, "membership_end", things=things, leaves_no_chair=chairs)


def membership_hand_over(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """With what moves to the successor, before it does."""
    place = _place(request, slug, pk, CHANGE)
    today = timezone.localdate()
    day = max(today, place.starts_on)
    form = HandOverForm(
        request.POST or None,
        **_offered(request, place.body),
        initial={"version": place.version, "ends_on": place.ends_on or day, "post": place.post},
    )

    def save(**said: Any) -> str:
        new = members.succeed(place, **said)
        return f"{new.label} follows on {day_year(new.starts_on)}"

    return _act(
        request, place, form, save, "membership_hand_over", things=members.left_open(place, place.ends_on or day)
    )


def delegation_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A chair, or the coordinator, lets the deputy act for the chair."""
    place = _place(request, slug, pk, DELEGATE)
    today = timezone.localdate()
    form = DelegateForm(request.POST or None, deputy=place, cancel_url=place.body.get_absolute_url(), today=today)

    def save(**said: Any) -> str:
        given = delegations.delegate(place, on=today, **said)
        return f"{place.name} acts for the chair from {day_year(given.starts_on)} to {day_year(given.ends_on)}"

    return _act(request, place, form, save, "delegation_add")


@require_POST
def delegation_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    body = in_sight(request, slug, DELEGATE)
    known = Delegation.objects.filter(deputy__body=body).select_related("deputy__user", "deputy__body")
    given = get_object_or_404(known, pk=pk)
    try:
        delegations.take_back(given, on=timezone.localdate(), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"Taken back: {given.deputy.name} no longer acts for the chair")
    return redirect(body)


def body_pass_on(request: HttpRequest, slug: str, person_pk: int) -> HttpResponse:
    """Everything open of this body that is in somebody's hands, also of somebody without a place on it."""
    body = in_sight(request, slug, CHANGE)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=person_pk)
    things = held.open_of(person, body)
    form = PassOnForm(
        request.POST or None, people=_people(request).exclude(pk=person.pk), cancel_url=body.get_absolute_url()
    )
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        try:
            moved = members.pass_on(person, to=to, body=body, by=request.user)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            count = f"{in_words(len(moved))} thing{'' if len(moved) == 1 else 's'}"
            messages.success(request, f"Passed on to {to.name}: {count}")
            return redirect(body)
    context = {"body": body, "person": person, "things": things, "form": form}
    return render(request, "governance/body_pass_on.html", context)


def _act(
    request: HttpRequest, place: Membership, form: forms.Form, save: Callable[..., str], template: str, **more: Any
) -> HttpResponse:
    """One change of a place: the refusal is told on the form, the success on the body's page."""
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            said = save(**form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            changed = lost_edits.refused(form, refusal, place)
        else:
            messages.success(request, said)
            return redirect(place.body)
    place.refresh_from_db()  # as it stands, not as it was asked for
    context = {"body": place.body, "place": place, "form": form, "changed": changed, **more}
    return render(request, f"governance/{template}.html", context)


def _place(request: HttpRequest, slug: str, pk: int, permission: str) -> Membership:
    body = in_sight(request, slug, permission)
    places = Membership.objects.visible_to(request.user).select_related("body", "user", "organisation")
    return get_object_or_404(places, body=body, pk=pk)


def _people(request: HttpRequest) -> Any:
    return User.objects.visible_to(request.user).active().order_by("name", "pk")


def _offered(request: HttpRequest, body: Body) -> dict[str, Any]:
    """The people and organisations to choose from, and the way back."""
    return {
        "people": _people(request),
        "organisations": Organisation.objects.visible_to(request.user).with_names(),
        "cancel_url": body.get_absolute_url(),
    }
