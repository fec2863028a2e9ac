"""Whether words may tell of harm to somebody, so that a person looks at them at once. Pure; English; whole words.

A short list misses much and finds some that is harmless: everything is read by somebody later anyway, and a look costs a minute. What
harm is called when people write of the area ("domestic abuse needs more money") is only taken for somebody's own where the same sentence
speaks of the writer or of somebody close.
"""

import re

# Always looked at.
PLAIN = (
    r"raped",
    r"(?:abus|molest|grop|hurt|hit|beat|punch|strangl|chok|threaten|stalk|follow)(?:s|ed|es|en|ing|ting)? (?:me|my|us)",
    r"(?:kill|harm|hurt|cut|cutting|hurting|harming|killing) (?:myself|himself|herself|themselves)",
    r"end(?:ing)? (?:my|his|her) (?:own )?life",
    r"suicid(?:e|al)",
    r"self[- ]harm(?:s|ed|ing)?",
    r"(?:want|wanted|wants) to die",
    r"forced marriage",
    r"forced (?:me|her|him|us) to",
    r"fgm",
    r"(?:is|am|are|was|were|being|been|getting) groomed",
    r"(?:afraid|scared|frightened|terrified) of (?:my|his|her) (?:husband|wife|partner|boyfriend|girlfriend|ex|father|dad|mother|mum|brother|son|uncle|family|carer)",
    r"(?:afraid|scared|frightened|terrified) to go home",
    r"(?:won.?t|doesn.?t|does not|will not|never) let (?:me|my \w+|her) (?:leave|out|go out|see)",
)
# Only in a sentence that speaks of the writer or of somebody close.
TOPICS = (
    r"domestic (?:abuse|violence)",
    r"(?:child|sexual|sexually|physical|physically|emotional|honour|honour-based) (?:abuse|abused|violence|assault|assaulted|exploitation)",
    r"abus(?:ed|ive|er)",
    r"rap(?:e|ist)",
    r"molested",
    r"strangled",
    r"stalk(?:ed|er|ing)",
    r"groom(?:ed|ing)",
    r"traffick(?:ed|ing)",
    r"exploited",
    r"county lines",
    r"genital mutilation",
    r"stabbed",
    r"assaulted",
    r"beaten(?: up)?",
    r"kill (?:me|her|him|us)",
)
CLOSE = (
    r"my|me|us|our|"
    r"i (?:am|was|have|had|get|got|live|need|feel|fear)|i.(?:m|ve)|"
    r"(?:my|our|the|a|her|his) (?:neighbour|neighbours|child next door|girl next door|boy next door|friend)"
)

_SENTENCES = re.compile(r"[.!?\n]+")
_CLOSE = re.compile(rf"\b(?:{CLOSE})\b", re.IGNORECASE)


def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of them as whole words: neither in "rapeseed" nor in "ex-groomed"."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)


_PLAIN, _TOPICS = _whole(PLAIN), _whole(TOPICS)


def words_found(text: str) -> tuple[str, ...]:
    """What in it may tell of harm, as it is written there, each once; empty when nothing does."""
    found: list[str] = []
    for sentence in _SENTENCES.split(text.replace("’", "'")):
        spoken = " ".join(sentence.split())
        found += _PLAIN.findall(spoken)
        if _CLOSE.search(spoken):
            found += [words for words in _TOPICS.findall(spoken) if not any(words in longer for longer in found)]
    return tuple(dict.fromkeys(found))


def may_tell_of_harm(text: str) -> bool:
    return bool(words_found(text))
