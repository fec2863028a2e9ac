from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0007_spend'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='feedseries',
            options={'ordering': ['feed', 'indicator'], 'verbose_name_plural': 'feed series'},
        ),
    ]
