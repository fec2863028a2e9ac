"""What the mails about packs say: written when they are sent, so that nobody is told of what is no longer so. They hold no figure."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Mail, RoleGrant
from governance import calendar_feed
from governance.models import Body, Meeting
from lib.written import clock, day, day_year
from reporting import pack_pages, snapshots
from reporting.clearing import approvers, telling
from reporting.models import Pack
from reporting.register import records

MOST_TOLD = 12  # sentences of what is missing; more are on the page


@outbox.stage(telling.DRAFT, "Draft of a pack")
def draft(mail: Mail) -> outbox.Letter | None:
    """That a draft is there, and what is missing in it. Nothing once a newer build is there."""
    pack = _pack(mail)
    if pack is None or not pack.is_ready or _built_since(pack):
        return None
    missing = pack_pages.gaps(snapshots.from_json(pack.snapshot))
    told = {"missing": missing[:MOST_TOLD], "more": max(len(missing) - MOST_TOLD, 0)}
    return outbox.Letter(f"Draft: {_brief(pack)}", "emails/pack_draft", _context(pack) | told)


@outbox.stage(telling.TO_APPROVE, "Pack to approve")
def to_approve(mail: Mail) -> outbox.Letter | None:
    """That a pack waits for the CSP Executive's word; only while it does, and to those who may give it."""
    pack = _pack(mail)
    if pack is None or pack.standing != Pack.Standing.BUILT:
        return None
    if not approvers.may_approve(pack, mail.to, timezone.localdate()):
        return None
    again = ", built again" if pack.build > 1 else ""
    return outbox.Letter(f"To approve{again}: {_edition(pack)}", "emails/pack_to_approve", _context(pack))


@outbox.stage(telling.ISSUED, "Pack issued")
def issued(mail: Mail) -> outbox.Letter | None:
    """That a pack is issued to the CSP Executive, with its meeting as a calendar entry. Nothing once it stands no longer."""
    pack = _pack(mail)
    if pack is None or pack.standing != Pack.Standing.ISSUED or not mail.to.has_role(RoleGrant.Role.EXECUTIVE):
        return None
    meeting = _meeting(pack)
    attached = ()
    if meeting:
        entry = calendar_feed.entry(meeting, timezone.now())
        attached = (outbox.Attached("csp-executive.ics", entry, "text/calendar"),)
    return outbox.Letter(
        f"Issued: {_brief(pack)}", "emails/pack_issued", _context(pack) | {"meeting": meeting}, attached
    )


@outbox.stage(telling.DISPATCHED, "Public report issued, under embargo")
def dispatched(mail: Mail) -> outbox.Letter | None:
    """To scrutiny's officer: the public edition is there, and from when everybody may read it."""
    pack = _pack(mail)
    officers = telling.scrutiny_officers(timezone.localdate())
    if pack is None or pack.standing != Pack.Standing.ISSUED or mail.to not in officers or pack.publish_at is None:
        return None
    is_embargoed, brief = not pack.is_published(timezone.now()), f"{records.title(pack)}, {pack.number}"
    told = {
        "brief": brief,
        "is_embargoed": is_embargoed,
        "published": f"{day(pack.publish_at)} at {clock(pack.publish_at)}",
        "link": settings.SITE_URL + reverse("reporting:committee"),
    }
    subject = f"{'Under embargo' if is_embargoed else 'Published'}: {brief}"
    return outbox.Letter(subject, "emails/pack_dispatched", _context(pack) | told)


def _pack(mail: Mail) -> Pack | None:
    return Pack.objects.filter(pk=mail.thing.rpartition(":")[2]).first()


def _built_since(pack: Pack) -> bool:
    return Pack.objects.of(pack.plan_id, pack.quarter, pack.kind, pack.edition).ready().filter(pk__gt=pack.pk).exists()


def _brief(pack: Pack) -> str:
    """ "Pack for 2017-18 Q4, issue 2"."""
    return f"{pack.title}, {pack.number}"


def _edition(pack: Pack) -> str:
    """ "Pack for 2017-18 Q4, public edition, issue 2": the chair gets two of a quarter."""
    return f"{pack.title}, {pack.get_edition_display().lower()} edition, {pack.number}"


def _context(pack: Pack) -> dict[str, Any]:
    return {
        "pack": pack,
        "brief": _brief(pack),
        "as_at": day_year(pack.as_at),
        "link": settings.SITE_URL + pack.get_absolute_url(),
    }


def _meeting(pack: Pack) -> Meeting | None:
    """Where the CSP Executive takes this quarter's figures, if it is still to come."""
    ahead = Meeting.objects.standing().filter(body__kind=Body.Kind.EXECUTIVE, quarter=pack.quarter)
    return ahead.filter(starts_at__gte=timezone.now()).select_related("body").first()
