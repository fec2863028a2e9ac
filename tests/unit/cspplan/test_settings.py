"""Production refuses to start on what is missing or left at its first-run value, and says which."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]

PRODUCTION = {
    "PRODUCTION": "yes",
    "SECRET_KEY": "v8Gq2-a-long-and-random-key-of-more-than-fifty-characters-0zX",
    "DATABASE_URL": "postgresql://csp@127.0.0.1/csp",
    "ALLOWED_HOSTS": "csp.example.org",
    "SITE_URL": "https://csp.example.org",
    "CONTACT_EMAIL": "team@csp.example.org",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://mail.example.org:25",
    "DEFAULT_FROM_EMAIL": "team@csp.example.org",
    "TRUSTED_PROXY_COUNT": "1",
}
SHOWN = "s.PRODUCTION, s.TOTP_REQUIRED, s.SESSION_COOKIE_SECURE if s.PRODUCTION else '', s.LANGUAGE_CODE, s.TIME_ZONE"


def start(shown: str = SHOWN, **env: str) -> subprocess.CompletedProcess[str]:
    """Read the settings as a process of its own would, with nothing else in the environment, and print those `shown`."""
    code = f"from cspplan import settings as s\nprint({shown})"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | env,
        capture_output=True,
        text=True,
    )


def test_a_first_run_needs_no_setting():
    assert start().stdout.split() == ["False", "False", "en-gb", "Europe/London"]


def test_production_starts_when_all_is_said():
    done = start(**PRODUCTION)
    assert done.stdout.split() == ["True", "True", "True", "en-gb", "Europe/London"], done.stderr


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"PRODUCTION"}))
def test_production_names_what_is_missing(name):
    done = start(**(PRODUCTION | {name: ""}))
    assert done.returncode != 0
    assert f"Set {name}" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SECRET_KEY", "first-run-only-not-a-secret", "Set SECRET_KEY"),
        ("SECRET_KEY", "short", "Set SECRET_KEY"),
        ("SECRET_KEY", "a" * 60, "Set SECRET_KEY"),
        ("DATABASE_URL", "sqlite:////srv/csp.sqlite3", "Set DATABASE_URL to a PostgreSQL"),
        ("SITE_URL", "http://csp.example.org", "Set SITE_URL"),
        ("TOTP_REQUIRED", "no", "Take TOTP_REQUIRED=no away"),
        ("CONTACT_EMAIL", "partnership.team@example.org", "Set CONTACT_EMAIL"),
        ("JOBS_IN_PLACE", "yes", "Take JOBS_IN_PLACE=yes away"),
        ("PRODUCTION", "yess", "Set PRODUCTION to yes or no"),
        ("SECRET_KEY_FALLBACKS", "short", "Set SECRET_KEY_FALLBACKS"),
        ("EMAIL_URL", "filemail:///srv/mail", "Set EMAIL_URL to a mail server"),
        ("EMAIL_URL", "dummymail://", "Set EMAIL_URL to a mail server"),
        ("EMAIL_URL", "consolemail://", "Set EMAIL_URL to a mail server"),
        ("EMAIL_URL", "memorymail://", "Set EMAIL_URL to a mail server"),
    ],
)
def test_production_refuses_what_is_only_good_for_a_first_run(name, value, says):
    done = start(**(PRODUCTION | {name: value}))
    assert done.returncode != 0
    assert says in done.stderr


def test_what_production_is_careful_with_unless_told_otherwise():
    done = start(
        "s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD, s.SECRET_KEY_FALLBACKS, s.DATA_UPLOAD_MAX_NUMBER_FIELDS,"
        " s.DATABASES['default']['OPTIONS']['options'], s.SECURE_PROXY_SSL_HEADER, sep=chr(10)",
        **PRODUCTION,
    )
    assert done.stdout.splitlines() == [
        "False",
        "False",
        "[]",
        "3000",
        "-c statement_timeout=60s -c lock_timeout=10s",
        "('HTTP_X_FORWARDED_PROTO', 'https')",
    ], done.stderr


def test_what_production_is_told_otherwise():
    former = "a-former-key-that-is-long-and-random-enough-9Kq2-0zXv8Gq2"
    done = start(
        "s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD, s.SECRET_KEY_FALLBACKS == %r," % [former]
        + " s.DATABASES['default']['OPTIONS']['options'], hasattr(s, 'SECURE_PROXY_SSL_HEADER'), sep=chr(10)",
        **PRODUCTION
        | {
            "HSTS_INCLUDE_SUBDOMAINS": "yes",
            "HSTS_PRELOAD": "yes",
            "SECRET_KEY_FALLBACKS": f" {former}, ",
            "DATABASE_STATEMENT_TIMEOUT": "0",
            "DATABASE_URL": "postgresql://csp@127.0.0.1/csp?options=-c search_path=csp",
            "TRUSTED_PROXY_COUNT": "0",
        },
    )
    assert done.stdout.splitlines() == [
        "True",
        "True",
        "True",
        "-c search_path=csp -c lock_timeout=10s",
        "False",
    ], done.stderr


def test_any_setting_may_be_in_a_file(tmp_path):
    held = tmp_path / "secret"
    held.write_text(f"  {PRODUCTION['SECRET_KEY']}\n")
    shown = f"s.SECRET_KEY == {PRODUCTION['SECRET_KEY']!r}, s.AREA_NAME"
    area = tmp_path / "area"
    area.write_text("Larkmoor\n")
    env = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    done = start(shown, **env, SECRET_KEY_FILE=str(held), AREA_NAME_FILE=str(area))
    assert done.stdout.split() == ["True", "Larkmoor"], done.stderr


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"SECRET_KEY_FILE": "/no/such/file"}, "Set SECRET_KEY_FILE to a file that this process can read."),
        ({"SECRET_KEY": "said", "SECRET_KEY_FILE": __file__}, "Set SECRET_KEY or SECRET_KEY_FILE, not both."),
    ],
)
def test_a_file_that_is_not_there_or_not_needed_stops_the_start(env, says):
    done = start(**env)
    assert done.returncode != 0
    assert says in done.stderr


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_ends_what_hangs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
        assert cursor.fetchone() == ("1min", "10s")
