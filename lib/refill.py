"""Putting what was sent from a form back into that form, in the HTML of its page.

Works on any form that this site draws, knows none of them, and changes nothing but the boxes. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Sent = Mapping[str, Sequence[str]]
# Differ each time a page is drawn, and say nothing of which form it is. They too come back as they were sent: the version tells what others
# changed meanwhile, the token whether a form was sent twice.
CHANGING = frozenset({"version", "token", "initial-token"})
NEVER = frozenset({"csrfmiddlewaretoken"})
PRESSED = frozenset({"submit", "button", "image", "reset", "file", "password"})


@dataclass
class _Box:
    """A box of a form: its start tag and where that stands; for a textarea also where its text does."""

    tag: str
    attributes: dict[str, str | None]
    start: int
    end: int
    until: int = 0
    value: str | None = None  # of an option: its text, where it has no value of its own

    @property
    def kind(self) -> str:
        return (self.attributes.get("type") or "text").lower() if self.tag == "input" else self.tag

    @property
    def name(self) -> str:
        return self.attributes.get("name") or ""


@dataclass
class _Form:
    to: str
    boxes: list[_Box] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {box.name for box in self.boxes if box.kind not in PRESSED} - NEVER

    def is_another(self, sent: Sent) -> bool:
        """Whether a hidden box says that it is about something else: a row of a list, say."""
        hidden = [box for box in self.boxes if box.kind == "hidden" and box.name in sent]
        return any(
            (box.attributes.get("value") or "") not in sent[box.name]
            for box in hidden
            if box.name not in CHANGING | NEVER and not box.name.endswith(("_FORMS", "version"))
        )


class _Reader(HTMLParser):
    def __init__(self, page: str, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.html = page, html
        self.lines = [0]
        for line in html.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.forms: list[_Form] = []
        self.form: _Form | None = None
        self.select = ""
        self.text: _Box | None = None  # a textarea or option that is open

    @property
    def at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            post = (said.get("method") or "").lower() == "post"
            self.form = _Form(urlsplit(urljoin(self.page, said.get("action") or "")).path) if post else None
            if self.form:
                self.forms.append(self.form)
        if self.form is None or tag not in ("input", "textarea", "select", "option"):
            return
        if tag == "select":
            self.select = said.get("name") or ""
            return
        if tag == "option":
            said["name"] = self.select
        box = _Box(tag, said, self.at, self.at + len(self.get_starttag_text() or ""))
        self.form.boxes.append(box)
        if tag in ("textarea", "option"):
            self.text = box

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif self.text is not None and tag == self.text.tag:
            self.text.until = self.at
            self.text.value = self.html[self.text.end : self.at].strip()
            self.text = None


def refill(html: str, *, page: str, to: str, sent: Sent) -> tuple[str, dict[str, list[str]]]:
    """The page with the form that goes `to` filled in as it was sent, and what has no box there any more.

    `page` is the page's own address, which a form without one of its own goes to. Of several forms the one with most of the boxes is taken.
    Nothing is put into boxes for passwords and files.
    """
    reader = _Reader(page, html)
    reader.feed(html)
    reader.close()
    fitting = [form for form in reader.forms if form.to == to and not form.is_another(sent)]
    form = max(fitting, key=lambda one: len(one.names & sent.keys()), default=None)
    names = form.names if form else set()
    left = {name: list(values) for name, values in sent.items() if name not in names | NEVER and any(values)}
    if form is None:
        return html, left
    edits = sorted(_edits(form, {name: list(values) for name, values in sent.items()}))
    parts, done = [], 0
    for start, end, instead in edits:
        parts += [html[done:start], instead]
        done = end
    return "".join([*parts, html[done:]]), left


def _edits(form: _Form, sent: dict[str, list[str]]) -> Iterator[tuple[int, int, str]]:
    """(from, to, what stands there instead)."""
    for box in form.boxes:
        values = sent.get(box.name)
        if box.kind in PRESSED or box.name in NEVER or not box.name:
            continue
        if box.kind in ("checkbox", "radio", "option"):
            mark = "selected" if box.kind == "option" else "checked"
            if values is None and box.kind == "option":
                continue
            own = box.attributes.get("value")
            own = own if own is not None else (box.value or "") if box.kind == "option" else "on"
            yield box.start, box.end, _tag(box, mark, on=own in (values or ()))
        elif values:
            said = values.pop(0) if len(values) > 1 else values[0]
            if box.kind == "textarea":
                yield box.end, box.until, "\n" + escape(said, quote=False)
            else:
                box.attributes["value"] = said
                yield box.start, box.end, _tag(box)


def _tag(box: _Box, mark: str = "", *, on: bool = False) -> str:
    said = {name: value for name, value in box.attributes.items() if name != mark}
    if box.kind == "option":
        said.pop("name", None)
    if on:
        said[mark] = None
    shown = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in said.items())
    return f"<{box.tag}{shown}>"
