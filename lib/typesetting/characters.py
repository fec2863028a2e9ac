"""Letters that a page can't show, made into what it can: nothing people write may leave an empty box or turn the line around."""

import re
import unicodedata

# Pictures are in no font of ours, and a screen reader reads them by name anyway.
_PICTURE = r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]"
_DRESSED = r"[\U0001f3fb-\U0001f3ff\ufe0f\u20e3]"  # skin tones, picture form, key caps
_PICTURES = re.compile(rf"{_PICTURE}{_DRESSED}*(?:\u200d{_PICTURE}{_DRESSED}*)*")
# Controls have no shape; the others turn the direction of what follows, so that a line would read otherwise than it was written.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]")


def printable(text: str) -> str:
    """The text with pictures by name ("[party popper]") and without characters that have no shape. Other scripts stay as they are."""
    return _UNSEEN.sub("", _PICTURES.sub(_by_name, text))


def _by_name(match: re.Match[str]) -> str:
    name = unicodedata.name(match[0][0], "picture")
    return f"[{name.lower()}]"
