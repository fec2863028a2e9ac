from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0007_erasures"),
    ]

    operations = [
        migrations.AddField(
            model_name="rolegrant",
            name="with_group",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("with_membership", False), ("with_group", False), _connector="OR"),
                name="a_role_comes_with_a_place_or_a_group",
            ),
        ),
    ]
