"""The coordinator's pages: what is refused and in which words, what is kept, who may."""

import re

import pytest
from django.urls import reverse

from priorities import plan_data
from priorities.models import Amendment, Commitment, Priority
from tests.factories.accounts import UserFactory
from tests.factories.priorities import CommitmentFactory, PriorityFactory

pytestmark = pytest.mark.django_db

REASON = {"reason": "Agreed at the annual review"}
SAVE = {"do": "save"}


def text_of(response) -> str:
    """The words of the page, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace(" ,", ",")


def test_the_page_as_opened_and_saved_changes_nothing(client, opened, url):
    """Whatever the boxes do to words, the round trip leaves them alone, and asks for no reason."""
    response = client.post(url, opened | SAVE, follow=True)
    assert "Nothing was changed in priority D." in text_of(response)
    assert not Amendment.objects.exists()
    assert Priority.objects.get().version == 1


def test_the_shipped_plan_survives_the_round_trip(client, coordinator, boxes):
    plan_data.load()
    client.force_login(coordinator)
    for letter in "abcd":
        page = reverse("priorities:priority-edit", args=[letter])
        typed = boxes(client.get(page).content.decode())
        assert "Nothing was changed" in text_of(client.post(page, typed | SAVE, follow=True))
    assert not Amendment.objects.exists()


def test_a_change_is_saved_with_its_reason(client, opened, url):
    typed = {"commitments-1-text": "Launch OWL\r\nin  every ward.", "commitments-1-place": "1"}
    response = client.post(url, opened | REASON | typed | SAVE, follow=True)
    assert response.redirect_chain == [(reverse("priorities:plan-detail"), 302)]
    assert "Priority D is saved: 2 changes were made." in text_of(response)
    assert [one.text for one in Commitment.objects.all()] == ["Launch OWL in every ward.", "Win orders.", "Open a hub."]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": " "}, "Enter the title of the priority"),
        ({"short_title": "x" * 61}, "The short title must be 60 characters or fewer"),
        ({"why": ""}, "Say why it is a priority"),
        ({"commitments-1-text": " "}, "Enter the words of commitment 2, or tick that it goes"),
        ({"outcomes-0-text": "x" * 1001}, "Outcome 1, words: use 1,000 characters or fewer"),
        ({"outcomes-0-known_by": "x" * 201}, "Outcome 1, how it will be known: use 200 characters or fewer"),
        ({"themes-0-text": ""}, "Enter the words of sub-heading 1, or tick that it goes"),
        ({"themes-1-text": "BURGLARY"}, "Give sub-heading 2 words of its own: another one has the same"),
        ({"themes-0-remove": "on"}, "Choose another sub-heading for the 3 under this one before it goes"),
        ({"commitments-1-number": "5"}, "Say what the number of commitment 2 counts, like burglars adopted"),
        ({"commitments-1-unit": "homes"}, "Enter the number of homes in commitment 2, or leave both boxes empty"),
        *(
            (
                {"commitments-0-number": number},
                "The number of commitment 1 must be a whole number of 1 or more, like 20",
            )
            for number in ("0", "-1", "2.5", "twenty", "1e9", "9999999999", "٢")
        ),
        ({"commitments-0-place": "x"}, "The place of commitment 1 must be a whole number, like 3"),
        ({"commitments-0-place": "0"}, "The place of commitment 1 must be a whole number, like 3"),
        (
            {"commitments-0-place": "3", "commitments-1-place": "3"},
            "Another entry was moved to place 3 as well: give commitment 2 its own",
        ),
        ({"commitments-0-theme": "99"}, "Choose one of the list for commitment 1"),
        ({"commitments-0-year": "2031-32"}, "Choose one of the list for commitment 1"),
        ({"commitments-0-year": ""}, "Choose the year of commitment 1"),
        ({"title": "Less crime", "reason": " "}, "Say why this is changing: the plan has been adopted"),
        ({"reason": "x" * 1001}, "The reason must be 1,000 characters or fewer"),
        ({"version": "soon"}, "Open this page again: it lost track of the version you were changing"),
        ({"version": ""}, "Open this page again: it lost track of the version you were changing"),
        ({"commitments-TOTAL_FORMS": ""}, "Open this page again: it lost track of what you were changing"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_saved(client, opened, url, typed, sentence):
    before = opened | REASON | {"focus_points-0-text": "Changed as well."} | typed
    response = client.post(url, before | SAVE)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: " in page
    words = text_of(response)
    assert words.count(sentence) >= (1 if "version" in typed or "commitments-TOTAL_FORMS" in typed else 2)
    assert "Changed as well." in words
    assert Priority.objects.get().version == 1
    assert not Amendment.objects.exists()


def test_errors_link_to_their_boxes(client, opened, url):
    response = client.post(url, opened | REASON | SAVE | {"commitments-1-text": ""})
    assert 'href="#id_commitments-1-text"' in response.content.decode()
    assert 'id="id_commitments-1-text"' in response.content.decode()


def test_thousands_commas_are_accepted(client, opened, url):
    client.post(url, opened | REASON | SAVE | {"commitments-0-number": "1,200"})
    assert Commitment.objects.get(unit="orders").number == 1200


def test_an_entry_that_goes_need_not_be_right(client, opened, url):
    typed = {"commitments-0-text": "", "commitments-0-number": "x", "commitments-0-remove": "on"}
    client.post(url, opened | REASON | SAVE | typed)
    assert [one.text for one in Commitment.objects.all()] == ["Launch OWL.", "Open a hub."]
    assert Amendment.objects.get().changes == [
        {"what": "Commitment 1, removed", "was": "Win orders. (Burglary; 2017-18; 20 orders)", "now": "nothing"}
    ]


# ---------------------------------------------------------------- buttons that change the page only


def test_adding_keeps_the_typing_and_saves_nothing(client, opened, url, boxes):
    typed = opened | {"title": "Typed", "commitments-0-number": "not a number", "why": "One.\r\n\r\nNew.", **REASON}
    response = client.post(url, typed | {"do": "add-commitments"})
    page = response.content.decode()
    again = boxes(page)
    assert "Error: " not in page
    kept = {
        name: words for name, words in again.items() if not name.startswith("commitments-3") and "FORMS" not in name
    }
    assert kept | {"csrfmiddlewaretoken": ""} == {
        name: words for name, words in typed.items() if "FORMS" not in name
    } | {"csrfmiddlewaretoken": ""}
    assert (again["commitments-3-text"], again["commitments-3-year"], again["commitments-TOTAL_FORMS"]) == (
        "",
        "2017-18",
        "4",
    )
    assert Priority.objects.get().version == 1

    filled = again | {"commitments-0-number": "20", "commitments-3-text": "A fourth.", "commitments-3-place": "1"}
    client.post(url, filled | SAVE)
    assert [one.text for one in Commitment.objects.all()][0] == "A fourth."


def test_an_added_entry_left_empty_is_not_there(client, opened, url, boxes):
    for kind in ("themes", "focus_points", "commitments", "outcomes"):
        again = boxes(client.post(url, opened | {"do": f"add-{kind}"}).content.decode())
        assert "Nothing was changed" in text_of(client.post(url, again | SAVE, follow=True))


def test_a_new_sub_heading_can_be_chosen_before_it_is_saved(client, opened, url, boxes):
    again = boxes(client.post(url, opened | {"do": "add-themes"}).content.decode())
    again |= {"themes-2-text": "Young People", "commitments-2-theme": again["themes-2-token"], **REASON}
    client.post(url, again | SAVE)
    assert str(Commitment.objects.get(text="Open a hub.").theme) == "Young People"


@pytest.mark.parametrize(
    ("button", "order"),
    [
        ("up-commitments-1", ["Launch OWL.", "Win orders.", "Open a hub."]),
        ("down-commitments-1", ["Win orders.", "Open a hub.", "Launch OWL."]),
        ("up-commitments-0", ["Win orders.", "Launch OWL.", "Open a hub."]),
        ("down-commitments-99", ["Win orders.", "Launch OWL.", "Open a hub."]),
        ("arrange-commitments", ["Win orders.", "Launch OWL.", "Open a hub."]),
    ],
)
def test_moving_renumbers_the_page_and_holds_when_saved(client, opened, url, boxes, button, order):
    again = boxes(client.post(url, opened | {"do": button}).content.decode())
    assert [again[f"commitments-{index}-text"] for index in range(3)] == order
    assert [again[f"commitments-{index}-place"] for index in range(3)] == ["1", "2", "3"]
    client.post(url, again | REASON | SAVE)
    assert [one.text for one in Commitment.objects.all()] == order


def test_the_new_order_is_shown_before_it_is_saved(client, opened, url, boxes):
    again = boxes(client.post(url, opened | {"commitments-2-place": "1", "do": "arrange-commitments"}).content.decode())
    assert [again[f"commitments-{index}-text"] for index in range(3)] == ["Open a hub.", "Win orders.", "Launch OWL."]


def test_a_button_of_nothing_is_taken_for_saving(client, opened, url):
    response = client.post(url, opened | {"do": "up-secrets-1"}, follow=True)
    assert "Nothing was changed" in text_of(response)


# ---------------------------------------------------------------- two people at one page


def test_who_saves_second_sees_what_changed_and_loses_nothing(client, opened, url, boxes):
    mine = opened | REASON | {"commitments-1-text": "Mine.", "focus_points-0-text": "Mine too."}

    client.force_login(UserFactory(name="Lena Fox", post="Deputy coordinator", roles=["coordinator"]))
    theirs = {
        "title": "Theirs",
        "commitments-1-text": "Theirs.",
        "reason": "They had a reason",
        "outcomes-0-remove": "on",
    }
    client.post(url, opened | theirs | SAVE)

    response = client.post(url, mine | SAVE)
    words = text_of(response)
    assert "<title>Error: " in response.content.decode()
    assert "This priority has been changed since you opened it." in words
    assert "Lena Fox, Deputy coordinator" in words
    assert "They had a reason" in words
    assert "Title Reducing Re-offending Theirs" in words
    again = boxes(response.content.decode())
    # A box I had not touched has their words, the others have mine.
    assert (again["title"], again["commitments-1-text"], again["focus_points-0-text"]) == (
        "Theirs",
        "Mine.",
        "Mine too.",
    )
    assert (again["reason"], again["version"], again["outcomes-TOTAL_FORMS"]) == (REASON["reason"], "2", "0")

    client.post(url, again | SAVE)
    priority = Priority.objects.get()
    assert (priority.title, priority.version) == ("Theirs", 3)
    assert Commitment.objects.filter(text="Mine.").exists()
    assert Amendment.objects.count() == 2


def test_the_guard_holds_after_adding_an_entry(client, opened, url, boxes):
    """The button re-shows the page; it must not pick up the newer version on the way."""
    client.post(url, opened | REASON | {"title": "First"} | SAVE)
    again = boxes(client.post(url, opened | {"do": "add-outcomes"}).content.decode())
    response = client.post(url, again | REASON | {"outcomes-1-text": "New."} | SAVE)
    assert "has been changed since you opened it" in text_of(response)


def test_a_broken_memory_of_the_opening_loses_no_typing(client, opened, url, boxes):
    client.post(url, opened | REASON | {"title": "First"} | SAVE)
    for memory in ("", "[", "[]", '{"words": 3, "themes": [1, {"token": 5}]}'):
        response = client.post(url, opened | REASON | {"opened": memory, "title": "Second"} | SAVE)
        assert boxes(response.content.decode())["title"] == "Second"


# ---------------------------------------------------------------- who may, and what it costs


@pytest.mark.parametrize("name", ["plan-detail", "amendment-list", "priority-edit"])
@pytest.mark.parametrize("role", ["data_lead", "commentary_lead", "executive", "scrutiny", "administrator"])
def test_only_a_coordinator_changes_the_plan(client, priority, name, role):
    client.force_login(UserFactory(roles=[role]))
    page = reverse(f"priorities:{name}", args=["d"] if name == "priority-edit" else [])
    assert client.get(page).status_code == 403
    if name == "priority-edit":
        assert client.post(page, {"do": "add-themes"}).status_code == 403


@pytest.mark.parametrize("letter", ["D", "a", "dd", "1"])
def test_no_such_priority(client, coordinator, priority, letter):
    client.force_login(coordinator)
    assert client.get(f"/plan-editing/{letter}/").status_code == 404


def test_reading_pages_take_no_post(client, coordinator, priority):
    client.force_login(coordinator)
    assert client.post(reverse("priorities:plan-detail")).status_code == 405
    assert client.post(reverse("priorities:amendment-list")).status_code == 405


def test_amendments_say_who_when_why_and_from_what_to_what(client, opened, url):
    client.post(url, opened | REASON | {"title": "Less crime"} | SAVE)
    words = text_of(client.get(reverse("priorities:amendment-list")))
    assert REASON["reason"] in words
    assert "Farida Begum, Coordinator" in words
    assert "Title Reducing Re-offending Less crime" in words


def test_empty_pages_say_so(client, coordinator):
    client.force_login(coordinator)
    assert "There is no plan to change yet." in text_of(client.get(reverse("priorities:plan-detail")))
    assert "The plan stands as it was approved." in text_of(client.get(reverse("priorities:amendment-list")))


def test_the_page_costs_the_same_however_much_is_on_it(
    client, coordinator, priority, url, django_assert_max_num_queries, django_assert_num_queries
):
    client.force_login(coordinator)
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    CommitmentFactory.create_batch(40, priority=priority)
    with django_assert_num_queries(len(few)):
        client.get(url)
    with django_assert_max_num_queries(20) as one:
        client.get(reverse("priorities:plan-detail"))
    for letter in "EFGH":
        PriorityFactory(plan=priority.plan, letter=letter)
    with django_assert_num_queries(len(one)):
        client.get(reverse("priorities:plan-detail"))
