"""What a store that several machines share must be like for the rest of the code; that it works is in `tests/system/test_two_machines.py`."""

import errno

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from storages.backends import s3

from lib.s3_storage import S3Storage

OPTIONS = {"bucket_name": "files", "access_key": "a", "secret_key": "b", "endpoint_url": "http://127.0.0.1:1"}


def refused(code):
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": 400}}, "PutObject")


@pytest.mark.parametrize(
    ("raised", "number"),
    [
        (refused("NoSuchKey"), errno.ENOENT),
        (refused("XMinioStorageFull"), errno.ENOSPC),
        (refused("AccessDenied"), errno.EIO),
        (EndpointConnectionError(endpoint_url="http://127.0.0.1:1"), errno.EIO),
    ],
)
def test_what_fails_is_an_os_error_as_with_a_folder(monkeypatch, raised, number):
    def fails(*args):
        raise raised

    for name in ("_open", "_save", "delete", "exists", "size", "listdir"):
        monkeypatch.setattr(s3.S3Storage, name, fails)
    storage = S3Storage(**OPTIONS)
    asks = [storage.open, storage.delete, storage.exists, storage.size, storage.listdir]

    for ask in (*asks, lambda name: storage._save(name, ContentFile(b""))):
        with pytest.raises(OSError) as caught:
            ask("packs/a.pdf")
        assert caught.value.errno == number


def test_a_stored_file_is_never_written_over(monkeypatch):
    monkeypatch.setattr(s3.S3Storage, "exists", lambda self, name: name == "a.pdf")

    assert S3Storage(**OPTIONS).get_available_name("a.pdf").startswith("a_")
    with pytest.raises(ImproperlyConfigured, match="never written over"):
        S3Storage(**OPTIONS, file_overwrite=True)
