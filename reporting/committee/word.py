"""The covering report as a Word document that the committee's team can put its own pages around: headings are styles, the language is set.

The same words give the same bytes: the parts of the file carry one time, and nobody's name but the partnership's.
"""

import io
import zipfile
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from lib.typesetting import characters
from reporting.committee.cover_report import Drawn, Part

LANGUAGE = "en-GB"
FONT = "Arial"
MULBERRY = RGBColor(0x5A, 0x23, 0x50)
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first a zip file can hold


def word(drawn: Drawn) -> bytes:
    document = docx.Document()
    _set_up(document, drawn)
    document.add_paragraph(_plain(drawn.meeting), style="Subtitle")
    document.add_paragraph(_plain(drawn.title), style="Title")
    if drawn.flag:
        document.add_paragraph(_plain(f"{drawn.flag}."), style="Subtitle")
    _add_lines(document, drawn)
    for number, part in enumerate(drawn.parts, start=1):
        _add(document, number, part)
    made = io.BytesIO()
    document.save(made)
    return _at_one_time(made.getvalue())


def _set_up(document: Any, drawn: Drawn) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = drawn.title, drawn.partnership, LANGUAGE
    properties.comments = properties.last_modified_by = ""
    made = drawn.made.replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = made
    for language in document.styles.element.iter(qn("w:lang")):  # the template's own is American English
        language.set(qn("w:val"), LANGUAGE)
    for name in ("Normal", "Title", "Subtitle", "Heading 1"):
        _dress(document.styles[name])
    for name in ("Title", "Heading 1"):
        document.styles[name].font.color.rgb = MULBERRY
    document.styles["Normal"].font.size = Pt(11)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)


def _dress(style: Any) -> None:
    """Our font in all its scripts."""
    style.font.name = FONT
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        if "Theme" in name:
            del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _add_lines(document: Any, drawn: Drawn) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for what, words in drawn.lines:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(_plain(what)).bold = True
        cells[1].paragraphs[0].add_run(_plain(words))
        cells[0].width, cells[1].width = Cm(5), Cm(11)


def _add(document: Any, number: int, part: Part) -> None:
    document.add_heading(f"{number}. {_plain(part.title)}", level=1)
    for paragraph in part.paragraphs:
        if paragraph.is_list:
            for line in paragraph.lines:
                document.add_paragraph(_plain(line), style="List Bullet")
        else:
            document.add_paragraph("\n".join(map(_plain, paragraph.lines)))


def _plain(text: str) -> str:
    """Without the characters that no XML may hold."""
    return characters.printable(text)


def _at_one_time(content: bytes) -> bytes:
    """The same parts in the same order, all with one time on them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as written, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in written.namelist():
            part = zipfile.ZipInfo(name, _MOMENT)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, written.read(name))
    return made.getvalue()
