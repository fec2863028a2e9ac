from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('priorities', '0002_append_only'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='linkedstrategy',
            options={'ordering': ['plan', 'order'], 'verbose_name_plural': 'linked strategies'},
        ),
    ]
