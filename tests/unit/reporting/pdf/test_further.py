"""Revisions that a pack counts and does not list: the sentence, and where it stands."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reporting import pack_pages
from reporting.pdf.parts import further, matters, quality
from tests.factories import snapshots
from tests.factories.snapshot_parts import alone, part


def one(reference="B2", *, number=1, listed=False, percent="2", **changes):
    made = snapshots.sample().restatements[0]
    return replace(
        made,
        **{
            "reference": reference,
            "slug": reference.lower(),
            "quarter": made.quarter.plus(number - 2),
            "kind": "revision",
            "materiality": Decimal(percent),
            "is_listed": listed,
            **changes,
        },
    )


def told_of(*restatements):
    """Of one indicator, which leaves room among what matters."""
    return alone(part("domestic-abuse-reports"), restatements=restatements)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([], ""),
        ([one(listed=True)], ""),
        ([one()], "One revision of less than 2% changed no rating: B2."),
        ([one(), one(listed=True)], "One further revision of less than 2% changed no rating: B2."),
        (
            [one()] * 6 + [one("C3")] * 3 + [one("B1", listed=True)],
            "Nine further revisions of less than 2% changed no rating: B2 six, C3 three.",
        ),
        ([one(), one("C3")], "Two revisions of less than 2% changed no rating: B2 one, C3 one."),
        (
            [one("C3", percent="2.50"), one()],
            "One revision of less than 2% changed no rating: B2. One revision of less than 2.5% changed no rating: C3.",
        ),
        ([one("", short_name="Burglary")] * 11, "11 revisions of less than 2% changed no rating: Burglary 11."),
    ],
)
def test_what_is_counted_is_one_sentence_for_each_materiality(changes, sentence):
    assert further.sentence(changes) == sentence


def test_the_quality_page_lists_what_is_listed_and_counts_the_rest():
    shown = snapshots.sample(restatements=(one("B1", listed=True), one(number=1), one(number=2)))
    made = quality.build(shown)
    assert [row.reference for row in made.restated] == ["B1"]
    assert made.further == "Two further revisions of less than 2% changed no rating: B2 two."
    assert made.lede.endswith("Three verified figures have changed.")


def test_what_matters_counts_the_rest_after_the_first_that_is_listed():
    shown = told_of(one(number=1), one("B1", listed=True, number=2))
    found = next(matter for matter in matters.build(shown) if "changed" in matter.heading)
    assert found.heading == "One verified figure has changed"
    assert found.text == (
        "Violence with injury, hotspots, 2017-18 Q2: was 771, now 743. "
        "One further revision of less than 2% changed no rating: B2."
    )
    assert found.references == "B1"


def test_small_revisions_alone_do_not_matter():
    assert not any("changed" in matter.heading for matter in matters.build(told_of(one())))


def test_the_page_of_a_pack_says_what_it_lists_and_what_it_counts():
    listed = "1: B1, 2017-18 Q2, was 771, now 743"
    counted = "One further revision of less than 2% changed no rating: B2."
    said = pack_pages.restated(snapshots.sample(restatements=(one("B1", listed=True, number=2), one())))
    assert said == f"{listed}. {counted}"
    assert pack_pages.restated(snapshots.sample(restatements=())) == "None"
