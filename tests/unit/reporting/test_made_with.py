"""What a pack was made with: everything that draws it counts, and nothing else."""

import ast
import re
import sys
from importlib.util import find_spec
from pathlib import Path

from lib import release
from reporting.builds import made_with

OURS = {"accounts", "priorities", "indicators", "consultation", "governance", "reporting", "lib", "cspplan"}
# Of the snapshots only what reads a kept one draws; the package itself names what gathers as well, from the records.
GATHERS = {"reporting.snapshots", "reporting.snapshots.gather", "reporting.companions"}
DRAWS = ["reporting.builds.making", "reporting.pdf", "reporting.snapshots.canonical", "reporting.snapshots.upgrade"]


def imported(name):
    for node in ast.walk(ast.parse(Path(find_spec(name).origin).read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def is_module(name):
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def test_all_that_the_drawing_imports_counts():
    seen, waiting = set(), [*DRAWS, "reporting.companions"]
    while waiting:
        name = waiting.pop()
        if name in seen or name.partition(".")[0] not in OURS or not is_module(name):
            continue
        seen.add(name)
        if name not in GATHERS - {"reporting.companions"}:
            waiting.extend(imported(name))
    root = release.ROOT
    counted = [root / part for part in made_with.CODE]
    files = {Path(sys.modules[name].__file__) if name in sys.modules else Path(find_spec(name).origin) for name in seen}
    left_out = {
        str(file.relative_to(root))
        for file in files
        if not any(file == part or file.is_relative_to(part) for part in counted) and file.stat().st_size > 200
    }
    assert left_out <= {"reporting/snapshots/__init__.py", "reporting/snapshots/gather.py"}
    assert len(seen) > 60


def test_all_that_the_templates_of_what_is_drawn_use_counts():
    """Templates are named in code and in other templates; each name lies in a folder that counts."""
    names = {
        name
        for part in made_with.CODE
        for path in ([release.ROOT / part] if (release.ROOT / part).is_file() else (release.ROOT / part).rglob("*"))
        if path.suffix in (".py", ".html", ".svg")
        for name in re.findall(r"""["']((?:reporting|charts)/[\w/]+\.(?:html|svg))["']""", path.read_text())
    }
    assert {name for name in names if not f"templates/{name}".startswith(made_with.CODE)} == set()
    assert len(names) > 10


def test_every_part_is_named_and_known():
    told = made_with.present()
    assert {"code", "Python", "weasyprint", "Pango", "HarfBuzz", "fonts Inter", "fonts others"} <= set(told)
    assert made_with.UNKNOWN not in told.values()
    assert told["Pango"].count(".") == 2
    assert told["fonts Inter"] != told["fonts Liberation Sans"]


def test_told_twice_it_is_the_same():
    assert made_with.present() == made_with.present()


def test_differences_are_named():
    was = {"weasyprint": "69.0", "code": "a", "old": "1"}
    assert made_with.differences(was, {"weasyprint": "70.0", "code": "a", "new": "2"}) == [
        "new was not known, is 2",
        "old was 1, is not known",
        "weasyprint was 69.0, is 70.0",
    ]
    assert made_with.differences(was, was) == []


def test_where_no_fonts_can_be_listed_nothing_fails(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert made_with.present()["fonts Inter"] == made_with.UNKNOWN


def test_a_library_that_is_not_there_is_not_known():
    assert made_with._told_by("libnowhere.so.0", "version") == made_with.UNKNOWN
