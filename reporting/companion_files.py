"""Finding a file beside a published report by its permanent address."""

import datetime as dt

from django.db.models import F

from reporting import register
from reporting.models import Companion
from reporting.register import addresses
from reporting.register.addresses import About, Number

# What handing it out asks of its pack; the rest of a pack is large.
NEEDED = ("plan", "quarter", "kind", "edition", "issue", "build", "standing", "is_sample", "publish_at", "withdrawn_at", "withdrawn_because")  # fmt: skip


def published(about: About, number: Number, form: str, at: dt.datetime) -> Companion | None:
    """The file of that form, with its pack, as it is kept; None where the public knows of none at that moment. One small query: anybody may ask."""
    packs = register.public(at).only(*NEEDED).filter(companions__form=form)
    kept = packs.annotate(kept_as=F("companions__file"), checksum=F("companions__sha256"), bytes=F("companions__size"))
    pack = addresses.find(kept, about, number)
    if pack is None:
        return None
    told = vars(pack)  # what was annotated stands there too
    return Companion(pack=pack, form=form, file=told["kept_as"], sha256=told["checksum"], size=told["bytes"])
