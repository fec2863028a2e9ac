"""The public register of what was issued: its permanent addresses, what its pages say, and what happened, for the feed."""

import datetime as dt

from django.db.models import QuerySet

from reporting.models import Pack
from reporting.register import addresses
from reporting.register.addresses import About, Number

LARGE = ("snapshot", "imprint", "stage_log", "made_with", "published_against")  # what pages of the register don't read
OWN = tuple(name for name in LARGE if name != "imprint")  # of the issue itself they do: what its erratum prints


def public(at: dt.datetime) -> QuerySet[Pack]:
    """What anybody may know of at that moment."""
    return Pack.objects.public(at)


def latest(at: dt.datetime) -> Pack | None:
    """The report that tells of the newest quarter, not withdrawn or removed; None before the first is published."""
    reports = public(at).filter(kind=Pack.Kind.PACK).exclude(standing=Pack.Standing.WITHDRAWN).filter(removal="")
    return reports.defer(*LARGE).order_by("-quarter", "-publish_at", "-pk").first()


def find(about: About, number: Number, at: dt.datetime) -> Pack | None:
    """The pack at a permanent address, for who hands out one of its files; None where the public knows of none at that moment."""
    return addresses.find(public(at).defer(*LARGE), about, number)
