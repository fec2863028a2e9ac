import datetime as dt

from django.db import migrations
from django.utils.text import slugify

# The consultation that the plan's section tells of, as `consultation/data` ships it; what else belongs to it is loaded later.
SLUG = "crime-and-disorder-2016"
FACTS = {
    "title": "Community safety priorities 2016",
    "state": "published",
    "opens_on": dt.date(2016, 6, 10),
    "closes_on": dt.date(2016, 8, 12),
    "holds_responses": False,
    "stated_responses": 1389,
}
KEYS = {"Anti-social Behaviour (ASB)": "anti-social-behaviour"}  # where the key is not the text as an address

LONGEST = 120  # letters of a concern; an entry of a section may have 300


def carry_over(apps, schema_editor):
    Action = apps.get_model("governance", "Action")
    SectionItem = apps.get_model("priorities", "SectionItem")
    Consultation = apps.get_model("consultation", "Consultation")
    Concern = apps.get_model("consultation", "Concern")
    named = Action.concerns.through.objects.all()
    items = SectionItem.objects.filter(
        pk__in=named.values("sectionitem_id")
    ).select_related("section")
    concerns = {}
    for item in items:
        facts = {**FACTS, "plan_id": item.section.plan_id}
        consultation, _ = Consultation.objects.get_or_create(slug=SLUG, defaults=facts)
        key = KEYS.get(item.text, slugify(item.text)[:60]) or f"concern-{item.order}"
        told = {"text": item.text[:LONGEST], "order": item.order}
        concerns[item.pk], _ = Concern.objects.get_or_create(
            consultation=consultation, key=key, defaults=told
        )
    through = Action.told.through
    # Once, where an action answered the same in two spellings: "Drugs" and "Drugs!".
    told = {
        (action, concerns[item].pk)
        for action, item in named.values_list("action_id", "sectionitem_id")
    }
    through.objects.bulk_create(
        through(action_id=action, concern_id=concern) for action, concern in sorted(told)
    )


class Migration(migrations.Migration):
    """What actions answered they answer still."""

    dependencies = [
        ("governance", "0005_concerns_of_consultations"),
        ("priorities", "0002_append_only"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=False)
    ]
