"""Settings of the measurements: the product's own, with two bare pages beside."""

from cspplan.settings import *  # noqa: F403  (the product's settings, whatever they are)

ROOT_URLCONF = "bench.site_urls"
