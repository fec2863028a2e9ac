"""Organisations and their names over time."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts import actions, audit, lost_edits
from accounts.forms import OrganisationAddForm, OrganisationForm, RenameForm
from accounts.models import Organisation


def organisation_list(request: HttpRequest) -> HttpResponse:
    _allow(request)
    organisations = Organisation.objects.visible_to(request.user).with_names().with_people()
    by_name = sorted(organisations, key=lambda organisation: str(organisation).lower())
    return render(request, "accounts/organisation_list.html", {"organisations": by_name})


def organisation_add(request: HttpRequest) -> HttpResponse:
    _allow(request)
    form = OrganisationAddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = actions.create_organisation(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Added: {organisation}")
            return redirect("accounts:organisation-list")
    return render(request, "accounts/organisation_add.html", {"form": form})


def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = _organisation(request, slug)
    latest = organisation.latest_name
    initial = {
        "name": str(organisation),
        "short_name": latest.short_name if latest else "",
        "kind": organisation.kind,
        "version": organisation.version,
    }
    form = OrganisationForm(request.POST or None, initial=initial)
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_organisation(organisation, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, organisation)
        else:
            messages.success(request, f"Saved: {organisation}")
            return redirect("accounts:organisation-list")
    context = {"organisation": organisation, "form": form, "changed": changed, "names": organisation.names.all()}
    return render(request, "accounts/organisation_edit.html", context)


def organisation_rename(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = _organisation(request, slug)
    form = RenameForm(request.POST or None, initial={"version": organisation.version})
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_organisation(organisation, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, organisation)
        else:
            messages.success(request, f"Its new name is {organisation}")
            return redirect(organisation)
    context = {"organisation": organisation, "form": form, "changed": changed}
    return render(request, "accounts/organisation_rename.html", context)


def _allow(request: HttpRequest) -> None:
    if not request.user.has_perm("accounts.change_organisation"):
        raise PermissionDenied


def _organisation(request: HttpRequest, slug: str) -> Organisation:
    in_sight = Organisation.objects.visible_to(request.user).with_names()
    organisation = get_object_or_404(in_sight, slug=slug)
    _allow(request)
    return organisation
