from functools import partial

from django.db import migrations

from lib.append_only import freeze, guard, keep, thaw, unguard, unkeep

TABLES = ["reporting_companion", "reporting_packapproval", "reporting_redaction"]

# What may change and is never removed.
KEPT = ["reporting_pack", "reporting_feedkey"]

# Of a pack that is ready: what it is, and what was made.
MADE = (
    "plan_id",
    "quarter",
    "kind",
    "edition",
    "issue",
    "build",
    "as_at",
    "made_from_id",
    "supersedes_id",
    "erratum",
    "adds_to_id",
    "snapshot",
    "snapshot_sha256",
    "imprint",
    "made_with",
    "published_against",
    "pdf",
    "pdf_sha256",
    "pdf_bytes",
)


class Migration(migrations.Migration):
    """On PostgreSQL the database itself refuses to change what was built and stored, or to remove what is on the record."""

    dependencies = [("reporting", "0003_issued_before")]

    operations = [
        *(migrations.RunPython(partial(guard, table=table), partial(unguard, table=table)) for table in TABLES),
        *(migrations.RunPython(partial(keep, table=table), partial(unkeep, table=table)) for table in KEPT),
        migrations.RunPython(
            partial(freeze, table="reporting_pack", columns=MADE, once="job_state = 'ready'"),
            partial(thaw, table="reporting_pack"),
        ),
    ]
