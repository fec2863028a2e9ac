"""Names of people and of indicators as they are typed: another apostrophe, no accent, a title, the surname first; one or many."""

from dataclasses import replace

import pytest

from reporting.disclosure.naming import Naming, has_a_number
from reporting.disclosure.people import Names, by_label
from reporting.snapshots.shape import PersonPart
from tests.factories.snapshot_parts import alone, part

NAMES = Names(
    [
        PersonPart("Dr Amabel Holt", "GP lead"),
        PersonPart("Siân O'Neill-Price", "Chair"),
        PersonPart("Owen James Tranter", "Superintendent"),
        PersonPart("Cllr Joost  van der Wiel OBE", "Lead member"),
        PersonPart("Anne-Marie Sallow", "Officer"),
        PersonPart("José Muñiz", "Analyst"),
        PersonPart("Reviewer", ""),
    ]
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Amabel Holt said so", "[GP lead] said so"),
        ("Dr. A. Holt said so", "[GP lead] said so"),
        ("Holt, Amabel", "[GP lead]"),
        ("Amabel Holt PhD, JP", "[GP lead]"),
        ("Siân O’Neill-Price opened it", "[Chair] opened it"),
        ("Sian O'Neill\N{NON-BREAKING HYPHEN}Price opened it", "[Chair] opened it"),
        ("SIÂN ONEILL PRICE opened it", "[Chair] opened it"),
        ("Siân O’Neill-Price chairs it", "[Chair] chairs it"),
        ("Ms O’Neill and Ms Price", "[Chair] and [Chair]"),
        ("Owen Tranter, O.J. Tranter and Owen  J Tranter", "[Superintendent], [Superintendent] and [Superintendent]"),
        ("Joost van der Wiel and Councillor Van Der Wiel", "[Lead member] and Councillor Van Der Wiel"),
        ("Cllr van der Wiel", "[Lead member]"),
        ("Anne Marie Sallow and Anne–Marie Sallow", "[Officer] and [Officer]"),
        ("Jose Muniz and Jose\u0301 Mun\u0303iz", "[Analyst] and [Analyst]"),
        ("Amabel\nHolt", "[GP lead]"),
        ("a peer reviewer came", "a peer reviewer came"),  # an account named by one word
        ("Tranterfield and Holton", "Tranterfield and Holton"),
    ],
)
def test_a_name_becomes_its_post_however_it_is_typed(text, told):
    assert NAMES.out_of(text) == told


def test_a_field_for_a_person_holds_a_post_however_the_name_was_typed():
    assert NAMES.post("Siân O’Neill-Price, Chair") == "Chair"
    assert NAMES.post("Joost van der Wiel") == "Lead member"
    assert by_label("Amabel Holt, GP lead", NAMES) == "GP lead"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Tranter said that it went well", True),
        ("Holt wood is closed", False),
        ("We met Muniz in March", True),
        ("We met O’Neill in March", True),
        ("Write to someone@example.org", True),
        ("Write to the team", False),
    ],
)
def test_what_may_name_somebody_is_asked_about(text, asks):
    assert NAMES.may_name(text) is asks


@pytest.mark.parametrize(
    ("name", "text", "is_named"),
    [
        ("Homicide", "Two homicides", True),
        ("Robbery", "Two robberies", True),
        ("Burglaries", "A burglary", True),
        ("Victims of rape", "A victim of rape", True),
        ("Business crime", "Crimes against businesses", False),
        ("Business crime", "Businesses crime", True),
        ("Rape", "The rapeseed fields", False),
        ("ASB", "ASBs", False),
    ],
)
def test_an_indicator_is_named_by_one_as_by_many(name, text, is_named):
    one = replace(part("violence-with-injury-hotspots"), reference="", name=name, short_name=name)
    assert bool(Naming(alone(one)).named_in(text)) is is_named


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("All were seen in time.", True),
        ("The number is unchanged.", True),
        ("It was the same as last year.", True),
        ("An isolated incident.", True),
        ("A young man died.", True),
        ("④ were seen.", True),
        ("Patrols moved to the market.", False),
        ("Calls fell.", False),
    ],
)
def test_words_that_tell_how_many(sentence, counts):
    assert has_a_number(sentence) is counts
