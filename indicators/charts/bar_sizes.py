"""What bars look like on the page, on a phone and on paper: measures in units of the picture."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.charts.sizes import NARROW, PACK, PAPER_FONTS, WEB_FONTS, WIDE


@dataclass(frozen=True)
class BarSize:
    width: Decimal
    height: Decimal  # of upright bars; level ones are as high as they are many
    font: Decimal
    fonts: str
    line_height: Decimal
    bar: Decimal  # how thick a level bar is
    thickest: Decimal  # an upright one
    between: Decimal  # level bars
    gap: Decimal  # between a bar and its words
    beyond: Decimal  # how far a target's tick reaches over the bar
    hatch: Decimal
    outline: Decimal
    target: Decimal
    axis: Decimal

    @property
    def casing(self) -> Decimal:
        """White around a target's tick, so that it stands out of a dark bar."""
        return self.target * Decimal("2.4")


BAR_SIZES = {
    WIDE: BarSize(
        width=Decimal(700),
        height=Decimal(280),
        font=Decimal(15),
        fonts=WEB_FONTS,
        line_height=Decimal(18),
        bar=Decimal(22),
        thickest=Decimal(64),
        between=Decimal(12),
        gap=Decimal(8),
        beyond=Decimal(4),
        hatch=Decimal(7),
        outline=Decimal(2),
        target=Decimal("2.5"),
        axis=Decimal(1),
    ),
    NARROW: BarSize(
        width=Decimal(350),
        height=Decimal(240),
        font=Decimal(13),
        fonts=WEB_FONTS,
        line_height=Decimal(16),
        bar=Decimal(20),
        thickest=Decimal(40),
        between=Decimal(10),
        gap=Decimal(7),
        beyond=Decimal("3.5"),
        hatch=Decimal(6),
        outline=Decimal("1.8"),
        target=Decimal("2.2"),
        axis=Decimal(1),
    ),
    PACK: BarSize(
        width=Decimal(231),
        height=Decimal(110),
        font=Decimal("7.5"),
        fonts=PAPER_FONTS,
        line_height=Decimal(10),
        bar=Decimal(10),
        thickest=Decimal(26),
        between=Decimal(5),
        gap=Decimal(4),
        beyond=Decimal(2),
        hatch=Decimal("3.5"),
        outline=Decimal("0.9"),
        target=Decimal("1.4"),
        axis=Decimal("0.75"),
    ),
}
