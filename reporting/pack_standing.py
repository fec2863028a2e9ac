"""Where a pack has come to, in words: the first sentence of its page, and the facts about it."""

import datetime as dt

from accounts.models import User
from lib.govuk import Row
from lib.numerals import listed
from lib.written import clock, day_year, moment
from reporting import clearing
from reporting.clearing import approvers
from reporting.clearing.approvers import Speaker
from reporting.models import Pack, PackApproval

Standing = Pack.Standing


def sentence(pack: Pack, reader: User, speakers: list[Speaker], now: dt.datetime) -> str:
    """What a reader wants to know first: whether this is the one that counts, and whose turn it is."""
    if pack.standing == Standing.DRAFT:
        return "A draft, to be looked at. It is never approved or issued."
    if pack.standing == Standing.BUILT:
        return _ready(pack, reader, speakers)
    if pack.standing == Standing.APPROVED:
        return f"{_approved(clearing.approval(pack))} It is not issued yet."
    if pack.standing == Standing.ISSUED:
        return f"Issued on {day_year(pack.issued_at)}. {_publication(pack, now)}".strip()
    if pack.standing == Standing.SUPERSEDED:
        return f"Superseded on {day_year(pack.superseded_at)}. It stays as it was issued."
    if pack.standing == Standing.WITHDRAWN:
        return f"Withdrawn on {day_year(pack.withdrawn_at)}: {_ended(pack.withdrawn_because)}"
    return _set_aside(pack)


def _ready(pack: Pack, reader: User, speakers: list[Speaker]) -> str:
    free = approvers.free(pack, speakers)
    if any(one.user_id == reader.pk for one in free):
        return "Ready to approve. It waits for your word."
    if any(one.user_id == reader.pk for one in speakers):
        ask = " or ".join(one.name for one in free) or "a co-chair or deputy"
        return f"Ready to approve, by somebody else: you asked for this build. Ask {ask}."
    if not free:
        return "Ready to approve. Nobody who may approve it has an account here: record what the CSP Executive’s chair says."
    names = listed(one.name for one in free).replace(" and ", " or ")
    return f"Ready to approve. {names} may approve it."


def _approved(word: PackApproval | None) -> str:
    return f"Approved by {word.given_by} on {day_year(word.given_on)}." if word else "Approved."


def _publication(pack: Pack, now: dt.datetime) -> str:
    if not pack.is_public or pack.publish_at is None:
        return ""
    if pack.publish_at <= now:
        return f"Published on {day_year(pack.publish_at)} at {clock(pack.publish_at)}."
    return (
        f"It is published on {day_year(pack.publish_at)} at {clock(pack.publish_at)}; "
        "until then only scrutiny’s officer reads it, under embargo."
    )


def _set_aside(pack: Pack) -> str:
    word = pack.approvals.filter(verdict=PackApproval.Verdict.REFUSED).last()
    if word is None:
        return "Set aside: it was built again before it was issued."
    return f"Set aside: {word.given_by} did not approve it on {day_year(word.given_on)}, “{word.said}”."


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def facts(pack: Pack, now: dt.datetime) -> list[Row]:
    """Dates and people, in the order in which they came."""
    took = f", in {pack.seconds or 1} second{'' if (pack.seconds or 1) == 1 else 's'}"
    asked = f", asked for by {pack.requested_by.name}" if pack.requested_by else ""
    rows = [
        Row("Number" if pack.kind == Pack.Kind.ADDENDUM else "Issue", _number(pack)),
        *_founded_on(pack),
        Row("Built", f"{moment(pack.ended_at)}{took}{asked}"),
    ]
    rows += [Row(word.get_verdict_display(), _word(word)) for word in pack.approvals.select_related("meeting__body")]
    if pack.issued_at:
        by = f", by {pack.issued_by.name}" if pack.issued_by else ""
        rows.append(Row("Issued", f"{moment(pack.issued_at)}{by}"))
    if pack.publish_at and pack.is_issued and pack.publish_at <= now:
        rows.append(Row("Published", moment(pack.publish_at)))
    elif pack.publish_at:
        rows.append(Row("To be published", moment(pack.publish_at)))
    if pack.superseded_at:
        rows.append(Row("Superseded", moment(pack.superseded_at)))
    if pack.withdrawn_at and pack.withdrawn_by:
        rows.append(Row("Withdrawn", f"{moment(pack.withdrawn_at)}, by {pack.withdrawn_by.name}"))
    return [*rows, Row("Figures as at", moment(pack.as_at))]


def _number(pack: Pack) -> str:
    """ "1"; "1, build 2" where it was built more than once; "Draft 2 of issue 1"."""
    if pack.is_draft:
        return pack.number.capitalize()
    return f"{pack.issue}" if pack.build == 1 else f"{pack.issue}, build {pack.build}"


def _founded_on(pack: Pack) -> list[Row]:
    rows = []
    if pack.made_from:
        rows.append(
            Row(
                "Made from",
                f"Executive edition, {pack.made_from.number}",
                pack.made_from.get_absolute_url(),
                "Open",
                " it",
            )
        )
    if pack.adds_to:
        rows.append(Row("Adds to", pack.adds_to.number.capitalize(), pack.adds_to.get_absolute_url(), "Open", " it"))
    if pack.supersedes:
        told = [pack.supersedes.number.capitalize(), f"What was wrong: {pack.erratum}"]
        rows.append(Row("Takes the place of", told, pack.supersedes.get_absolute_url(), "Open", " it"))
    return rows


def _word(word: PackApproval) -> list[str]:
    post = f", {word.post}" if word.post else ""
    if word.route == PackApproval.Route.HERE:
        how = "given here"
    elif word.route == PackApproval.Route.MAIL:
        how = f"by mail, {word.evidence}"
    else:
        how = ", ".join(filter(None, ("in a meeting", word.evidence)))
    lines = [f"{day_year(word.given_on)}, by {word.given_by}{post}; {how}"]
    if word.route != PackApproval.Route.HERE:
        lines.append(f"Recorded by {word.recorded_by.name} on {day_year(word.recorded_at)}")
    return [*lines, *([f"“{word.said}”"] if word.said else [])]
