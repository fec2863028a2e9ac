from functools import partial

from django.db import migrations

from lib.append_only import guard, keep, unguard, unkeep

TABLES = [
    "governance_forecast",
    "governance_fundingcomment",
    "governance_fundinginterest",
    "governance_outputcount",
]

# What may change and is never removed.
KEPT = [
    "governance_budgetchange",
    "governance_fundedposts",
    "governance_funderreport",
    "governance_fundingapplication",
    "governance_fundingstream",
    "governance_output",
    "governance_project",
]


class Migration(migrations.Migration):
    """On PostgreSQL the database itself refuses to change or to remove what is on the record of money."""

    dependencies = [("governance", "0003_money")]

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
