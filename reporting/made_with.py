"""What a pack was made with: the code that draws it, the libraries and the fonts. The same of all gives the same bytes."""

from functools import cache
from importlib.metadata import version

from lib.release import fingerprint

LIBRARIES = ("weasyprint", "pydyf", "tinycss2", "fonttools", "Pillow", "pikepdf", "openpyxl")


@cache
def present() -> dict[str, str]:
    """By name: "code" (a fingerprint), each library's version, each font's checksum. Read once per process."""
    return {"code": fingerprint()} | {name: version(name) for name in LIBRARIES}
