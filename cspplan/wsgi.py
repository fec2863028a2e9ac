"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cspplan.settings")
application = get_wsgi_application()

# After Django is set up: the one reads a table, the other loads every page, so that no visitor waits for it.
from django.urls import get_resolver  # noqa: E402

from cspplan.not_root import stop_if_root  # noqa: E402
from cspplan.sample.guard import stop_if_sample_in_production  # noqa: E402

stop_if_root()
stop_if_sample_in_production()
get_resolver().url_patterns  # noqa: B018
