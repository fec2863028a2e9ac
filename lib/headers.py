"""What every answer tells browsers to refuse, whoever made it: pages, files, redirects, refusals and faults alike."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Nothing here uses a device of the visitor's.
NOT_ASKED_FOR = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "payment",
    "usb",
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NOT_ASKED_FOR),
    # Where no page said what it needs: what is no page needs nothing, even when it is opened as one.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
# Browsers send what a page was kept from doing to an address by this name.
REPORTS = "csp"
WAIT = "900"  # seconds: what the page for too many tries says, where the limit itself does not


class HeadersMiddleware:
    """Comes first, so that it is the last to see an answer. What was said already stands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.has_header("Content-Security-Policy"):
            response.headers.setdefault("Reporting-Endpoints", f'{REPORTS}="{settings.CSP_REPORTS_AT}"')
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", WAIT)
        return response
