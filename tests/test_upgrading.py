"""The code of the release before runs on the database of this one: what takes away comes a release later. Shown to fail where it should."""

from decimal import Decimal

import pytest
from django.db import connection, migrations, models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from reporting.models import Pack
from tests import earlier_releases, two_steps


@pytest.fixture
def loader(settings) -> MigrationLoader:
    settings.MIGRATION_MODULES = {}  # also where the tests' own database is made without them
    return MigrationLoader(None, replace_migrations=False)  # step by step, as they were written


def plan(loader: MigrationLoader) -> list[Migration]:
    seen: dict[tuple[str, str], Migration] = {}
    for leaf in loader.graph.leaf_nodes():
        for key in loader.graph.forwards_plan(leaf):
            seen.setdefault(key, loader.graph.nodes[key])
    return [migration for migration in seen.values() if not migration.replaces]


def test_no_migration_breaks_the_code_that_runs_while_it_is_applied(loader):
    found = set(two_steps.breaking(plan(loader)))

    assert found - set(two_steps.SECOND_STEPS) == set(), "See docs/operations/upgrading.md."
    assert set(two_steps.SECOND_STEPS) - found == set()
    landed = {app: max(int(n[:4]) for a, n in loader.disk_migrations if a == app) for app in two_steps.LANDED}
    assert all(landed[app] >= number for app, number in two_steps.LANDED.items())


@pytest.fixture
def before(loader) -> ProjectState:
    """The models of the code before, as its last migrations left them."""
    nodes = [key for key, one in loader.disk_migrations.items() if key[0] in two_steps.LANDED and not one.replaces]
    landed = [key for key in nodes if int(key[1][:4]) <= two_steps.LANDED[key[0]]]
    return loader.project_state([max(key for key in landed if key[0] == app) for app in two_steps.LANDED])


@pytest.mark.django_db
def test_the_code_before_writes_and_reads_on_the_database_of_now(before):
    """A plan with figures, people, mails and packs, written by its models, and every row of every table read back by them."""
    earlier_releases.fill(before.apps, "without removals")
    read = {model: list(model.objects.all()) for model in before.apps.get_models() if ours(model)}
    assert {pack.issue for pack in read[before.apps.get_model("reporting", "Pack")]} == {1, 2, 3}
    (figure,) = read[before.apps.get_model("indicators", "Figure")]
    figure.refresh_from_db()
    assert figure.numerator == Decimal("1604")
    # What it changes it writes whole, as Django does.
    (mail,) = read[before.apps.get_model("accounts", "Mail")]
    mail.attempts = 2
    mail.save()
    for pack in Pack.objects.all():
        assert pack.removal == ""


def ours(model: type[models.Model]) -> bool:
    return model._meta.app_label in two_steps.LANDED


@pytest.mark.django_db
def test_what_the_code_before_writes_the_database_takes(before):
    """Every column it names is there; every other one fills itself. Whatever the migrations were made of."""
    wrong = []
    with connection.cursor() as cursor:
        for (app, name), model in before.models.items():
            if app not in two_steps.LANDED:
                continue
            table = model.options.get("db_table") or f"{app}_{name}"
            there = {column.name: column for column in connection.introspection.get_table_description(cursor, table)}
            known = {two_steps.column(name, field) for name, field in model.fields.items() if not field.many_to_many}
            wrong += [f"{table}.{name} is gone" for name in known - set(there)]
            unknown = [there[name] for name in set(there) - known]
            wrong += [
                f"{table}.{one.name} must be filled" for one in unknown if not one.null_ok and one.default is None
            ]
    assert [one for one in wrong if not two_steps.SECOND_STEPS] == []


OLD, LATER = "0001_initial", "9999_later"
TABLE = migrations.CreateModel(
    "thing",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=40)),
        ("note", models.TextField(null=True)),
    ],
)


def later(*some: migrations.operations.base.Operation) -> list[str]:
    first, second = Migration(OLD, "reporting"), Migration(LATER, "reporting")
    first.operations, second.operations = [TABLE], list(some)
    return list(two_steps.breaking([first, second]))


BREAKING = [
    (migrations.RemoveField("thing", "note"), "RemoveField thing.note"),
    (migrations.RenameField("thing", "name", "title"), "RenameField thing.name"),
    (migrations.RenameModel("thing", "matter"), "RenameModel thing"),
    (migrations.DeleteModel("thing"), "DeleteModel thing"),
    (migrations.AlterModelTable("thing", "matters"), "AlterModelTable thing"),
    (migrations.AddField("thing", "size", models.IntegerField(default=0)), "AddField thing.size"),
    (migrations.AlterField("thing", "note", models.TextField(default="")), "AlterField thing.note"),
    (migrations.AlterField("thing", "name", models.CharField(max_length=20)), "AlterField thing.name"),
    (migrations.AlterField("thing", "name", models.IntegerField()), "AlterField thing.name"),
    (migrations.AlterField("thing", "name", models.CharField(max_length=40, unique=True)), "AlterField thing.name"),
]


@pytest.mark.parametrize(("operation", "named"), BREAKING)
def test_what_takes_away_is_refused(operation, named):
    assert later(operation) == [f"reporting.{LATER}: {named}"]
    hidden = migrations.SeparateDatabaseAndState(database_operations=[], state_operations=[operation])
    assert later(hidden) == [f"reporting.{LATER}: {named}"]


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("thing", "size", models.IntegerField(null=True)),
        migrations.AddField("thing", "size", models.IntegerField(db_default=0)),
        migrations.AlterField("thing", "name", models.CharField(max_length=60)),
        migrations.AlterField("thing", "note", models.TextField(db_default="")),
        migrations.AddIndex("thing", models.Index(fields=["name"], name="by_name")),
    ],
)
def test_what_adds_is_fine(operation):
    assert later(operation) == []


def test_what_the_code_before_does_not_know_may_be_anything():
    new = migrations.CreateModel("other", [("id", models.BigAutoField(primary_key=True))])
    assert later(new, migrations.AddField("other", "size", models.IntegerField(default=0))) == []
