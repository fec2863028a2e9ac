"""The web server at another moment, for gunicorn: `tests.wsgi_at` in the place of `cspplan.wsgi`; see `tests.moment`."""

from tests import moment

moment.travel()

from cspplan.wsgi import application  # noqa: E402  the clock is moved before anything reads it

__all__ = ["application"]
