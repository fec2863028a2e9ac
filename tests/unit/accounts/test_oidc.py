"""What single sign-on is refused for at the start, and what is read out of its claims."""

import pytest

from accounts import claims
from accounts.oidc import SingleSignOn

WHOLE = {"issuer": "https://id.example.org", "client_id": "plan", "client_secret": "s"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, ""),
        (WHOLE, ""),
        (WHOLE | {"client_id": ""}, "Set OIDC_CLIENT_ID, or take OIDC_ISSUER away"),
        (WHOLE | {"client_secret": ""}, "Set OIDC_CLIENT_SECRET, or take OIDC_ISSUER away"),
        ({"client_id": "plan"}, "Set OIDC_ISSUER, or take OIDC_CLIENT_ID away"),
        ({"client_secret": "s"}, "Set OIDC_ISSUER, or take OIDC_CLIENT_SECRET away"),
        (WHOLE | {"issuer": "http://id.example.org"}, "Set OIDC_ISSUER to an address that starts with https://"),
        (WHOLE | {"issuer": "id.example.org"}, "Set OIDC_ISSUER to an address that starts with https://"),
        (WHOLE | {"sign_in_origins": ("fs.example.org",)}, "Set OIDC_SIGN_IN_ORIGINS to an address"),
        (WHOLE | {"issuer": "https://login.microsoftonline.com/common/v2.0"}, "your own tenant's id"),
        (WHOLE | {"roles": "coordinator"}, "Set OIDC_ROLES to pairs"),
        (WHOLE | {"roles": "{"}, "Set OIDC_ROLES to pairs"),
        (WHOLE | {"roles": '{"a": 1}'}, "Set OIDC_ROLES to pairs"),
    ],
)
def test_what_is_half_said_is_named(said, sentence):
    fault = SingleSignOn(**said).fault(production=True, local_sign_in=True)
    assert sentence in fault and bool(sentence) == bool(fault)


def test_outside_production_the_issuer_may_be_on_this_machine():
    here = SingleSignOn(**WHOLE | {"issuer": "http://127.0.0.1:9400"})
    assert here.fault(production=False, local_sign_in=True) == ""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", {}),
        ("a=coordinator", {"a": ("coordinator",)}),
        ("a=coordinator, a=executive ,b=member", {"a": ("coordinator", "executive"), "b": ("member",)}),
        (
            '{"CN=Team, OU=CSP": ["coordinator"], "b": "member"}',
            {"CN=Team, OU=CSP": ("coordinator",), "b": ("member",)},
        ),
    ],
)
def test_groups_and_their_roles(text, read):
    assert SingleSignOn(roles=text).roles_by_group == read


@pytest.mark.parametrize(
    ("said", "groups"),
    [
        ({"groups": ["a", "b"]}, {"a", "b"}),
        ({"groups": []}, set()),
        ({"groups": "a"}, {"a"}),
        ({}, set()),  # Entra ID, of somebody in no group
        ({"_claim_names": {"groups": "src1"}}, None),
        ({"hasgroups": True}, None),
        ({"_claim_names": {"roles": "src1"}, "hasgroups": False}, set()),
        ({"groups": {"a": 1}}, None),
        ({"groups": ["a", 1]}, None),
    ],
)
def test_no_groups_and_not_said_are_two_things(said, groups):
    assert claims.groups(said, "groups") == groups


def test_an_address_goes_with_what_the_same_place_says_of_it():
    token, userinfo = {"email": "a@example.org"}, {"email": "b@example.org", "email_verified": True}
    said = claims.merged(token, userinfo)
    assert (said["email"], claims.address(said, trusted=False)) == ("a@example.org", None)


@pytest.mark.parametrize(
    ("token", "passed"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": ["pwd"]}, False),
        ({"acr": "mfa"}, True),
        ({"acrs": ["c1"]}, False),
        ({"amr": [["mfa"]]}, False),
        ({}, False),
    ],
)
def test_what_counts_as_a_second_step(token, passed):
    assert claims.passed_second_step(token, ("mfa",)) is passed
    assert claims.passed_second_step(token, ()) is False
