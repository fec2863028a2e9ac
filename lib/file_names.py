"""Names of files: what people sent, shown safely; what goes out, in a header that nothing in a name can break."""

from pathlib import PurePosixPath

from django.utils.http import content_disposition_header

LONGEST = 150
LONGEST_ENDING = 5


def shown(name: str, unnamed: str = "file") -> str:
    """What a file is called on screen, in the trail and when it goes out again: without folders, without what can't be seen or turns
    the order of letters round, at most 150 characters with its ending kept."""
    last = PurePosixPath(name.replace("\\", "/")).name
    seen = "".join(letter for letter in last if letter.isprintable()).strip()
    stem, dot, ending = seen.rpartition(".")
    if len(seen) > LONGEST and dot and len(ending) <= LONGEST_ENDING:
        return f"{stem[: LONGEST - len(ending) - 2]}…{dot}{ending}"
    return seen[:LONGEST] or unnamed


def ending(name: str) -> str:
    """ ".xlsx" of "Figures.XLSX"; "" where there is none."""
    return PurePosixPath(shown(name)).suffix.lower()


def disposition(name: str, *, inline: bool = False) -> str:
    """The header Content-Disposition: a file to keep, unless there is a reason to show it in the browser (`inline`)."""
    return content_disposition_header(not inline, shown(name)) or "attachment"
