"""How cells look. Each look is made once and shared, because openpyxl takes long to compare them."""

from functools import cache
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

MULBERRY = "5A2350"
PALE = "F3F2F1"  # behind what cannot be changed
LINE = "B1B4B6"
RED, PALE_RED = "D4351C", "F9DEDA"
FONT = "Arial"


def _filled(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


def _boxed(colour: str, style: str) -> Border:
    side = Side(style=style, color=colour)  # type: ignore[arg-type]
    return Border(left=side, right=side, top=side, bottom=side)


def _aligned(is_text: bool, **more: Any) -> Alignment:
    return Alignment(horizontal="left" if is_text else "right", indent=1, **more)


class Looks:
    def __init__(self, workbook: Workbook) -> None:
        self._sheet = workbook.create_sheet("Looks")
        workbook.remove(self._sheet)
        top = Alignment(wrap_text=True, vertical="top")
        self.plain = self._made()
        self.title = self._made(
            font=Font(name=FONT, size=14, bold=True, color=MULBERRY),
            alignment=Alignment(wrap_text=True, vertical="center"),
        )
        self.words = self._made(font=Font(name=FONT, size=11), alignment=top)
        self.link = self._made(font=Font(name=FONT, size=11, underline="single", color=MULBERRY), alignment=top)
        self.heading = cache(self._heading)
        self.body = cache(self._body)
        self.copy = cache(self._copy)
        self.marked = cache(self._marked)

    def _heading(self, is_text: bool) -> Any:
        """Over numbers it stands on the right, as they do."""
        return self._made(
            font=Font(name=FONT, size=10, bold=True, color="FFFFFF"),
            fill=_filled(MULBERRY),
            alignment=_aligned(is_text, vertical="center", wrap_text=True),
            border=_boxed(MULBERRY, "thin"),
        )

    def _body(self, shape: str, is_protected: bool, is_entry: bool) -> Any:
        """A cell of a table. In a protected sheet what can be filled in is white and unlocked, the rest pale."""
        return self._made(
            fill=_filled(PALE) if is_protected and not is_entry else PatternFill(),
            alignment=_aligned(shape == "@", vertical="top", wrap_text=shape == "@"),
            border=_boxed(LINE, "thin"),
            number_format=shape,
            protection=Protection(locked=not is_entry),
        )

    def _copy(self, shape: str) -> Any:
        return self._made(number_format=shape)

    def _marked(self, shape: str) -> Any:
        """Told by the frame and the heavy letters too, not by colour alone."""
        return self._made(
            font=Font(name=FONT, size=10, bold=True),
            fill=_filled(PALE_RED),
            border=_boxed(RED, "medium"),
            number_format=shape,
        )

    def _made(self, **style: Any) -> Any:
        cell: Any = WriteOnlyCell(self._sheet)
        style.setdefault("font", Font(name=FONT, size=10))
        for name, value in style.items():
            setattr(cell, name, value)
        return cell._style
