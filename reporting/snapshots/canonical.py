"""A snapshot as text, the same bytes for the same content everywhere: what a pack keeps, checks and can be rebuilt from.

JSON in UTF-8: sorted keys, no spaces, one newline at the end. Numbers are text without trailing zeros ("629", "70.5"), days and
moments ISO 8601 (moments in UTC), quarters "2017-18-q4". Nothing is left out: what is not known is null.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from lib.quarters import Quarter
from reporting.snapshots import upgrade
from reporting.snapshots.shape import SCHEMA, Snapshot

Kind = TypeVar("Kind")


class Unreadable(ValueError):
    """The text is not a snapshot of a schema this release knows."""


def text(value: Any) -> str:
    """Any value made of plain dataclasses, as text; `read` gives it back."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def read(kind: type[Kind], told: str) -> Kind:
    """The value of that kind in this text; Unreadable when it is none."""
    try:
        plain = json.loads(told)
    except json.JSONDecodeError as error:
        raise Unreadable("This is not JSON") from error
    found: Kind = _value(kind, plain, kind.__name__.lower())
    return found


def to_json(snapshot: Snapshot) -> str:
    """The snapshot's text. `from_json` gives the same snapshot back."""
    return text(snapshot)


def from_json(told: str) -> Snapshot:
    """The snapshot in this text; Unreadable when it is none, or of a schema this release does not know."""
    try:
        plain = json.loads(told)
    except json.JSONDecodeError as error:
        raise Unreadable("This is not JSON") from error
    if not isinstance(plain, dict):
        raise Unreadable("This is not a snapshot")
    try:
        plain = upgrade.to_present(plain)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable("This is not a snapshot of an older schema") from error
    if plain.get("schema") != SCHEMA:
        raise Unreadable(f"This is not a snapshot of schema 1 to {SCHEMA}")
    return _value(Snapshot, plain, "snapshot")


def sha256(told: str) -> str:
    """The checksum of a snapshot's text, as 64 hexadecimal digits."""
    return hashlib.sha256(told.encode("utf-8")).hexdigest()


# ---------------------------------------------------------------- to plain values


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, Quarter | type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Quarter):
        return value.slug
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"A snapshot holds no {type(value).__name__}")


def _number(number: Decimal) -> str:
    if not number.is_finite():
        raise TypeError(f"A snapshot holds no {number}")
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


# ---------------------------------------------------------------- and back

READERS: dict[type, Callable[[str], Any]] = {
    Decimal: Decimal,
    Quarter: Quarter.parse,
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
}


def _value(kind: Any, plain: Any, where: str) -> Any:
    """`plain` as the type that the shape says; Unreadable, naming the place, when it is not."""
    if get_origin(kind) is UnionType:
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
        return None if plain is None else _value(kind, plain, where)
    if get_origin(kind) is tuple:
        return _items(get_args(kind), plain, where)
    if kind in READERS and isinstance(plain, str):
        try:
            return READERS[kind](plain)
        except (ValueError, ArithmeticError) as error:
            raise Unreadable(f"{where} is not a {kind.__name__}") from error
    if is_dataclass(kind) and isinstance(plain, dict):
        return _object(kind, plain, where)
    if kind in (str, int, bool) and type(plain) is kind:
        return plain
    raise Unreadable(f"{where} is not a {kind.__name__}")


def _items(kinds: tuple[Any, ...], plain: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(plain, list):
        raise Unreadable(f"{where} is not a list")
    if kinds[-1] is Ellipsis:
        kinds = kinds[:1] * len(plain)
    if len(kinds) != len(plain):
        raise Unreadable(f"{where} has {len(plain)} parts, not {len(kinds)}")
    return tuple(
        _value(kind, item, f"{where}[{place}]") for place, (kind, item) in enumerate(zip(kinds, plain, strict=True))
    )


def _object(kind: Any, plain: dict[str, Any], where: str) -> Any:
    hints = _hints(kind)
    if different := plain.keys() ^ hints.keys():
        raise Unreadable(f"{where} should have, or not have, {', '.join(sorted(different))}")
    return kind(**{name: _value(hint, plain[name], f"{where}.{name}") for name, hint in hints.items()})


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Worked out once for each shape: a snapshot holds thousands of objects, and it was a third of the time of reading one."""
    return get_type_hints(kind)
