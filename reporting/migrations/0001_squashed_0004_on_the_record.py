import django.db.models.deletion
import django.utils.timezone
import lib.quarter_fields
from django.conf import settings
from django.db import migrations, models

from lib.append_only import freeze, guard, keep, thaw, unguard, unkeep

TABLES = [
    "reporting_companion",
    "reporting_packapproval",
    "reporting_redaction",
]
# What may change and is never removed.
KEPT = [
    "reporting_pack",
    "reporting_feedkey",
]
# Of a pack that is ready: what it is, and what was made.
MADE = (
    "plan_id",
    "quarter",
    "kind",
    "edition",
    "issue",
    "build",
    "as_at",
    "made_from_id",
    "supersedes_id",
    "erratum",
    "adds_to_id",
    "snapshot",
    "snapshot_sha256",
    "imprint",
    "made_with",
    "published_against",
    "pdf",
    "pdf_sha256",
    "pdf_bytes",
)


def hold(apps, schema_editor):
    for table in TABLES:
        guard(apps, schema_editor, table)
    for table in KEPT:
        keep(apps, schema_editor, table)
    freeze(apps, schema_editor, "reporting_pack", MADE, "job_state = 'ready'")


def let_go(apps, schema_editor):
    thaw(apps, schema_editor, "reporting_pack")
    for table in KEPT:
        unkeep(apps, schema_editor, table)
    for table in TABLES:
        unguard(apps, schema_editor, table)


