from functools import partial

from django.db import migrations

from lib.append_only import guard, keep, unguard, unkeep

TABLES = ["governance_riskscore", "governance_commitmentstatus", "governance_outcomejudgement"]

# What may change and is never removed.
KEPT = [
    "governance_approval",
    "governance_body",
    "governance_datemove",
    "governance_decision",
    "governance_delegation",
    "governance_deliveryplan",
    "governance_meeting",
    "governance_membership",
    "governance_paper",
    "governance_planversion",
    "governance_recommendation",
    "governance_recommendationrecipient",
    "governance_review",
    "governance_risk",
    "governance_sending",
    "governance_undertaking",
    "governance_update",
]


class Migration(migrations.Migration):
    """On PostgreSQL the database itself refuses to change or to remove what is on the record."""

    dependencies = [("governance", "0001_initial")]

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
