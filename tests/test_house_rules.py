"""The rules that a tool can't hold, held by a test each. A rule that is broken names the place."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["accounts", "priorities", "indicators", "consultation", "governance", "reporting"]
OURS = [*APPS, "lib", "cspplan"]


def python_files(*folders: str) -> list[Path]:
    return [
        path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
    ]


def view_files() -> list[Path]:
    return [path for path in python_files(*APPS) if "views" in path.stem or path.parent.name == "views"]


def places(paths: list[Path], pattern: str) -> list[str]:
    found = []
    for path in paths:
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if re.search(pattern, line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    return found


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def test_there_is_something_to_look_at():
    assert len(python_files(*OURS)) > 50
    assert len(view_files()) >= 4
    assert len(templates()) > 30


def test_no_file_passes_400_lines():
    long = [
        f"{path.relative_to(ROOT)}: {count}"
        for path in python_files(*OURS, "tests")
        if (count := len(path.read_text().splitlines())) > 400
    ]
    assert long == []


def test_no_module_is_named_for_nothing():
    names = {"utils", "helpers", "common", "core", "misc"}
    assert [str(path.relative_to(ROOT)) for path in python_files(*OURS) if names & {path.stem, *path.parts}] == []


def test_views_write_nothing():
    assert (
        places(view_files(), r"\.(save|create|update|delete|bulk_create|bulk_update|update_or_create|get_or_create)\(")
        == []
    )


def test_views_begin_with_a_scoped_read():
    """On what not everybody may see. `Model.objects.` is followed by `visible_to(`."""
    scoped = "Return|Commentary|Round|Indicator|Pack|User|AuditEvent|Figure|Revision|Upload"
    assert places(view_files(), rf"\b({scoped})\.objects\.(?!visible_to\()") == []


def test_files_come_in_through_one_box_and_go_out_under_one_header():
    assert places(python_files(*APPS), r"forms\.FileField|forms\.ImageField") == []
    assert places(python_files(*OURS), r"filename=|views\.static|FileResponse|MEDIA_URL") == []
    headers = places(python_files(*APPS), "Content-Disposition")
    assert headers and [place for place in headers if "file_names.disposition(" not in place] == []


def test_sessions_are_those_of_accounts():
    """The table that Django brings is empty: whoever asks it is told nothing."""
    assert places(python_files(*OURS), r"contrib\.sessions\.models") == []


def test_there_are_no_signals():
    assert places(python_files(*OURS), r"@receiver\b|(pre|post)_(save|delete)\.connect|m2m_changed") == []


def test_only_a_removal_of_personal_data_goes_through_the_door():
    """`lib.append_only.rewrite` changes rows on the record: nothing but the removal calls it, or sets what PostgreSQL looks at."""
    users = {place.split(":")[0] for place in places(python_files(*OURS), r"\brewrite\b|csp\.erasing")}
    assert users == {"lib/append_only.py", "accounts/erasing/cutting.py", "reporting/actions/erasing.py"}


def test_jobs_leave_only_on_commit():
    bad = [place for place in places(python_files(*APPS), r"\.(delay|apply_async)\(") if "on_commit" not in place]
    assert bad == []


# Who may open a connection by themselves: health looks whether the broker answers, and files are shown to ClamAV where IT says so. Mail,
# storage and signing in elsewhere go through Django; the outbox knows the mail server's errors by name, and so do others theirs.
CONNECTS = {"cspplan/health.py", "lib/clamav.py", "accounts/outbox.py"}


def test_nothing_of_ours_asks_the_network():
    modules = r"requests|httpx|urllib3|urllib\.request|http\.client|socket|smtplib|ftplib|aiohttp|boto3|redis"
    asking = places(
        python_files(*OURS), rf"^\s*(import|from) ({modules})\b|^\s*from (urllib|http) import (request|client)\b"
    )
    connecting = {place.split(":")[0] for place in asking if not re.search(r"import \w+(Error|Exception)$", place)}
    assert connecting == CONNECTS


def test_text_is_always_escaped():
    assert places(templates(), r"\|\s*safe\b|autoescape off") == []
    assert places(python_files(*OURS), r"mark_safe\(|SafeString\(") == []


def test_templates_hold_no_style_or_script_of_their_own():
    pages = [
        path
        for path in templates()
        if "emails" not in path.parts and "email" not in path.parts and "pack" not in path.parts
    ]
    assert places(pages, r"""\sstyle=|<style\b|<script(?![^>]*\bsrc=)|\son[a-z]+=["']""") == []


