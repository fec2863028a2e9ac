"""What a file says of itself, in the same words in each form. Pure."""

from lib.written import day_year, moment
from reporting.imprint import ADDENDUM, ASSESSMENT, Imprint
from reporting.snapshots.shape import Snapshot

LICENCE = "Open Government Licence v3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def title(snapshot: Snapshot, imprint: Imprint) -> str:
    """ "Quarterly monitoring pack, 2017-18 Q4: Tower Hamlets Community Safety Partnership"."""
    return f"{of(snapshot, imprint)}: {snapshot.partnership}"


def of(snapshot: Snapshot, imprint: Imprint) -> str:
    """ "Addendum to the quarterly monitoring pack, 2017-18 Q4"; an assessment is of a year."""
    if imprint.kind == ASSESSMENT:
        return f"Annual strategic assessment, {snapshot.quarter.year}"
    start = "Addendum to the quarterly" if imprint.kind == ADDENDUM else "Quarterly"
    return f"{start} monitoring pack, {snapshot.quarter}"


def edition(imprint: Imprint) -> str:
    """ "Public edition, issue 2"."""
    return f"{imprint.edition_words} edition, {imprint.standing}"


def words(snapshot: Snapshot, imprint: Imprint) -> list[str]:
    """Which figures these are, what stands in them for a number, and what one may do with them: a sentence each."""
    told = [f"{edition(imprint)}. Figures as at {moment(snapshot.as_at)}.", *_before(imprint)]
    if snapshot.is_sample:
        told.append("Sample figures. They are not statistics and describe no one.")
    if imprint.draft:
        told.append("A draft, to be looked at. It has not been approved.")
    return [*told, *hiding(snapshot), licence(imprint)]


def _before(imprint: Imprint) -> list[str]:
    told = []
    if imprint.adds_to:
        told.append(
            f"It brings figures that came after issue {imprint.adds_to.issue} of {day_year(imprint.adds_to.issued_on)}."
        )
    if imprint.erratum:
        was = imprint.erratum
        told.append(
            f"It takes the place of issue {was.issue} of {day_year(was.issued_on)}. What was wrong there: {was.text}"
        )
    return told


def hiding(snapshot: Snapshot) -> list[str]:
    """How small numbers are hidden, in a public edition."""
    small = snapshot.small_numbers
    if small is None:
        return []
    zero = ", zero too," if small.hides_zero else ""
    told = [
        f"“Fewer than {small.threshold}” stands for a count under {small.threshold}{zero} so that nobody can be recognised. "
        "“Not shown” stands for a figure that would give such a count back. Neither means that the figure is missing."
    ]
    if small.rounds_to:
        told.append(f"Counts are rounded to the nearest {small.rounds_to}.")
    return told


def licence(imprint: Imprint) -> str:
    if imprint.is_public:
        return f"You may use these figures under the {LICENCE}."
    return "For members of the CSP Executive and the partnership team. Not for publication."
