import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = set(
    re.findall(
        r"""(?:env\.\w+|required)\(\s*"([A-Z_]+)\"""",
        "".join((ROOT / "cspplan" / name).read_text(encoding="utf-8") for name in ("environment.py", "settings.py")),
    )
)


def test_settings_are_found():
    assert {"PRODUCTION", "SECRET_KEY", "EMAIL_URL", "FILES_OPTIONS"} <= SETTINGS


@pytest.mark.parametrize(
    "document, line",
    [(".env.example", r"^([A-Z_]+)="), ("README.md", r"^\| `([A-Z_]+)` \|")],
)
def test_every_setting_is_listed_and_nothing_else(document, line):
    listed = re.findall(line, (ROOT / document).read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert sorted(listed) == sorted(SETTINGS)
