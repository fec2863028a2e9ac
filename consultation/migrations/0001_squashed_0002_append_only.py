import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from lib.append_only import guard, keep, unguard, unkeep

TABLES = [
    "consultation_result",
]
# What may change and is never removed.
KEPT = [
    "consultation_batch",
    "consultation_consultation",
]


def hold(apps, schema_editor):
    for table in TABLES:
        guard(apps, schema_editor, table)
    for table in KEPT:
        keep(apps, schema_editor, table)


def let_go(apps, schema_editor):
    for table in KEPT:
        unkeep(apps, schema_editor, table)
    for table in TABLES:
        unguard(apps, schema_editor, table)


class Migration(migrations.Migration):
    """A database from nothing in one step, as the migrations it replaces would leave it; one that has begun with those goes on with them."""

    replaces = [
        ('consultation', '0001_consultations'),
        ('consultation', '0002_append_only'),
    ]

    initial = True

    dependencies = [
        ('priorities', '0001_squashed_0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('mapping', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('purpose', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('open', 'Open'), ('closed', 'Closed'), ('analysed', 'Analysed'), ('published', 'Published')], default='draft', max_length=9)),
                ('opens_on', models.DateField(blank=True, null=True)),
                ('closes_on', models.DateField(blank=True, null=True)),
                ('holds_responses', models.BooleanField(default=True)),
                ('stated_responses', models.PositiveIntegerField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('note', models.TextField(blank=True)),
                ('privacy', models.TextField(blank=True)),
                ('hand_in', models.CharField(blank=True, max_length=300)),
                ('panel', models.TextField(blank=True)),
                ('panel_source', models.CharField(blank=True, max_length=200)),
                ('threshold', models.PositiveSmallIntegerField(default=5)),
                ('purge_on', models.DateField(blank=True, null=True)),
                ('purge_begun_at', models.DateTimeField(blank=True, null=True)),
                ('purged_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('is_sample', models.BooleanField(default=False)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('earlier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultation')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='priorities.plan')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('triage_owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': [models.OrderBy(models.F('opens_on'), descending=True, nulls_first=True), '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('opens_on__isnull', True), ('closes_on__isnull', True), ('closes_on__gte', models.F('opens_on')), _connector='OR'), name='a_consultation_closes_after_it_opens', violation_error_message='The last day must be on or after the first day.'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('closes_on__isnull', False), ('opens_on__isnull', False)), _connector='OR'), name='a_consultation_that_was_opened_has_its_days', violation_error_message='Give the first and the last day.'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('holds_responses', False), ('purge_on__gt', models.F('closes_on')), _connector='OR'), name='responses_are_removed_on_a_day_after_the_last', violation_error_message='Single responses are removed on a day after the last day.'), models.CheckConstraint(condition=models.Q(('purged_at__isnull', True), ('purge_begun_at__isnull', False), _connector='OR'), name='a_removal_that_is_over_has_begun'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('opened_by__isnull', True)), models.Q(('opened_at__isnull', False), ('opened_by__isnull', False)), _connector='OR'), name='a_consultation_is_opened_by_someone_at_some_time'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='a_consultation_is_published_by_someone_at_some_time'), models.CheckConstraint(condition=models.Q(models.Q(('holds_responses', True), ('stated_responses__isnull', True)), ('holds_responses', False), _connector='OR'), name='only_published_totals_state_how_many_answered'), models.CheckConstraint(condition=models.Q(('threshold__gte', 2)), name='a_small_number_of_people_is_two_or_more_wide')],
            },
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=60)),
                ('way', models.CharField(choices=[('web', 'Web form'), ('kiosk', 'Screen in a library'), ('paper', 'Paper'), ('imported', 'Survey run elsewhere')], max_length=8)),
                ('order', models.PositiveSmallIntegerField(default=1)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='channels', to='consultation.consultation')),
            ],
            options={
                'ordering': ['consultation_id', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('consultation', 'key'), name='one_channel_per_consultation_and_key'), models.UniqueConstraint(fields=('consultation', 'name'), name='one_channel_per_consultation_and_name', violation_error_message='There is a channel of this name already.')],
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60)),
                ('order', models.PositiveSmallIntegerField(default=1)),
                ('text', models.CharField(max_length=120)),
                ('is_other', models.BooleanField(default=False)),
                ('uncovered_note', models.CharField(blank=True, max_length=300)),
                ('priority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='priorities.priority')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='consultation.consultation')),
            ],
            options={
                'ordering': ['consultation_id', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('consultation', 'key'), name='one_concern_per_consultation_and_key'), models.UniqueConstraint(fields=('consultation', 'text'), name='one_concern_per_consultation_and_text', violation_error_message='This concern is listed already.'), models.UniqueConstraint(condition=models.Q(('is_other', True)), fields=('consultation',), name='one_other_concern_per_consultation', violation_error_message='There is an “other” already.')],
            },
        ),
        migrations.CreateModel(
            name='AddressSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('seen_at', models.DateTimeField()),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.consultation')),
            ],
            options={
                'ordering': ['seen_at'],
                'indexes': [models.Index(fields=['consultation', 'digest', 'seen_at'], name='addresses_of_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Language',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=40)),
                ('is_right_to_left', models.BooleanField(default=False)),
                ('is_sample', models.BooleanField(default=False)),
                ('order', models.PositiveSmallIntegerField(default=1)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='languages', to='consultation.consultation')),
            ],
            options={
                'ordering': ['consultation_id', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('consultation', 'code'), name='one_language_per_consultation_and_code', violation_error_message='This language is there already.')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40)),
                ('order', models.PositiveSmallIntegerField(default=1)),
                ('kind', models.CharField(choices=[('ranked', 'Up to three concerns, in order'), ('single', 'One answer'), ('multiple', 'Any number of answers'), ('scale', 'A scale'), ('text', 'In their own words')], max_length=8)),
                ('role', models.CharField(choices=[('concerns', 'Which concerns matter most'), ('safe', 'Feeling safe'), ('connection', 'Connection to the area'), ('further', 'Further question'), ('monitoring', 'Equality monitoring')], default='further', max_length=10)),
                ('text', models.CharField(max_length=300)),
                ('hint', models.CharField(blank=True, max_length=300)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='consultation.consultation')),
            ],
            options={
                'ordering': ['consultation_id', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('consultation', 'key'), name='one_question_per_consultation_and_key'), models.UniqueConstraint(condition=models.Q(('role__in', ['concerns', 'safe', 'connection'])), fields=('consultation', 'role'), name='concerns_safety_and_connection_are_asked_once', violation_error_message='This is asked already.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'ranked'), ('role', 'concerns')), models.Q(('kind', 'single'), ('role', 'safe')), models.Q(('kind', 'multiple'), ('role', 'connection')), models.Q(('kind__in', ['single', 'multiple', 'scale', 'text']), ('role', 'further')), models.Q(('kind__in', ['single', 'multiple']), ('role', 'monitoring')), _connector='OR'), name='a_question_is_of_a_kind_that_its_role_allows')],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('counts', models.JSONField()),
                ('safe', models.JSONField()),
                ('taken_at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='consultation.consultation')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['consultation_id', '-number'],
                'constraints': [models.UniqueConstraint(fields=('consultation', 'number'), name='one_result_per_consultation_and_number'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_result_that_replaces_another_gives_its_reason', violation_error_message='Say why the results are counted again.')],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='consultation.consultation')),
            ],
            options={
                'ordering': ['consultation_id', 'name'],
                'constraints': [models.UniqueConstraint(fields=('consultation', 'name'), name='one_tag_per_consultation_and_name', violation_error_message='There is a tag of this name already.')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('paper', 'Papers'), ('import', 'File')], max_length=6)),
                ('state', models.CharField(choices=[('open', 'Being entered'), ('done', 'Entered'), ('undone', 'Undone')], default='open', max_length=6)),
                ('label', models.CharField(max_length=120)),
                ('expected', models.PositiveIntegerField(blank=True, null=True)),
                ('file_name', models.CharField(blank=True, max_length=200)),
                ('checksum', models.CharField(blank=True, max_length=64)),
                ('file', models.FileField(blank=True, max_length=200, upload_to='consultation-imports/%Y/')),
                ('mapping', models.JSONField(blank=True, default=dict)),
                ('made_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_because', models.CharField(blank=True, max_length=200)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.channel')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='consultation.consultation')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.source')),
            ],
            options={
                'verbose_name_plural': 'batches',
                'ordering': ['consultation_id', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='a_batch_is_entered_by_someone_at_some_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('undone_at__isnull', False), ('undone_by__isnull', False), models.Q(('undone_because', ''), _negated=True)), models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_at__isnull', True), ('undone_because', ''), ('undone_by__isnull', True)), _connector='OR'), name='a_batch_is_undone_by_someone_with_a_reason', violation_error_message='Say why it is undone.'), models.UniqueConstraint(condition=models.Q(('state', 'done'), models.Q(('checksum', ''), _negated=True)), fields=('consultation', 'checksum'), name='a_file_is_counted_once_per_consultation', violation_error_message='This very file has been counted already.')],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40)),
                ('order', models.PositiveSmallIntegerField(default=1)),
                ('text', models.CharField(max_length=160)),
                ('is_dont_know', models.BooleanField(default=False)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='consultation.question')),
            ],
            options={
                'ordering': ['question_id', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('question', 'key'), name='one_option_per_question_and_key'), models.UniqueConstraint(fields=('question', 'text'), name='one_option_per_question_and_text', violation_error_message='This answer is there already.')],
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.CharField(max_length=140)),
                ('text', models.TextField()),
                ('language', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='consultation.language')),
            ],
            options={
                'ordering': ['language_id', 'of'],
                'constraints': [models.UniqueConstraint(fields=('language', 'of'), name='one_translation_per_language_and_text')],
            },
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(max_length=12)),
                ('series', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('used_on', models.DateField(blank=True, null=True)),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='consultation.batch')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='consultation.consultation')),
            ],
            options={
                'ordering': ['consultation_id', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('consultation', 'value'), name='one_code_per_consultation_and_value'), models.CheckConstraint(condition=models.Q(('batch__isnull', True), ('used_on__isnull', False), _connector='OR'), name='a_code_of_a_batch_is_used')],
            },
        ),
        migrations.CreateModel(
            name='MonitoringCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.PositiveIntegerField(default=0)),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.batch')),
                ('option', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.option')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='consultation.question')),
            ],
            options={
                'ordering': ['question_id', 'option_id', 'batch_id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('batch__isnull', False), ('option__isnull', False)), fields=('option', 'batch'), name='one_count_per_option_and_batch'), models.UniqueConstraint(condition=models.Q(('batch__isnull', True), ('option__isnull', False)), fields=('option',), name='one_count_per_option_of_the_web_form'), models.UniqueConstraint(condition=models.Q(('batch__isnull', False), ('option__isnull', True)), fields=('question', 'batch'), name='one_count_of_who_answered_per_question_and_batch'), models.UniqueConstraint(condition=models.Q(('batch__isnull', True), ('option__isnull', True)), fields=('question',), name='one_count_of_who_answered_per_question_of_the_web_form')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('language', models.CharField(default='en', max_length=12)),
                ('received_on', models.DateField()),
                ('standing', models.CharField(choices=[('counted', 'Counted'), ('held', 'Held back until somebody has looked'), ('set_aside', 'Set aside'), ('late', 'Came after midnight of the last day'), ('undone', 'Of a batch that was undone')], default='counted', max_length=9)),
                ('from_shared_address', models.BooleanField(default=False)),
                ('was_fast', models.BooleanField(default=False)),
                ('filled_the_trap', models.BooleanField(default=False)),
                ('respondent', models.CharField(blank=True, max_length=64)),
                ('set_aside_because', models.CharField(blank=True, max_length=200)),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='consultation.batch')),
                ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.channel')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='consultation.consultation')),
                ('first', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.concern')),
                ('second', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.concern')),
                ('third', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.concern')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['consultation', 'standing', 'channel'], name='response_counted')],
                'constraints': [models.CheckConstraint(condition=models.Q(('second__isnull', True), ('first__isnull', False), _connector='OR'), name='no_second_choice_without_a_first', violation_error_message='There is a second choice and no first.'), models.CheckConstraint(condition=models.Q(('third__isnull', True), ('second__isnull', False), _connector='OR'), name='no_third_choice_without_a_second', violation_error_message='There is a third choice and no second.'), models.CheckConstraint(condition=models.Q(models.Q(('second__isnull', True), models.Q(('second', models.F('first')), _negated=True), _connector='OR'), models.Q(('third__isnull', True), models.Q(models.Q(('third', models.F('first')), _negated=True), models.Q(('third', models.F('second')), _negated=True)), _connector='OR')), name='no_concern_is_chosen_twice', violation_error_message='The same concern is chosen twice.'), models.CheckConstraint(condition=models.Q(models.Q(('standing', 'set_aside'), models.Q(('set_aside_because', ''), _negated=True)), models.Q(models.Q(('standing', 'set_aside'), _negated=True), ('set_aside_because', '')), _connector='OR'), name='a_response_is_set_aside_with_a_reason', violation_error_message='Say why it is set aside.'), models.UniqueConstraint(condition=models.Q(models.Q(('respondent', ''), _negated=True), models.Q(('standing', 'undone'), _negated=True)), fields=('consultation', 'respondent'), name='one_response_per_consultation_and_respondent')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('together', models.CharField(blank=True, max_length=120)),
                ('rank', models.PositiveSmallIntegerField(default=0)),
                ('count', models.PositiveIntegerField()),
                ('printed', models.CharField(blank=True, max_length=20)),
                ('order', models.PositiveSmallIntegerField(default=1)),
                ('concern', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.concern')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='consultation.consultation')),
                ('option', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.option')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.question')),
            ],
            options={
                'verbose_name_plural': 'tallies',
                'ordering': ['consultation_id', 'question_id', 'rank', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('concern__isnull', False)), fields=('concern', 'rank'), name='one_tally_per_concern_and_rank'), models.UniqueConstraint(condition=models.Q(('option__isnull', False)), fields=('option',), name='one_tally_per_option'), models.UniqueConstraint(condition=models.Q(('together', ''), _negated=True), fields=('question', 'together', 'rank'), name='one_tally_per_group_counted_together'), models.CheckConstraint(condition=models.Q(models.Q(('concern__isnull', False), ('option__isnull', True), ('together', '')), models.Q(('concern__isnull', True), ('option__isnull', False), ('together', '')), models.Q(('concern__isnull', True), ('option__isnull', True), models.Q(('together', ''), _negated=True)), _connector='OR'), name='a_tally_counts_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('option__isnull', False), ('rank', 0)), models.Q(('concern__isnull', False), ('rank__gte', 1), ('rank__lte', 3)), models.Q(('concern__isnull', True), ('option__isnull', True), ('rank__gte', 0), ('rank__lte', 3)), _connector='OR'), name='a_concern_is_a_first_second_or_third_choice')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('text', models.TextField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('read_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.question')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='consultation.response')),
                ('tags', models.ManyToManyField(blank=True, related_name='comments', to='consultation.tag')),
            ],
            options={
                'ordering': ['question_id', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('response', 'question'), name='one_comment_per_response_and_question'), models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('read_by__isnull', True)), models.Q(('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='a_comment_is_read_by_someone_at_some_time'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_comment_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.option')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.question')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='consultation.response')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('response', 'option'), name='one_answer_per_response_and_option')],
            },
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('raised_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=300)),
                ('comment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='disclosure', to='consultation.comment')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='consultation.consultation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('raised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['settled_at', 'raised_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='a_disclosure_is_settled_by_someone_who_says_how', violation_error_message='Say what was done.')],
            },
        ),
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('text', models.TextField()),
                ('chosen_at', models.DateTimeField()),
                ('passed_at', models.DateTimeField(blank=True, null=True)),
                ('chosen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='quote', to='consultation.comment')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quotes', to='consultation.consultation')),
                ('passed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultation.question')),
            ],
            options={
                'ordering': ['consultation_id', 'question_id', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('passed_at__isnull', True), ('passed_by__isnull', True)), models.Q(('passed_at__isnull', False), ('passed_by__isnull', False)), _connector='OR'), name='a_quote_is_passed_by_someone_at_some_time'), models.CheckConstraint(condition=models.Q(('passed_by__isnull', True), models.Q(('passed_by', models.F('chosen_by')), _negated=True), _connector='OR'), name='a_quote_is_passed_by_another_than_who_chose_it', violation_error_message='Somebody else has to pass a quote that you chose.'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_quote_says_something')],
            },
        ),
        migrations.RunPython(hold, let_go),
    ]
