import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from lib.append_only import guard, unguard

TABLES = [
    "accounts_auditevent",
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
        ('accounts', '0001_initial'),
        ('accounts', '0002_append_only'),
        ('accounts', '0003_mail'),
        ('accounts', '0004_absences_reminders_unsent'),
        ('accounts', '0005_roles_of_members'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('slug', models.SlugField(unique=True)),
                ('kind', models.CharField(choices=[('council', 'Council'), ('police', 'Police'), ('probation', 'Probation'), ('fire', 'Fire and rescue'), ('health', 'Health'), ('other', 'Other partner')], default='other', max_length=10)),
            ],
            options={
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holds_sample', models.BooleanField(default=False)),
                ('sample_loaded_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_installation')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='email address')),
                ('name', models.CharField(max_length=120)),
                ('post', models.CharField(blank=True, max_length=120)),
                ('is_active', models.BooleanField(default=True)),
                ('is_sample', models.BooleanField(default=False)),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('invited_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('signed_out_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.organisation')),
            ],
            options={
                'ordering': ['name', 'email'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_person_per_email_address', violation_error_message='Someone with this email address is already here.'), models.CheckConstraint(condition=models.Q(models.Q(('is_active', True), ('left_at__isnull', True)), models.Q(('is_active', False), ('left_at__isnull', False)), _connector='OR'), name='who_is_not_active_left_at_some_time')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('short_name', models.CharField(blank=True, max_length=40)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='accounts.organisation')),
            ],
            options={
                'ordering': ['organisation', models.OrderBy(models.F('starts_on'), nulls_first=True)],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_name_ends_after_it_starts', violation_error_message='The name must end on or after the day it starts.'), models.UniqueConstraint(fields=('organisation', 'starts_on'), name='one_name_per_organisation_and_start', violation_error_message='There is already a name from that day.'), models.UniqueConstraint(condition=models.Q(('starts_on__isnull', True)), fields=('organisation',), name='one_first_name_per_organisation', violation_error_message='There is already a name without a first day.')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('stage', models.CharField(max_length=40)),
                ('thing', models.CharField(max_length=80)),
                ('cycle', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('waiting', 'To be sent'), ('sent', 'Sent'), ('dropped', 'Not called for any more'), ('failed', 'Could not be sent')], default='waiting', max_length=10)),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('last_tried_at', models.DateTimeField(blank=True, null=True)),
                ('held_until', models.DateTimeField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, max_length=100)),
                ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['queued_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['queued_at'], name='mails_to_be_sent')],
                'constraints': [models.UniqueConstraint(fields=('to', 'thing', 'stage', 'cycle'), name='one_mail_per_person_thing_stage_and_cycle'), models.UniqueConstraint(condition=models.Q(('to__isnull', True)), fields=('address', 'thing', 'stage', 'cycle'), name='one_mail_per_address_thing_stage_and_cycle'), models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('to__isnull', False)), models.Q(('to__isnull', True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='a_mail_goes_to_a_person_or_an_address'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='a_sent_mail_was_sent_at_some_time')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('coordinator', 'Coordinator'), ('data_lead', 'Data lead'), ('commentary_lead', 'Commentary lead'), ('executive', 'CSP Executive member'), ('member', 'Member of a subgroup or other body'), ('scrutiny', 'Scrutiny'), ('administrator', 'Administrator')], max_length=16)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('granted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('with_membership', models.BooleanField(default=False)),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['user', 'role', 'starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_role_ends_after_it_starts', violation_error_message='The role must end on or after the day it starts.'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('user', 'role'), name='one_open_grant_per_person_and_role', violation_error_message='They already hold this role without an end date.')],
            },
        ),
        migrations.CreateModel(
            name='Unsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=80)),
                ('typed', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unsent', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['person', 'thing'],
                'constraints': [models.UniqueConstraint(fields=('person', 'thing'), name='one_unsent_typing_per_person_and_form')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputising', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['person', 'starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='an_absence_ends_after_it_starts', violation_error_message='The last day away must be the first day or later.'), models.CheckConstraint(condition=models.Q(('person', models.F('deputy')), _negated=True), name='nobody_is_their_own_deputy'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='an_absence_is_withdrawn_by_someone_at_some_time')],
            },
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('actor_label', models.CharField(max_length=250)),
                ('scheduled', models.BooleanField(default=False)),
                ('kind', models.CharField(db_index=True, max_length=40)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.CharField(max_length=40)),
                ('subject_label', models.CharField(max_length=250)),
                ('subject_version', models.PositiveIntegerField(null=True)),
                ('changes', models.JSONField(default=list)),
                ('comment', models.TextField(blank=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['subject_type', 'subject_id', 'at'], name='what_happened_to_this')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=80)),
                ('stage', models.CharField(choices=[('week_before', '7 days before'), ('on_the_day', 'On the day'), ('three_after', '3 days after'), ('seven_after', '7 days after'), ('coordinator', 'The partnership team told'), ('by_hand', 'By the partnership team')], max_length=12)),
                ('cycle', models.CharField(max_length=60)),
                ('what', models.CharField(max_length=250)),
                ('due_on', models.DateField()),
                ('on', models.DateField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='accounts.mail')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-on', 'person', 'due_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('person', 'thing', 'stage', 'cycle'), name='one_reminder_per_person_thing_stage_and_cycle')],
            },
        ),
        migrations.RunPython(hold, let_go),
    ]
