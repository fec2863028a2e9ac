"""A covering report as it is drawn, on paper and as a Word document: its title, its lines, its sections. Pure but for the rows it reads."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from lib.written import day
from reporting import snapshots
from reporting.committee import prefilling, sections
from reporting.models import CoverReport, Pack
from reporting.register import addresses, records

BULLET = "- "


@dataclass(frozen=True)
class Paragraph:
    """Running text, or with `is_list` the points of a list."""

    lines: tuple[str, ...]
    is_list: bool


@dataclass(frozen=True)
class Part:
    """A section with words."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Drawn:
    """`made` is the moment that stands in the file, the same however often it is drawn."""

    partnership: str
    title: str
    meeting: str
    classification: str
    flag: str
    made: dt.datetime
    lines: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


def held(pack: Pack) -> CoverReport | None:
    """What was written; None while it is as it was prefilled."""
    return CoverReport.objects.filter(pack=pack).select_related("meeting__body").first()


def prefilled(pack: Pack, officer: str) -> dict[str, str]:
    """What it says before anybody has written; empty where the pack was stored in a form that this release does not know."""
    try:
        snapshot = snapshots.from_json(pack.snapshot)
    except snapshots.Unreadable:
        return {}
    return prefilling.texts(pack, snapshot, officer=officer, address=settings.SITE_URL + addresses.address(pack))


def draw(pack: Pack, report: CoverReport | None, texts: dict[str, str]) -> Drawn:
    """`texts` by key. Sections without words are left out."""
    meeting = report.meeting if report else None
    return Drawn(
        partnership=settings.PARTNERSHIP_NAME,
        title=f"Community safety plan: {records.title(pack)[0].lower()}{records.title(pack)[1:]}",
        meeting=f"Covering report to the {meeting.body.name}, {day(meeting.day)}" if meeting else "Covering report",
        classification=texts.get("classification", ""),
        flag="Sample figures" if pack.is_sample else "",
        made=records.shown_from(pack),
        lines=tuple((one.title, texts[one.key].strip()) for one in sections.LINES if texts.get(one.key, "").strip()),
        parts=tuple(
            Part(one.title, paragraphs(texts[one.key])) for one in sections.TEXTS if texts.get(one.key, "").strip()
        ),
    )


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """As people typed it: an empty line parts paragraphs, lines that begin with "- " are points of a list."""
    made: list[Paragraph] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        is_list, words = line.startswith(BULLET), line.removeprefix(BULLET).strip()
        if not words:
            made.append(Paragraph((), False))
        elif made and made[-1].lines and made[-1].is_list == is_list:
            made[-1] = Paragraph((*made[-1].lines, words), is_list)
        else:
            made.append(Paragraph((words,), is_list))
    return tuple(one for one in made if one.lines)


def file_name(pack: Pack, form: str) -> str:
    """ "covering-report-tower-hamlets-csp-pack-2017-18-q4-public-issue-1.docx"."""
    return f"covering-report-{records.download_name(pack, form)}"
