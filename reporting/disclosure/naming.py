"""Which indicators a text is about: by a link, or because it names one. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reporting.disclosure.told import parts
from reporting.snapshots.shape import IndicatorPart, Snapshot

NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|scores?|zero|nil|nought|none|"
    "no|nobody|no-?one|nothing|never|neither|either|both|only|sole|solely|single|singly|lone|alone|another|couple|pairs?|trio|"
    "handful|few|fewer|several|twins?|duo|once|twice|thrice|half|halves|halved|halving|doubled?|doubling|trebled?|tripled?|"
    "quadrupled?|thirds?|first|second|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last two|last three|"
    "thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|(?:two|three|four|five|ten)fold|millions?|"
    "all|everyone|everybody|every|unchanged|the same|as many|majority|minority|"
    "the victims?|the offence|the other|each other|(?:a|one) quarter|three[- ]quarters|"
    "(?:a|an|the|that|this) (?:\\w+ )?(?:victim|survivor|offence|offender|perpetrator|incident|case|death|killing|murder|homicide|person|man|woman|"
    "child|boy|girl|family|household)"
)
NUMBER = re.compile(rf"[\d½⅓⅔¼¾⅕⅛%]|\b(?:{NUMBER_WORDS})\b", re.IGNORECASE)


def has_a_number(sentence: str) -> bool:
    """A digit, or a word that counts: "both", "a single", "twice", "none", "all"; "the victim" is one, "the same" is last quarter's number."""
    return bool(NUMBER.search(sentence)) or any(letter.isnumeric() for letter in sentence)


@dataclass(frozen=True)
class _Named:
    slug: str
    pattern: re.Pattern[str]


class Naming:
    """Of every indicator in the snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        every = list(parts(snapshot))
        codes = [body.code for body in snapshot.governance.bodies] if snapshot.governance else []
        self._elsewhere = re.compile(rf"\b(?:{'|'.join(map(re.escape, codes))}) [A-Z]?\d+\b") if codes else None
        self._named = [_Named(part.slug, _pattern(part)) for part in every]
        self._slugs = {name: part.slug for part in every for name in (part.reference, part.short_name) if name}
        actions = [one for plan in snapshot.governance.delivery for one in plan.actions] if snapshot.governance else []
        self._actions = {one.reference: self.linked(one.indicators) for one in actions}

    def linked(self, names: Iterable[str]) -> frozenset[str]:
        """The indicators that go by these references or short names."""
        return frozenset(self._slugs[name] for name in names if name in self._slugs)

    def of_actions(self, references: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self._actions.get(one, frozenset()) for one in references))

    def named_in(self, text: str) -> frozenset[str]:
        """By reference, name or short name. "CSPE D1" is a decision, not the indicator D1."""
        rest = self._elsewhere.sub("", text) if self._elsewhere else text
        return frozenset(one.slug for one in self._named if one.pattern.search(rest))


def _pattern(part: IndicatorPart) -> re.Pattern[str]:
    names = [rf"(?i:{_flexible(name)})" for name in (part.name, part.short_name, part.slug) if name.strip()]
    if part.reference:
        names.append(re.escape(part.reference))
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")


def _flexible(name: str) -> str:
    """Its words with anything that is no letter between them, each of one or of many: "robberies" are the indicator Robbery."""
    return r"\W+".join(_of_any_number(word) for word in re.findall(r"\w+", name)) or re.escape(name)


def _of_any_number(word: str) -> str:
    folded = word.casefold()
    if len(word) < 4 or not word.isalpha():
        return re.escape(word)
    if folded.endswith("ies"):
        return re.escape(word[:-3]) + "(?:y|ies)"
    if folded.endswith("y") and folded[-2] not in "aeou":
        return re.escape(word[:-1]) + "(?:y|ies)"
    if folded.endswith("ss"):
        return re.escape(word) + "(?:es)?"
    return re.escape(word.removesuffix("s")) + "(?:e?s)?"
