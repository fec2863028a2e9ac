"""Every address of the site; each app names its own."""

from django.urls import include, path, register_converter

from cspplan.health import healthz
from lib.quarter_fields import QuarterConverter, YearConverter

register_converter(QuarterConverter, "quarter")
register_converter(YearConverter, "year")

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("priorities.urls")),
    path("", include("indicators.urls")),
    path("", include("reporting.urls")),
]

handler400 = "reporting.pages.bad_request"
handler403 = "reporting.pages.permission_denied"
handler404 = "reporting.pages.page_not_found"
handler500 = "reporting.pages.server_error"
