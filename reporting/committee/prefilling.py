"""What a covering report says before anybody has written a word: all that the pack and the statute tell. Drawn from the public snapshot alone.

What only an officer can judge is left empty: an empty section is listed on the page, a made-up one would go to the committee.
"""

from lib.written import day_year, file_size
from reporting.models import Pack
from reporting.pdf import hiding
from reporting.pdf.parts import quarter
from reporting.register import records
from reporting.snapshots.shape import Snapshot

REASONS = (
    "The committee reviews what the responsible authorities decide and do about crime and disorder (Police and Justice Act 2006, "
    "section 19). The pack tells it how the plan went in the time it covers, and which explanations are outstanding."
)
LEGAL = (
    "The Crime and Disorder Act 1998 makes the council, the police, probation, the fire and rescue authority and the health body the "
    "responsible authorities for the area (section 5), which keep a strategy to reduce crime and disorder, misuse of "
    "substances and reoffending (section 6). Section 17 of the Act asks each of them to have due regard to crime and disorder in all "
    "that it does.\n\n"
    "Under section 19 of the Police and Justice Act 2006 the committee may make reports and recommendations about how they "
    "discharge these functions, and sends a copy to each of them. Answers are due in writing within 28 days."
)
CRIME = (
    "The whole report is about reducing crime and disorder: it shows how the partnership’s plan is going against what it "
    "promised and against its targets."
)


def texts(pack: Pack, snapshot: Snapshot, *, officer: str, address: str) -> dict[str, str]:
    """By key of `sections`. `officer` is the post of who writes it, `address` where the pack is published."""
    name = f"{records.title(pack)}, {pack.number}"
    return {
        "report_of": f"CSP Executive of the {snapshot.partnership}",
        "classification": "Unrestricted",
        "officer": officer,
        "wards": "All wards",
        "key_decision": "No",
        "theme": "Community safety",
        "recommendations": (
            f"The committee is asked to:\n- note “{name}”, which is attached\n"
            "- say what it recommends to the partnership, if anything"
        ),
        "reasons": REASONS,
        "alternatives": "The report is for information. There are no other options to weigh.",
        "details": details(pack, snapshot),
        "legal": LEGAL,
        "crime": CRIME,
        "appendices": (
            f"Appendix 1: {name}. PDF, {file_size(pack.pdf_bytes)}, {pack.pages} page{'' if pack.pages == 1 else 's'}. "
            f"SHA-256 {pack.pdf_sha256}\n\nIt is published at {address}"
        ),
        "background": snapshot.plan,
    }


def details(pack: Pack, snapshot: Snapshot) -> str:
    """The quarter in words: what it covers, how the ratings stand, what matters, what is missing, how delivery goes."""
    page = quarter.build(hiding.worded(snapshot), quarter.COUNTS_IN_WORDS)
    said = [
        f"{_covers(pack, snapshot)} Its figures are as they were known on {day_year(snapshot.as_at)}.",
        page.notice,
        page.summary.replace(f"Of {len(snapshot.indicators)}, ", f"Of {len(snapshot.indicators)} indicators, "),
        _listed(page.matters_heading, [f"{one.heading}. {one.text}".strip() for one in page.matters]),
        _listed("What is missing", [f"{gap.heading.rstrip(':')}: {gap.text}" for gap in page.gaps]),
        page.delivery,
    ]
    return "\n\n".join(filter(None, said))


def _covers(pack: Pack, snapshot: Snapshot) -> str:
    if pack.kind == Pack.Kind.ASSESSMENT:
        return f"The assessment covers the year {snapshot.quarter.year}. What follows is how its last quarter went."
    return f"The report covers {snapshot.quarter}, {snapshot.quarter.months}."


def _listed(heading: str, lines: list[str]) -> str:
    return "\n".join([f"{heading}:", *(f"- {line}" for line in lines)]) if lines else ""
