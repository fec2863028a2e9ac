import pytest
from django.urls import reverse

from accounts.models import RoleGrant
from reporting.guide import parts
from tests.factories.accounts import UserFactory

LIST = reverse("reporting:guide-list")


def titles(group: parts.Group) -> list[str]:
    return [one.slug for one in group.parts]


@pytest.mark.parametrize("slug", parts.PARTS)
def test_anybody_reads_every_part_without_a_query(client, slug, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get(reverse("reporting:guide-part", args=[slug]))
    assert response.status_code == 200 and f'<h1 class="govuk-heading-l">{parts.part(slug).title}' in (
        response.content.decode()
    )


def test_a_part_that_is_not_there_is_not_found(client, db):
    assert client.get("/guide/nothing-of-the-kind/").status_code == 404


def test_what_is_for_somebodys_roles_comes_first(client, db):
    client.force_login(UserFactory(roles=[RoleGrant.Role.SCRUTINY]))
    mine, others = client.get(LIST).context["groups"]
    assert titles(mine) == ["start", "scrutiny"]
    assert "public" in titles(others)


def test_signed_out_what_is_for_everybody_comes_first(client, db):
    first, by_role = client.get(LIST).context["groups"]
    assert titles(first) == ["start", "public"]
    assert len(first.parts) + len(by_role.parts) == len(parts.PARTS)


def test_a_page_leads_to_its_place_in_the_guide(client, db):
    page = client.get(reverse("reporting:report-list")).content.decode()
    assert '<a class="csp-header__link" href="/guide/public/#read-the-reports">Help with this page</a>' in page


def test_an_address_that_is_nowhere_leads_to_the_guide(client, db):
    page = client.get("/nothing-here/").content.decode()
    assert '<a class="csp-header__link" href="/guide/">Guide</a>' in page
