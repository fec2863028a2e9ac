"""Finding a file beside a published report by its permanent address."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F

from reporting import register
from reporting.models import Companion, Pack
from reporting.register import addresses
from reporting.register.addresses import About, Number

# What handing it out asks of its pack; the rest of a pack is large.
NEEDED = ("plan", "quarter", "kind", "edition", "issue", "build", "standing", "is_sample", "publish_at", "withdrawn_at", "withdrawn_because")  # fmt: skip


# In the statement that is kept it stands for the moment of asking; no pack is of that day.
SOME_MOMENT = dt.datetime(1000, 1, 1, tzinfo=dt.UTC)


def published(about: About, number: Number, form: str, at: dt.datetime) -> Companion | None:
    """The file of that form, with its pack, as it is kept; None where the public knows of none at that moment. One small query: anybody may ask."""
    statement, parameters = _statement(about, number, form)
    some, now = map(connection.ops.adapt_datetimefield_value, (SOME_MOMENT, at))
    asked = [now if one == some else one for one in parameters]
    pack = next(iter(Pack.objects.raw(statement, asked)), None)
    if pack is None:
        return None
    told = vars(pack)  # what was annotated stands there too
    return Companion(pack=pack, form=form, file=told["kept_as"], sha256=told["checksum"], size=told["bytes"])


@lru_cache(maxsize=256)
def _statement(about: About, number: Number, form: str) -> tuple[str, tuple[Any, ...]]:
    """The query in SQL. What the register's own rules come to is worked out once: that takes six times as long as asking the database."""
    packs = register.public(SOME_MOMENT).only(*NEEDED).filter(companions__form=form)
    kept = packs.annotate(kept_as=F("companions__file"), checksum=F("companions__sha256"), bytes=F("companions__size"))
    statement, parameters = addresses.at(kept, about, number)[:1].query.sql_with_params()
    return statement, tuple(parameters)
