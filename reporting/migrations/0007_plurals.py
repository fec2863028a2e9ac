from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0006_removal'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='assessedpriority',
            options={'ordering': ['assessment', 'order', 'pk'], 'verbose_name_plural': 'assessed priorities'},
        ),
    ]
