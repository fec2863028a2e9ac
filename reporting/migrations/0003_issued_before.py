from django.db import migrations


def issue(apps, schema_editor):
    """A pack of before was the CSP Executive's as soon as it was ready, under its number: it was issued then, and the next one took its place."""
    packs = apps.get_model("reporting", "Pack").objects
    followed = {}  # by plan and quarter: when the issue after it was
    for pack in packs.filter(job_state="ready").order_by("-issue", "-pk").only("plan", "quarter", "ended_at", "requested_at"):
        at = pack.ended_at or pack.requested_at
        after = followed.get((pack.plan_id, pack.quarter))
        told = {"standing": "superseded", "superseded_at": after} if after else {"standing": "issued"}
        packs.filter(pk=pack.pk).update(issued_at=at, **told)
        followed[pack.plan_id, pack.quarter] = at


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_packs_to_rely_on")]

    operations = [migrations.RunPython(issue, migrations.RunPython.noop)]
