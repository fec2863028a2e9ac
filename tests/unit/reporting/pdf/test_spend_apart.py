"""Spend stands with the money and nowhere else in a pack: not among figures, not among what is missing, owed or restated."""

import pytest

from lib.quarters import Quarter
from reporting import pdf, snapshots
from reporting.imprint import Imprint
from tests.factories import reporting as data
from tests.factories.funding import ProjectFactory, spent
from tests.factories.indicators import verified

pytestmark = pytest.mark.django_db
Q4 = Quarter.parse("2017-18-q4")


@pytest.fixture
def snapshot():
    """One project with an amount of Q3 that was restated and one of Q4, another whose Q4 is awaited; figures of the plan beside them."""
    plan = data.plan()
    data.return_(data.indicator(plan, slug="things-done"), Q4, words=True)
    paid, quiet = (ProjectFactory(name=name, spending=True) for name in ("Marking kits", "Lamps"))
    for project in (paid, quiet):
        type(project.spend).objects.filter(pk=project.spend_id).update(name=f"Spend of {project.name}")
    first = spent(paid, "2017-18-q3", "777.77")
    verified(first.for_return, "666.66", restates="correction", restated_because="An invoice was counted twice.")
    data.figure(data.return_(paid.spend, Q4), 888, by=first.supplied_by, verified=data.at(3))
    data.return_(quiet.spend, Q4)
    return snapshots.take(plan, Q4)


def test_no_indicator_of_a_snapshot_is_spend(snapshot):
    parts = [part for one in snapshot.priorities for part in (*one.indicators, *one.context)]
    assert parts
    assert [part.slug for part in parts if part.family == "spend" or part.name.startswith("Spend of")] == []
    assert [one.slug for one in snapshot.restatements if one.slug.startswith("spend")] == []
    assert len(snapshot.funding.restated) == 1


def test_spend_stands_in_the_part_on_money_and_in_no_other(snapshot):
    page = pdf.html(snapshot, imprint=Imprint("executive", 1))
    before, _, rest = page.partition('<section class="sheet money"')
    money, _, after = rest.partition("</section>")
    for words in ("Marking kits", "888.00", "666.66", "777.77", "Lamps"):
        assert words in money
        assert words not in before and words not in after
    assert "Spend of" not in page
