"""The accessible web page of an edition: the same parts as its PDF, on a page of its own.

It is the HTML that the PDF is set from, rewritten: what only paper has (running lines, page sizes) goes, and what only a screen needs comes:
a head, a way past the header, contents to move about by, and tables that scroll by themselves and are reached with the keyboard.
So nothing can stand in one and not in the other. It needs no script, and its bytes are served as they were stored, for years: the
stylesheet lies at an address that stays, and is the only thing it loads.
"""

from collections import Counter
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

from django.template.loader import render_to_string

from reporting import pdf
from reporting.imprint import Imprint
from reporting.snapshots import canonical
from reporting.snapshots.shape import Snapshot

HEADINGS = ("h1", "h2", "h3", "h4", "caption")
RUNNING = "data-"  # attributes that paper prints at the head and foot of every page
CONTENTS = "contents"
WIDE = 300  # points
STYLES = "/static/pack/read.css"  # without a checksum: a stored page can’t be changed when it is


def page(snapshot: Snapshot, imprint: Imprint) -> bytes:
    """The page as it is stored, UTF-8."""
    checksum = canonical.sha256(canonical.to_json(snapshot))
    return rewritten(pdf.html(snapshot, imprint, checksum=checksum), is_public=imprint.is_public).encode()


def rewritten(paper: str, *, is_public: bool) -> str:
    """The HTML of a document on paper as a page of its own."""
    reader = _Paper()
    reader.feed(paper)
    reader.close()
    said = reader.running
    back, back_words = ("/reports/", "All reports") if is_public else ("/packs/", "All packs")
    context = {
        "title": " ".join(reader.title.split()),
        "partnership": said.get("data-partnership", ""),
        "issue": said.get("data-issue", ""),
        "flag": said.get("data-flag", ""),
        "marking": "" if is_public else said.get("data-marking", ""),
        "styles": STYLES,
        "back": back,
        "back_words": back_words,
    }
    shell = render_to_string("reporting/companions/page.html", context)
    before, _, after = shell.partition(PLACE)
    return f"{before}{''.join(reader.body)}{after}"


PLACE = "<!-- the parts -->"  # where the shell takes them in


@dataclass
class _Under:
    """What stands under one heading. Tables are told apart by a number, charts too."""

    heading: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def region(self, what: str) -> str:
        """Opens a part that scrolls by itself where it is too wide: it has a name, and takes the keyboard."""
        self.counts[what] += 1
        count = self.counts[what]
        name = f"{what}: {self.heading}" if count == 1 else f"{what} {count}: {self.heading}"
        return f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(name)}">'


class _Paper(HTMLParser):
    """Reads the document once and keeps what stands in its body, tag by tag as it was written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.body: list[str] = []
        self.title = ""
        self.running: dict[str, str] = {}
        self._is_in_body = self._is_in_title = False
        self._heading: list[str] | None = None
        self._under = _Under()
        self._is_in_wide_chart = False
        self._lists: list[str] = []  # what closes each list that is open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._is_in_body = True
            return
        self._is_in_title = tag == "title" and not self._is_in_body
        if not self._is_in_body:
            return
        if tag in HEADINGS:
            self._heading = []
        if tag == "table":
            self.body.append(self._under.region("Table"))
        if tag == "svg":
            self._is_in_wide_chart = _is_wide_chart(dict(attrs))
            if self._is_in_wide_chart:
                self.body.append(self._under.region("Chart"))
        if tag in ("ul", "ol"):
            is_contents = tag == "ul" and CONTENTS in (dict(attrs).get("class") or "").split()
            self._lists.append("</nav>" if is_contents else "")
            if is_contents:
                self.body.append('<nav aria-label="Contents">')
        self.body.append(self._start(tag, attrs))

    def _start(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        """The tag as it was written; without the lines of paper where it has any."""
        running = {name: value or "" for name, value in attrs if name.startswith(RUNNING)}
        if not running:
            return self.get_starttag_text() or ""
        self.running = running | {name: value for name, value in self.running.items() if value}
        kept = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs if name not in running)
        return f"<{tag}{kept}>"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._is_in_body:
            self.body.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "body":
            self._is_in_body = False
        if tag == "title":
            self._is_in_title = False
        if not self._is_in_body:
            return
        if tag in HEADINGS and self._heading is not None:
            self._under = _Under(" ".join("".join(self._heading).split()))
            self._heading = None
        self.body.append(f"</{tag}>")
        if tag == "table" or (tag == "svg" and self._is_in_wide_chart):
            self.body.append("</div>")
        if tag in ("ul", "ol") and self._lists:
            self.body.append(self._lists.pop())

    def handle_data(self, data: str) -> None:
        self._text(data, data)

    def handle_entityref(self, name: str) -> None:
        self._text(f"&{name};", unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._text(f"&#{name};", unescape(f"&#{name};"))

    def _text(self, written: str, said: str) -> None:
        if self._is_in_title:
            self.title += said
        if self._is_in_body:
            self.body.append(written)
            if self._heading is not None:
                self._heading.append(said)


def _is_wide_chart(attrs: dict[str, str | None]) -> bool:
    """Drawn for the whole width of a page of paper: made as narrow as a phone, its letters could not be read."""
    width = (attrs.get("width") or "").removesuffix("pt")
    return "chart" in (attrs.get("class") or "").split() and width.replace(".", "").isdecimal() and float(width) > WIDE
