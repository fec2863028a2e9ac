"""Streams of money: entered and changed with their years. Under the stream's lock, so that its parts never come to more than it does."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts import audit
from accounts.models import User
from governance.funding import amounts, limits, sums
from governance.models import Allocation, FundingStream, Project
from lib.editing import Stale, write
from lib.quarters import Year
from lib.written import day_year, pounds

THIS = "This stream"
TAKEN = "Another stream has this name. Give it a name that tells them apart"
MOST_YEARS = 20  # of a stream: a day that is further off was mistyped
LONGEST = {"name": 120, "funder": 120, "programme": 120, "team": 120, "terms": 2000, "note": 5000}
Held = dict[tuple[Year, str], Allocation]

audit.kinds({"funding_stream_added": "Stream entered", "funding_stream_changed": "Stream changed"})


@dataclass(frozen=True)
class Content:
    """What people say of a stream. `amount` is None where it is not known, or where its years are all there is."""

    name: str
    funder: str
    programme: str = ""
    terms: str = ""
    amount: Decimal | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class OfYear:
    """What is there for one year: of the whole stream, or of the part that `team` has. None: not known (any more)."""

    year: Year
    amount: Decimal | None
    team: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[Year, str]:
        return self.year, " ".join(self.team.split())


@transaction.atomic
def add(*, content: Content, years: Sequence[OfYear] = (), by: User) -> FundingStream:
    """Enter a stream. Its address is made from its name and stays."""
    errors = _years_fault(content, years, {}) | _name_fault(content.name, None) | _faults(content)
    if errors:
        raise ValidationError(errors)
    stream = _create(content)
    _write_years(stream, years, {})
    _refuse_excess(stream)
    audit.record("funding_stream_added", stream, by=by, changes=audit.changes({}, _facts(stream)))
    return stream


@transaction.atomic
def edit(
    stream: FundingStream, *, content: Content, years: Sequence[OfYear] = (), version: int, by: User
) -> FundingStream:
    """Say `content` of it, and `years` of those years; what is not among them stays as it is. Returns the stream as it is then.

    Saying what is said already leaves no trace.
    """
    held = limits.hold(stream)
    if held.version != version:
        raise Stale(THIS)
    rows = _rows(held)
    errors = _years_fault(content, years, rows) | _name_fault(content.name, held) | _faults(content)
    if errors:
        raise ValidationError(errors)
    columns = _columns(content)
    if all(getattr(held, name) == value for name, value in columns.items()) and not _differ(years, rows):
        return held
    before = _facts(held)
    try:
        with transaction.atomic():
            write(held, version=version, what=THIS, **columns)
    except IntegrityError:  # another stream was given this name at the same moment
        raise ValidationError({"name": TAKEN}) from None
    _write_years(held, years, rows)
    _refuse_excess(held)
    after = _facts(held)
    changes = audit.changes(before, dict.fromkeys(before) | after)
    audit.record("funding_stream_changed", held, by=by, changes=changes)
    return held


def _create(content: Content) -> FundingStream:
    try:
        with transaction.atomic():
            return FundingStream.objects.create(slug=_slug(content.name), **_columns(content))
    except IntegrityError:  # pressed twice, or a name that makes the same address, at the same moment
        if errors := _name_fault(content.name, None):
            raise ValidationError(errors) from None
        return FundingStream.objects.create(slug=_slug(content.name), **_columns(content))


def _slug(name: str) -> str:
    """The name as an address; with a number where it is taken."""
    stem = slugify(name)[:55].strip("-")
    stem = f"stream-{stem}"[:55].rstrip("-") if stem in ("", "add") else stem  # "/streams/add/" is a page of its own
    taken = set(FundingStream.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbers = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbers if slug not in taken)


def _columns(content: Content) -> dict[str, object]:
    lines = {name: " ".join(getattr(content, name).split()) for name in ("name", "funder", "programme")}
    texts = {name: _text(getattr(content, name)) for name in ("terms", "note")}
    return lines | texts | {name: getattr(content, name) for name in ("amount", "starts_on", "ends_on")}


def _text(typed: str) -> str:
    return typed.replace("\r\n", "\n").strip()


def _rows(stream: FundingStream) -> Held:
    return {(row.year, row.team): row for row in Allocation.objects.filter(stream=stream)}


def _differ(years: Sequence[OfYear], rows: Held) -> bool:
    return any(_said(row) != _held(rows.get(row.key)) for row in years)


def _said(row: OfYear) -> tuple[Decimal, str] | None:
    return None if row.amount is None else (row.amount, _text(row.note))


def _held(row: Allocation | None) -> tuple[Decimal, str] | None:
    return None if row is None else (row.amount, row.note)


def _write_years(stream: FundingStream, years: Sequence[OfYear], rows: Held) -> None:
    for said in years:
        row = rows.get(said.key)
        if _said(said) == _held(row):
            continue
        if said.amount is None:
            Allocation.objects.filter(stream=stream, year=said.year, team=said.key[1]).delete()
        else:
            values = {"amount": said.amount, "note": _text(said.note)}
            Allocation.objects.update_or_create(stream=stream, year=said.year, team=said.key[1], defaults=values)


def _refuse_excess(stream: FundingStream) -> None:
    """At the box that the sentence is about: the amount of the stream, a day of it, or its years."""
    try:
        limits.refuse_excess(stream)
    except ValidationError as refusal:
        box = getattr(refusal, "code", None) or "years"
        if box == "amount" and not _is_less_than_its_projects(stream):
            box = "years"  # what its years come to, or what a team has
        raise ValidationError({box: refusal.messages}) from None


def _is_less_than_its_projects(stream: FundingStream) -> bool:
    given = sums.add(Project.objects.filter(stream=stream).values_list("amount", flat=True)).known
    return stream.amount is not None and given > stream.amount


def _facts(stream: FundingStream) -> dict[str, object]:
    """What is said of it in the words of its page, its years read afresh."""
    told: dict[str, object] = {
        "Name": stream.name,
        "Funder": stream.funder,
        "Programme": stream.programme,
        "Terms": stream.terms,
        "Amount": pounds(stream.amount),
        "First day": day_year(stream.starts_on),
        "Last day": day_year(stream.ends_on),
        "Note": stream.note,
    }
    for (year, team), row in sorted(_rows(stream).items()):
        whose = f"{year}, {team}" if team else str(year)
        told |= {whose: pounds(row.amount)} | ({f"Note on {whose}": row.note} if row.note else {})
    return told


def _name_fault(name: str, stream: FundingStream | None) -> dict[str, str]:
    others = FundingStream.objects.filter(name__iexact=" ".join(name.split()))
    return {"name": TAKEN} if (others.exclude(pk=stream.pk) if stream else others).exists() else {}


def _faults(content: Content) -> dict[str, str]:
    """By box, of what can be told from what is said alone."""
    errors = {}
    for name in ("name", "funder", "programme", "terms", "note"):
        if len(_text(getattr(content, name))) > LONGEST[name]:
            errors[name] = f"The {name} must be {LONGEST[name]:,} characters or fewer"
    for name in ("name", "funder"):
        if not getattr(content, name).strip():
            errors[name] = f"Enter the {name} of the stream" if name == "name" else "Enter who gives the money"
    if content.amount is not None and (
        sentence := amounts.fault("The amount", content.amount) or _nothing(content.amount)
    ):
        errors["amount"] = sentence
    first, last = content.starts_on, content.ends_on
    if first and last and last < first:
        errors["ends_on"] = "The last day must be on or after the first day"
    elif first and last and Year.of(last).begins - Year.of(first).begins >= MOST_YEARS:
        errors["ends_on"] = f"A stream has at most {MOST_YEARS} financial years: check the days"
    return errors


def _nothing(amount: Decimal) -> str:
    return "" if amount else "The amount must be more than £0. Leave it empty where it is not known"


def _years_fault(content: Content, years: Sequence[OfYear], rows: Mapping[tuple[Year, str], object]) -> dict[str, str]:
    """The first thing that is wrong with its years: those that are said, and those that stay."""
    seen, spelled = set(), {team.casefold(): team for _, team in rows}
    for row in years:
        year, team = row.key
        if (held := spelled.get(team.casefold(), team)) != team:
            return {"years": f"{held} is there already: write it as it is written there"}
        whose = f"{year}, {team}" if team else str(year)
        if (year, team.casefold()) in seen:
            return {"years": f"{whose} is there twice. Give it one amount"}
        seen.add((year, team.casefold()))
        if len(team) > LONGEST["team"]:
            return {"years": f"The name of a team must be {LONGEST['team']} characters or fewer"}
        if row.amount is not None and (sentence := amounts.fault(f"The amount for {whose}", row.amount)):
            return {"years": sentence}
    there = set(rows) | {row.key for row in years if row.amount is not None}
    there -= {row.key for row in years if row.amount is None}
    for year in sorted({year for year, _ in there}):
        if content.starts_on and year.end < content.starts_on:
            return {
                "starts_on": f"{year} has an amount and is over before the first day. Take the amount out, or move the day"
            }
        if content.ends_on and year.start > content.ends_on:
            return {
                "ends_on": f"{year} has an amount and begins after the last day. Take the amount out, or move the day"
            }
    return {}
