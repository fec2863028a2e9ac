"""Who finds which links, and which one they stand on."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from reporting import navigation
from tests.factories.accounts import UserFactory

GOVERNING = ["Meetings", "Consultations", "Money", "Risks", "Scrutiny", "Bodies"]
LINKS = {
    "data_lead": ["Home", "My returns", "Plan", "Indicators", "Delivery plans", "Money"],
    "commentary_lead": ["Home", "My returns", "Plan", "Indicators", "Delivery plans", "Money"],
    "coordinator": [
        *("Home", "Quarter", "Dashboard", "Plan", "Indicators", "Delivery plans", *GOVERNING),
        *("Packs", "People", "Data protection", "Audit trail"),
    ],
    "executive": ["Home", "Dashboard", "Plan", "Indicators", "Delivery plans", *GOVERNING, "Packs"],
    "member": ["Home", "Plan", "Indicators", "Delivery plans", "Meetings", *GOVERNING[2:]],
    "scrutiny": ["Home", "Plan", "Meetings", "Scrutiny", "Bodies", "Committee", "Reports"],
    "administrator": ["Home", "People", "Organisations", "Data protection"],
}


def links(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return navigation.items(request)


@pytest.mark.django_db
@pytest.mark.parametrize("role", LINKS)
def test_each_role_finds_its_links(role):
    assert [item.words for item in links(UserFactory(roles=[role]))] == LINKS[role]


@pytest.mark.django_db
def test_two_roles_find_the_links_of_both():
    words = [item.words for item in links(UserFactory(roles=["data_lead", "administrator"]))]
    assert words == [
        "Home",
        "My returns",
        "Plan",
        "Indicators",
        "Delivery plans",
        "Money",
        "People",
        "Organisations",
        "Data protection",
    ]


@pytest.mark.django_db
def test_without_a_role_there_is_home():
    assert [item.words for item in links(UserFactory())] == ["Home"]


@pytest.mark.django_db
def test_the_public_finds_the_plan_consultations_reports_and_the_door():
    assert [item.words for item in links(AnonymousUser())] == [
        "Our plan",
        "Have your say",
        "What you told us",
        "Reports",
        "Sign in",
    ]


@pytest.mark.django_db
def test_the_links_cost_one_query(django_assert_num_queries):
    user = UserFactory(roles=["coordinator"])
    with django_assert_num_queries(1):
        links(user)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/quarters/", {"Quarter": "page"}),
        ("/quarters/2017-18-q4/", {"Quarter": "true"}),
        ("/returns/", {"Quarter": "true"}),
        ("/returns/5/edit/", {"Quarter": "true"}),
        ("/commentaries/5/edit/", {"Quarter": "true"}),
        ("/people/", {"People": "page"}),
        ("/organisations/", {"People": "true"}),
        ("/mail/a-mail/", {"People": "true"}),
        ("/first-steps/", {"Home": "true"}),
        ("/plan-editing/a/", {"Plan": "true"}),
        ("/", {"Home": "page"}),
        ("/contact/", {}),
    ],
)
def test_the_link_one_stands_on_is_marked(path, current):
    found = {item.words: item.current for item in links(UserFactory(roles=["coordinator"]), path) if item.current}
    assert found == current


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("roles", "path", "current"),
    [
        (["coordinator", "data_lead"], "/returns/5/", {"My returns": "true"}),
        (["coordinator", "commentary_lead"], "/commentaries/5/edit/", {"My returns": "true"}),
        (["coordinator", "administrator"], "/organisations/police/", {"Organisations": "true"}),
        (["administrator"], "/organisations/", {"Organisations": "page"}),
        (["data_lead"], "/returns/5/edit/", {"My returns": "true"}),
    ],
)
def test_where_two_links_hold_a_page_one_is_marked(roles, path, current):
    assert {item.words: item.current for item in links(UserFactory(roles=roles), path) if item.current} == current


def test_every_section_has_an_address():
    for section in (*navigation.SIGNED_IN, *navigation.PUBLIC):
        assert reverse(section.url_name).startswith("/")


def test_what_a_part_of_the_site_is_for():
    assert "partnership team" in navigation.purpose("/quarters/2017-18-q4/close/")
    assert navigation.purpose("/elsewhere/") == "This page is for people with another role in the partnership."


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/funding/", "Money is for members of bodies, leads, the CSP Executive and the partnership team."),
        (
            "/funding/applications/3/submit/",
            "Only its chair submits an application; the CSP Executive decides on it, and never the body that applies.",
        ),
        ("/funding/streams/add/", "Streams and projects are entered by the partnership team."),
        ("/funding/posts/3/edit/", "Streams and projects are entered by the partnership team."),
        ("/funding/budget-changes/", "Streams and projects are entered by the partnership team."),
        (
            "/funding/projects/patrols/edit/",
            "Streams and projects are entered by the partnership team. "
            "A report to a funder is filled in by those who give the spend or run the body that leads the project.",
        ),
    ],
)
def test_a_refusal_about_money_does_not_say_that_it_is_for_whoever_is_refused(path, says):
    """A chair, a member of a body, may see money: what is refused is what lies below it."""
    assert navigation.purpose(path) == says
