"""The bodies that ship: names and links as the plan and its cabinet report print them; what is not printed is not there."""

import pytest

from governance import bodies_data
from governance.models import Body, BodyLink, BodyPriority
from tests.factories.governance import BodyFactory

pytestmark = pytest.mark.django_db

# slug: name, code, kind, clear working days for papers
MAIN = {
    "csp-executive": ("CSP Executive", "CSPE", "executive", 5),
    "csp": ("Community Safety Partnership", "CSP", "partnership", 5),
    "asb-operations-group": ("ASB Operations Group", "ASB", "subgroup", 3),
    "no-place-for-hate-forum": ("No Place For Hate Forum", "NPFH", "subgroup", 3),
    "tension-monitoring-group": ("Tension Monitoring Group", "TMG", "subgroup", 3),
    "prevent-board": ("Prevent Board", "PREV", "subgroup", 3),
    "overview-and-scrutiny-committee": ("Overview and Scrutiny Committee", "OSC", "scrutiny", 5),
    "mayor-in-cabinet": ("Mayor in Cabinet", "CAB", "council", 5),
    "full-council": ("Full Council", "FC", "council", 5),
}
# What the document says of who stands where; nothing else is known.
LINKS = {
    ("csp", "parent", "csp-executive"),
    ("csp", "accountable", "local-partnership-executive"),
    ("csp", "accountable", "overview-and-scrutiny-committee"),
    ("csp", "accountable", "mopac"),
    ("csp", "works_with", "health-and-wellbeing-board"),
    ("csp", "works_with", "children-and-families-partnership"),
    ("csp", "works_with", "safeguarding-children-board"),
    ("csp", "works_with", "safeguarding-adults-board"),
    ("csp", "works_with", "yot-management-board"),
    ("asb-operations-group", "parent", "csp"),
    ("no-place-for-hate-forum", "parent", "csp"),
    ("tension-monitoring-group", "parent", "csp"),
    ("prevent-board", "parent", "csp"),
}


@pytest.fixture
def loaded():
    return bodies_data.load()


def test_the_main_bodies_have_their_names_codes_kinds_and_days(loaded):
    found = {
        body.slug: (body.name, body.code, body.kind, body.paper_days) for body in Body.objects.filter(slug__in=MAIN)
    }
    assert found == MAIN


def test_every_body_says_where_it_is_named(loaded):
    assert loaded == Body.objects.count() == 28
    assert not Body.objects.filter(source="")


def test_only_the_links_that_are_written_down_ship_each_with_its_source(loaded):
    found = set(BodyLink.objects.values_list("body__slug", "kind", "to__slug"))
    assert found == LINKS
    assert not BodyLink.objects.filter(source="")
    assert not BodyLink.objects.filter(is_sample=True)


def test_which_body_serves_which_priority_is_not_invented(loaded):
    assert not BodyPriority.objects.exists()


def test_the_functions_of_the_two_boards_are_there(loaded):
    assert Body.objects.get(slug="csp-executive").functions.count() == 5
    assert Body.objects.get(slug="csp").functions.count() == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [("yot-management-board", "youth-offending-board"), ("asb-marac", "domestic-violence-marac")],
)
def test_names_that_may_be_one_body_or_sound_like_it_are_two_with_a_note(loaded, one, other):
    for slug in (one, other):
        note = Body.objects.get(slug=slug).note
        assert "kept apart" in note or "another one" in note


@pytest.mark.parametrize("slug", ["clt", "mab"])
def test_letters_that_are_spelled_out_nowhere_stay_letters(loaded, slug):
    body = Body.objects.get(slug=slug)
    assert body.name == slug.upper()
    assert "does not say what the letters stand for" in body.note


def test_a_second_load_adds_nothing(loaded):
    assert bodies_data.load() == 0
    assert BodyLink.objects.count() == len(LINKS)


def test_what_people_changed_stays(loaded):
    Body.objects.filter(slug="prevent-board").update(name="Prevent Partnership Board", code="PPB")
    BodyLink.objects.filter(body__slug="prevent-board").delete()
    assert bodies_data.load() == 0
    assert Body.objects.get(slug="prevent-board").code == "PPB"
    assert not BodyLink.objects.filter(body__slug="prevent-board").exists()


def test_a_code_that_people_gave_away_is_left_with_them():
    BodyFactory(slug="our-own", code="TMG")
    assert bodies_data.load() == 27
    assert not Body.objects.filter(slug="tension-monitoring-group").exists()
