"""What a column holds and what an answer stands for, as far as equal words tell, or as this source was read last time. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from consultation.imports.mapping import (
    CHOICES,
    DAY,
    FIRST,
    NO_ANSWER,
    NOTHING,
    PERSON,
    QUESTION,
    SECOND,
    THIRD,
    WORDS,
    Group,
    Question,
    Reads,
    offered,
    plain,
    remembered_as,
)

_NAMES = {
    FIRST: "first choice, 1st choice, choice 1, first, first concern, top concern, concern 1, 1st, priority 1",
    SECOND: "second choice, 2nd choice, choice 2, second, second concern, concern 2, 2nd, priority 2",
    THIRD: "third choice, 3rd choice, choice 3, third, third concern, concern 3, 3rd, priority 3",
    CHOICES: "choices, concerns, top three, top 3, top three concerns, top 3 concerns",
    PERSON: "respondent id, respondent, respondentid, id, response id, email, email address, user id, participant id",
    DAY: "date, day, date submitted, submitted, completion time, end date, timestamp, submitted on, date of response",
}
ALIASES = {plain(name): holds for holds, names in _NAMES.items() for name in names.split(", ")}
# In a column that stands for one answer, what says that it was given, and what says that it was not.
TICKED = {plain(word) for word in ("yes", "y", "x", "1", "true", "ticked", "selected", "checked", "✓", "✔")}
UNTICKED = {plain(word) for word in ("no", "n", "0", "false", "unticked", "not selected", "unchecked", "")}


def columns(
    headings: Sequence[str], questions: Sequence[Question], remembered: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """What each column seems to hold: as last time, else by its heading. Nothing is taken twice but by a question with several answers."""
    known = {code for code, _ in offered(questions)}
    several = {f"{QUESTION}{question.key}" for question in questions if question.takes_several}
    texts = {
        plain(question.text): f"{WORDS if question.is_text else QUESTION}{question.key}"
        for question in questions
        if not question.is_ranked
    }
    texts |= {plain(question.text): CHOICES for question in questions if question.is_ranked}
    texts |= {
        plain(option.text): f"{QUESTION}{question.key}"
        for question in questions
        if question.takes_several
        for option in question.options
    }
    found: list[str] = []
    for name, heading in zip(remembered_as(headings), headings, strict=True):
        holds = (remembered or {}).get(name)
        if holds is None:
            holds = texts.get(plain(heading)) or ALIASES.get(plain(heading), NOTHING)
        taken = holds in found and holds not in several
        found.append(NOTHING if taken or holds not in known else holds)
    return tuple(found)


def answers(
    group: Group,
    values: Iterable[str],
    *,
    heading: str = "",
    also: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """By each value as `plain` has it, the key it seems to stand for; what nothing tells of is left out.

    `heading` is of the one column; `also` more texts by their plain form, such as translations.
    """
    keys = {option.key for option in group.question.options}
    by_text = {
        **_by_number(group),
        **(also or {}),
        **{plain(option.text): option.key for option in group.question.options},
    }
    stands_for = by_text.get(plain(heading)) if heading else None
    found: dict[str, str] = {}
    for value in map(plain, values):
        before = (remembered or {}).get(value)
        if before in keys or before == NO_ANSWER:
            found[value] = str(before)
        elif value in by_text:
            found[value] = by_text[value]
        elif stands_for and value in TICKED:
            found[value] = stands_for
        elif not value or (stands_for and value in UNTICKED):
            found[value] = NO_ANSWER
    return found


def _by_number(group: Group) -> dict[str, str]:
    """Points of a scale by the number that stands before their words: "5" is "5 Completely". Of no other numbers, such as ages."""
    firsts = [
        (option.text.split(maxsplit=1)[0], option.key) for option in group.question.options if option.text.split()
    ]
    numbers = {number: key for number, key in firsts if number.isascii() and number.isdecimal()}
    points = sorted(map(int, numbers))
    return numbers if len(points) > 2 and points == list(range(points[0], points[0] + len(points))) else {}


def keep(remembered: Mapping[str, object], reads: Reads, headings: Sequence[str]) -> dict[str, object]:
    """What a source is remembered by after this file: what it said before, and over it what this file was read by."""
    before: Mapping[str, Mapping[str, object]] = remembered  # type: ignore[assignment]
    held = dict(before.get("answers", {}))
    for group, told in reads.answers.items():
        earlier: Mapping[str, object] = held.get(group, {})  # type: ignore[assignment]
        held[group] = {**earlier, **told}
    named = dict(zip(remembered_as(headings), reads.columns, strict=True))
    return {"columns": {**before.get("columns", {}), **named}, "answers": held}
