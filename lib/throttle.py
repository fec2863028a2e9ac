"""So many times a minute and no more: counted in the cache that all web workers share."""

import hashlib
import ipaddress
import time
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MINUTE = 60
EVERY_METHOD = ("GET", "HEAD", "POST")
# What a customer of a network provider usually gets as a whole: otherwise one person would have 2**64 addresses.
IPV6_PREFIX = 64
View = TypeVar("View", bound=Callable[..., Any])
Answer = Callable[[HttpRequest], HttpResponse]


def allows(what: str, most: int) -> bool:
    """Counts once more what is named, and says whether that is still among the first `most` of this minute."""
    # Hashed: an address is personal, and what a header says may be no key of a cache.
    key = f"throttle:{hashlib.sha256(what.encode()).hexdigest()}:{int(time.time() // MINUTE)}"
    cache.add(key, 0, 2 * MINUTE)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the cache threw it out just now
        return True


def address(request: HttpRequest) -> str:
    """Where a request comes from, past the proxies of ours (TRUSTED_PROXY_COUNT); of IPv6 the network. Refused (403) when nobody says."""
    found = ipaddress.ip_address(get_adapter(request).get_client_ip(request).partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((found, IPV6_PREFIX), strict=False).network_address)
    return str(found)


def wait(request: HttpRequest) -> HttpResponse:
    """The page that says when to try again."""
    return render(request, "429.html", {"minutes": 1}, status=429)


def by_address(
    what: str, most: int, *, methods: Collection[str] = EVERY_METHOD, answer: Answer = wait
) -> Callable[[View], View]:
    """On a view that anybody may ask: `most` times a minute from one address, counted under `what`. `answer` says that it was too often."""
    return _limited(lambda request: f"{what}:{address(request)}", most, methods, answer)


def by_person(what: str, most: int) -> Callable[[View], View]:
    """On a view behind sign-in whose form sends mails: `most` times a minute by one person."""
    return _limited(lambda request: f"{what}:person:{request.user.pk}", most, ("POST",), wait)


def _limited(
    whose: Callable[[HttpRequest], str], most: int, methods: Collection[str], answer: Answer
) -> Callable[[View], View]:
    def around(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods or allows(whose(request), most):
                return view(request, *args, **kwargs)
            response = answer(request)
            response["Retry-After"] = str(MINUTE)
            return response

        limited.throttled = True  # type: ignore[attr-defined]
        return limited  # type: ignore[return-value]

    return around
