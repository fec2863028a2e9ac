"""The standard sections of a report to the scrutiny committee, in their order. Pure."""

from dataclasses import dataclass

LONGEST_LINE, LONGEST_TEXT = 200, 20_000


@dataclass(frozen=True)
class Section:
    """`key` is the one in `CoverReport.texts`. A line stands in the table at the top; the rest have a heading of their own."""

    key: str
    title: str
    hint: str = ""
    is_line: bool = False

    @property
    def longest(self) -> int:
        return LONGEST_LINE if self.is_line else LONGEST_TEXT


SECTIONS = (
    Section("report_of", "Report of", is_line=True),
    Section("classification", "Classification", "Unrestricted, restricted or partially restricted", is_line=True),
    Section("lead_member", "Lead member", "The Cabinet member in whose portfolio this is", is_line=True),
    Section("officer", "Originating officer", "A post: names change", is_line=True),
    Section("wards", "Wards affected", is_line=True),
    Section("key_decision", "Key decision", "Yes or no", is_line=True),
    Section("theme", "Theme of the council’s plan", is_line=True),
    Section("recommendations", "Recommendations"),
    Section("reasons", "Reasons for the decisions"),
    Section("alternatives", "Alternative options"),
    Section("details", "Details of the report"),
    Section("finance", "Comments of the chief finance officer", "In the words of that office"),
    Section("legal", "Legal comments", "Have them checked by the legal service"),
    Section("equalities", "Equalities implications"),
    Section("best_value", "Best value implications"),
    Section("environment", "Environment implications"),
    Section("risk", "Risk management implications"),
    Section("crime", "Crime and disorder reduction implications"),
    Section("safeguarding", "Safeguarding implications"),
    Section("appendices", "Appendices"),
    Section("background", "Background papers"),
)
LINES = tuple(section for section in SECTIONS if section.is_line)
TEXTS = tuple(section for section in SECTIONS if not section.is_line)


def empty(texts: dict[str, str]) -> tuple[Section, ...]:
    """The sections that still hold no words."""
    return tuple(section for section in SECTIONS if not texts.get(section.key, "").strip())
