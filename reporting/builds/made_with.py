"""What a pack was made with: the code that draws it, the libraries and the fonts. The same of all gives the same bytes."""

import ctypes
import hashlib
import platform
import subprocess
import zlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from lib import release

# Whatever the drawing imports or reads; a test holds this against what is really imported.
CODE = (
    "governance/clock.py",
    "governance/funding/sums.py",
    "governance/funding/twelve_months.py",
    "governance/lateness.py",
    "governance/structure",
    "indicators/aggregate.py",
    "indicators/aims.py",
    "indicators/charts",
    "indicators/explanation.py",
    "indicators/rating.py",
    "indicators/trend.py",
    "lib",
    "reporting/assessing/comparing.py",
    "reporting/companions",
    "reporting/imprint.py",
    "reporting/builds/making.py",
    "reporting/pdf",
    "reporting/snapshots/canonical.py",
    "reporting/snapshots/funded.py",
    "reporting/snapshots/governed.py",
    "reporting/snapshots/shape.py",
    "reporting/snapshots/upgrade.py",
    "static/pack",
    "templates/charts",
    "templates/reporting/assessment",
    "templates/reporting/companions",
    "templates/reporting/pack",
)
LIBRARIES = (
    "Django",
    "weasyprint",
    "pydyf",
    "tinycss2",
    "cssselect2",
    "tinyhtml5",
    "Pyphen",
    "fonttools",
    "Pillow",
    "pikepdf",
    "openpyxl",
)
FAMILIES = ("Inter", "Liberation Sans")  # what the stylesheets name; any other font is used only for letters these lack
UNKNOWN = "not known"

_code = release.of(CODE)  # of the code that runs, whatever becomes of its files


def present() -> dict[str, str]:
    """By name: "code" (a fingerprint), Python, each library's version, each family of fonts (a fingerprint of its files)."""
    return (
        {"code": _code, "Python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
        | {name: version(name) for name in LIBRARIES}
        | {
            "Pango": _told_by("libpango-1.0.so.0", "pango_version_string"),
            "HarfBuzz": _told_by("libharfbuzz.so.0", "hb_version_string"),
        }
        | _fonts()
    )


def differences(was: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """ "weasyprint was 69.0, is 70.0" for each thing that is another now; none when all is the same."""
    names = sorted(was.keys() | now.keys())
    return [
        f"{name} was {was.get(name, UNKNOWN)}, is {now.get(name, UNKNOWN)}"
        for name in names
        if was.get(name) != now.get(name)
    ]


def _told_by(library: str, function: str) -> str:
    """What a C library says of its version."""
    try:
        ask = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return UNKNOWN
    ask.restype = ctypes.c_char_p
    said: bytes = ask()
    return said.decode()


def _fonts() -> dict[str, str]:
    """A fingerprint of the files of each family, and of the list of all others: for letters that these lack one of them is chosen."""
    try:
        told = subprocess.run(
            ["fc-list", "--format", "%{family[0]}\t%{fontversion}\t%{file}\n"],
            check=True,
            capture_output=True,
            text=True,
            timeout=30,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return {f"fonts {name}": UNKNOWN for name in (*FAMILIES, "others")}
    lines = [line.split("\t") for line in sorted(set(told.splitlines()))]
    files = {
        f"fonts {family}": _fingerprint(*(Path(file).read_bytes() for name, _, file in lines if name == family))
        for family in FAMILIES
    }
    others = (f"{name} {number} {Path(file).name}" for name, number, file in lines if name not in FAMILIES)
    return files | {"fonts others": _fingerprint(*(line.encode() for line in others))}


def _fingerprint(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:16]
