"""Keys that let a program read the feed: how one is made, presented and recognised. Only its hash is kept."""

import base64
import binascii
import hashlib
import hmac
import secrets

from reporting.models import FeedKey

PREFIX = "csp_"  # so that one can be told for what it is where it turns up


def fresh() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def hashed(key: str) -> str:
    """A key has 256 random bits, so one round is enough: there is nothing to guess."""
    return hashlib.sha256(key.encode()).hexdigest()


def presented(authorization: str) -> str:
    """The key in an Authorization header: "Bearer KEY", or the password of "Basic …" whatever the name; empty for none."""
    scheme, _, rest = authorization.strip().partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(rest.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def recognised(key: str) -> FeedKey | None:
    """The key in force whose hash this is. It is found by its hash and compared again without telling by the time how much of it is right."""
    if not key:
        return None
    told = hashed(key)
    found = FeedKey.objects.in_force().filter(key_sha256=told).first()
    return found if found and hmac.compare_digest(found.key_sha256, told) else None
