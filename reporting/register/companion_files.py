"""Finding a file beside a published report by its permanent address."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.db import connection

from reporting import register
from reporting.models import Companion, Pack
from reporting.register import addresses
from reporting.register.addresses import About, Number

# What names a file that is kept and a page that says why there is none; the rest of a pack is large.
NEEDED = ("plan", "quarter", "kind", "edition", "issue", "build", "is_sample", "publish_at", "withdrawn_at", "withdrawn_because", "removed_at", "removed_on_ground")  # fmt: skip


# In the statement that is kept it stands for the moment of asking; no pack is of that day.
SOME_MOMENT = dt.datetime(1000, 1, 1, tzinfo=dt.UTC)


def published(about: About, number: Number, form: str, at: dt.datetime) -> Companion | None:
    """The file of that form, with its pack, as it is kept; None where the public knows of none at that moment.

    One small query for a web page that stands: anybody may ask. What else is to be known of the pack is read where it is asked for.
    """
    statement, parameters = _statement(about, number, form)
    some, now = map(connection.ops.adapt_datetimefield_value, (SOME_MOMENT, at))
    with connection.cursor() as cursor:
        cursor.execute(statement, [now if one == some else one for one in parameters])
        found = cursor.fetchone()
    if found is None:
        return None
    key, standing, removal, kept_as, checksum, size = found
    pack = Pack.from_db(connection.alias, ("id", "standing", "removal"), (key, standing, removal))
    if form != Companion.Form.PAGE or standing == Pack.Standing.WITHDRAWN or removal:
        pack.refresh_from_db(fields=NEEDED)
    return Companion(pack=pack, form=form, file=kept_as, sha256=checksum, size=size)


@lru_cache(maxsize=256)
def _statement(about: About, number: Number, form: str) -> tuple[str, tuple[Any, ...]]:
    """The query in SQL. What the register's own rules come to is worked out once: that takes six times as long as asking the database."""
    kept = register.public(SOME_MOMENT).filter(companions__form=form)
    columns = ("pk", "standing", "removal", "companions__file", "companions__sha256", "companions__size")
    statement, parameters = addresses.at(kept, about, number).values_list(*columns)[:1].query.sql_with_params()
    return statement, tuple(parameters)
