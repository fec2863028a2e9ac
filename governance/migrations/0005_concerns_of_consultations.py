from django.db import migrations, models


class Migration(migrations.Migration):
    """An action answers concerns of a consultation; until now they were entries of the plan's section on it."""

    dependencies = [("consultation", "0002_append_only"), ("governance", "0004_money_append_only")]

    operations = [
        migrations.AddField(
            model_name="action",
            name="told",
            field=models.ManyToManyField(blank=True, related_name="+", to="consultation.concern"),
        ),
    ]
