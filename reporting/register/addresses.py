"""The permanent addresses of issued reports: "/reports/2017-18-q4/issue-1/", "…/addendum-1/", "/reports/assessment-2017-18/issue-1/".

They are printed and linked to for years, so nothing of them depends on a row's id or on what a report is called.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from lib.quarters import Quarter, Year
from reporting.models import Companion, Pack

Kind = Pack.Kind
ASSESSMENT = "assessment-"
ISSUE, ADDENDUM = "issue", "addendum"
# Where the files of an issue lie below its page.
PDF = "pack.pdf"
COMPANIONS: dict[str, str] = {
    Companion.Form.PAGE: "read/",
    Companion.Form.WORKBOOK: "workbook.xlsx",
    Companion.Form.TABLE: "figures.csv",
    Companion.Form.DATA: "figures.json",
}


@dataclass(frozen=True)
class About:
    """What a report is about: a quarter, or with `is_assessment` the year that the quarter ends."""

    quarter: Quarter
    is_assessment: bool = False

    @classmethod
    def of(cls, pack: Pack) -> "About":
        return cls(pack.quarter, pack.kind == Kind.ASSESSMENT)

    def __str__(self) -> str:
        return str(self.quarter.year if self.is_assessment else self.quarter)

    @property
    def slug(self) -> str:
        return f"{ASSESSMENT}{self.quarter.year.slug}" if self.is_assessment else self.quarter.slug


@dataclass(frozen=True)
class Number:
    """ "issue-2" or "addendum-1"."""

    number: int
    is_addendum: bool = False

    @classmethod
    def of(cls, pack: Pack) -> "Number":
        return cls(pack.issue, pack.kind == Kind.ADDENDUM)

    @property
    def slug(self) -> str:
        return f"{ADDENDUM if self.is_addendum else ISSUE}-{self.number}"


class AboutConverter:
    """`<about:about>` in a URL."""

    regex = rf"\d{{4}}-\d{{2}}-q[1-4]|{ASSESSMENT}\d{{4}}-\d{{2}}"

    def to_python(self, value: str) -> About:
        if value.startswith(ASSESSMENT):
            return About(Year.parse(value.removeprefix(ASSESSMENT)).quarters[-1], is_assessment=True)
        return About(Quarter.parse(value))

    def to_url(self, value: About) -> str:
        return value.slug


class NumberConverter:
    """`<number:number>` in a URL."""

    regex = rf"(?:{ISSUE}|{ADDENDUM})-[1-9]\d{{0,3}}"

    def to_python(self, value: str) -> Number:
        word, _, number = value.partition("-")
        return Number(int(number), is_addendum=word == ADDENDUM)

    def to_url(self, value: Number) -> str:
        return value.slug


def about(packs: QuerySet[Pack], subject: About) -> QuerySet[Pack]:
    """Those of `packs` that stand below the address of a quarter or year: of a quarter the addenda as well."""
    kinds = [Kind.ASSESSMENT] if subject.is_assessment else [Kind.PACK, Kind.ADDENDUM]
    return packs.filter(quarter=subject.quarter, kind__in=kinds)


def at(packs: QuerySet[Pack], subject: About, number: Number) -> QuerySet[Pack]:
    """Those of `packs` with this address, the one that it leads to first.

    Where two plans overlap and both have issued for a quarter, an address leads for ever to what was issued first under it.
    """
    found = about(packs, subject).filter(issue=number.number)
    of_kind = found.filter(kind=Kind.ADDENDUM) if number.is_addendum else found.exclude(kind=Kind.ADDENDUM)
    return of_kind.order_by("issued_at", "pk")


def find(packs: QuerySet[Pack], subject: About, number: Number) -> Pack | None:
    """The one of `packs` with this address; None where there is none."""
    return at(packs, subject, number).first()


def parts(pack: Pack) -> tuple[About, Number]:
    """The arguments of every URL below the pack's address."""
    return About.of(pack), Number.of(pack)


def address(pack: Pack) -> str:
    """The page of an issued public edition."""
    return reverse("reporting:report-issue", args=parts(pack))


def reading(pack: Pack) -> str:
    """The same edition as a web page."""
    return address(pack) + COMPANIONS[Companion.Form.PAGE]
