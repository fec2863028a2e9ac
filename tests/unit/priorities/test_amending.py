"""The order of a list after people moved its entries, and the lines an amendment keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from priorities.amending import Item, Place, Wording, arranged, changes, clashing, swapped


def places(*typed: int | None) -> list[Place]:
    """Entries shown at 1, 2, 3 ... with what was typed into their boxes."""
    return [Place(shown, now) for shown, now in enumerate(typed, start=1)]


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ((1, 2, 3), "ABC"),
        # The last goes to place 1, the others make room.
        ((1, 2, 1), "CAB"),
        # The first goes to the end; a place behind the end is the end.
        ((3, 2, 3), "BCA"),
        ((99, 2, 3), "BCA"),
        # Two change places.
        ((2, 1, 3), "BAC"),
        # Two go behind the end, in the order of what was typed.
        ((9, 8, 3), "CBA"),
        # An empty box goes along.
        ((None, 2, 1), "CAB"),
        ((), ""),
    ],
)
def test_entries_go_where_they_were_sent_and_the_others_make_room(typed, order):
    assert "".join("ABC"[index] for index in arranged(places(*typed))) == order


def test_the_last_of_29_goes_to_place_3():
    typed = [*range(1, 29), 3]
    assert arranged(places(*typed)) == [0, 1, 28, *range(2, 28)]


def test_a_new_entry_without_a_place_comes_last():
    assert arranged([Place(1, 1), Place(None, None), Place(2, 2)]) == [0, 1, 2]
    assert arranged([Place(1, 1), Place(2, 2), Place(None, 1)]) == [2, 0, 1]


@given(st.lists(st.tuples(st.integers(1, 12), st.one_of(st.none(), st.integers(1, 99))), max_size=12))
def test_arranging_loses_no_entry(pairs):
    assert sorted(arranged([Place(*pair) for pair in pairs])) == list(range(len(pairs)))


def test_two_entries_sent_to_one_place_clash():
    assert clashing(places(3, 3, 3, 4)) == [1]
    assert clashing(places(1, 2, 1)) == []  # the first was not moved


def test_up_and_down_stop_at_the_ends():
    assert swapped([0, 1, 2], 1, -1) == [1, 0, 2]
    assert swapped([0, 1, 2], 1, 1) == [0, 2, 1]
    assert swapped([0, 1, 2], 0, -1) == [0, 1, 2]
    assert swapped([0, 1, 2], 2, 1) == [0, 1, 2]


# ---------------------------------------------------------------- the lines

BURGLARY = Item("7", "Burglary")
GANGS = Item("8", "Gangs")
ORDERS = Item("1", "Win orders against burglars.", theme="7", year="2017-18", number=20, unit="orders")
OWL = Item("2", "Launch OWL.", theme="7", year="2017-18")
HUB = Item("3", "Open a hub.", year="2017-18")
BEFORE = Wording(
    "Reducing Re-offending", "Re-offending", "Half of all crime.", (BURGLARY, GANGS), commitments=(ORDERS, OWL, HUB)
)


def wording(**changed) -> Wording:
    return Wording(**{**BEFORE.__dict__, **changed})


def item(was: Item, **changed) -> Item:
    return Item(**{**was.__dict__, **changed})


@pytest.mark.parametrize(
    ("after", "lines"),
    [
        (BEFORE, []),
        (wording(title="Less crime"), [("Title", "Reducing Re-offending", "Less crime")]),
        (wording(why=""), [("Why it is a priority", "Half of all crime.", "nothing")]),
        (
            wording(commitments=(ORDERS, item(OWL, text="Launch OWL twice."), HUB)),
            [("Commitment 2", "Launch OWL.", "Launch OWL twice.")],
        ),
        (
            wording(commitments=(item(ORDERS, number=25), OWL, HUB)),
            [("Commitment 1 (Win orders against burglars.), number", "20 orders", "25 orders")],
        ),
        (
            wording(commitments=(item(ORDERS, number=None, unit=""), OWL, HUB)),
            [("Commitment 1 (Win orders against burglars.), number", "20 orders", "nothing")],
        ),
        (
            wording(commitments=(ORDERS, item(OWL, theme="8"), HUB)),
            [("Commitment 2 (Launch OWL.), sub-heading", "Burglary", "Gangs")],
        ),
        (
            wording(commitments=(ORDERS, OWL, item(HUB, year="2018-19"))),
            [("Commitment 3 (Open a hub.), year", "2017-18", "2018-19")],
        ),
        # Taken out: its words stay on the record.
        (
            wording(commitments=(OWL, HUB)),
            [
                (
                    "Commitment 1, removed",
                    "Win orders against burglars. (Burglary; 2017-18; 20 orders)",
                    "nothing",
                )
            ],
        ),
        (
            wording(outcomes=(Item("new-1", "Fewer burglaries.", known_by="A survey"),)),
            [("Outcome 1, added", "nothing", "Fewer burglaries. (known by: A survey)")],
        ),
        # One entry moved is one line, however many it passed.
        (wording(commitments=(HUB, ORDERS, OWL)), [("Commitment 3 (Open a hub.), place", "3", "1")]),
        # A sub-heading with other words is one line, not one for each entry under it.
        (wording(themes=(item(BURGLARY, text="Theft"), GANGS)), [("Sub-heading 1", "Burglary", "Theft")]),
    ],
)
def test_every_change_has_its_line(after, lines):
    assert [(line["what"], line["was"], line["now"]) for line in changes(BEFORE, after)] == lines


def test_what_stays_behind_after_a_removal_has_not_moved():
    (line,) = changes(BEFORE, wording(commitments=(ORDERS, HUB)))
    assert line["what"] == "Commitment 2, removed"


def test_long_words_are_shortened_in_the_name_of_an_entry():
    long = item(OWL, text="Launch the electronic neighbourhood watch, called OWL, for advice.")
    before, after = wording(commitments=(long,)), wording(commitments=(item(long, year="2018-19"),))
    assert (
        changes(before, after)[0]["what"] == "Commitment 1 (Launch the electronic neighbourhood watch, called...), year"
    )


def test_earlier_years_come_first_and_keep_their_order():
    later = item(ORDERS, year="2018-19")
    assert wording(commitments=(later, OWL, HUB)).in_order_of_years().commitments == (OWL, HUB, later)
