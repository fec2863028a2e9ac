"""Handing out a file of an issued pack: the bytes as they were stored and approved, or a page that says why not."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from lib import file_names
from reporting.builds import pack_files
from reporting.models import Pack
from reporting.register import addresses, records

# Whoever keeps a copy on the way asks each time whether it still holds: an issue may be withdrawn.
ASK_EACH_TIME = "public, no-cache"


def handed_out(
    request: HttpRequest,
    pack: Pack,
    *,
    read: Callable[[], bytes],
    sha256: str,
    content_type: str,
    name: str = "",
    caching: str = ASK_EACH_TIME,
    back: str = "",
) -> HttpResponseBase:
    """The stored file; nothing for who has these bytes already. A page with status 410 once the pack is withdrawn or removed, 451 while its removal is decided, 500 where the file is damaged.

    `name` is the download's; without one it is shown in the browser. `back` is where these pages lead back to; the pack's permanent address unless said otherwise.
    """
    if pack.removal or records.is_withdrawn(pack):
        return gone(request, pack, back or addresses.address(pack))
    try:
        content = read()
    except pack_files.Damaged as damage:
        context = {"damage": str(damage), "title": records.title(pack), "back": back or addresses.address(pack)}
        return render(request, "reporting/report_damaged.html", context, status=500)
    headers = {
        "Cache-Control": caching,
        "ETag": f'"{sha256}"',
        "X-Content-Type-Options": "nosniff",
    }
    if name:
        headers["Content-Disposition"] = file_names.disposition(name)
    response = HttpResponse(content, content_type=content_type, headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=response) or response


def gone(request: HttpRequest, pack: Pack, back: str) -> HttpResponse:
    """Instead of a file of a withdrawn issue, or of one whose personal data is or may be removed."""
    context = {"pack": pack, "title": records.title(pack), "back": back}
    if pack.removal:
        context["removal"] = records.removal(pack)
    response = render(request, "reporting/report_gone.html", context, status=not_handed_out(pack) or 410)
    response["Cache-Control"] = ASK_EACH_TIME  # what is withheld today may be handed out tomorrow
    return response


def not_handed_out(pack: Pack) -> int:
    """The status that says so: 451, for legal reasons, while a removal is decided, 410 once it is carried out; 0 where there is none."""
    return {Pack.Removal.WITHHELD: 451, Pack.Removal.ERASED: 410}.get(pack.removal, 0)


def withheld(request: HttpRequest, pack: Pack) -> HttpResponse | None:
    """Instead of a file, for who may see the pack; None where nothing hinders."""
    status = not_handed_out(pack)
    if not status:
        return None
    context = {"pack": pack, "removal": records.removal(pack)}
    return render(request, "reporting/pack_withheld.html", context, status=status)
