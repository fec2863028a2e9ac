"""The sections of a pack: their keys, titles, and in which edition each may stand. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """`is_fixed`: always there, in this place. `in_public`: may stand in a public edition."""

    key: str
    title: str
    is_fixed: bool = False
    in_public: bool = True


# In the order in which they come unless somebody orders them. The short ones stand together: they share a page.
SECTIONS = (
    Section("quarter", "The quarter on a page", is_fixed=True),
    Section("to_decide", "Decisions asked for", in_public=False),
    Section("changes", "What changed"),
    Section("consulted", "Consultation"),
    Section("priorities", "Priorities"),
    Section("delivery", "Delivery by subgroup"),
    Section("decided", "Decisions, scrutiny and risks"),
    Section("money", "Money", in_public=False),
    Section("year", "All figures"),
    Section("quality", "Data quality and restatements"),
    Section("bodies", "Structure"),
    Section("definitions", "Definitions and method"),
)
BY_KEY = {section.key: section for section in SECTIONS}


def offered(*, is_public: bool) -> tuple[Section, ...]:
    """What can be chosen and put in order, as it comes."""
    return tuple(section for section in SECTIONS if not section.is_fixed and (section.in_public or not is_public))


def chosen(keys: tuple[str, ...], *, is_public: bool) -> tuple[Section, ...]:
    """The sections of these keys in this order, the fixed ones in their place; all in the usual order for no keys.

    A public edition holds none that it may not, whatever was chosen.
    """
    own = [BY_KEY[key] for key in keys if key in BY_KEY] or list(SECTIONS)
    fixed = [section for section in SECTIONS if section.is_fixed]
    every = [*fixed, *(section for section in own if not section.is_fixed)]
    return tuple(section for section in every if section.in_public or not is_public)
