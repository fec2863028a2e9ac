"""The sample people: one for each role, and who gives which indicator's figures and words."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import Organisation, RoleGrant, User
from indicators.models import Lead, Placement

DATA = Path(__file__).resolve().parent / "data"
# One password for all, printed by `manage.py sign_ins`. It opens sample data and nothing else.
PASSWORD = "sample-years-2017"
FIRST_DAY = dt.date(2016, 4, 1)
JOINED_AT = dt.datetime(2016, 4, 1, 8, 0, tzinfo=dt.UTC)


def read(name: str) -> Any:
    """The content of one of the sample's data files."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def load(placements: dict[str, Placement]) -> dict[str, User]:
    """Add the people with their roles and duties; `placements` by reference ("A1"). Returns them by email address."""
    organisations = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    entries = read("people.json")
    people = User.objects.bulk_create(
        User(
            email=entry["email"],
            name=entry["name"],
            post=entry["post"],
            organisation=organisations[entry["organisation"]],
            password=password,
            joined_at=JOINED_AT,
            is_sample=True,
        )
        for entry in entries
    )
    by_email = {person.email: person for person in people}
    RoleGrant.objects.bulk_create(
        RoleGrant(user=by_email[entry["email"]], role=role, starts_on=FIRST_DAY, granted_at=JOINED_AT)
        for entry in entries
        for role in entry["roles"]
    )
    duties = {"figures": Lead.Duty.DATA, "words": Lead.Duty.COMMENTARY}
    Lead.objects.bulk_create(
        Lead(indicator=placements[reference].indicator, duty=duty, user=by_email[entry["email"]], starts_on=FIRST_DAY)
        for entry in entries
        for key, duty in duties.items()
        for reference in entry.get(key, [])
    )
    return by_email
