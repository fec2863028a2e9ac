"""Which words the public edition leaves out: asked about beside hidden figures, decided once, told when somebody was quicker."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEvent
from reporting import disclosure, snapshots
from reporting.actions import redacting as actions
from reporting.actions.redacting import DecidedMeanwhile, Decision
from reporting.builds.composing import small_numbers
from reporting.clearing import redacting
from reporting.models import Redaction
from reporting.snapshots.shape import Snapshot, Value
from tests.factories import snapshots as made_up
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.packs import OutlineFactory, PackFactory, RedactionFactory

pytestmark = pytest.mark.django_db
SLUG = "ordered-into-treatment"
PLACE = f"indicators/{SLUG}/words/what_happened"
BOTH = "Both came from one family."


def few() -> Snapshot:
    """A3 is 3 in the quarter, and its commentary tells of them."""
    full = made_up.sample()
    first = full.priorities[0]
    parts = tuple(_few(part) if part.slug == SLUG else part for part in first.indicators)
    return replace(full, priorities=(replace(first, indicators=parts), *full.priorities[1:]))


def _few(part):
    three = Value(Decimal(3), None, None)

    def cell(one):
        return replace(one, value=three) if one.quarter == part.this.quarter else one

    words = made_up.words("violence-with-injury-hotspots")
    return replace(
        part,
        this=cell(part.this),
        history=tuple(map(cell, part.history)),
        series=tuple(map(cell, part.series)),
        words=replace(words, what_happened=f"{BOTH} The court was quick.", why="", what_next=""),
    )


@pytest.fixture
def pack():
    return PackFactory(snapshot=snapshots.to_json(few()))


def decide(pack, *decisions, seen=0, by=None):
    return actions.decide(pack, decisions, seen=seen, by=by or UserFactory())


def stays(because="It is known."):
    return Decision(PLACE, BOTH, False, "", because)


def out(ground="small", because=""):
    return Decision(PLACE, BOTH, True, ground, because)


def public(pack):
    rows = list(Redaction.objects.all())
    made = disclosure.publish(snapshots.from_json(pack.snapshot), [], small_numbers=small_numbers(), redactions=rows)
    return next(part for part in made.indicators if part.slug == SLUG).words.what_happened


# ---------------------------------------------------------------- what is asked


def test_a_number_word_beside_a_hidden_figure_is_asked_about_with_the_figure(pack):
    (asked,) = [one for one in redacting.words(pack).to_decide if one.passage.place == PLACE]
    assert asked.passage.passage == BOTH
    assert (asked.heading, asked.where) == ("A3 Ordered into treatment", "what happened")
    assert asked.hidden.startswith("2017-18 Q4 is 3")


def test_until_it_is_decided_it_is_left_out_and_the_rest_stays(pack):
    assert public(pack) == "[Left out of the public edition: small numbers] The court was quick."


def test_what_nobody_has_to_decide_on_is_listed_apart(pack):
    others = [one.passage.passage for group in redacting.words(pack).others for one in group.passages]
    assert "The court was quick." in others
    assert BOTH not in others


def test_the_covering_note_of_the_public_edition_is_asked_about_too(pack):
    OutlineFactory(plan=pack.plan, edition="public", note="A3 fell to three.", note_by="Chair")
    assert "Covering note" in [one.heading for one in redacting.words(pack).to_decide]


# ---------------------------------------------------------------- what is decided


def test_what_stays_is_printed(pack):
    decide(pack, stays())
    assert public(pack) == f"{BOTH} The court was quick."


def test_what_is_exempt_says_by_which_paragraph(pack):
    decide(pack, out("exempt_7", "It would tell how we work."))
    assert public(pack).startswith("[Left out of the public edition: exempt, paragraph 7 of Schedule 12A]")


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (out(ground=""), "Choose why it is left out."),
        (out(ground="nonsense"), "Choose why it is left out."),
        (out(ground="exempt_7"), "Say why the public interest does not ask for what is exempt."),
    ],
)
def test_what_is_left_out_has_a_ground_and_what_is_exempt_a_reason(pack, decision, words):
    with pytest.raises(ValidationError) as refused:
        decide(pack, decision)
    assert refused.value.messages == [words]
    assert not Redaction.objects.exists()


def test_the_latest_decision_counts_and_the_earlier_one_is_kept(pack):
    (first,) = decide(pack, stays())
    decide(pack, out(), seen=first.pk)
    assert Redaction.objects.count() == 2
    (decided,) = redacting.words(pack).decided
    assert decided.decided.is_left_out


def test_what_counts_already_is_not_written_again(pack):
    decide(pack, stays())
    assert decide(pack, stays()) == []
    assert Redaction.objects.count() == 1
    assert AuditEvent.objects.filter(kind="passages_decided").count() == 1


def test_a_decision_made_meanwhile_is_told_and_nothing_is_overwritten(pack):
    quicker = UserFactory(name="Lena Fox")
    (theirs,) = decide(pack, stays(), by=quicker)
    other = Decision(PLACE, "The court was quick.", True, "name")
    with pytest.raises(DecidedMeanwhile) as refused:
        decide(pack, out(), other)
    assert "Lena Fox" in refused.value.messages[0]
    assert "it stays" in refused.value.messages[0]
    assert Redaction.objects.count() == 1
    decide(pack, out(), other, seen=refused.value.newest)  # knowing it, one's own counts
    assert refused.value.newest == theirs.pk
    assert Redaction.objects.count() == 3


@pytest.mark.parametrize("of", [{"public": True}, {"job_state": "requested"}])
def test_only_the_words_of_an_executive_edition_that_is_ready_are_decided_on(of):
    other = PackFactory(**of)
    with pytest.raises(ValidationError, match="Build the executive edition first"):
        decide(other, stays())


# ---------------------------------------------------------------- the page


@pytest.fixture
def page(client, pack):
    client.force_login(RoleGrantFactory(role="coordinator").user)
    return reverse("reporting:pack-words", args=[pack.pk])


KEY = redacting.key(PLACE, BOTH)


def test_nothing_is_ticked_beforehand_and_the_page_says_how_many_wait(client, page):
    html = client.get(page).content.decode()
    assert "still to decide. Until then" in html
    assert f'name="verdict_{KEY}"' in html
    assert " checked" not in html


def test_saving_with_nothing_chosen_changes_nothing(client, page):
    assert client.post(page, {"seen": 0}).status_code == 302
    assert not Redaction.objects.exists()


def test_a_choice_is_kept_and_leaves_the_list(client, page):
    client.post(page, {"seen": 0, f"verdict_{KEY}": "stays", f"because_{KEY}": "It is known."})
    made = Redaction.objects.get()
    assert (made.place, made.passage, made.is_left_out, made.because) == (PLACE, BOTH, False, "It is known.")
    html = client.get(page).content.decode()
    assert f'name="verdict_{KEY}"' not in html
    assert f"?again={KEY}" in html


def test_a_decided_passage_can_be_decided_on_once_more(client, page, pack):
    RedactionFactory(plan=pack.plan, place=PLACE, passage=BOTH)
    assert f'name="verdict_{KEY}"' in client.get(f"{page}?again={KEY}").content.decode()


def test_others_are_left_out_by_ticks_with_one_ground_and_reason(client, page):
    quick = redacting.key(PLACE, "The court was quick.")
    answer = client.post(page, {"seen": 0, "others": [quick]}).content.decode()
    assert "Choose why the ticked passages are left out" in answer
    told = {"seen": 0, "others": [quick], "others_ground": "exempt_1", "others_because": "It is about one person."}
    client.post(page, told)
    assert (Redaction.objects.get().passage, Redaction.objects.get().ground) == ("The court was quick.", "exempt_1")


@pytest.mark.parametrize("seen", ["", "x", "-1"])
def test_a_page_that_lost_track_is_opened_again(client, page, seen):
    assert "Open this page again" in client.post(page, {"seen": seen}).content.decode()


def test_a_passage_that_is_no_longer_there_is_refused(client, page):
    answer = client.post(page, {"seen": 0, "others": ["nothing"]}).content.decode()
    assert "has changed or was decided on" in answer


def test_whoever_was_slower_is_told_and_keeps_the_choice(client, page, pack):
    theirs = RedactionFactory(plan=pack.plan, place=PLACE, passage=BOTH, decided_by=UserFactory(name="Lena Fox"))
    mine = {"seen": 0, f"verdict_{KEY}": "stays", f"because_{KEY}": "It is known."}
    answer = client.post(page, mine).content.decode()
    assert "Lena Fox" in answer
    assert f'name="seen" value="{theirs.pk}"' in answer
    assert "It is known." in answer
    assert Redaction.objects.count() == 1


def test_a_public_edition_has_no_such_page(client, page):
    other = PackFactory(public=True)
    assert client.get(reverse("reporting:pack-words", args=[other.pk])).status_code == 404


def test_a_public_edition_says_what_it_left_out(pack):
    made = disclosure.publish(few(), [], small_numbers=small_numbers())
    told = redacting.left_out(made)
    assert "One passage is left out: one for small numbers." in told
    assert any("hidden (fewer than 5, or what would give that back)." in sentence for sentence in told)
