"""Formulas as text. They are shown to people; nothing here or elsewhere works one out."""

import re

from lib.sheets.grid import column_name, column_of

_PIECE = re.compile(r"""("[^"]*"|'[^']*')|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w(.!])""", re.ASCII)


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads so many rows further down and columns further right: A2 moves, $A$2 and the text "A2" stay."""

    def replaced(match: re.Match[str]) -> str:
        if match[1]:
            return match[0]
        column = column_of(match[3]) + (0 if match[2] else columns)
        row = int(match[5]) + (0 if match[4] else rows)
        if column < 0 or row < 1:
            return "#REF!"
        return f"{match[2]}{column_name(column)}{match[4]}{row}"

    return _PIECE.sub(replaced, formula)
