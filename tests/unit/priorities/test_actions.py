"""Changing a priority: all or nothing, kept as an amendment, never over somebody else's change."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from accounts import audit
from lib.editing import Stale
from priorities import actions
from priorities.amending import Item
from priorities.models import Amendment, Commitment, Priority, Theme
from priorities.wording import wording_of
from tests.factories.priorities import ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(priority) -> Priority:
    return Priority.objects.with_parts().get()


def amend(priority: Priority, coordinator, *, reason: str = "Agreed at the annual review", **changed):
    wording = replace(wording_of(priority), **changed)
    return actions.amend_priority(priority, version=priority.version, wording=wording, reason=reason, by=coordinator)


def test_a_change_to_an_adopted_plan_is_kept_as_an_amendment(there, coordinator):
    lines = amend(there, coordinator, title="Less crime")
    amendment = Amendment.objects.get()
    assert amendment.changes == lines == [{"what": "Title", "was": "Reducing Re-offending", "now": "Less crime"}]
    assert (amendment.reason, amendment.made_by) == ("Agreed at the annual review", coordinator)
    assert (there.title, there.version) == ("Less crime", 2)
    (event,) = audit.since(there, 1)
    assert (event.kind, event.changes, event.comment) == ("priority_amended", lines, "Agreed at the annual review")


def test_a_draft_changes_without_a_reason_and_without_an_amendment(there, coordinator):
    there.plan.adopted_on = None
    there.plan.save()
    amend(there, coordinator, reason="", title="Less crime")
    assert not Amendment.objects.exists()
    assert audit.history(there).get().kind == "priority_changed"


def test_an_adopted_plan_asks_for_a_reason(there, coordinator):
    with pytest.raises(ValidationError) as refused:
        amend(there, coordinator, reason=" ", title="Less crime")
    assert list(refused.value.message_dict) == ["reason"]
    there.refresh_from_db()
    assert there.title == "Reducing Re-offending"


def test_without_a_change_nothing_is_written(there, coordinator, django_assert_num_queries):
    with django_assert_num_queries(2):  # the savepoint
        assert amend(there, coordinator, reason="") == []
    assert there.version == 1
    assert not Amendment.objects.exists()


def test_parts_keep_their_keys_and_take_their_places(there, coordinator):
    keys = dict(Commitment.objects.values_list("text", "key"))
    orders, owl, hub = wording_of(there).commitments
    new = Item("new-1", "Visit markets.", year="2017-18", number=12, unit="visits")
    amend(there, coordinator, commitments=(hub, new, replace(orders, text="Win many orders.")))
    kept = list(Commitment.objects.all())
    assert [(one.order, one.text, one.number) for one in kept] == [
        (1, "Open a hub.", None),
        (2, "Visit markets.", 12),
        (3, "Win many orders.", 20),
    ]
    assert [kept[0].key, kept[2].key] == [keys["Open a hub."], keys["Win orders."]]
    assert kept[1].key == "d-commitment-v2-1"
    assert {"what": "Commitment 2, removed", "was": "Launch OWL. (Burglary; 2017-18)", "now": "nothing"} in (
        Amendment.objects.get().changes
    )


def test_keys_are_never_given_twice(there, coordinator):
    def add(text: str) -> str:
        priority = Priority.objects.with_parts().get()
        year = {"year": "2017-18"}
        amend(priority, coordinator, commitments=(*wording_of(priority).commitments, Item("new-1", text, **year)))
        return Commitment.objects.get(text=text).key

    first = add("One more.")
    priority = Priority.objects.with_parts().get()
    amend(priority, coordinator, commitments=wording_of(priority).commitments[:-1])
    assert add("Another.") != first


def test_sub_headings_can_change_places_and_one_can_follow_another(there, coordinator):
    burglary, gangs = wording_of(there).themes
    swapped = (replace(burglary, text="Gangs"), replace(gangs, text="Burglary"))
    amend(there, coordinator, themes=swapped)
    assert dict(Theme.objects.values_list("pk", "title")) == {
        int(burglary.token): "Gangs",
        int(gangs.token): "Burglary",
    }

    there = Priority.objects.with_parts().get()
    replaced = (wording_of(there).themes[0], Item("new-1", "Burglary"))
    amend(there, coordinator, themes=replaced)
    assert [theme.title for theme in Theme.objects.all()] == ["Gangs", "Burglary"]
    assert not Theme.objects.filter(pk=gangs.token).exists()


def test_who_saves_second_is_refused(there, coordinator):
    other = Priority.objects.with_parts().get()
    amend(there, coordinator, title="First")
    with pytest.raises(Stale):
        amend(other, coordinator, title="Second")
    assert Priority.objects.get().title == "First"


def test_a_version_that_moved_on_unseen_is_refused_by_the_row(there, coordinator):
    """The instance still says 1, the row says 2: only the conditional update can notice."""
    Priority.objects.update(version=2)
    with pytest.raises(Stale):
        amend(there, coordinator, commitments=())
    assert Commitment.objects.count() == 3


def test_parts_of_other_priorities_are_out_of_reach(there, coordinator):
    foreign = ThemeFactory(priority__letter="A")
    amend(there, coordinator, themes=(*wording_of(there).themes, Item(str(foreign.pk), "Taken")))
    foreign.refresh_from_db()
    assert foreign.title != "Taken"
    assert Theme.objects.get(title="Taken").priority == there


@pytest.mark.parametrize(
    "changed",
    [
        {"title": " "},
        {"outcomes": (Item("new-1", ""),)},
        {"commitments": (Item("new-1", "Words", year="2017-18", number=5),)},
        {"commitments": (Item("new-1", "Words", year="2017-18", unit="orders"),)},
        {"focus_points": (Item("new-1", "Words", theme="999"),)},
        {"themes": (Item("new-1", "Same"), Item("new-2", "SAME"))},
    ],
)
def test_incomplete_wording_is_refused_whoever_calls(there, coordinator, changed):
    with pytest.raises(ValidationError):
        amend(there, coordinator, **changed)
    there.refresh_from_db()
    assert there.version == 1
