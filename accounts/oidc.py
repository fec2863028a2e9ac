"""How single sign-on by OpenID Connect is set up, and what is wrong with it. Pure: the settings are made with it."""

import json
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

ID = "sso"  # part of the address that is registered with the provider
ROLES_SENTENCE = "Set OIDC_ROLES to pairs of group and role separated by commas, like 4f1c=coordinator, or to the same as a JSON object."
# Tenants of anybody: whoever owns one could say that any address is theirs.
ANYBODYS = frozenset({"common", "organizations", "consumers"})


@dataclass(frozen=True)
class SingleSignOn:
    """The provider of the council's accounts; nothing of it is offered while `issuer` is empty. Each field is a setting OIDC_..."""

    issuer: str = ""
    client_id: str = ""
    client_secret: str = ""
    name: str = "your council account"  # "Sign in with ..."
    trust_email: bool = False  # believe its addresses where it does not say whether they are verified
    second_step: tuple[str, ...] = ()  # values of `amr` or `acr` that stand for our second step
    groups_claim: str = "groups"
    roles: str = ""
    sign_in_origins: tuple[str, ...] = ()  # where its sign-in page is, or goes on to, besides the issuer's own address

    @cached_property
    def roles_by_group(self) -> dict[str, tuple[str, ...]]:
        """Group -> codes of roles. ValueError with a sentence where `roles` says nothing of the kind.

        "a=coordinator, a=executive", or {"a": ["coordinator", "executive"], "b": "scrutiny"}, for names that hold a comma.
        """
        pairs: list[tuple[str, object]]
        if self.roles.lstrip().startswith("{"):
            try:
                pairs = list(json.loads(self.roles).items())
            except ValueError:
                raise ValueError(ROLES_SENTENCE) from None
        else:
            items = (item.rpartition("=") for item in self.roles.split(",") if item.strip())
            pairs = [(group, role) for group, _, role in items]
        found: dict[str, tuple[str, ...]] = {}
        for group, said in pairs:
            roles = [said] if isinstance(said, str) else said
            if not group.strip() or not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
                raise ValueError(ROLES_SENTENCE)
            found[group.strip()] = (*found.get(group.strip(), ()), *(role.strip() for role in roles))
        return found

    @property
    def form_origins(self) -> list[str]:
        """Where a browser may be sent on to from the sign-in form."""
        addresses = [urlsplit(address) for address in (self.issuer, *self.sign_in_origins) if address]
        return list(dict.fromkeys(f"{address.scheme}://{address.netloc}" for address in addresses))

    def fault(self, *, production: bool, local_sign_in: bool) -> str:
        """The sentence with which the start is refused, or nothing."""
        for name, value in (("OIDC_CLIENT_ID", self.client_id), ("OIDC_CLIENT_SECRET", self.client_secret)):
            if self.issuer and not value:
                return f"Set {name}, or take OIDC_ISSUER away: single sign-on needs both."
            if value and not self.issuer:
                return f"Set OIDC_ISSUER, or take {name} away: single sign-on needs both."
        for name, addresses in (("OIDC_ISSUER", [self.issuer]), ("OIDC_SIGN_IN_ORIGINS", self.sign_in_origins)):
            if not all(_is_address(address, production=production) for address in addresses if address):
                return f"Set {name} to an address that starts with https://."
        parts = urlsplit(self.issuer)
        if parts.netloc == "login.microsoftonline.com" and not ANYBODYS.isdisjoint(parts.path.lower().split("/")):
            return "Set OIDC_ISSUER to the address with your own tenant's id: this one lets in people of every organisation."
        if not local_sign_in and not self.issuer:
            return "Set OIDC_ISSUER, or take LOCAL_SIGN_IN=no away: with neither nobody could sign in."
        try:
            _ = self.roles_by_group
        except ValueError as wrong:
            return str(wrong)
        return ""


def _is_address(address: str, *, production: bool) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) and parts.scheme in (("https",) if production else ("https", "http"))
