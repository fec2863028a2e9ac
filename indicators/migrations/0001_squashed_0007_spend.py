import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import lib.quarter_fields
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from lib.append_only import guard, unguard

TABLES = [
    "indicators_baseline",
    "indicators_definition",
    "indicators_figure",
    "indicators_sendback",
    "indicators_target",
    "indicators_verification",
    "indicators_monthlyfigure",
    "indicators_withdrawal",
    "indicators_revision",
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
        ('indicators', '0001_initial'),
        ('indicators', '0002_append_only'),
        ('indicators', '0003_targets_definitions_months'),
        ('indicators', '0004_months_append_only'),
        ('indicators', '0005_rounds_uploads_feeds_revisions'),
        ('indicators', '0006_collecting_append_only'),
        ('indicators', '0007_spend'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0005_roles_of_members'),
        ('priorities', '0001_squashed_0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('publisher', models.CharField(max_length=200)),
                ('source', models.CharField(max_length=200)),
                ('layout', models.JSONField()),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('family', models.CharField(choices=[('performance', 'Performance'), ('context', 'Context'), ('spend', 'Spend')], default='performance', max_length=12)),
                ('frequency', models.CharField(choices=[('quarterly', 'Every quarter'), ('annual', 'Once a year')], default='quarterly', max_length=10)),
                ('measure', models.CharField(choices=[('count', 'Count'), ('percentage', 'Percentage'), ('need_met', 'Need and met'), ('amount', 'Amount of money')], max_length=12)),
                ('polarity', models.CharField(choices=[('higher', 'Good is higher'), ('lower', 'Good is lower'), ('none', 'No good direction is set')], max_length=8)),
                ('year_to_date', models.CharField(choices=[('sum', 'Quarters are added up'), ('pooled', 'Numerators over denominators of all quarters'), ('latest', 'The latest quarter stands for the year')], max_length=8)),
                ('unit', models.CharField(max_length=60)),
                ('unit_of_base', models.CharField(blank=True, max_length=60)),
                ('question', models.CharField(max_length=120)),
                ('question_of_base', models.CharField(blank=True, max_length=120)),
                ('is_restricted', models.BooleanField(default=False)),
                ('has_small_numbers', models.BooleanField(default=False)),
                ('source_lag', models.PositiveSmallIntegerField(default=0)),
                ('materiality', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('note', models.TextField(blank=True)),
                ('asked_from', lib.quarter_fields.QuarterField(blank=True, null=True)),
                ('asked_until', lib.quarter_fields.QuarterField(blank=True, null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='accounts.organisation')),
            ],
            options={
                'ordering': ['slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('measure__in', ['count', 'amount']), models.Q(('unit_of_base', ''), _negated=True), _connector='OR'), name='a_share_says_what_it_is_out_of'), models.CheckConstraint(condition=models.Q(('measure__in', ['count', 'amount']), models.Q(('year_to_date', 'sum'), _negated=True), _connector='OR'), name='shares_are_never_added_up'), models.CheckConstraint(condition=models.Q(models.Q(('asked_from__isnull', False), ('family', 'spend'), ('measure', 'amount')), models.Q(models.Q(('family', 'spend'), _negated=True), models.Q(('measure', 'amount'), _negated=True), ('asked_from__isnull', True), ('asked_until__isnull', True)), _connector='OR'), name='spend_is_money_and_is_asked_from_some_quarter'), models.CheckConstraint(condition=models.Q(('asked_until__isnull', True), ('asked_until__gte', models.F('asked_from')), _connector='OR'), name='spend_is_asked_until_no_earlier_than_from')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('quarter', lib.quarter_fields.QuarterField(unique=True)),
                ('opens_on', models.DateField()),
                ('due_on', models.DateField()),
                ('commentary_due_on', models.DateField(blank=True, null=True)),
                ('verify_by', models.DateField()),
                ('closes_on', models.DateField()),
                ('executive_meets_on', models.DateField(blank=True, null=True)),
                ('set_by_hand', models.JSONField(blank=True, default=list)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-quarter'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('verify_by')), ('due_on__gte', models.F('opens_on')), ('verify_by__gte', models.F('due_on'))), name='a_round_opens_is_due_verified_and_closes_in_order', violation_error_message='The dates must follow in order: opens, due, verify by, closes.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), ('closed_at__isnull', False), _connector='OR'), name='a_round_is_closed_at_some_time')],
            },
        ),
        migrations.CreateModel(
            name='FeedSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(max_length=120)),
                ('categories', models.JSONField()),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='indicators.feed')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feed_series', to='indicators.indicator')),
            ],
            options={
                'ordering': ['feed', 'indicator'],
                'constraints': [models.UniqueConstraint(fields=('feed', 'indicator'), name='one_series_per_feed_and_indicator', violation_error_message='This feed fills the indicator already.')],
            },
        ),
        migrations.CreateModel(
            name='Definition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', lib.quarter_fields.QuarterField()),
                ('text', models.TextField()),
                ('source', models.CharField(blank=True, max_length=200)),
                ('method', models.TextField(blank=True)),
                ('known_limits', models.TextField(blank=True)),
                ('areas', models.TextField(blank=True)),
                ('breaks_series', models.BooleanField(default=False)),
                ('break_reason', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('feed', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.feed')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='definitions', to='indicators.indicator')),
            ],
            options={
                'ordering': ['indicator', 'starts', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('break_reason', ''), ('breaks_series', False)), models.Q(('breaks_series', True), models.Q(('break_reason', ''), _negated=True)), _connector='OR'), name='a_series_break_has_a_reason'), models.UniqueConstraint(fields=('indicator', 'starts'), name='one_definition_per_indicator_and_start')],
            },
        ),
        migrations.CreateModel(
            name='DatedNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('on', models.DateField()),
                ('words', models.CharField(max_length=40)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dated_notes', to='indicators.indicator')),
            ],
            options={
                'ordering': ['indicator', 'on', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='a_datednote_is_withdrawn_by_someone_at_some_time'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_dated_note_has_words')],
            },
        ),
        migrations.CreateModel(
            name='Baseline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', lib.quarter_fields.YearField()),
                ('number', models.DecimalField(decimal_places=4, max_digits=18)),
                ('source', models.CharField(max_length=200)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='baselines', to='indicators.indicator')),
            ],
            options={
                'ordering': ['indicator', 'year'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'year'), name='one_baseline_per_indicator_and_year')],
            },
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty', models.CharField(choices=[('data', 'Figures'), ('commentary', 'Commentary')], max_length=10)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='indicators.indicator')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['indicator', 'duty', 'starts_on'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('indicator', 'duty', 'user'), name='one_open_lead_per_person_and_duty', violation_error_message='They lead this already.'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_lead_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(blank=True, max_length=4)),
                ('order', models.PositiveSmallIntegerField()),
                ('short_name', models.CharField(max_length=30)),
                ('from_year', lib.quarter_fields.YearField()),
                ('until_year', lib.quarter_fields.YearField(blank=True, null=True)),
                ('commitments', models.ManyToManyField(blank=True, related_name='placements', to='priorities.commitment')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='indicators.indicator')),
                ('outcomes', models.ManyToManyField(blank=True, related_name='placements', to='priorities.outcome')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='priorities.plan')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='priorities.priority')),
            ],
            options={
                'ordering': ['plan', 'priority__letter', 'order'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'indicator'), name='one_placement_per_plan_and_indicator'), models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('plan', 'reference'), name='one_placement_per_plan_and_reference')],
            },
        ),
        migrations.CreateModel(
            name='Rebase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('starts', lib.quarter_fields.QuarterField()),
                ('reason', models.CharField(max_length=200)),
                ('approved_by', models.CharField(max_length=120)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rebases', to='indicators.indicator')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['indicator', 'starts'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='a_rebase_is_withdrawn_by_someone_at_some_time'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('indicator', 'starts'), name='one_standing_rebase_per_indicator_and_quarter', violation_error_message='The usual range starts afresh in this quarter already.'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('approved_by', ''), _negated=True)), name='a_rebase_has_a_reason_and_an_approver')],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('status', models.CharField(choices=[('due', 'Due'), ('draft', 'Draft'), ('submitted', 'Not yet verified'), ('sent_back', 'Sent back'), ('verified', 'Verified'), ('missing', 'Missing')], default='due', max_length=10)),
                ('due_again_on', models.DateField(blank=True, null=True)),
                ('extended_to', models.DateField(blank=True, null=True)),
                ('draft', models.JSONField(blank=True, default=dict)),
                ('draft_saved_at', models.DateTimeField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('missing_reason', models.CharField(blank=True, choices=[('awaiting_partner', 'Awaiting partner'), ('source_lag', 'Source lag'), ('not_collected', 'Not collected'), ('annual_measure', 'Annual measure')], max_length=20)),
                ('missing_note', models.CharField(blank=True, max_length=300)),
                ('expected_on', models.DateField(blank=True, null=True)),
                ('missing_at', models.DateTimeField(blank=True, null=True)),
                ('draft_saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='indicators.indicator')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='indicators.round')),
            ],
            options={
                'ordering': ['round', 'indicator'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'round'), name='one_return_per_indicator_and_round', violation_error_message='There is already a return for this indicator and quarter.'), models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('submitted_by__isnull', True)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='return_is_submitted_by_someone_at_some_time'), models.CheckConstraint(condition=models.Q(models.Q(('draft_saved_at__isnull', True), ('draft_saved_by__isnull', True)), models.Q(('draft_saved_at__isnull', False), ('draft_saved_by__isnull', False)), _connector='OR'), name='a_draft_is_saved_by_someone_at_some_time'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['submitted', 'verified', 'sent_back']), _negated=True), ('submitted_at__isnull', False), _connector='OR'), name='what_was_sent_was_submitted'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'missing'), models.Q(('missing_reason', ''), _negated=True)), models.Q(models.Q(('status', 'missing'), _negated=True), ('missing_reason', '')), _connector='OR'), name='missing_has_a_reason_and_only_missing_has'), models.CheckConstraint(condition=models.Q(models.Q(('missing_at__isnull', False), ('status', 'missing')), models.Q(models.Q(('status', 'missing'), _negated=True), ('missing_at__isnull', True)), _connector='OR'), name='missing_is_said_at_some_time_and_only_missing_is')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='indicators.indicator')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['indicator', 'made_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_revision_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', lib.quarter_fields.YearField()),
                ('rule', models.CharField(choices=[('none', 'None, data only'), ('minimum_and_target', 'Minimum expectation and target'), ('tolerance', 'Tolerance in per cent of the target'), ('points', 'Tolerance in percentage points'), ('last_year', 'Against last year')], default='none', max_length=20)),
                ('basis', models.CharField(blank=True, choices=[('quarter', 'The quarter'), ('year_to_date', 'The year to date'), ('latest', 'The latest figure'), ('rolling_year', 'The last four quarters')], max_length=12)),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('minimum', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('tolerance', models.DecimalField(blank=True, decimal_places=4, max_digits=9, null=True)),
                ('share_q1', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('share_q2', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('share_q3', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('share_q4', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('baseline', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('agreed_by', models.CharField(blank=True, max_length=120)),
                ('agreed_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(max_length=300)),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='indicators.indicator')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['indicator', 'year', 'set_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('rule', 'none'), _negated=True), models.Q(('minimum__isnull', True), ('tolerance__isnull', True), ('value__isnull', True)), _connector='OR'), name='data_only_has_no_numbers'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_target_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_by', ''), ('agreed_on__isnull', True)), models.Q(models.Q(('agreed_by', ''), _negated=True), ('agreed_on__isnull', False)), _connector='OR'), name='a_target_is_agreed_by_someone_on_some_day', violation_error_message='Give who agreed the target together with the day.'), models.CheckConstraint(condition=models.Q(models.Q(('share_q1__isnull', True), ('share_q2__isnull', True), ('share_q3__isnull', True), ('share_q4__isnull', True)), models.Q(('share_q1__isnull', False), ('share_q2__isnull', False), ('share_q3__isnull', False), ('share_q4__isnull', False)), _connector='OR'), name='a_profile_has_all_four_quarters'), models.CheckConstraint(condition=models.Q(('share_q1__isnull', True), models.Q(('share_q1__gte', 0), ('share_q2__gte', 0), ('share_q3__gte', 0), ('share_q4__gte', 0), ('share_q4__gt', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(Decimal('99.995')), '-', models.F('share_q1')), '-', models.F('share_q2')), '-', models.F('share_q3'))), ('share_q4__lt', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(Decimal('100.005')), '-', models.F('share_q1')), '-', models.F('share_q2')), '-', models.F('share_q3')))), _connector='OR'), name='a_profile_adds_up_to_100', violation_error_message='The quarters’ shares must add up to 100.')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
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
                ('file', models.FileField(blank=True, upload_to='uploads/')),
                ('file_name', models.CharField(max_length=150)),
                ('file_bytes', models.PositiveIntegerField()),
                ('file_sha256', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('supplied_by_name', models.CharField(blank=True, max_length=200)),
                ('route', models.CharField(blank=True, max_length=10)),
                ('received_on', models.DateField(blank=True, null=True)),
                ('phase', models.CharField(choices=[('reading', 'Reading'), ('recording', 'Recording')], default='reading', max_length=10)),
                ('preview', models.TextField(blank=True)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('restated_because', models.CharField(blank=True, max_length=300)),
                ('leaves_out_refused', models.BooleanField(default=False)),
                ('before', models.JSONField(blank=True, default=dict)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_because', models.CharField(blank=True, max_length=300)),
                ('feed', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='indicators.feed')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supplied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-uploaded_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_because', ''), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False), models.Q(('undone_because', ''), _negated=True)), _connector='OR'), name='an_upload_is_undone_by_someone_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('phase', 'recording'), _negated=True), ('recorded_by__isnull', False), _connector='OR'), name='an_upload_is_recorded_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numerator', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('denominator', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('stated_percentage', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('is_amount', models.BooleanField(default=False)),
                ('is_provisional', models.BooleanField(default=False)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('extracted_on', models.DateField(blank=True, null=True)),
                ('route', models.CharField(choices=[('form', 'On the form'), ('mail', 'By mail'), ('phone', 'By phone'), ('meeting', 'In a meeting'), ('upload', 'As a spreadsheet'), ('feed', 'From a published file')], default='form', max_length=10)),
                ('supplied_by_name', models.CharField(max_length=200)),
                ('received_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('restates', models.CharField(blank=True, choices=[('revision', 'Revision: the source has new figures'), ('correction', 'Correction: the figure was wrong')], max_length=10)),
                ('restated_because', models.CharField(blank=True, max_length=300)),
                ('is_sample', models.BooleanField(default=False)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supplied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('for_return', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='indicators.return')),
                ('revision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='indicators.revision')),
                ('upload', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='indicators.upload')),
            ],
            options={
                'ordering': ['for_return', 'recorded_at', 'pk'],
                'indexes': [models.Index(fields=['for_return', 'recorded_at'], name='figures_of_a_return_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('numerator__isnull', False), ('stated_percentage__isnull', True)), models.Q(('denominator__isnull', True), ('numerator__isnull', True), ('stated_percentage__isnull', False)), _connector='OR'), name='a_figure_has_a_number_or_a_stated_percentage'), models.CheckConstraint(condition=models.Q(('denominator__isnull', True), ('denominator__gte', models.F('numerator')), _connector='OR'), name='met_is_never_above_need', violation_error_message="The number met can't be more than the number in need."), models.CheckConstraint(condition=models.Q(('stated_percentage__isnull', True), models.Q(('stated_percentage__gte', 0), ('stated_percentage__lte', 100)), _connector='OR'), name='a_percentage_is_between_0_and_100'), models.CheckConstraint(condition=models.Q(('numerator__isnull', True), ('numerator__gte', 0), _connector='OR'), name='a_count_is_never_negative'), models.CheckConstraint(condition=models.Q(('is_amount', False), models.Q(('denominator__isnull', True), ('numerator__isnull', False)), _connector='OR'), name='an_amount_is_one_number'), models.CheckConstraint(condition=models.Q(models.Q(('restated_because', ''), ('restates', '')), models.Q(models.Q(('restates', ''), _negated=True), models.Q(('restated_because', ''), _negated=True)), _connector='OR'), name='a_restatement_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Commentary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('status', models.CharField(choices=[('due', 'Due'), ('draft', 'Draft'), ('sent', 'Sent')], default='due', max_length=10)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('what_happened', models.TextField(blank=True)),
                ('why', models.TextField(blank=True)),
                ('what_next', models.TextField(blank=True)),
                ('who', models.CharField(blank=True, max_length=120)),
                ('by_when', models.DateField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('for_return', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='commentary', to='indicators.return')),
            ],
            options={
                'verbose_name_plural': 'commentaries',
                'ordering': ['for_return'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('sent_by__isnull', False), ('status', 'sent')), models.Q(('status', 'sent'), _negated=True), _connector='OR'), name='commentary_is_sent_by_someone_at_some_time'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'sent'), _negated=True), ('written_by__isnull', False), _connector='OR'), name='words_that_were_sent_are_someone_s')],
            },
        ),
        migrations.CreateModel(
            name='MonthlyFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('number', models.DecimalField(decimal_places=4, max_digits=18)),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='months', to='indicators.figure')),
            ],
            options={
                'ordering': ['figure', 'month'],
                'constraints': [models.UniqueConstraint(fields=('figure', 'month'), name='one_number_per_figure_and_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='a_month_is_named_by_its_first_day'), models.CheckConstraint(condition=models.Q(('number__gte', 0)), name='a_month_is_never_negative')],
            },
        ),
        migrations.CreateModel(
            name='SendBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.TextField()),
                ('due_again_on', models.DateField()),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='send_backs', to='indicators.figure')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['sent_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('comment', ''), _negated=True), name='a_send_back_has_a_comment')],
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verified_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('figure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='verification', to='indicators.figure')),
                ('verified_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawn_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('figure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='indicators.figure')),
                ('withdrawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to_name', models.CharField(max_length=200)),
                ('address', models.EmailField(max_length=254)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('confirmed', 'Confirmed'), ('disputed', 'Not what was given')], max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('said', models.CharField(blank=True, max_length=1000)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='indicators.figure')),
            ],
            options={
                'ordering': ['figure', 'asked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='a_confirmation_is_answered_at_some_time')],
            },
        ),
        migrations.RunPython(hold, let_go),
    ]
