"""The environment, read: a value by its name, from a file where one is named, and what production cannot start without."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


class Environment(environ.Env):
    def bool(self, var: str, default: bool = False) -> bool:
        """Yes or no. Anything else stops the start: read as "no", a slip in PRODUCTION would switch every safeguard off."""
        said = self.str(var, default="").strip().lower()
        if said and said not in (*self.BOOLEAN_TRUE_STRINGS, "no", "false", "off", "n", "0"):
            raise ImproperlyConfigured(f"Set {var} to yes or no.")
        return said in self.BOOLEAN_TRUE_STRINGS if said else default

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        """Of any setting NAME the value may be in a file named by NAME_FILE: the environment is easily shown, a file is for its owner."""
        if path := self.ENVIRON.get(f"{var}_FILE"):
            if var in self.ENVIRON:
                raise ImproperlyConfigured(f"Set {var} or {var}_FILE, not both.")
            try:
                said = Path(path).read_text().strip()
            except (OSError, ValueError):
                raise ImproperlyConfigured(f"Set {var}_FILE to a file that this process can read.") from None
            self.ENVIRON = {name: value for name, value in self.ENVIRON.items() if name != f"{var}_FILE"} | {var: said}
        return super().get_value(var, *args, **kwargs)


env = Environment()

PRODUCTION = env.bool("PRODUCTION", default=False)
STATE_DIR = Path(env.str("STATE_DIR", default=str(BASE_DIR / "var")))

# Values that are good enough for a first run on one machine and refused in production.
FIRST_RUN = {
    "SECRET_KEY": "first-run-only-not-a-secret",
    "DATABASE_URL": f"sqlite:///{STATE_DIR / 'db.sqlite3'}",
    "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
    "SITE_URL": "http://127.0.0.1:8000",
    "CONTACT_EMAIL": "partnership.team@example.org",
}
# In production these have no default at all; a mail server and a broker are needed as well.
REQUIRED_IN_PRODUCTION = (*FIRST_RUN, "REDIS_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "TRUSTED_PROXY_COUNT")


def required(name: str) -> str:
    """The setting's value; in production a missing, empty or first-run value stops the start and names the setting."""
    value = env.str(name, default="")
    if PRODUCTION and (not value or value == FIRST_RUN.get(name)):
        raise ImproperlyConfigured(f"Set {name}: production does not start without it. See .env.example.")
    return value or FIRST_RUN.get(name, "")


if PRODUCTION:
    for name in REQUIRED_IN_PRODUCTION:
        required(name)


def listed(text: str) -> list[str]:
    """ "a, b" -> ["a", "b"]."""
    return [item.strip() for item in text.split(",") if item.strip()]
