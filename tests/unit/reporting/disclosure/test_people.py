"""Names as people type them: another apostrophe, no accent, a title, letters after the name, the surname first."""

import pytest

from reporting.disclosure.people import Names, by_label
from reporting.snapshots.shape import PersonPart

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
