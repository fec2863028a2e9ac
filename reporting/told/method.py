"""How it was asked and counted, who is not counted, and what the figures do not say. Pure."""

from collections.abc import Sequence

from consultation.counts import Counts, Named
from lib.numerals import figure, in_full, listed
from reporting.told import ranking, wording
from reporting.told.shape import Found

TOTALS = "Published totals, no individual responses held."
NOT_DRAWN = (
    "Nobody was drawn at random: people chose to answer. The results say what those who answered think, and not what everybody who "
    "lives, works, studies or visits here thinks."
)
INTERVALS = (
    "A 95% interval (Wilson’s) says how far a percentage could be off by chance alone, had those who answered been drawn at random. "
    "It says nothing of who did not answer."
)
RANKS = (
    "Each person could name up to three concerns in order. They are ranked by first choices; by how many named them at all; and by "
    "points, three for a first choice, two for a second and one for a third. Concerns with the same number share a place."
)
ONE_RANK = "Concerns are ranked by first choices. Concerns with the same number share a place."

Note = tuple[str, str]  # a heading and what is to be said


def notes(found: Found) -> tuple[Note, ...]:
    counts = found.counts
    told = [
        ("When and how", f"Open from {found.when}. {ways(counts)}".strip()),
        ("Who is counted", _counted(found)),
        ("Ranking", _ranks(counts)),
        ("Percentages", _percentages(counts)),
        ("How sure", f"{NOT_DRAWN} {INTERVALS}"),
        ("Small numbers", _small(found)),
        ("In people’s own words", _words(found)),
        ("What is kept", _kept(found)),
        ("About these totals" if not counts.holds_responses else "To know", found.note.removeprefix(TOTALS).strip()),
        ("Where they are printed", found.source),
    ]
    return tuple((heading, words) for heading, words in told if words)


def ways(counts: Counts) -> str:
    """ "People answered by Web form (800) and Paper (404)."; without numbers where none is published."""
    if not counts.channels:
        return ""
    known = any(one.count is not None for one in counts.channels)
    if not known:
        return f"People answered by these ways: {listed(one.text for one in counts.channels)}. How many by each is not published."
    return f"People answered by these ways: {listed(map(_way, counts.channels))}."


def standing(counts: Counts) -> str:
    """Who is not counted, and why; "" where nothing is known of any."""
    told: Sequence[tuple[int, str]] = (
        (counts.set_aside, "set aside after somebody looked at them"),
        (counts.held, "held back and not looked at yet"),
        (counts.late, "late"),
    )
    some = [f"{figure(number)} {words}" for number, words in told if number]
    if not counts.holds_responses:
        return ""
    if not some:
        return "No response is left out."
    return f"Not counted: {listed(some)}."


def _way(one: Named) -> str:
    return f"{one.text} ({wording.count(one.count)})"


def _counted(found: Found) -> str:
    counts = found.counts
    if not counts.holds_responses:
        return f"{TOTALS} {figure(counts.responses)} is the number that was published."
    are = "" if not counts.responses else " and is counted" if counts.responses == 1 else " and are counted"
    return f"{wording.people(counts.responses)} answered{are}. {standing(counts)}"


def _ranks(counts: Counts) -> str:
    """How concerns were ranked, as far as they could be."""
    ranked = ranking.rank(counts)
    return "" if ranked is None else RANKS if len(ranked.ways) > 1 else ONE_RANK


def _percentages(counts: Counts) -> str:
    words = "Each percentage is of those who answered that question; who skipped it, or did not know, is told beside it and is no part of it."
    if any(table.lines for table in counts.tables):
        words += " Only in the tables by channel and connection it is of all responses of the group, whether they answered that question or not."
    return f"{words} First choices: {ranking.of_whom(counts)}" if counts.concerns else words


def too_few(found: Found) -> str:
    """That nothing but how many answered is published, and why; "" where more is."""
    counts = found.counts
    if not counts.holds_responses or not 0 < counts.responses < found.threshold:
        return ""
    return f"Fewer than {found.threshold} people answered. What they said is not shown, because it would tell what each of them said."


def _small(found: Found) -> str:
    if not found.counts.holds_responses:
        return ""
    return (
        f"{wording.key(found.threshold)} What people said of themselves for equality monitoring is counted apart from all other "
        "answers and can’t be put together with them."
    )


def _words(found: Found) -> str:
    counts = found.counts
    if not counts.comments:
        return ""
    read = f"{figure(counts.read)} of {figure(counts.comments)} comments have been read."
    return f"{read} Words are shown when one person has chosen them, without anything that tells who wrote them, and another has passed them."


def _kept(found: Found) -> str:
    if not found.counts.holds_responses or found.purge_on is None:
        return ""
    if found.is_purged:
        return "The single responses have been removed. These counts stay."
    return f"Single responses are removed on {in_full(found.purge_on)}. These counts stay."
