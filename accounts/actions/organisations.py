"""Organisations and what they are called, from when to when."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.text import slugify

from accounts import audit
from accounts.models import Organisation, OrganisationName, User
from lib.editing import write
from lib.govuk_tags import day_year

audit.kinds(
    {
        "organisation_created": "Organisation added",
        "organisation_changed": "Organisation changed",
        "organisation_renamed": "Organisation renamed",
    }
)


@transaction.atomic
def create_organisation(
    *,
    name: str,
    short_name: str = "",
    kind: str = Organisation.Kind.OTHER,
    slug: str = "",
    by: User | None,
) -> Organisation:
    """Add an organisation under its present name. `slug` names it in addresses for good; made from the name unless given."""
    name = _checked(name)
    slug = (slug or slugify(name))[:50].strip("-")
    if not slug:
        raise ValidationError({"name": "Enter a name with letters or numbers in it"})
    if slug == "add" or Organisation.objects.filter(slug=slug).exists():  # /organisations/add/ is the page to add one
        raise ValidationError({"name": "There is already an organisation with this name"})
    _refuse_taken(name)
    organisation = Organisation.objects.create(slug=slug, kind=kind)
    OrganisationName.objects.create(organisation=organisation, name=name, short_name=short_name.strip())
    audit.record("organisation_created", organisation, by=by, changes=audit.changes({}, _facts(organisation)))
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, name: str, short_name: str, kind: str, version: int, by: User | None
) -> Organisation:
    """Correct its kind or the spelling of its latest name, for all of the time it had that name."""
    name = _checked(name)
    _refuse_taken(name, but=organisation)
    before = _facts(organisation)
    latest = organisation.latest_name
    write(organisation, version=version, what=str(organisation), kind=kind)
    if latest is None:
        OrganisationName.objects.create(organisation=organisation, name=name, short_name=short_name.strip())
    else:
        OrganisationName.objects.filter(pk=latest.pk).update(name=name, short_name=short_name.strip())
    _read_names_again(organisation)
    audit.record("organisation_changed", organisation, by=by, changes=audit.changes(before, _facts(organisation)))
    return organisation


@transaction.atomic
def rename_organisation(
    organisation: Organisation, *, name: str, short_name: str, starts_on: dt.date, version: int, by: User | None
) -> Organisation:
    """Give it a new name from a day on; the name before ends the day before. Both stay, each for its own time."""
    name = _checked(name)
    _refuse_taken(name, but=organisation)
    latest = organisation.latest_name
    if latest and latest.starts_on and starts_on <= latest.starts_on:
        raise ValidationError(
            {"starts_on": f"The first day must be after {day_year(latest.starts_on)}, when its present name began"}
        )
    if latest and latest.name == name:
        raise ValidationError({"name": "This is its name already"})
    write(organisation, version=version, what=str(organisation))
    if latest:
        OrganisationName.objects.filter(pk=latest.pk).update(ends_on=starts_on - dt.timedelta(days=1))
    OrganisationName.objects.create(
        organisation=organisation, name=name, short_name=short_name.strip(), starts_on=starts_on
    )
    _read_names_again(organisation)
    change = audit.change("Name", latest, f"{name}, from {day_year(starts_on)}")
    audit.record("organisation_renamed", organisation, by=by, changes=[change])
    return organisation


def _checked(name: str) -> str:
    if not name.strip():
        raise ValidationError({"name": "Enter the organisation’s name"})
    return " ".join(name.split())


def _refuse_taken(name: str, but: Organisation | None = None) -> None:
    others = OrganisationName.objects.alias(lower=Lower("name")).filter(lower=name.lower())
    if but is not None:
        others = others.exclude(organisation=but)
    if others.exists():
        raise ValidationError({"name": "There is already an organisation with this name"})


def _read_names_again(organisation: Organisation) -> None:
    getattr(organisation, "_prefetched_objects_cache", {}).pop("names", None)


def _facts(organisation: Organisation) -> dict[str, object]:
    latest = organisation.latest_name
    return {
        "Name": latest.name if latest else "",
        "Short name": latest.short_name if latest else "",
        "Kind": organisation.get_kind_display(),
    }
