"""What the council's sign-in says of a person, read with care. Pure: claims are what a token holds, a dict of JSON values.

Names of claims are those of OpenID Connect Core 1.0 (5.1), RFC 8176 (`amr`) and, for groups that are too many, Microsoft Entra ID.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Claims = Mapping[str, Any]


def merged(id_token: Claims, userinfo: Claims) -> dict[str, Any]:
    """Both as one. The token is what was issued for this sign-in, so it goes first; an address goes with what the same place says of it."""
    together = {**userinfo, **id_token}
    if id_token.get("email"):
        together["email_verified"] = id_token.get("email_verified")
    return together


def address(claims: Claims, *, trusted: bool) -> str | None:
    """The email address in small letters, if it is known to be theirs: verified, or of an issuer that is trusted and says nothing else."""
    email, verified = claims.get("email"), claims.get("email_verified")
    if not isinstance(email, str) or "@" not in email:
        return None
    if verified in (True, "true") or (trusted and verified is None):
        return email.strip().lower()
    return None


def groups(claims: Claims, name: str) -> frozenset[str] | None:
    """The groups in the claim of that name; None where they are too many to be said, which is not the same as none.

    Entra ID leaves the claim out for somebody in no group, and for somebody in more than 200: then it points to where they can be asked
    for instead (`_claim_names`, or `hasgroups` where the token came by the browser).
    """
    said = claims.get(name)
    if said is None:
        elsewhere = claims.get("_claim_names")
        too_many = claims.get("hasgroups") in (True, "true") or (isinstance(elsewhere, Mapping) and name in elsewhere)
        return None if too_many else frozenset()
    if isinstance(said, str):
        return frozenset({said})
    if isinstance(said, list) and all(isinstance(group, str) for group in said):
        return frozenset(said)
    return None


def passed_second_step(id_token: Claims, counting: Iterable[str]) -> bool:
    """Whether the token says, in `amr`, `acr` or `acrs`, one of the values that count as a second step."""
    said: set[object] = set()
    for name in ("amr", "acr", "acrs"):
        value = id_token.get(name)
        said.update(item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str))
    return not said.isdisjoint(counting)
