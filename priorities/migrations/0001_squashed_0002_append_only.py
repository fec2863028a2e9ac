import django.db.models.deletion
import django.utils.timezone
import lib.quarter_fields
from django.conf import settings
from django.db import migrations, models

from lib.append_only import guard, unguard

TABLES = [
    "priorities_amendment",
]


def hold(apps, schema_editor):
    for table in TABLES:
        guard(apps, schema_editor, table)


def let_go(apps, schema_editor):
    for table in TABLES:
        unguard(apps, schema_editor, table)


class Migration(migrations.Migration):
    """A database from nothing in one step, as the migrations it replaces would leave it; one that has begun with those goes on with them."""

    replaces = [
        ('priorities', '0001_initial'),
        ('priorities', '0002_append_only'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('slug', models.SlugField(unique=True)),
                ('title', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('adopted_on', models.DateField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['-starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='a_plan_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('letter', models.CharField(max_length=1)),
                ('title', models.CharField(max_length=200)),
                ('short_title', models.CharField(max_length=60)),
                ('why', models.TextField(blank=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='priorities.plan')),
            ],
            options={
                'verbose_name_plural': 'priorities',
                'ordering': ['plan', 'letter'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'letter'), name='one_priority_per_plan_and_letter'), models.CheckConstraint(condition=models.Q(('letter__in', ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'])), name='a_priority_has_a_capital_letter')],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField()),
                ('title', models.CharField(max_length=200)),
                ('body', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('order', models.PositiveSmallIntegerField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='priorities.plan')),
            ],
            options={
                'ordering': ['plan', 'order'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'key'), name='one_section_per_plan_and_key')],
            },
        ),
        migrations.CreateModel(
            name='LinkedStrategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('ends_in', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='linked_strategies', to='priorities.plan')),
            ],
            options={
                'ordering': ['plan', 'order'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'title'), name='one_strategy_per_plan_and_title')],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('changes', models.JSONField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='priorities.plan')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='priorities.priority')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_amendment_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='SectionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('on', models.DateField(blank=True, null=True)),
                ('number', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='priorities.section')),
            ],
            options={
                'ordering': ['section', 'order'],
                'constraints': [models.UniqueConstraint(fields=('section', 'order'), name='one_item_per_section_and_place')],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('order', models.PositiveSmallIntegerField()),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='priorities.priority')),
            ],
            options={
                'ordering': ['priority', 'order'],
                'constraints': [models.UniqueConstraint(fields=('priority', 'title'), name='one_theme_per_priority_and_title')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField()),
                ('order', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('known_by', models.CharField(blank=True, max_length=200)),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='priorities.priority')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='priorities.theme')),
            ],
            options={
                'ordering': ['priority', 'order'],
                'constraints': [models.UniqueConstraint(fields=('priority', 'key'), name='one_outcome_per_priority_and_key')],
            },
        ),
        migrations.CreateModel(
            name='FocusPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField()),
                ('order', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='focus_points', to='priorities.priority')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='focus_points', to='priorities.theme')),
            ],
            options={
                'ordering': ['priority', 'order'],
                'constraints': [models.UniqueConstraint(fields=('priority', 'key'), name='one_focus_point_per_priority_and_key')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField()),
                ('year', lib.quarter_fields.YearField()),
                ('order', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('unit', models.CharField(blank=True, max_length=80)),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='priorities.priority')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='priorities.theme')),
            ],
            options={
                'ordering': ['priority', 'year', 'order'],
                'constraints': [models.UniqueConstraint(fields=('priority', 'key'), name='one_commitment_per_priority_and_key'), models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('unit', '')), models.Q(('number__isnull', False), models.Q(('unit', ''), _negated=True)), _connector='OR'), name='a_number_has_a_unit', violation_error_message='Give a number together with what it counts.')],
            },
        ),
        migrations.RunPython(hold, let_go),
    ]
