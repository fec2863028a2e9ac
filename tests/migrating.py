"""Migrations of tests, without what costs more there than it finds."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db.migrations.state import ModelState, ProjectState


@contextmanager
def quickly() -> Iterator[None]:
    """Django draws every model anew after most operations: a third of the time went to the search for cycles of objects, and of the rest
    two thirds to drawing again what a new model refers to. A new model is drawn alone here, as it is when an application starts; both
    ways the tables are the same to the letter. The browser tests' database is made as everybody's is.
    """
    gc.disable()
    try:
        with mock.patch.object(ProjectState, "add_model", _add_model):
            yield
    finally:
        gc.enable()
        gc.collect()


def _add_model(state: ProjectState, model: ModelState) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.apps.render_multiple([model.clone()])
