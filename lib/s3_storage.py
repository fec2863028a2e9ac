"""Files in an S3-compatible store that several machines share: FILES_BACKEND=lib.s3_storage.S3Storage.

django-storages' own, held to what the rest of the code counts on from any storage: a stored file is never written over, what fails is an
OSError as with a folder, and a store that does not answer is given up on within seconds. A file appears whole or not at all: that is S3's own.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.exceptions import ImproperlyConfigured
from storages.backends import s3

# Three tries of these lengths at the longest: a page waits for them.
CONNECT_WITHIN, ANSWER_WITHIN, TRIES = 3, 20, 3  # seconds, seconds
# What stores other than Amazon's say when they are full.
FULL = {"InsufficientCapacity", "QuotaExceeded", "XMinioStorageFull", "EntityTooLarge"}


class S3Storage(s3.S3Storage):
    client_config: Config

    def __init__(self, **options: Any) -> None:
        if options.get("file_overwrite"):
            raise ImproperlyConfigured(
                'Take "file_overwrite" out of FILES_OPTIONS: stored files are never written over.'
            )
        super().__init__(**options)
        self.client_config = self.client_config.merge(
            Config(
                connect_timeout=CONNECT_WITHIN,
                read_timeout=ANSWER_WITHIN,
                retries={"total_max_attempts": TRIES, "mode": "standard"},
                # Stores other than Amazon's know no newer checksums; what matters is checked by ours.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            )
        )

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "file_overwrite": False, "querystring_auth": True}

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_os_errors():
            opened = super()._open(name, mode)
            if "r" in mode:
                opened.file  # noqa: B018  read now, so that what fails fails here
        return opened

    def _save(self, name: str, content: Any) -> str:
        with _as_os_errors():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _as_os_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _as_os_errors():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with _as_os_errors():
            return int(super().size(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _as_os_errors():
            folders, files = super().listdir(name)
        return folders, files


@contextmanager
def _as_os_errors() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in ("404", "NoSuchKey"):
            raise FileNotFoundError(errno.ENOENT, "The store has no such file") from error
        raise OSError(errno.ENOSPC if code in FULL else errno.EIO, f"The store refuses: {code}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(errno.EIO, f"The store does not answer: {type(error).__name__}") from error
