"""Which reader a file is for: a publisher's file of a feed, or a sheet of ours or somebody's own."""

import datetime as dt

from indicators.feeds import gathering
from indicators.models import Upload
from indicators.uploads import reading
from indicators.uploads.offers import Reading
from lib import sheets
from lib.sheets import Unusable

__all__ = ["Unusable", "read"]


def read(upload: Upload, content: bytes, on: dt.date) -> Reading:
    """What the file offers. Raises Unusable with a sentence."""
    book = sheets.read(content, upload.file_name)
    if upload.feed:
        return gathering.read(upload.feed, book, published_on=upload.received_on)
    return reading.read(book, by=upload.uploaded_by)
