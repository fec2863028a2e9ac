"""Two people at what goes into one pack at the same moment, each on a connection of their own."""

import pytest

from reporting.actions import outlining, redacting
from reporting.actions.redacting import DecidedMeanwhile, Decision
from reporting.models import Outline, Redaction
from tests.factories import UserFactory
from tests.factories.packs import Q4, PackFactory
from tests.factories.priorities import PlanFactory
from tests.integration.test_returns_race import at_once, one_won

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the actions.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


def writing(plan, sections, *, version, by):
    return lambda: outlining.write(
        plan, Q4, edition="executive", version=version, sections=sections, note="", note_by="", by=by
    )


def test_two_write_the_first_outline():
    """One is kept; the other is told, and neither meets an error page."""
    sam = UserFactory()
    for _ in range(ROUNDS):
        plan = PlanFactory()
        assert one_won(
            at_once(writing(plan, ["year"], version=0, by=sam), writing(plan, ["quality"], version=0, by=sam))
        )
        assert Outline.objects.filter(plan=plan).count() == 1
        Outline.objects.all().delete()
        plan.delete()


def test_two_decide_on_one_passage():
    """The slower one is told of the other's decision, and does not overwrite it."""
    sam, pack = UserFactory(), PackFactory()
    for number in range(ROUNDS):
        stays = Decision("note", f"Passage {number}.", False)
        out = Decision("note", f"Passage {number}.", True, "small")
        newest = Redaction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        outcomes = at_once(
            lambda stays=stays, seen=newest: redacting.decide(pack, [stays], seen=seen, by=sam),
            lambda out=out, seen=newest: redacting.decide(pack, [out], seen=seen, by=sam),
        )
        assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [DecidedMeanwhile], outcomes
        assert Redaction.objects.filter(passage=stays.passage).count() == 1
