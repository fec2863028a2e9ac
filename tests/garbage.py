"""Python's search for cycles of objects, out of the way where it costs more than it finds."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_looking_for_cycles() -> Iterator[None]:
    """For migrations: Django draws every model anew after most operations, and the search took a third of that time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
