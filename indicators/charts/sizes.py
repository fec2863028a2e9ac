"""The three sizes charts are drawn in, and what a line chart looks like in each: measures in units of the picture."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

WEB_FONTS = "Arial, Liberation Sans, sans-serif"
PAPER_FONTS = "Inter, Liberation Sans, Arial, sans-serif"


class Size(StrEnum):
    WIDE = "wide"  # the page, one unit a pixel
    NARROW = "narrow"  # the page on a phone
    PACK = "pack"  # paper, one unit a point


WIDE, NARROW, PACK = Size.WIDE, Size.NARROW, Size.PACK


@dataclass(frozen=True)
class Pen:
    """Widths of strokes, radii of marks, dashes. Dashes differ in kind, not only in colour: target long, missing even, note dotted."""

    line: Decimal
    before: Decimal  # the line before the last break
    dot: Decimal  # radius
    latest: Decimal  # radius of the latest
    outline: Decimal  # of hollow marks
    diamond: Decimal  # half its height
    cross: Decimal  # half its height
    grid: Decimal
    axis: Decimal
    edge: Decimal  # of the usual range
    mean: Decimal
    upright: Decimal  # of a break
    dotted: Decimal  # of a note
    target: Decimal
    target_dashes: str
    missing_dashes: str
    trial_dashes: str
    dots: str

    @property
    def diamond_path(self) -> str:
        """From its centre: "m0 -7l7 7-7 7-7-7z"."""
        half = self.diamond
        return f"m0 -{half}l{half} {half}-{half} {half}-{half}-{half}z"

    @property
    def cross_path(self) -> str:
        """From its centre: two strokes."""
        half, whole = self.cross, self.cross * 2
        return f"m-{half} -{half}l{whole} {whole}m0 -{whole}l-{whole} {whole}"


@dataclass(frozen=True)
class LineSize:
    """`left`, `right` and `head` are the least room around the plot; longer labels take more."""

    name: Size
    width: Decimal
    height: Decimal
    font: Decimal
    fonts: str
    line_height: Decimal
    left: Decimal
    right: Decimal
    head: Decimal  # over the plot when nothing is written there
    most_head: Decimal  # what notes and breaks may take of the height
    foot: Decimal  # under the axis: periods and years
    one_row_foot: Decimal  # the same, when the periods are too many to be written
    period_drop: Decimal  # from the axis to the base line of "Q1"
    group_drop: Decimal  # and of "2017-18"
    divider: Decimal  # length of the uprights between years
    gap: Decimal  # between a mark and its words
    apart: Decimal  # least distance of the labels at the right end
    note_width: Decimal  # where the words of a note or break are wrapped, on two lines at most
    has_end_labels: bool
    pen: Pen

    @property
    def is_paper(self) -> bool:
        return self.name is Size.PACK


_WIDE_PEN = Pen(
    line=Decimal("2.5"),
    before=Decimal("1.5"),
    dot=Decimal("4.5"),
    latest=Decimal("5.5"),
    outline=Decimal("2.5"),
    diamond=Decimal(7),
    cross=Decimal("4.5"),
    grid=Decimal(1),
    axis=Decimal(1),
    edge=Decimal(1),
    mean=Decimal("1.2"),
    upright=Decimal(2),
    dotted=Decimal("1.5"),
    target=Decimal("2.5"),
    target_dashes="8 4",
    missing_dashes="4 4",
    trial_dashes="5 4",
    dots="1 3",
)
_NARROW_PEN = Pen(
    line=Decimal("2.2"),
    before=Decimal("1.4"),
    dot=Decimal(4),
    latest=Decimal(5),
    outline=Decimal("2.2"),
    diamond=Decimal("6.5"),
    cross=Decimal(4),
    grid=Decimal(1),
    axis=Decimal(1),
    edge=Decimal(1),
    mean=Decimal("1.2"),
    upright=Decimal(2),
    dotted=Decimal("1.5"),
    target=Decimal("2.2"),
    target_dashes="7 4",
    missing_dashes="4 4",
    trial_dashes="5 4",
    dots="1 3",
)
_PACK_PEN = Pen(
    line=Decimal("1.5"),
    before=Decimal(1),
    dot=Decimal("1.7"),
    latest=Decimal("3.2"),
    outline=Decimal("1.2"),
    diamond=Decimal("3.8"),
    cross=Decimal("2.3"),
    grid=Decimal("0.35"),
    axis=Decimal("0.75"),
    edge=Decimal("0.6"),
    mean=Decimal("0.6"),
    upright=Decimal("0.9"),
    dotted=Decimal("0.8"),
    target=Decimal("1.1"),
    target_dashes="4 2",
    missing_dashes="2 2",
    trial_dashes="2.5 2",
    dots="0.8 1.6",
)

LINE_SIZES = {
    WIDE: LineSize(
        name=WIDE,
        width=Decimal(1100),
        height=Decimal(430),
        font=Decimal(15),
        fonts=WEB_FONTS,
        line_height=Decimal(18),
        left=Decimal(58),
        right=Decimal(132),
        head=Decimal(16),
        most_head=Decimal(170),
        foot=Decimal(62),
        one_row_foot=Decimal(40),
        period_drop=Decimal(20),
        group_drop=Decimal(42),
        divider=Decimal(48),
        gap=Decimal(8),
        apart=Decimal(18),
        note_width=Decimal(260),
        has_end_labels=True,
        pen=_WIDE_PEN,
    ),
    NARROW: LineSize(
        name=NARROW,
        width=Decimal(350),
        height=Decimal(330),
        font=Decimal(13),
        fonts=WEB_FONTS,
        line_height=Decimal(16),
        left=Decimal(42),
        right=Decimal(12),
        head=Decimal(14),
        most_head=Decimal(130),
        foot=Decimal(58),
        one_row_foot=Decimal(38),
        period_drop=Decimal(20),
        group_drop=Decimal(42),
        divider=Decimal(48),
        gap=Decimal(7),
        apart=Decimal(16),
        note_width=Decimal(150),
        has_end_labels=False,
        pen=_NARROW_PEN,
    ),
    PACK: LineSize(
        name=PACK,
        width=Decimal(510),
        height=Decimal(180),
        font=Decimal("7.5"),
        fonts=PAPER_FONTS,
        line_height=Decimal(10),
        left=Decimal(24),
        right=Decimal(104),
        head=Decimal(8),
        most_head=Decimal(62),
        foot=Decimal(25),
        one_row_foot=Decimal(14),
        period_drop=Decimal("10.5"),
        group_drop=Decimal(22),
        divider=Decimal(23),
        gap=Decimal(4),
        apart=Decimal(10),
        note_width=Decimal(360),
        has_end_labels=True,
        pen=_PACK_PEN,
    ),
}
