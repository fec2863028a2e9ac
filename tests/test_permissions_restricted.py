"""A restricted indicator × who asks, written out: for its leads, the coordinator and the CSP Executive, and in nobody else's sight.

Beside `test_permissions`, where the same URLs are asked about an indicator that everyone here may see.
"""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import RoleGrant
from indicators.models import Indicator
from tests.factories.accounts import UserFactory
from tests.permission_cases import World
from tests.test_permissions import IN, outcome

WHO = (
    "nobody",
    "data_lead",
    "commentary_lead",
    "colleague",
    "other_lead",
    "coordinator",
    "executive",
    "scrutiny",
    "administrator",
)

# fmt: off
PAGES: dict[str, tuple[object, ...]] = {
    #                              nobody lead words coll. other coord exec  scrut admin
    "indicators:return-detail":    (IN,   200, 200,  404,  404,  200,  200,  404,  404),
    "indicators:return-history":   (IN,   200, 200,  404,  404,  200,  200,  404,  404),
    "indicators:return-edit":      (IN,   200, 403,  404,  404,  200,  403,  404,  404),
    "indicators:return-no-figure": (IN,   200, 403,  404,  404,  200,  403,  404,  404),
    "indicators:commentary-edit":  (IN,   403, 200,  404,  404,  200,  403,  404,  404),
    "indicators:indicator-detail": (IN,   200, 200,  404,  404,  200,  200,  404,  404),
    "indicators:indicator-csv":    (IN,   200, 200,  404,  404,  200,  200,  404,  404),
    "indicators:lead-edit":        (IN,   403, 403,  404,  404,  200,  403,  404,  404),
    "indicators:target-edit":      (IN,   403, 403,  404,  404,  200,  403,  404,  404),
    "indicators:definition-add":   (IN,   403, 403,  404,  404,  200,  403,  404,  404),
    "indicators:rebase-add":       (IN,   403, 403,  404,  404,  200,  403,  404,  404),
    "indicators:note-add":         (IN,   403, 403,  404,  404,  200,  403,  404,  404),
    "indicators:serves-edit":      (IN,   403, 403,  404,  404,  200,  403,  404,  404),
    "indicators:indicator-revise": (IN,   200, 403,  404,  404,  200,  403,  404,  404),
    "indicators:revision-detail":  (IN,   200, 200,  404,  404,  200,  200,  404,  404),
}
# Whether the list names it (the printed plan does, and is public); where the list itself is not for them, it does not.
LISTS: dict[str, tuple[bool, ...]] = {
    #                              nobody lead  words  coll.  other  coord  exec   scrut  admin
    "indicators:indicator-list":   (False, True,  True,  False, False, True,  True,  False, False),
    "indicators:target-list":      (False, True,  True,  False, False, True,  True,  False, False),
    "indicators:return-list":      (False, True,  True,  False, False, False, False, False, False),
    "indicators:revision-list":    (False, True,  True,  False, False, True,  True,  False, False),
    "reporting:home":              (False, True,  True,  False, False, False, False, False, False),
}
# fmt: on
NAME = "Number of things nobody else may know of"
SHORT = "Restricted things"


@pytest.fixture
def world(db) -> World:
    """The indicator of the table is restricted; `colleague` is a data lead at the organisation that owns it, of other indicators."""
    made = World()
    Indicator.objects.update(is_restricted=True, name=NAME)
    made.indicator.placements.update(short_name=SHORT)
    made.people["colleague"] = UserFactory(organisation=made.police, roles=[RoleGrant.Role.DATA_LEAD])
    return made


def clients(world: World) -> dict[str, Client]:
    made = {who: Client() for who in WHO}
    for who, client in made.items():
        if who != "nobody":
            client.force_login(world.people[who])
    return made


@pytest.mark.parametrize("name", sorted(PAGES))
def test_who_may_open(world, name):
    url = reverse(name, args=world.case(name).args)
    got = {who: outcome(client.get(url)) for who, client in clients(world).items()}
    assert got == dict(zip(WHO, PAGES[name], strict=True))


@pytest.mark.parametrize("name", sorted(LISTS))
def test_which_list_names_it(world, name):
    url = reverse(name, args=world.case(name).args)
    pages = {who: client.get(url, follow=True).content.decode() for who, client in clients(world).items()}
    got = {who: NAME in page or SHORT in page for who, page in pages.items()}
    assert got == dict(zip(WHO, LISTS[name], strict=True))