class Migration(migrations.Migration):
    """A database from nothing in one step, as the migrations it replaces would leave it; one that has begun with those goes on with them."""

    replaces = [
        ('reporting', '0001_initial'),
        ('reporting', '0002_packs_to_rely_on'),
        ('reporting', '0003_issued_before'),
        ('reporting', '0004_on_the_record'),
    ]

    initial = True

    dependencies = [
        ('governance', '0001_squashed_0007_concerns_only_of_consultations'),
        ('indicators', '0001_squashed_0007_spend'),
        ('priorities', '0001_squashed_0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('year', lib.quarter_fields.YearField()),
                ('summary', models.TextField(blank=True)),
                ('is_sample', models.BooleanField(default=False)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='priorities.plan')),
            ],
            options={
                'ordering': ['-year'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'year'), name='one_assessment_per_plan_and_year', violation_error_message='There is an assessment of that year already.')],
            },
        ),
        migrations.CreateModel(
            name='FeedKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=80)),
                ('key_sha256', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_used_on', models.DateField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['label', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='a_feed_key_is_revoked_by_someone_at_some_time')],
            },
        ),
        migrations.CreateModel(
            name='Outline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('quarter', lib.quarter_fields.QuarterField()),
                ('kind', models.CharField(choices=[('pack', 'Monitoring pack'), ('addendum', 'Addendum'), ('assessment', 'Strategic assessment')], default='pack', max_length=10)),
                ('edition', models.CharField(choices=[('executive', 'Executive'), ('public', 'Public')], max_length=10)),
                ('sections', models.JSONField(default=list)),
                ('note', models.TextField(blank=True)),
                ('note_by', models.CharField(blank=True, max_length=120)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outlines', to='priorities.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'quarter', 'kind', 'edition'), name='one_outline_per_quarter_and_edition')],
            },
        ),
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('job_state', models.CharField(choices=[('requested', 'Waiting to start'), ('running', 'Building'), ('ready', 'Ready'), ('failed', 'Failed')], default='requested', max_length=10)),
                ('stage', models.PositiveSmallIntegerField(default=0)),
                ('stage_log', models.JSONField(default=list)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_token', models.CharField(blank=True, max_length=32)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, max_length=300)),
                ('quarter', lib.quarter_fields.QuarterField()),
                ('kind', models.CharField(choices=[('pack', 'Monitoring pack'), ('addendum', 'Addendum'), ('assessment', 'Strategic assessment')], default='pack', max_length=10)),
                ('edition', models.CharField(choices=[('executive', 'Executive'), ('public', 'Public')], default='executive', max_length=10)),
                ('issue', models.PositiveSmallIntegerField()),
                ('build', models.PositiveSmallIntegerField(default=1)),
                ('standing', models.CharField(choices=[('draft', 'Draft'), ('built', 'Ready to approve'), ('approved', 'Approved'), ('issued', 'Issued'), ('set_aside', 'Set aside'), ('superseded', 'Superseded'), ('withdrawn', 'Withdrawn')], default='built', max_length=10)),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('as_at', models.DateTimeField(blank=True, null=True)),
                ('erratum', models.TextField(blank=True)),
                ('snapshot', models.TextField(blank=True)),
                ('snapshot_sha256', models.CharField(blank=True, max_length=64)),
                ('imprint', models.TextField(blank=True)),
                ('made_with', models.JSONField(blank=True, default=dict)),
                ('published_against', models.JSONField(blank=True, default=list)),
                ('pdf', models.FileField(blank=True, upload_to='packs/')),
                ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                ('pdf_bytes', models.PositiveIntegerField(blank=True, null=True)),
                ('pages', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('is_sample', models.BooleanField(default=False)),
                ('holds_restricted', models.BooleanField(default=False)),
                ('issue_when_approved', models.BooleanField(default=False)),
                ('publish_at', models.DateTimeField(blank=True, null=True)),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=300)),
                ('adds_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='reporting.pack')),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='published_as', to='reporting.pack')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='priorities.plan')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supersedes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reissues', to='reporting.pack')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-quarter', 'kind', 'edition', '-issue', '-build'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'quarter', 'kind', 'edition', 'issue', 'build'), name='one_pack_per_number_and_build', violation_error_message='There is already a pack with this number.'), models.UniqueConstraint(condition=models.Q(('job_state__in', ['requested', 'running'])), fields=('plan', 'quarter', 'kind', 'edition'), name='one_pack_of_a_quarter_and_edition_is_being_built', violation_error_message='This pack is being built already.'), models.UniqueConstraint(condition=models.Q(('standing', 'issued'), models.Q(('kind', 'addendum'), _negated=True)), fields=('plan', 'quarter', 'kind', 'edition'), name='one_issue_of_a_pack_stands', violation_error_message='Another issue of this pack stands: a new one takes its place as a reissue.'), models.UniqueConstraint(condition=models.Q(('issued_at__isnull', False)), fields=('plan', 'quarter', 'kind', 'edition', 'issue'), name='a_number_is_issued_once', violation_error_message='This number has been issued already.'), models.CheckConstraint(condition=models.Q(models.Q(('job_state', 'ready'), _negated=True), models.Q(models.Q(('snapshot', ''), _negated=True), models.Q(('snapshot_sha256', ''), _negated=True), models.Q(('pdf', ''), _negated=True), models.Q(('pdf_sha256', ''), _negated=True)), _connector='OR'), name='a_ready_pack_has_its_files_and_checksums'), models.CheckConstraint(condition=models.Q(('standing__in', ['draft', 'built', 'set_aside']), ('job_state', 'ready'), _connector='OR'), name='only_a_ready_pack_is_approved_or_issued'), models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', False), ('standing__in', ['issued', 'superseded', 'withdrawn'])), models.Q(('issued_at__isnull', True), ('issued_by__isnull', True), ('standing__in', ['draft', 'built', 'approved', 'set_aside'])), _connector='OR'), name='what_was_issued_says_when'), models.CheckConstraint(condition=models.Q(('issued_at__isnull', True), models.Q(('edition', 'public'), _negated=True), models.Q(('publish_at__gte', models.F('issued_at')), ('publish_at__isnull', False)), _connector='OR'), name='a_public_edition_is_issued_before_it_is_published', violation_error_message='Choose a moment of publication that has not passed.'), models.CheckConstraint(condition=models.Q(models.Q(('standing', 'withdrawn'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), models.Q(models.Q(('standing', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True), ('withdrawn_because', ''), ('withdrawn_by__isnull', True)), _connector='OR'), name='a_pack_is_withdrawn_by_someone_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('erratum', ''), ('supersedes__isnull', True)), models.Q(('supersedes__isnull', False), models.Q(('erratum', ''), _negated=True)), _connector='OR'), name='a_reissue_says_what_was_wrong', violation_error_message='Say what was wrong with the issue before.'), models.CheckConstraint(condition=models.Q(models.Q(('adds_to__isnull', False), ('kind', 'addendum')), models.Q(models.Q(('kind', 'addendum'), _negated=True), ('adds_to__isnull', True)), _connector='OR'), name='an_addendum_adds_to_an_issue'), models.CheckConstraint(condition=models.Q(models.Q(('edition', 'public'), ('made_from__isnull', False)), models.Q(('edition', 'executive'), ('made_from__isnull', True)), _connector='OR'), name='a_public_edition_is_made_from_an_executive_one')],
            },
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter', lib.quarter_fields.QuarterField()),
                ('place', models.CharField(max_length=200)),
                ('passage', models.TextField()),
                ('is_left_out', models.BooleanField()),
                ('ground', models.CharField(blank=True, choices=[('small', 'It gives a small number back'), ('restricted', 'It is about a restricted indicator'), ('name', 'It tells who somebody is'), ('exempt_1', 'Exempt, paragraph 1: about an individual'), ('exempt_2', 'Exempt, paragraph 2: likely to reveal who an individual is'), ('exempt_3', 'Exempt, paragraph 3: financial or business affairs'), ('exempt_4', 'Exempt, paragraph 4: labour relations'), ('exempt_5', 'Exempt, paragraph 5: legal privilege'), ('exempt_6', 'Exempt, paragraph 6: notices and orders'), ('exempt_7', 'Exempt, paragraph 7: prevention, investigation or prosecution of crime')], max_length=10)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='priorities.plan')),
            ],
            options={
                'ordering': ['decided_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('is_left_out', True), models.Q(('ground', ''), _negated=True)), models.Q(('ground', ''), ('is_left_out', False)), _connector='OR'), name='what_is_left_out_has_a_ground', violation_error_message='Choose why it is left out.')],
            },
        ),
        migrations.CreateModel(
            name='AssessedPriority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('future', models.CharField(choices=[('keep', 'Keep'), ('amend', 'Amend'), ('everyday', 'Becomes everyday business'), ('new', 'New')], max_length=8)),
                ('because', models.TextField()),
                ('order', models.PositiveSmallIntegerField(default=1)),
                ('priority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessed_in', to='priorities.priority')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessed_priorities', to='reporting.assessment')),
            ],
            options={
                'ordering': ['assessment', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('priority__isnull', False)), fields=('assessment', 'priority'), name='one_future_per_assessment_and_priority'), models.CheckConstraint(condition=models.Q(models.Q(('future', 'new'), ('priority__isnull', True), models.Q(('title', ''), _negated=True)), models.Q(models.Q(('future', 'new'), _negated=True), ('priority__isnull', False), ('title', '')), _connector='OR'), name='a_new_priority_has_a_title_and_an_old_one_is_named', violation_error_message='Give a new priority a title.')],
            },
        ),
        migrations.CreateModel(
            name='AssessedIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('why', models.TextField()),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessed_in', to='indicators.indicator')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessed_indicators', to='reporting.assessment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('assessment', 'indicator'), name='one_word_per_assessment_and_indicator')],
            },
        ),
        migrations.CreateModel(
            name='AssessmentSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('heading', models.CharField(max_length=120)),
                ('text', models.TextField()),
                ('is_public', models.BooleanField(default=True)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='reporting.assessment')),
            ],
            options={
                'ordering': ['assessment', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CoverReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('texts', models.JSONField(default=dict)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.meeting')),
                ('pack', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cover_report', to='reporting.pack')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Companion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('html', 'Web page'), ('xlsx', 'Workbook'), ('csv', 'Table'), ('json', 'Data')], max_length=4)),
                ('file', models.FileField(upload_to='packs/')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='companions', to='reporting.pack')),
            ],
            options={
                'ordering': ['pack', 'form'],
                'constraints': [models.UniqueConstraint(fields=('pack', 'form'), name='one_companion_per_pack_and_form')],
            },
        ),
        migrations.CreateModel(
            name='PackApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pdf_sha256', models.CharField(max_length=64)),
                ('verdict', models.CharField(choices=[('approved', 'Approved'), ('refused', 'Not approved')], max_length=8)),
                ('given_on', models.DateField()),
                ('given_by', models.CharField(max_length=120)),
                ('post', models.CharField(blank=True, max_length=120)),
                ('route', models.CharField(choices=[('here', 'Here'), ('meeting', 'In a meeting'), ('mail', 'By mail')], max_length=8)),
                ('evidence', models.CharField(blank=True, max_length=200)),
                ('said', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('giver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.meeting')),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='reporting.pack')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['recorded_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('giver__isnull', False), ('route', 'here')), models.Q(('route', 'mail'), models.Q(('evidence', ''), _negated=True)), models.Q(('route', 'meeting'), models.Q(('meeting__isnull', False), models.Q(('evidence', ''), _negated=True), _connector='OR')), _connector='OR'), name='a_packs_approval_says_how_it_was_given', violation_error_message='Say where it can be read: the meeting and its minute, or the mail.')],
            },
        ),
        migrations.RunPython(hold, let_go),
    ]
