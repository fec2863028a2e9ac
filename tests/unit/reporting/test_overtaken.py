"""What is decided to be left out after a public edition began to be built keeps that build from being issued."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from reporting import clearing, disclosure, snapshots
from reporting import imprint as imprints
from reporting.builds.composing import small_numbers
from reporting.imprint import Imprint
from reporting.models import Redaction
from tests.factories.packs import PackFactory, RedactionFactory
from tests.unit.reporting.test_redacting import BOTH, PLACE, few

pytestmark = pytest.mark.django_db
QUICK = "The court was quick."
MINUTE = dt.timedelta(minutes=1)
NAME = Redaction.Ground.NAME
NOTE = "Thanks to the panel. It met in May."


@pytest.fixture
def began():
    return timezone.now() - MINUTE


@pytest.fixture
def pack(began):
    """A public edition that was built a minute ago, with a note."""
    full = few()
    executive = PackFactory(snapshot=snapshots.to_json(full), issued=True)
    public = disclosure.publish(full, [], small_numbers=small_numbers())
    note = replace(Imprint("public", 1), note=NOTE, note_by="Head of Community Safety")
    return PackFactory(
        edition="public",
        made_from=executive,
        plan=executive.plan,
        snapshot=snapshots.to_json(public),
        imprint=imprints.to_json(note),
        started_at=began,
    )


def decide(pack, passage, at, *, place=PLACE, out=True, ground=NAME):
    RedactionFactory(
        plan=pack.plan, place=place, passage=passage, is_left_out=out, ground=ground if out else "", decided_at=at
    )


def test_what_is_left_out_since_asks_for_a_build(pack, began):
    assert clearing.obstacles(pack) == ()
    decide(pack, QUICK, began)
    assert clearing.obstacles(pack) == (clearing.OVERTAKEN,)


def test_what_was_decided_before_it_began_is_in_it(pack, began):
    decide(pack, QUICK, began - dt.timedelta(microseconds=1))
    assert clearing.obstacles(pack) == ()


def test_saying_so_of_what_was_left_out_anyway_asks_for_nothing(pack, began):
    decide(pack, BOTH, began, ground="small")
    assert clearing.obstacles(pack) == ()
    decide(pack, BOTH, began + MINUTE / 2, ground="exempt_1")  # other words stand in its place
    assert clearing.obstacles(pack) == (clearing.OVERTAKEN,)


def test_the_latest_decision_counts(pack, began):
    decide(pack, QUICK, began)
    decide(pack, QUICK, began + MINUTE / 2, out=False)
    assert clearing.obstacles(pack) == ()


def test_words_beside_the_figures_count_too(pack, began):
    decide(pack, "It met in May.", began, place="note")
    assert clearing.obstacles(pack) == (clearing.OVERTAKEN,)


def test_a_passage_of_another_kind_of_pack_is_no_concern_of_it(pack, began):
    decide(pack, QUICK, began, place="assessed/summary")
    assert clearing.obstacles(pack) == ()


def test_an_executive_edition_leaves_nothing_out(pack, began):
    decide(pack, QUICK, began)
    assert clearing.obstacles(PackFactory(plan=pack.plan, quarter=pack.quarter.previous)) == ()
