"""The catalogue that ships with the product, read from `indicators/data`: organisations, indicators, their place in the plan, feeds.

Rows are found by natural keys (slug; plan and indicator) and only ever added: what people have changed stays as they made it. The series
of a feed come with it, and not again: one that was taken out stays out.
"""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, OrganisationName
from indicators.feeds import layout
from indicators.models import Baseline, Definition, Feed, FeedSeries, Indicator, Placement, Target
from lib.quarters import Quarter, Year
from priorities.models import Plan

DATA = Path(__file__).resolve().parent / "data"
# Definitions start with the earliest year that the plan compares with.
FIRST_QUARTER = Quarter.parse("2015-16-q1")
IN_THE_PLAN = "Named in the plan for quarterly monitoring in 2017/18; the plan prints no target."

# What of an indicator's entry is a field of the model under the same name.
FIELDS = (
    "name",
    "family",
    "frequency",
    "measure",
    "polarity",
    "year_to_date",
    "unit",
    "unit_of_base",
    "question",
    "question_of_base",
    "is_restricted",
    "has_small_numbers",
    "note",
)


def read(name: str) -> list[dict[str, Any]]:
    """The entries of "organisations.json", "indicators.json" or "feeds.json"."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@transaction.atomic
def load(plan: Plan) -> int:
    """Add the organisations, indicators, placements, first monitoring set and feeds that are not there yet.

    Returns how many organisations, indicators and feeds were added. `plan` is the plan whose priorities the indicators serve.
    """
    added = sum(_load_organisation(entry) for entry in read("organisations.json"))
    organisations = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    priorities = {priority.letter: priority for priority in plan.priorities.all()}
    orders = dict.fromkeys(priorities, 0)
    for entry in read("indicators.json"):
        indicator, made = _load_indicator(entry, owner=organisations[entry["owner"]])
        added += made
        orders[entry["priority"]] += 1
        Placement.objects.get_or_create(
            plan=plan,
            indicator=indicator,
            defaults={
                "priority": priorities[entry["priority"]],
                "reference": entry["reference"],
                "order": orders[entry["priority"]],
                "short_name": entry["short_name"],
                "from_year": Year.of(plan.starts_on),
            },
        )
        if made and entry["reference"]:
            Target.objects.create(
                indicator=indicator, year=Year.of(plan.starts_on), reason=IN_THE_PLAN, set_at=_beginning(plan)
            )
    return added + sum(_load_feed(entry) for entry in read("feeds.json"))


def _beginning(plan: Plan) -> dt.datetime:
    """Since when the first set holds: the first day of the plan, so that whatever is set later is later."""
    return timezone.make_aware(dt.datetime.combine(plan.starts_on, dt.time()))


def _load_organisation(entry: dict[str, Any]) -> bool:
    organisation, made = Organisation.objects.get_or_create(slug=entry["slug"], defaults={"kind": entry["kind"]})
    if made:
        for name in entry["names"]:
            OrganisationName.objects.create(
                organisation=organisation,
                name=name["name"],
                short_name=name["short_name"],
                starts_on=_day(name.get("starts_on")),
                ends_on=_day(name.get("ends_on")),
            )
    return made


def _load_indicator(entry: dict[str, Any], *, owner: Organisation) -> tuple[Indicator, bool]:
    indicator, made = Indicator.objects.get_or_create(
        slug=entry["slug"], defaults={"owner": owner, **{field: entry[field] for field in FIELDS}}
    )
    if made:
        Definition.objects.create(
            indicator=indicator, starts=FIRST_QUARTER, text=entry["definition"], source=entry["source"]
        )
        for baseline in entry.get("baselines", []):
            Baseline.objects.create(
                indicator=indicator,
                year=Year.parse(baseline["year"]),
                number=Decimal(baseline["number"]),
                source=baseline["source"],
                note=baseline["note"],
            )
    return indicator, made


def _load_feed(entry: dict[str, Any]) -> bool:
    layout.read(entry["layout"])  # refuses one that no file could be read by
    told = {name: entry[name] for name in ("name", "publisher", "source", "layout")}
    feed, made = Feed.objects.get_or_create(slug=entry["slug"], defaults=told)
    if made:
        indicators = {indicator.slug: indicator for indicator in Indicator.objects.all()}
        FeedSeries.objects.bulk_create(
            FeedSeries(
                feed=feed,
                indicator=indicators[series["indicator"]],
                area=series["area"],
                categories=series["categories"],
            )
            for series in entry["series"]
        )
    return made


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
