"""Every form of every page leads to a page of ours: what is typed is never sent to an address that nobody reads."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.permission_cases import World
from tests.test_permissions import PAGES, ROLES, case

WHO = ("coordinator", "chair", "scrutiny", "administrator", "data_lead", "commentary_lead")
ADDRESS = re.compile(r"<form\b[^>]*?\saction=\"([^\"]*)\"|\sformaction=\"([^\"]*)\"")


def readers(name: str) -> list[str]:
    """Those of WHO who may open the page."""
    return [who for who in WHO if PAGES[name][ROLES.index(who)] == 200]


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(name for name in PAGES if readers(name)))
def test_forms_lead_to_pages_of_ours(name):
    world, lost = World(), []
    url = reverse(name, args=case(world, name).args)
    for who in readers(name)[:2]:
        client = Client()
        client.force_login(world.people[who])
        response = client.get(url)
        page = b"" if response.streaming else response.content
        for found in ADDRESS.findall(page.decode("utf-8", "replace")):
            address = "".join(found)
            try:
                resolve(urlsplit(address).path or urlsplit(url).path)
            except Resolver404:
                lost.append(address)
    assert lost == []
