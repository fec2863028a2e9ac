"""What can be built of a quarter or, once it has been built on its own page, of a year's assessment, and what each build rests on: the edition it is made from, the issue it takes the place of or adds to."""

from dataclasses import dataclass
from typing import Any

from lib.quarters import Quarter
from priorities.models import Plan
from reporting.models import Pack

EXECUTIVE, PUBLIC, ADDENDUM, PUBLIC_ADDENDUM = "executive", "public", "addendum", "public-addendum"
ASSESSMENT, PUBLIC_ASSESSMENT = "assessment", "public-assessment"
WORDS = {
    EXECUTIVE: "Executive edition",
    PUBLIC: "Public edition",
    ADDENDUM: "Addendum",
    PUBLIC_ADDENDUM: "Public addendum",
    ASSESSMENT: "Strategic assessment",
    PUBLIC_ASSESSMENT: "Public edition of the assessment",
}
KINDS = {
    EXECUTIVE: (Pack.Kind.PACK, Pack.Edition.EXECUTIVE),
    PUBLIC: (Pack.Kind.PACK, Pack.Edition.PUBLIC),
    ADDENDUM: (Pack.Kind.ADDENDUM, Pack.Edition.EXECUTIVE),
    PUBLIC_ADDENDUM: (Pack.Kind.ADDENDUM, Pack.Edition.PUBLIC),
    ASSESSMENT: (Pack.Kind.ASSESSMENT, Pack.Edition.EXECUTIVE),
    PUBLIC_ASSESSMENT: (Pack.Kind.ASSESSMENT, Pack.Edition.PUBLIC),
}
OF_A_YEAR = (ASSESSMENT, PUBLIC_ASSESSMENT)  # offered together, and never beside what is built of a quarter
SOURCES = (Pack.Standing.BUILT, Pack.Standing.APPROVED, Pack.Standing.ISSUED)


@dataclass(frozen=True)
class Offer:
    """`replaces` is the issue that stands: a new one takes its place and says what was wrong. `after` is the newest build."""

    what: str
    kind: str
    edition: str
    after: int
    made_from: Pack | None = None
    replaces: Pack | None = None
    adds_to: Pack | None = None

    @property
    def words(self) -> str:
        return WORDS[self.what]

    @property
    def is_public(self) -> bool:
        return self.edition == Pack.Edition.PUBLIC

    @property
    def only_draft(self) -> bool:
        """What it is made from is a draft, so nothing else comes of it."""
        return self.made_from is not None and self.made_from.is_draft

    def asked(self, *, is_draft: bool, erratum: str) -> dict[str, Any]:
        """What `request_pack` is told of it."""
        return {
            "kind": self.kind,
            "edition": self.edition,
            "is_draft": is_draft,
            "after": self.after,
            "made_from": self.made_from,
            "supersedes": self.replaces if erratum else None,
            "erratum": erratum,
            "adds_to": self.adds_to,
        }


def beside(what: str, plan: Plan, quarter: Quarter) -> dict[str, Offer]:
    """What is offered together with this, by what it is, in the order of `WORDS`; without those for which something else must be there first. One query."""
    found = Pack.objects.filter(plan=plan, quarter=quarter).without_texts().order_by("pk")
    packs = list(found)
    offers = (_offer(one, packs) for one in WORDS if (one in OF_A_YEAR) == (what in OF_A_YEAR))
    return {offer.what: offer for offer in offers if offer}


def lacks(what: str) -> str:
    """Why something can't be built of a quarter yet."""
    if what == PUBLIC:
        return "The public edition is made from the executive one. Build that first."
    if what == PUBLIC_ADDENDUM:
        return "A public addendum is made from an addendum to the executive edition, and adds to a public issue that stands."
    if what == ASSESSMENT:
        return "An assessment is built for the first time on the page on which it is written."
    if what == PUBLIC_ASSESSMENT:
        return "The public edition is made from the assessment that the CSP Executive has. Build that first."
    return "An addendum adds to an issue that stands, and none does."


def _offer(what: str, packs: list[Pack]) -> Offer | None:
    kind, edition = KINDS[what]
    own = [pack for pack in packs if (pack.kind, pack.edition) == (kind, edition)]
    is_addendum, is_public = kind == Pack.Kind.ADDENDUM, edition == Pack.Edition.PUBLIC
    made_from = _source(packs, kind) if is_public else None
    adds_to = _standing(packs, Pack.Kind.PACK, edition) if is_addendum else None
    if (is_public and made_from is None) or (is_addendum and adds_to is None) or (what == ASSESSMENT and not own):
        return None
    replaces = None if is_addendum else _standing(packs, kind, edition)
    return Offer(what, kind, edition, own[-1].pk if own else 0, made_from, replaces, adds_to)


def _source(packs: list[Pack], kind: str) -> Pack | None:
    """The executive edition that a public one is made from: the newest that is or may be issued, or else the newest draft."""
    executive = [pack for pack in packs if pack.is_ready and not pack.is_public and pack.kind == kind]
    for standings in (SOURCES, (Pack.Standing.DRAFT,)):
        if fitting := [pack for pack in executive if pack.standing in standings]:
            return fitting[-1]
    return None


def _standing(packs: list[Pack], kind: str, edition: str) -> Pack | None:
    standing = (pack for pack in packs if (pack.kind, pack.edition) == (kind, edition))
    return next((pack for pack in standing if pack.standing == Pack.Standing.ISSUED), None)


def named(kind: str, edition: str) -> str:
    """What the build page calls a pack of this kind and edition."""
    return next(what for what, told in KINDS.items() if told == (kind, edition))


def again(pack: Pack) -> dict[str, Any]:
    """What `request_pack` is told to build the same once more: of a failed build what was asked, of a ready one its newest foundations."""
    asked: dict[str, Any] = {
        "kind": pack.kind,
        "edition": pack.edition,
        "is_draft": pack.is_draft,
        "made_from": pack.made_from,
        "supersedes": pack.supersedes,
        "erratum": pack.erratum,
        "adds_to": pack.adds_to,
        "issue_when_approved": pack.issue_when_approved,
        "publish_at": pack.publish_at,
    }
    what = named(pack.kind, pack.edition)
    offer = beside(what, pack.plan, pack.quarter).get(what)
    if pack.is_ready and offer is not None:
        asked["made_from"] = offer.made_from
        asked["adds_to"] = offer.adds_to
    return asked
