"""Spreadsheets that people send and are sent.

`read(content, name)` gives the cells of any CSV or XLSX file, or Unusable with a sentence for whoever sent it. `csv_of` writes tables that Excel opens
in the right letters and in which no cell is a formula; `workbook` makes XLSX files to fill in, `marked` gives a file back with what is wrong in it.
"""

from lib.sheets.exports import BOM, csv_of, harmless
from lib.sheets.grid import (
    EMPTY,
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Cell,
    Sheet,
    Unusable,
    column_name,
)
from lib.sheets.marking import WHAT_TO_CHANGE, marked
from lib.sheets.reading import read
from lib.sheets.values import Pounds
from lib.sheets.writing import Choices, Column, ReadMe, Table, workbook

__all__ = [
    "BOM",
    "EMPTY",
    "MOST_BYTES",
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "WHAT_TO_CHANGE",
    "Book",
    "Cell",
    "Choices",
    "Column",
    "Pounds",
    "ReadMe",
    "Sheet",
    "Table",
    "Unusable",
    "column_name",
    "csv_of",
    "harmless",
    "marked",
    "read",
    "workbook",
]
