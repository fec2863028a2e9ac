"""What a drawing of the bodies looks like on a page and on paper: measures in units of the picture."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.sizes import PAPER_FONTS, WEB_FONTS

WIDEST_PAPER = Decimal(600)


@dataclass(frozen=True)
class Measures:
    is_paper: bool
    font: Decimal
    fonts: str
    line_height: Decimal
    pad: Decimal  # between a box and its words
    gap: Decimal  # between boxes side by side
    drop: Decimal  # between a body and the row below it
    stack: Decimal  # between boxes one below the other
    indent: Decimal  # of a body below another in its column
    least: Decimal  # no box is narrower, however many stand side by side
    most: Decimal  # nor wider
    key: Decimal  # length of a line in the key
    stroke: Decimal
    strong: Decimal  # around the bodies in the middle
    dashes: str
    dots: str


PAGE = Measures(
    is_paper=False,
    font=Decimal(15),
    fonts=WEB_FONTS,
    line_height=Decimal(19),
    pad=Decimal(9),
    gap=Decimal(20),
    drop=Decimal(40),
    stack=Decimal(12),
    indent=Decimal(22),
    least=Decimal(200),
    most=Decimal(320),
    key=Decimal(44),
    stroke=Decimal("1.5"),
    strong=Decimal("2.5"),
    dashes="7 4",
    dots="1.5 3.5",
)
PAPER = Measures(
    is_paper=True,
    font=Decimal("7.5"),
    fonts=PAPER_FONTS,
    line_height=Decimal("9.5"),
    pad=Decimal("4.5"),
    gap=Decimal(10),
    drop=Decimal(20),
    stack=Decimal(6),
    indent=Decimal(11),
    least=Decimal(104),
    most=Decimal(160),
    key=Decimal(22),
    stroke=Decimal("0.75"),
    strong=Decimal("1.25"),
    dashes="3.5 2",
    dots="0.8 1.8",
)


def measures(width: Decimal) -> Measures:
    return PAPER if width <= WIDEST_PAPER else PAGE
