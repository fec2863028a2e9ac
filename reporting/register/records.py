"""What the pages of the register say: which issues there are, which one stands, what became of the others, and their files.

All is said as it is known to the public at a moment: a reissue that waits for its publication is not hinted at.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from accounts.models import Erasure
from lib.written import capitalised, day_year, file_size, moment
from reporting import imprint as imprints
from reporting import snapshots
from reporting.builds import pack_files
from reporting.models import Companion, Pack
from reporting.register import LARGE, OWN, addresses
from reporting.register.addresses import About

Standing, Form = Pack.Standing, Companion.Form
FORMATS: dict[str, str] = {Form.PAGE: "Web page", Form.WORKBOOK: "XLSX", Form.TABLE: "CSV", Form.DATA: "JSON"}
NAMES: dict[str, str] = {
    Form.PAGE: "Read it as a web page",
    Form.WORKBOOK: "Workbook of all figures",
    Form.TABLE: "Table of all figures",
    Form.DATA: "Figures for programs",
}
OF_FIGURES = (Form.WORKBOOK, Form.TABLE, Form.DATA)


def read(packs: QuerySet[Pack], at: dt.datetime) -> QuerySet[Pack]:
    """Those packs with all that the pages say of them, newest quarter first and in it the newest publication. Four queries, however many."""
    known = Pack.objects.public(at).defer(*OWN)
    return (
        packs.defer(*OWN)
        .order_by("-quarter", "-publish_at", "-pk")
        .select_related("supersedes", "adds_to")
        .defer(*(f"{before}__{name}" for before in ("supersedes", "adds_to") for name in LARGE))
        .prefetch_related(
            Prefetch("companions", Companion.objects.order_by("pk")),
            Prefetch("reissues", known, to_attr="known_reissues"),
            Prefetch("addenda", known.order_by("issue"), to_attr="known_addenda"),
        )
    )


@dataclass(frozen=True)
class File:
    """One file of an issue."""

    name: str
    format: str
    size: str
    sha256: str
    url: str
    is_page: bool = False
    pages: str = ""  # "24 pages", of a PDF

    @property
    def words(self) -> str:
        """ "PDF, 388 KB, 24 pages"."""
        return ", ".join(filter(None, (self.format, self.size, self.pages)))


@dataclass(frozen=True)
class Record:
    """One issue or addendum. `state` begins with "Current", "Superseded" or "Withdrawn"."""

    pack: Pack
    about: About
    title: str
    number: str
    issued: str
    state: str
    url: str
    files: tuple[File, ...]

    @property
    def is_removed(self) -> bool:
        return bool(self.pack.removal)

    @property
    def is_current(self) -> bool:
        return self.state == CURRENT

    @property
    def standing_words(self) -> str:
        """The state without its reason: "Superseded on 8 January 2018 by issue 2"."""
        return self.state.partition(":")[0]

    @property
    def pdf(self) -> File | None:
        return self.files[0] if self.files else None

    @property
    def page(self) -> File | None:
        return next((file for file in self.files if file.is_page), None)

    @property
    def figures(self) -> tuple[File, ...]:
        """The files for spreadsheets and programs."""
        return tuple(file for file in self.files[1:] if not file.is_page)


CURRENT = "Current"


def record(pack: Pack, at: dt.datetime) -> Record:
    """`pack` comes from `read`."""
    return Record(
        pack=pack,
        about=About.of(pack),
        title=title(pack),
        number=capitalised(pack.number),
        issued=day_year(shown_from(pack)),
        state=state(pack, at),
        url=addresses.address(pack),
        files=files(pack),
    )


def records(packs: QuerySet[Pack], at: dt.datetime) -> list[Record]:
    return [record(pack, at) for pack in read(packs, at)]


def title(pack: Pack) -> str:
    """ "Report for 2017-18 Q4", "Addendum to the report for 2017-18 Q4", "Strategic assessment 2017-18": what the public calls a pack."""
    if pack.kind == Pack.Kind.ASSESSMENT:
        return pack.title
    return f"{'Addendum to the report' if pack.kind == Pack.Kind.ADDENDUM else 'Report'} for {pack.quarter}"


def shown_from(pack: Pack) -> dt.datetime:
    """When the public could first read it."""
    assert pack.publish_at is not None, "an issued public edition has its moment of publication"
    return pack.publish_at


def reissue(pack: Pack) -> Pack | None:
    """The issue that the public knows to have taken its place."""
    known: list[Pack] = pack.known_reissues  # type: ignore[attr-defined]  # prefetched by `read`
    return known[0] if known else None


def erratum(pack: Pack) -> str:
    """What was wrong with the issue before, as the pack prints it. What was typed may tell a hidden figure or a name: it is for the team alone."""
    if pack.supersedes_id is None or pack.removal == Pack.Removal.WITHHELD:
        return ""
    try:
        printed = imprints.from_json(pack.imprint).erratum
    except snapshots.Unreadable:
        return ""
    return printed.text if printed else ""


def state(pack: Pack, at: dt.datetime) -> str:
    """ "Current", "Superseded on 8 January 2018 by issue 2: C2 was printed as 118, and is 181", "Withdrawn on 9 June 2017: issued too early"."""
    if pack.removal:
        return removal(pack)
    if pack.standing == Standing.WITHDRAWN:
        before = pack.withdrawn_at is not None and pack.withdrawn_at < shown_from(pack)
        return f"Withdrawn on {day_year(pack.withdrawn_at)}{', before it was published' if before else ''}: {pack.withdrawn_because}"
    newer = reissue(pack)
    if newer is None:
        return CURRENT
    return ": ".join(filter(None, (f"Superseded on {day_year(shown_from(newer))} by {newer.number}", erratum(newer))))


def removal(pack: Pack) -> str:
    """ "Removed on 8 May 2018: the person asked for it", or that it is withheld. Nothing else is told of what went."""
    if not pack.is_erased:
        return "Withheld: whether personal data has to be removed from it is being decided"
    ground = Erasure.Ground(pack.removed_on_ground).label
    return f"Removed on {day_year(pack.removed_at)}: personal data was in it. {ground}"


def is_withdrawn(pack: Pack) -> bool:
    """Then its files are not handed out any more, and its page says why."""
    return pack.standing == Standing.WITHDRAWN


def files(pack: Pack) -> tuple[File, ...]:
    """The PDF first; none of a withdrawn one, nor while a removal from it is decided, nor after it."""
    if is_withdrawn(pack) or pack.removal:
        return ()
    base = addresses.address(pack)
    pages = f"{pack.pages} page{'' if pack.pages == 1 else 's'}" if pack.pages else ""
    url = base + addresses.PDF
    pdf = File("Report", "PDF", file_size(pack.pdf_bytes), pack.pdf_sha256, url, pages=pages)
    order = list(FORMATS)
    beside = sorted(pack.companions.all(), key=lambda one: order.index(one.form))
    return (
        pdf,
        *(
            File(
                NAMES[one.form],
                FORMATS[one.form],
                file_size(one.size),
                one.sha256,
                base + addresses.COMPANIONS[one.form],
                one.form == Form.PAGE,
            )
            for one in beside
        ),
    )


def download_name(pack: Pack, form: str = "pdf") -> str:
    """The name under which a file of it is kept."""
    return pack_files.download_name(pack, settings.AREA_NAME, form)


# ---------------------------------------------------------------- the page of one issue, and of a quarter


@dataclass(frozen=True)
class Other:
    """A link to another issue or addendum: "issue 2 of 8 January 2018"."""

    words: str
    url: str


@dataclass(frozen=True)
class IssuePage:
    """`says` is the first line; `why` tells why it was withdrawn or what was wrong with it, `erratum` what was wrong with the one before."""

    record: Record
    says: str
    why: str
    newer: Other | None
    earlier: Other | None
    erratum: str
    adds_to: Other | None
    addenda: tuple[Other, ...]
    facts: tuple[tuple[str, str], ...]
    back: str


def issue_page(pack: Pack, at: dt.datetime) -> IssuePage:
    newer, earlier, to = reissue(pack), pack.supersedes, pack.adds_to
    told = record(pack, at)
    return IssuePage(
        record=told,
        says=_says(pack, told, newer),
        why=_why(pack, newer),
        newer=_other(newer) if newer else None,
        earlier=_other(earlier) if earlier and earlier.is_published(at) else None,
        erratum=erratum(pack),
        adds_to=_other(to) if to and to.is_published(at) else None,
        addenda=tuple(_other(one) for one in pack.known_addenda),  # type: ignore[attr-defined]  # prefetched by `read`
        facts=_facts(pack),
        back=f"All of {told.about}" if told.about.is_assessment else f"All reports for {told.about}",
    )


def _other(pack: Pack) -> Other:
    return Other(f"{pack.number} of {day_year(shown_from(pack))}", addresses.address(pack))


def _says(pack: Pack, told: Record, newer: Pack | None) -> str:
    what = "addendum" if pack.kind == Pack.Kind.ADDENDUM else "issue"
    if pack.removal:
        went = "was removed" if pack.is_erased else "is withheld"
        return f"This {what} {went}. Its files are not handed out{' any more' if pack.is_erased else ' meanwhile'}."
    if is_withdrawn(pack):
        when = told.state.partition(":")[0]
        return f"This {what} was {when[:1].lower()}{when[1:]}. Its files are not handed out any more."
    if newer:
        return f"This {what} was superseded on {day_year(shown_from(newer))}: {newer.number} took its place."
    return "This is the issue that stands." if what == "issue" else "This addendum stands."


def _why(pack: Pack, newer: Pack | None) -> str:
    if pack.removal:
        return f"{removal(pack)}."
    if is_withdrawn(pack):
        return pack.withdrawn_because
    return erratum(newer) if newer else ""


def _facts(pack: Pack) -> tuple[tuple[str, str], ...]:
    covers = (
        f"The year {pack.quarter.year}"
        if pack.kind == Pack.Kind.ASSESSMENT
        else f"{pack.quarter}, {pack.quarter.months}"
    )
    return (
        ("Covers", covers),
        ("Published", moment(shown_from(pack))),
        ("Figures as at", moment(pack.as_at)),
    )


@dataclass(frozen=True)
class AboutPage:
    """Everything that was published of a quarter or year. `says` tells which one stands."""

    about: About
    title: str
    says: str
    records: tuple[Record, ...]
    is_sample: bool


def about_page(subject: About, packs: Iterable[Pack], at: dt.datetime) -> AboutPage | None:
    """`packs` come from `read`. None where nothing of it is known to the public."""
    told = tuple(record(pack, at) for pack in packs)
    if not told:
        return None
    issues = [one for one in told if one.pack.kind != Pack.Kind.ADDENDUM]
    standing = next((one for one in issues if one.is_current), None)
    added = len(told) - len(issues)
    if standing is None:
        says = "No issue stands at the moment. What was issued stays listed, with what became of it."
    else:
        says = f"{standing.number} stands, published on {standing.issued}."
        says += f" {added} addend{'um brings' if added == 1 else 'a bring'} later figures." if added else ""
    heading = f"Strategic assessment {subject}" if subject.is_assessment else f"Reports for {subject}"
    return AboutPage(subject, heading, says, told, any(one.pack.is_sample for one in told))
