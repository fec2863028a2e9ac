"""The register: every pack that was issued, with its files and their checksums. Nothing leaves it, not even what had to be removed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from lib.written import day_year
from reporting import pack_pages
from reporting.models import Pack, PackApproval

HEADINGS = (
    "Quarter",
    "What",
    "Edition",
    "Number",
    "Standing",
    "Issued at",
    "Issued by",
    "Published at",
    "Approved by",
    "Approved on",
    "File",
    "Bytes",
    "SHA-256",
    "Removed at",
)


@dataclass(frozen=True)
class RegisterRow:
    pack: Pack
    title: str
    number: str
    issued: str
    approved: str
    ended: str  # how its time ended; empty while it stands
    files: tuple[tuple[str, str], ...]  # ("PDF", checksum in fours)


def rows(packs: QuerySet[Pack]) -> list[RegisterRow]:
    """Newest issue first. Three queries."""
    return [_row(pack) for pack in _issued(packs)]


def _issued(packs: QuerySet[Pack]) -> QuerySet[Pack]:
    words = PackApproval.objects.filter(verdict=PackApproval.Verdict.APPROVED).order_by("recorded_at", "pk")
    return (
        packs.issued()
        .without_texts()
        .select_related("issued_by")
        .prefetch_related("companions", Prefetch("approvals", queryset=words))
        .order_by("-issued_at", "-pk")
    )


def _word(pack: Pack) -> PackApproval | None:
    return next(iter(reversed(pack.approvals.all())), None)


def _row(pack: Pack) -> RegisterRow:
    word = _word(pack)
    ended = ""
    if pack.removed_at:
        ended = f"Its files were removed on {day_year(pack.removed_at)}, with personal data in them"
    elif pack.withdrawn_at:
        ended = f"Withdrawn on {day_year(pack.withdrawn_at)}"
    elif pack.superseded_at:
        ended = f"Superseded on {day_year(pack.superseded_at)}"
    by = f", {pack.issued_by.name}" if pack.issued_by else ""
    return RegisterRow(
        pack=pack,
        title=f"{pack.title}, {pack.get_edition_display().lower()} edition",
        number=pack.number,
        issued=f"{day_year(pack.issued_at)}{by}",
        approved=f"{day_year(word.given_on)}, {word.given_by}" if word else "",
        ended=ended,
        files=tuple((name, pack_pages.in_fours(checksum)) for name, _, checksum in _files(pack)),
    )


def _files(pack: Pack) -> list[tuple[str, int | None, str]]:
    beside = [(words, one.size, one.sha256) for one, words in pack_pages.beside_pdf(pack)]
    return [("PDF", pack.pdf_bytes, pack.pdf_sha256), *beside]


def table(packs: QuerySet[Pack]) -> Iterator[list[object]]:
    """A line for each file, for a spreadsheet; moments in ISO 8601."""
    yield list(HEADINGS)
    for pack in _issued(packs):
        word = _word(pack)
        about = [
            str(pack.quarter),
            pack.get_kind_display(),
            pack.get_edition_display(),
            pack.issue,
            pack.get_standing_display(),
            pack.issued_at.isoformat(timespec="seconds") if pack.issued_at else "",
            pack.issued_by.name if pack.issued_by else "",
            pack.publish_at.isoformat(timespec="seconds") if pack.publish_at else "",
            word.given_by if word else "",
            word.given_on.isoformat() if word else "",
        ]
        removed = pack.removed_at.isoformat(timespec="seconds") if pack.removed_at else ""
        yield from ([*about, name, size, checksum, removed] for name, size, checksum in _files(pack))