def test_crispy_is_imported_through_one_module():
    importers = {place.split(":")[0] for place in places(python_files(*OURS), r"\b(from|import) crispy_forms")}
    assert importers <= {"lib/govuk.py"}


def test_the_database_never_adds_up_decimals():
    """SQLite sums floats."""
    assert places(python_files(*APPS), r"\b(Sum|Avg)\(") == []


def test_numbers_are_never_floats():
    names = ("aggregate", "aims", "numbers", "rating", "spc", "trend")
    pure = [ROOT / "lib" / "numerals.py", *(ROOT / "indicators" / f"{name}.py" for name in names)]
    assert places(pure, r"\bfloat\(") == []


def test_querysets_and_pure_modules_never_read_the_clock():
    """Except `visible_to`, which by its meaning is about now."""
    found = []
    for path in python_files(*(f"{app}/models" for app in APPS)):
        tree = ast.parse(path.read_text())
        for cls in (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name.endswith("QuerySet")):
            for function in (node for node in cls.body if isinstance(node, ast.FunctionDef)):
                if function.name != "visible_to" and re.search(
                    r"timezone\.\w*(now|date)|date\.today", ast.unparse(function)
                ):
                    found.append(f"{path.relative_to(ROOT)}: {cls.name}.{function.name}")
    assert found == []


def test_every_action_is_atomic_and_says_who():
    """Public functions that take `by` in an app's actions are `@transaction.atomic` and take `by` by keyword only."""
    bad, seen = [], 0
    files = [path for path in python_files(*APPS) if path.stem == "actions" or path.parent.name == "actions"]
    for path in files:
        for function in ast.parse(path.read_text()).body:
            if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
                continue
            keywords = {argument.arg for argument in function.args.kwonlyargs}
            if "by" not in keywords:
                if "by" in {argument.arg for argument in function.args.args}:
                    bad.append(f"{path.relative_to(ROOT)}: {function.name} takes `by` by place")
                continue
            seen += 1
            if "transaction.atomic" not in {ast.unparse(decorator) for decorator in function.decorator_list}:
                bad.append(f"{path.relative_to(ROOT)}: {function.name} is not atomic")
            if function.returns is None:
                bad.append(f"{path.relative_to(ROOT)}: {function.name} has no type hints")
    assert bad == []
    assert seen >= 15


def test_nothing_is_unfinished_or_switched_off():
    paths = [*python_files(*OURS, "tests", "bench"), *templates()]
    marks = (
        "TO" + "DO|FIX" + r"ME|\bX" + "XX\\b|HA" + "CK\\b|NotImplemented" + "Error|mark\\.(skip|xfail)|pytest\\.skip"
    )
    assert places(paths, marks) == []


@pytest.mark.parametrize("lower", range(len(APPS)))
def test_reverse_accessors_do_not_smuggle_imports(lower):
    """A field's `related_name` on a model further left is only used further right."""
    related: dict[str, str] = {}
    for index, app in enumerate(APPS):
        for path in python_files(f"{app}/models"):
            for match in re.finditer(r'related_name="(\w+)"', path.read_text()):
                related.setdefault(match[1], APPS[index])
    smuggled = [name for name, app in related.items() if APPS.index(app) > lower and len(name) > 6]
    code = python_files(APPS[lower])
    pattern = (
        r"\.(" + "|".join(map(re.escape, smuggled)) + r")\.(all|filter|exists|count|order_by|exclude|get)\("
        if smuggled
        else r"(?!x)x"
    )
    assert places(code, pattern) == []
