"""Who is in the partnership: the list, a person, inviting and changing them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import actions, audit, lost_edits, mailbox, outbox, people
from accounts.forms import InviteForm, PeopleFilter, PersonForm, RoleForm
from accounts.models import RoleGrant, User
from lib import throttle
from lib.editing import VersionForm

PER_PAGE = 50
BACK_OVERNIGHT = "If a place on a body brings it, it is back overnight; if it is wanted today, give it again below"
BACK_AT_SIGN_IN = "If their group at the council brings it, it is back at their next sign-in"
HISTORY = 20  # events on a person's page; the audit trail has them all


def user_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("accounts.view_people"):
        raise PermissionDenied
    form = PeopleFilter(request.GET if request.GET else None, user=request.user)
    shown = people.narrow(User.objects.visible_to(request.user), form, timezone.localdate())
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "may_change": request.user.has_perm("accounts.change_person"),
        "not_reached": outbox.not_reached(User.objects.visible_to(request.user)),
        "may_read_mail": mailbox.folder() is not None and request.user.has_perm("accounts.view_mail"),
    }
    return render(request, "accounts/user_list.html", context)


@throttle.by_person("invite", 20)
def user_invite(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("accounts.change_person"):
        raise PermissionDenied
    form = InviteForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.invite(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"An invitation is on its way to {person.email}")
            return redirect(person)
    return render(request, "accounts/user_invite.html", {"form": form})


def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    today = timezone.localdate()
    context = {
        "person": person,
        "rows": people.rows(person),
        "grants": people.grants(person, today),
        "history": audit.lines(audit.history(person).visible_to(request.user)[:HISTORY]),
        "may_list": request.user.has_perm("accounts.view_people"),
        "may_export": request.user.has_perm("accounts.export_held", person),
        "may_change": request.user.has_perm("accounts.change_person"),
        "may_close": request.user.has_perm("accounts.change_person") and person != request.user,
        "has_second_factor": people.has_second_factor(person),
        "may_unlink": people.may_unlink(person),
        "signed_in": people.is_signed_in(person),
    }
    return render(request, "accounts/user_detail.html", context)


def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk, "accounts.change_person")
    form = PersonForm(request.POST or None, user=request.user, initial=people.typed(person))
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_person(person, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, person)
        else:
            messages.success(request, f"Saved: {person.label}")
            return redirect(person)
    return render(request, "accounts/user_edit.html", {"person": person, "form": form, "changed": changed})


def user_roles(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk, "accounts.grant_role")
    today = timezone.localdate()
    form = RoleForm(request.POST or None, initial={"version": person.version, "starts_on": today})
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            grant = actions.grant_role(person, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, person)
        else:
            messages.success(request, f"{grant.get_role_display()}, {grant.period}: given to {person}")
            return redirect("accounts:user-roles", pk=person.pk)
    context = {"person": person, "form": form, "changed": changed, "grants": people.grants(person, today)}
    return render(request, "accounts/user_roles.html", context)


@require_POST
def grant_end(request: HttpRequest, pk: int, grant_pk: int) -> HttpResponse:
    person = _person(request, pk, "accounts.grant_role")
    grant = get_object_or_404(RoleGrant.objects.filter(user=person).select_related("user"), pk=grant_pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["version"][0])
        return redirect("accounts:user-roles", pk=person.pk)
    try:
        actions.end_role(grant, version=form.cleaned_data["version"], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        told = [f"Ended: {grant.get_role_display()} of {person}"]
        told += [BACK_OVERNIGHT] if grant.role in RoleGrant.OF_PLACES else []
        told += [BACK_AT_SIGN_IN] if grant.with_group else []
        messages.success(request, ". ".join(told))
    return redirect("accounts:user-roles", pk=person.pk)


@require_POST
@throttle.by_person("invite", 20)
def user_resend(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.resend_invitation, "A new invitation is on its way to {person.email}")


@require_POST
def user_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    done = "{person} can come back: an invitation is on its way. Now give them their roles"
    return _do(request, pk, actions.reactivate, done)


@require_POST
def user_reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    done = "{person} is signed out, and sets up a new second step at the next sign-in"
    return _do(request, pk, actions.reset_second_factor, done)


@require_POST
def user_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    done = "{person} is signed out; the next account of the council’s with their address is linked"
    return _do(request, pk, actions.unlink_account, done)


def _do(request: HttpRequest, pk: int, action: people.Act, done: str) -> HttpResponse:
    """One act on a person by one button: the refusal or the success is told on their page."""
    person = _person(request, pk, "accounts.change_person")
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["version"][0])
        return redirect(person)
    try:
        action(person, version=form.cleaned_data["version"], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done.format(person=person))
    return redirect(person)


def _person(request: HttpRequest, pk: int, permission: str = "accounts.view_person") -> User:
    """The person, 404 when out of sight; 403 without the permission."""
    people_in_sight = User.objects.visible_to(request.user).select_related("organisation")
    person = get_object_or_404(people_in_sight.prefetch_related("organisation__names"), pk=pk)
    if not request.user.has_perm(permission, person):
        raise PermissionDenied
    return person
