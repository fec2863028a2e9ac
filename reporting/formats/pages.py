"""The page from which somebody asks for another format: a path of ours that anybody may open, or nothing."""

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve, reverse

LONGEST = 300
# What a path with one of these in it opens is for one person alone: it is neither passed on nor kept.
SECRETS = frozenset({"token", "key", "uidb36"})


def ours(path: str) -> str:
    """The path itself where it leads to a public page of this site, and "" for anything else: other sites, scripts, pages behind the
    sign-in, links that are somebody's own. What is asked after "?" is left out.
    """
    path = path.partition("?")[0].partition("#")[0]
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST or not path.isprintable():
        return ""
    try:
        return path if _is_public(resolve(path)) else ""
    except Resolver404:
        return ""


def asked_from(request: HttpRequest) -> str:
    """The address of the form for the page that is being shown, for the link at its foot."""
    match = getattr(request, "resolver_match", None)
    is_form = match is not None and match.view_name.startswith("reporting:format-request")
    path = ours(request.path) if match is not None and not is_form else ""
    return reverse("reporting:format-request-add", query={"page": path} if path else None)


def _is_public(match: ResolverMatch) -> bool:
    is_open = not getattr(match.func, "login_required", True)
    return is_open and match.app_names != [] and SECRETS.isdisjoint(match.kwargs)
