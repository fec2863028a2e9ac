"""Connections to the area made exclusive: each response stands in one group, that of its closest connection. Pure."""

import re
from typing import Protocol

LIVE, WORK_OR_STUDY, VISIT, OTHERWISE, UNSAID = 1, 2, 3, 4, 5  # the smallest of what a response names is its group

# By rank: the group's key, and its words.
KINDS = {
    LIVE: ("live", "Live here"),
    WORK_OR_STUDY: ("work-or-study", "Work or study here and don’t live here"),
    VISIT: ("visit", "Only visit"),
    OTHERWISE: ("otherwise", "Have another connection only"),
    UNSAID: ("unsaid", "Didn’t say"),
}
WORDS = {"live": LIVE, "work": WORK_OR_STUDY, "study": WORK_OR_STUDY, "visit": VISIT}


class ConnectionOption(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def is_dont_know(self) -> bool: ...


def kind_of(option: ConnectionOption) -> int:
    """The group that this answer to the connection question puts a response into: by its key, else by the words of its text."""
    if option.is_dont_know:
        return UNSAID
    if option.key in WORDS:
        return WORDS[option.key]
    words = re.findall(r"[a-z]+", re.sub(r"n[’']t\b", " not", option.text.lower()))
    if "not" in words or "none" in words:
        return OTHERWISE
    return min((WORDS[word] for word in words if word in WORDS), default=OTHERWISE)
