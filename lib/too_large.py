"""Files that are too large are refused while they come in: nothing of them beyond the limit is kept, in memory or on disk.

A page that doesn't say that it `takes` files takes none: whatever anybody posts to it is let go byte by byte.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MOST_BYTES = 10 * 1024 * 1024  # of all files of one request together, where its view says nothing else
NAME = "_files_too_large"
View = TypeVar("View", bound=Callable[..., Any])


def takes(most_bytes: int = MOST_BYTES) -> Callable[[View], View]:
    """Put on a view that takes files, of so many bytes together."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return mark


class TooLargeHandler(FileUploadHandler):
    """Comes first among the handlers. A file that is left out is named by `left_out`."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.seen = 0
        # The body is read when the view is known already: by the check against forged requests, if not by the view itself.
        self.most_bytes: int = getattr(getattr(request and request.resolver_match, "func", None), "most_bytes", 0)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > self.most_bytes:
            setattr(self.request, NAME, left_out(self.request) | {str(self.field_name)})
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        return None  # for the handlers after this one


def left_out(request: HttpRequest | None) -> frozenset[str]:
    """The names of the boxes whose files were too large; known once the request's POST or FILES have been looked at."""
    found: frozenset[str] = getattr(request, NAME, frozenset())
    return found
