from functools import partial

from django.db import migrations

from lib.append_only import guard, unguard

TABLES = ["indicators_withdrawal", "indicators_revision"]


def set_all_by_hand(apps, schema_editor):
    """Of rounds from before it isn't known which dates somebody chose, so none of them moves with the meeting."""
    names = ["opens_on", "due_on", "commentary_due_on", "verify_by", "closes_on"]
    apps.get_model("indicators", "Round").objects.update(set_by_hand=names)


class Migration(migrations.Migration):
    """What was taken back or revised is on the record; dates of earlier rounds count as chosen by hand."""

    dependencies = [("indicators", "0005_rounds_uploads_feeds_revisions")]

    operations = [
        *(
            migrations.RunPython(partial(guard, table=table), partial(unguard, table=table), elidable=False)
            for table in TABLES
        ),
        migrations.RunPython(set_all_by_hand, migrations.RunPython.noop, elidable=False),
    ]
