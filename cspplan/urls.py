"""Every address of the site; each app names its own."""

from django.urls import include, path, register_converter
from django.views.generic import RedirectView

from accounts.views import sign_in
from cspplan.csp_reports import csp_report
from cspplan.health import healthz
from cspplan.metrics import metrics
from lib.quarter_fields import QuarterConverter, YearConverter
from reporting.register.addresses import AboutConverter, NumberConverter

register_converter(QuarterConverter, "quarter")
register_converter(YearConverter, "year")
register_converter(AboutConverter, "about")
register_converter(NumberConverter, "number")

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("csp-reports", csp_report, name="csp-report"),
    path("metrics", metrics, name="metrics"),
    # Addresses are changed by an administrator, so allauth's page for it is closed, to POST as well.
    path("accounts/email/", RedirectView.as_view(pattern_name="mfa_index")),
    # Nobody links or unlinks an account of the council's, or signs up with one.
    path("accounts/3rdparty/", RedirectView.as_view(pattern_name="mfa_index")),
    path("accounts/3rdparty/signup/", RedirectView.as_view(pattern_name="account_login")),
    path("accounts/oidc/<provider_id>/login/callback/", sign_in.single_sign_on_answer, name="openid_connect_callback"),
    path("accounts/2fa/webauthn/keys/<int:pk>/remove/", sign_in.passkey_remove, name="mfa_remove_webauthn"),
    path("accounts/", include("allauth.urls")),
    # Which comes first says nothing (no address belongs to two of them) but costs: what the public and their programs read is found first.
    path("", include("reporting.urls")),
    path("", include("accounts.urls")),
    path("", include("priorities.urls")),
    path("", include("indicators.urls")),
    path("", include("consultation.urls")),
    path("", include("governance.urls")),
]

handler400 = "reporting.pages.bad_request"
handler403 = "reporting.pages.permission_denied"
handler404 = "reporting.pages.page_not_found"
handler500 = "reporting.pages.server_error"
