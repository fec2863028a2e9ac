"""Whether the code of the release before can go on running on a database that a migration has changed: docs/operations/upgrading.md."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.fields import NOT_PROVIDED

# The last migration of each app that this rule came after. Every later one is held to it.
LANDED = {
    "accounts": 5,
    "priorities": 2,
    "indicators": 7,
    "consultation": 2,
    "governance": 7,
    "reporting": 4,
}
# What is taken away in a second step, and why no code that may still run needs it:
# {"reporting.0012_no_colour: RemoveField pack.colour": "0.4 neither reads nor writes it, and fills it by db_default"}
SECOND_STEPS: dict[str, str] = {}


def is_later(migration: Migration) -> bool:
    landed = LANDED.get(migration.app_label)
    return landed is not None and int(migration.name[:4]) > landed


def breaking(plan: Iterable[Migration]) -> Iterator[str]:
    """ "app.migration: Operation model.field" of each operation that breaks the code before, from migrations in their order."""
    state, new = ProjectState(), set()
    for migration in plan:
        for operation in _flat(migration.operations):
            app = migration.app_label
            if is_later(migration):
                if isinstance(operation, operations.CreateModel):
                    new.add((app, operation.name_lower))  # the code before does not know it
                elif (app, _model(operation)) not in new and _breaks(operation, app, state):
                    yield f"{app}.{migration.name}: {type(operation).__name__} {_named(operation)}"
            operation.state_forwards(app, state)


def _flat(several: Iterable[Operation]) -> Iterator[Operation]:
    for one in several:
        if isinstance(one, operations.SeparateDatabaseAndState):
            yield from _flat([*one.state_operations, *one.database_operations])
        else:
            yield one


def _model(operation: Operation) -> str:
    name = getattr(operation, "model_name", None) or getattr(operation, "name", None)
    return (
        str(getattr(operation, "old_name_lower", name)).lower()
        if isinstance(operation, operations.RenameModel)
        else str(name).lower()
    )


def _named(operation: Operation) -> str:
    what = getattr(operation, "old_name", None) or getattr(operation, "name", "")
    return f"{operation.model_name}.{what}" if getattr(operation, "model_name", None) else str(what)


def _breaks(operation: Operation, app: str, state: ProjectState) -> bool:
    gone = (
        operations.DeleteModel,
        operations.RenameModel,
        operations.RemoveField,
        operations.RenameField,
        operations.AlterModelTable,
    )
    if isinstance(operation, gone):
        return True
    if isinstance(operation, operations.AddField):
        return not _filled_by_itself(operation.field)
    if isinstance(operation, operations.AlterField):
        was = state.models[app, operation.model_name_lower].fields[operation.name]
        return _narrower(was, operation.field)
    return False


def _filled_by_itself(field: models.Field) -> bool:
    """Whether a row can be written by code that does not know the column."""
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED


def column(name: str, field: models.Field) -> str:
    """What a field of a state is called in its table."""
    return field.db_column or (f"{name}_id" if field.many_to_one or field.one_to_one else name)


def _narrower(was: models.Field, now: models.Field) -> bool:
    if was.null and not _filled_by_itself(now):
        return True
    if was.get_internal_type() != now.get_internal_type() or was.db_column != now.db_column:
        return True
    if now.max_length is not None and (was.max_length is None or now.max_length < was.max_length):
        return True
    return now.unique and not was.unique
