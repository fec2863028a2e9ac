"""The words that people see: what stands between the tags of templates, and the strings of the code. What the guide prints bold is looked for here."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "priorities", "indicators", "consultation", "governance", "reporting", "lib")
NOT_PAGES = {"emails", "email", "pack", "pdf"}
TAG, MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL), re.compile(r"<[^>]*>")
STRING = re.compile(
    r"""["'}]([^"'{}\n]{2,120})(?=["'{])"""
)  # and pieces of formatted ones; reading each file as Python takes far longer
CUT = "\x00"


def of_template(text: str) -> Iterator[str]:
    """Each run of words between tags, and each quoted one inside a tag: `{% post_button url "Verify" %}`."""
    for tag in TAG.findall(text):
        if not tag.startswith("{#"):
            yield from re.findall(r'"([^"]+)"', tag)
    yield from MARKUP.sub(CUT, TAG.sub(CUT, text)).split(CUT)


def shown() -> set[str]:
    """Whole runs only, so that a button that gets another name is missed here, however common its words are elsewhere."""
    found: set[str] = set()
    for path in (ROOT / "templates").rglob("*.html"):
        if NOT_PAGES.isdisjoint(path.parts):
            found.update(of_template(path.read_text()))
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                found.update(STRING.findall(path.read_text()))
    return {" ".join(words.split()).strip(" .:,") for words in found}
