from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("governance", "0006_carry_concerns_over")]

    operations = [
        migrations.RemoveField(model_name="action", name="concerns"),
        migrations.RenameField(model_name="action", old_name="told", new_name="concerns"),
    ]
