"""The mails of a first run, shown on a page: sign-in links are read here until a mail server is set."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import mailbox


def mail_list(request: HttpRequest) -> HttpResponse:
    _allow(request)
    return render(request, "accounts/mail_list.html", {"mails": mailbox.mails()})


def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    _allow(request)
    mails = mailbox.read(name)
    if not mails:
        raise Http404
    return render(request, "accounts/mail_detail.html", {"mails": mails})


def _allow(request: HttpRequest) -> None:
    """404 where mail goes to a server: then there is no such page."""
    if mailbox.folder() is None:
        raise Http404
    if not request.user.has_perm("accounts.view_mail"):
        raise PermissionDenied
