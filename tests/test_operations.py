"""What runbooks and deployment files name is there: commands, pages, settings, programs, alerts."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import resolve

from tests.unit.cspplan.test_settings_are_listed import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
GUIDES = [*sorted((ROOT / "docs" / "operations").glob("*.md")), ROOT / "deploy" / "README.md"]
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
PROGRAMS = {"gunicorn", "celery", "python"}
CURRENT = "/opt/cspplan/current/"


def named(paths: list[Path]) -> list:
    return [pytest.param(path, id=path.name) for path in paths]


def commands(path: Path) -> list[str]:
    """The lines of its code blocks, and what stands in code in its sentences."""
    text = path.read_text()
    blocks = re.findall(r"```\n(.*?)```", text, flags=re.DOTALL)
    return [*(line.strip() for block in blocks for line in block.splitlines()), *re.findall(r"`([^`\n]+)`", text)]


def refuse_unknown(line: str) -> None:
    """Management commands with options that they take, and targets of make."""
    words = shlex.split(line, comments=True)
    if "manage.py" in words:
        name, *rest = words[words.index("manage.py") + 1 :]
        assert name in get_commands(), line
        parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        known = {option for action in parser._actions for option in action.option_strings}
        assert {word for word in rest if word.startswith("--")} <= known, line
    if "make" in words[:2] and (targets := [word for word in words[words.index("make") + 1 :] if "=" not in word]):
        assert set(targets) <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)), (
            line
        )


@pytest.mark.parametrize("path", named(GUIDES))
def test_a_guide_names_only_what_is_there(path):
    text = path.read_text()
    for line in commands(path):
        if re.search(r"manage\.py|^(\w+=\S+ )*make ", line):
            refuse_unknown(line)
        if re.fullmatch(r"/[a-z/<>-]+/?", line) and not line.startswith(("/etc/", "/opt/", "/mnt/")):
            resolve(line.replace("<number>", "1"))
        if re.fullmatch(r"[A-Z]+(_[A-Z]+)+", line):
            assert line in SETTINGS, line
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (path.parent / target).exists(), target


def test_guides_say_when_what_and_how_to_know():
    for name in ("restore", "key-rotation", "stuck-job", "leaver", "withdraw-a-pack"):
        text = (ROOT / "docs" / "operations" / f"{name}.md").read_text()
        assert "**When" in text and re.search(r"worked", text, flags=re.IGNORECASE), name


def test_commands_that_are_not_there_are_noticed():
    for line in (".venv/bin/python manage.py repair", "manage.py restore a --gently", "make everything"):
        with pytest.raises(AssertionError):
            refuse_unknown(line)


@pytest.mark.parametrize("path", named(UNITS))
def test_a_unit_starts_what_is_there_with_little_power(path):
    text = path.read_text()
    assert {"User=cspplan", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="} <= set(
        text.splitlines()
    )
    assert f"WorkingDirectory={CURRENT.rstrip('/')}" in text and "EnvironmentFile=/etc/cspplan/environment" in text
    (start,) = re.findall(r"^ExecStart=(.*)$", text, flags=re.MULTILINE)
    started(start.removeprefix(f"{CURRENT}.venv/bin/"))


def started(line: str) -> None:
    """The same programs as `make run` starts, on the same modules."""
    program, *words = shlex.split(line)
    assert program in PROGRAMS, line
    if program == "python":
        return refuse_unknown(line)
    assert settings.WSGI_APPLICATION.startswith("cspplan.wsgi.") and (ROOT / "cspplan" / "celery.py").exists()
    assert "cspplan.wsgi" in words if program == "gunicorn" else words[:2] == ["--app", "cspplan"], line
    procfile = (ROOT / "Procfile").read_text()
    known = set(re.findall(r"--[a-z-]+", procfile)) | {"--without-gossip"}
    assert set(re.findall(r"--[a-z-]+", line)) <= known, line


def test_containers_start_the_same_and_hold_no_node():
    folder = ROOT / "deploy" / "container"
    stages = (folder / "Containerfile").read_text().split("\nFROM ")
    assert len(stages) == 3 and "node" not in stages[2] and "USER 10001" in stages[2] and "HEALTHCHECK" in stages[2]
    for script in re.findall(r"\bbin/\w+", "".join(stages)):
        assert (ROOT / script).exists(), script
    started(" ".join(re.findall(r'"([^"]+)"', stages[2].rpartition("\nCMD")[2])))
    told = yaml.safe_load((folder / "compose.yaml").read_text())
    for name in ("worker", "beat"):
        started(shlex.join(told["services"][name]["command"]))
    assert set(told["x-application"]["environment"]) <= SETTINGS
    assert {service["image"] for name, service in told["services"].items() if name in ("web", "worker", "beat")} == {
        "cspplan"
    }


def test_every_alert_asks_for_a_metric_that_is_told_and_has_a_guide():
    told = yaml.safe_load((ROOT / "deploy" / "prometheus" / "cspplan.rules.yml").read_text())
    metrics = set(re.findall(r'"(cspplan_\w+)"', (ROOT / "cspplan" / "metrics.py").read_text()))
    rules = [rule for group in told["groups"] for rule in group["rules"]]
    assert len(rules) >= 8
    for rule in rules:
        assert set(re.findall(r"\bcspplan_\w+", rule["expr"])) <= metrics, rule["alert"]
        guide, _, part = rule["annotations"]["runbook"].partition("#")
        headings = re.findall(r"^## (\w+)$", (ROOT / guide).read_text(), flags=re.MULTILINE)
        assert not part or part in [heading.lower() for heading in headings], rule["alert"]
