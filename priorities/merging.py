"""Two people changed one page: what the second typed, put on top of what the first saved.

Pure. Works on what stands in the boxes, as text. A box that was not touched takes the newer words; a box that was touched keeps the
typing, whatever the other person wrote there.
"""

from collections.abc import Sequence

Row = dict[str, str]  # the boxes of one entry, by name; "token" names the entry itself
NEW = "new-"  # how tokens of entries begin that are not in the plan yet


def merged(opened: Row, typed: Row, saved: Row) -> Row:
    """The boxes of one entry: as typed where the typing differs from how the page was opened, else as saved since."""
    return {name: saved.get(name, words) if words == opened.get(name) else words for name, words in typed.items()}


def merged_rows(opened: Sequence[Row], typed: Sequence[Row], saved: Sequence[Row]) -> list[Row]:
    """The entries of a list, in the order of whoever changed it; both: in the order typed.

    What the other added is there; what they removed goes too, unless it was changed here: then it comes back as a new entry.
    """
    was, mine, theirs = ({row["token"]: row for row in rows} for rows in (opened, typed, saved))
    together: dict[str, Row] = {}
    for token, row in mine.items():
        if token in theirs:
            together[token] = merged(was.get(token, {}), row, theirs[token])
        elif token.startswith(NEW):
            together[token] = row
        elif row != was.get(token):
            together[token] = row | {"token": NEW + token}
    together |= {token: row for token, row in theirs.items() if token not in mine and token not in was}
    rearranged = [token for token in mine if token in was] != [token for token in was if token in mine]
    if rearranged:
        return list(together.values())
    theirs_first = [together[token] for token in theirs if token in together]
    return theirs_first + [row for token, row in together.items() if token not in theirs]
