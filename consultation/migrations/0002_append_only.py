from functools import partial

from django.db import migrations

from lib.append_only import guard, keep, unguard, unkeep

TABLES = ["consultation_result"]

# What may change and is never removed. Responses are: on the day that was set for it.
KEPT = ["consultation_batch", "consultation_consultation"]


class Migration(migrations.Migration):
    """On PostgreSQL the database itself refuses to change what was counted, or to remove what is on the record."""

    dependencies = [("consultation", "0001_consultations")]

    operations = [
        migrations.RunPython(
            partial(guard, table=table), partial(unguard, table=table), elidable=False
        )
        for table in TABLES
    ] + [
        migrations.RunPython(
            partial(keep, table=table), partial(unkeep, table=table), elidable=False
        )
        for table in KEPT
    ]
