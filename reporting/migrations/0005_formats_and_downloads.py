from functools import partial

import django.db.models.deletion
import django.utils.timezone
import reporting.models.format_request
from django.conf import settings
from django.db import migrations, models

from lib.append_only import freeze, keep, thaw, unkeep


# Of a download: all of it. It goes as a whole, when its time is over, and is never changed.
DOWNLOADED = ("by_id", "at", "pack_id", "what", "form", "why")
# Of a request: what was asked for, and until when an answer was promised. How to reach somebody is removed.
ASKED = ("reference", "page", "formats", "way", "asked_at", "due_on")


class Migration(migrations.Migration):
    """Requests for other formats, and the log of who took a copy of what is not for everybody."""

    dependencies = [
        ('reporting', '0004_on_the_record'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Download',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('what', models.CharField(max_length=250)),
                ('form', models.CharField(max_length=8)),
                ('why', models.CharField(choices=[('executive', 'Executive edition'), ('restricted', 'Restricted figures'), ('embargo', 'Under embargo')], max_length=10)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pack', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.pack')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FormatRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=reporting.models.format_request.fresh_reference, max_length=9, unique=True)),
                ('page', models.CharField(blank=True, max_length=300)),
                ('wanted', models.CharField(blank=True, max_length=200)),
                ('formats', models.JSONField()),
                ('language', models.CharField(blank=True, max_length=60)),
                ('way', models.CharField(choices=[('email', 'By email'), ('phone', 'By phone'), ('post', 'By post')], max_length=5)),
                ('contact', models.TextField(blank=True, max_length=500)),
                ('note', models.TextField(blank=True, max_length=1000)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'To be answered'), ('sent', 'Sent'), ('declined', 'Declined')], default='open', max_length=8)),
                ('answer', models.TextField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='a_format_request_is_answered_by_someone_at_some_time'), models.CheckConstraint(condition=models.Q(models.Q(('forgotten_at__isnull', True), models.Q(('contact', ''), _negated=True)), models.Q(('answered_at__isnull', False), ('contact', ''), ('forgotten_at__isnull', False), ('note', ''), ('wanted', '')), _connector='OR'), name='a_format_request_says_how_to_reach_them_until_forgotten')],
            },
        ),
        migrations.RunPython(
            partial(freeze, table="reporting_download", columns=DOWNLOADED, once="id IS NOT NULL"),
            partial(thaw, table="reporting_download"),
        ),
        migrations.RunPython(
            partial(freeze, table="reporting_formatrequest", columns=ASKED, once="id IS NOT NULL"),
            partial(thaw, table="reporting_formatrequest"),
        ),
        migrations.RunPython(
            partial(keep, table="reporting_formatrequest"), partial(unkeep, table="reporting_formatrequest")
        ),
    ]
