"""Each threat of docs/threat-model.md has a test, and the test is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = [line for line in (ROOT / "docs" / "threat-model.md").read_text().splitlines() if line.startswith("| ")]


def test_every_threat_names_a_test_that_is_there():
    threats = ROWS[ROWS.index("| threat | what stands against it | the test |") + 1 :]
    assert len(threats) > 20
    for row in threats:
        named = re.search(r"\| `(tests/[\w/]+\.py)(?:::(test_\w+))?` \|$", row)
        assert named, row
        path = ROOT / named[1]
        assert path.is_file(), row
        assert f"def {named[2] or 'test_'}" in path.read_text(), row
