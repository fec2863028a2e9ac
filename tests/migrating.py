"""Migrations of tests, without what costs more there than it finds."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db.migrations.state import ModelState, ProjectState


@contextmanager
def without_looking_for_cycles() -> Iterator[None]:
    """Django draws every model anew after most operations, and Python's search for cycles of objects took a third of that time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


@contextmanager
def quickly() -> Iterator[None]:
    """For making a database, not for upgrading one: a new model is drawn alone, as it is when an application starts, without drawing again
    all that it refers to, which took most of the time. The tables are the same both ways.
    """
    with without_looking_for_cycles(), mock.patch.object(ProjectState, "add_model", _add_model):
        yield


def _add_model(state: ProjectState, model: ModelState) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.apps.render_multiple([model.clone()])
