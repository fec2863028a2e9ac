from functools import partial

from django.db import migrations

from lib.append_only import guard, unguard

TABLES = ["governance_riskscore", "governance_commitmentstatus", "governance_outcomejudgement"]


class Migration(migrations.Migration):
    """On PostgreSQL the database itself refuses to change what is on the record."""

    dependencies = [("governance", "0001_initial")]

    operations = [
        migrations.RunPython(
            partial(guard, table=table), partial(unguard, table=table), elidable=False
        )
        for table in TABLES
    ]
