from functools import partial

from django.db import migrations

from lib.append_only import guard, unguard

TABLE = "indicators_monthlyfigure"


class Migration(migrations.Migration):
    """Months are on the record like the figure they make up."""

    dependencies = [("indicators", "0003_targets_definitions_months")]

    operations = [migrations.RunPython(partial(guard, table=TABLE), partial(unguard, table=TABLE), elidable=False)]
