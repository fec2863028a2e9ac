"""Number formats: what a stored number looks like to the person in front of the spreadsheet."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"£"#,##0;-"£"#,##0',
    6: '"£"#,##0;-"£"#,##0',
    7: '"£"#,##0.00;-"£"#,##0.00',
    8: '"£"#,##0.00;-"£"#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "dd/mm/yyyy",  # and what follows the computer's own settings, as they are in Britain
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy hh:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    48: "0.0E+0",
    49: "@",
}
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_TOKEN = re.compile(
    r"""(?P<text>"[^"]*"?|\\.)|(?P<space>_.|\*.)|(?P<money>\[\$[^\]]*\])|(?P<elapsed>\[(?:h+|m+|s+)\])|(?P<aside>\[[^\]]*\])
    |(?P<half>am/pm|a/p)|(?P<power>e[+-][0#?]+)|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<digits>[0#?][0#?,.]*|\.[0#?]+,*)|(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_STORED = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
_EXACT = Context(prec=800, rounding=ROUND_HALF_UP)
_HIGHEST, _MOST_DIGITS = 308, 400
_MOST_PLACES = 40  # of a format; with the digits of the number still fewer than are worked with
_FIRST_1904 = dt.datetime(1904, 1, 1)
_FIRST_1900 = dt.datetime(1899, 12, 30)  # of days after the 29 February 1900 that never was
_LAST_DAY = 2_958_465  # 31 December 9999


@dataclass(frozen=True)
class Section:
    """One part of a number format, for one sign."""

    before: str = ""
    after: str = ""
    whole: int = 1  # digits at least before the point
    least: int = 0  # decimals at least
    most: int = 0  # decimals at most
    thousands: bool = False
    scale: int = 0  # powers of ten it is multiplied by: 2 for per cent
    plain: bool = False  # shown as it is stored
    has_number: bool = True

    def shows(self, number: Decimal) -> str:
        if self.plain:
            return f"{self.before}{plain(number)}{self.after}"
        if not self.has_number:
            return f"{self.before}{self.after}"
        number = number.scaleb(self.scale, _EXACT).quantize(Decimal(1).scaleb(-self.most), context=_EXACT)
        whole, _, decimals = f"{abs(number):f}".partition(".")
        whole = whole.lstrip("0").rjust(self.whole, "0")
        if self.thousands:
            whole = f"{whole[: len(whole) % 3]},{','.join(re.findall('...', whole[len(whole) % 3 :]))}".strip(",")
        kept = decimals.rstrip("0").ljust(self.least, "0")
        minus = "-" if number < 0 else ""
        return f"{minus}{self.before}{whole}{'.' if kept else ''}{kept}{self.after}"


@dataclass(frozen=True)
class Format:
    """`kind` is "number", "percent", "date" or "time"."""

    kind: str
    sections: tuple[Section, ...] = ()
    tokens: tuple[str, ...] = ()

    def shows(self, number: Decimal) -> str:
        """Never nothing: a format that hides its number is not obeyed."""
        if number.is_zero() and len(self.sections) > 2:
            shown = self.sections[2].shows(number)
        elif number < 0 and len(self.sections) > 1:
            shown = self.sections[1].shows(abs(number))
        else:
            shown = self.sections[0].shows(number)
        return shown.strip() or plain(number)

    def shows_moment(self, moment: dt.datetime, hours: int) -> str:
        """`hours` are those of a length of time, which may pass twenty-four."""
        return "".join(_moment(token, moment, hours, "half" in self.tokens) for token in self.tokens).strip()


def exact(stored: str) -> Decimal | None:
    """The number as it is stored, of a fraction the fifteen digits that a spreadsheet shows: the rest is a float's. None for no number."""
    stored = stored.strip()
    if len(stored) > _MOST_DIGITS or not _STORED.fullmatch(stored):
        return None
    number = Decimal(stored)
    if number.is_zero():
        return Decimal(0)
    if abs(number.adjusted()) > _HIGHEST:
        return None
    if stored.isdecimal():
        return number
    if "." in stored or "e" in stored or "E" in stored:
        number = _SHOWN.plus(number)
    return _without_noughts(number)


def percentage(number: Decimal) -> Decimal:
    return _without_noughts(number.scaleb(2, _EXACT))


def _without_noughts(number: Decimal) -> Decimal:
    """70.50 -> 70.5, 1E+3 -> 1000."""
    number = number.normalize(_EXACT)
    _, digits, exponent = number.as_tuple()
    if isinstance(exponent, int) and 0 < exponent and len(digits) + exponent <= 40:
        number = number.quantize(Decimal(1), context=_EXACT)
    return number


def plain(number: Decimal) -> str:
    """1389, 0.0005; very large and very small ones with an exponent."""
    return f"{number:f}" if -20 < number.adjusted() < 21 else f"{_SHOWN.plus(number)}"


def day_of(number: Decimal, starts_1904: bool) -> dt.datetime | None:
    """The moment that a serial number stands for. None for what is no day: below 1, 60 (29 February 1900), or beyond the year 9999."""
    try:
        if starts_1904:
            return _FIRST_1904 + dt.timedelta(seconds=_seconds(number)) if 0 <= number <= _LAST_DAY else None
        if not 1 <= number <= _LAST_DAY + 1 or 60 <= number < 61:
            return None
        return _FIRST_1900 + dt.timedelta(days=1 if number < 60 else 0, seconds=_seconds(number))
    except OverflowError:
        return None


def _seconds(number: Decimal) -> int:
    return int((number * 86400).to_integral_value(ROUND_HALF_UP))


def length_of(number: Decimal) -> tuple[dt.datetime, int] | None:
    """A time of day, and the hours of it when it is a length of time. None for what no clock shows."""
    if not 0 <= number <= _LAST_DAY:
        return None
    seconds = _seconds(number)
    return dt.datetime(1900, 1, 1) + dt.timedelta(seconds=seconds % 86400), seconds // 3600


def format_of(code: str) -> Format:
    """What a format code comes to; one that cannot be followed shows the number as it is stored."""
    if len(code) > 1000:
        return GENERAL
    sections = [_tokens(part) for part in _parted(code)]
    first = sections[0]
    is_date = any(kind in ("date", "elapsed") for kind, _ in first) and not _is_general(first)
    if is_date and not any(kind == "digits" for kind, _ in first):
        tokens = _dated(first)
        has_day = any(
            token[0] in "yd" or token.startswith("mm") or token == "m" for token in tokens if token[1:] != '"'
        )
        return Format("date" if has_day else "time", tokens=tokens)
    made = tuple(_section(tokens) for tokens in sections[:3])
    return Format("percent" if made[0].scale >= 2 and _has_percent(first) else "number", sections=made)


def _parted(code: str) -> list[str]:
    parts = [""]
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    return parts


def _tokens(part: str) -> list[tuple[str, str]]:
    return [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(part)]


def _is_general(tokens: list[tuple[str, str]]) -> bool:
    return "general" in "".join(text for kind, text in tokens if kind not in ("text", "money", "aside")).lower()


def _has_percent(tokens: list[tuple[str, str]]) -> bool:
    return any(kind == "other" and text == "%" for kind, text in tokens)


def _literal(kind: str, text: str) -> str:
    if kind == "text":
        return text[1:] if text[0] == "\\" else text.strip('"')
    if kind == "space":
        return " " if text[0] == "_" else ""
    if kind == "money":
        return text[2:-1].split("-")[0]
    return text if kind == "other" else ""


def _section(tokens: list[tuple[str, str]]) -> Section:
    percents = 2 * sum(kind == "other" and text == "%" for kind, text in tokens)
    digits = [at for at, (kind, _) in enumerate(tokens) if kind == "digits"]
    strange = any(kind == "power" or (kind == "other" and text in "/@") for kind, text in tokens) or len(digits) > 1
    if strange or _is_general(tokens) or not tokens:
        return Section(plain=True)
    if not digits:
        return Section(before="".join(_literal(*token) for token in tokens), has_number=False)
    place = digits[0]
    code = tokens[place][1]
    kept = code.rstrip(",")
    whole, _, decimals = kept.partition(".")
    scale = percents - 3 * (len(code) - len(kept))
    if not -_MOST_PLACES <= scale <= _MOST_PLACES or len(kept) > _MOST_PLACES:
        return Section(plain=True)
    return Section(
        before="".join(_literal(*token) for token in tokens[:place]).lstrip(),
        after="".join(_literal(*token) for token in tokens[place + 1 :]),
        whole=whole.count("0"),
        least=decimals.rstrip("#?,").count("0"),
        most=len(re.sub("[^0#?]", "", decimals)),
        thousands="," in whole,
        scale=scale,
    )


def _dated(tokens: list[tuple[str, str]]) -> tuple[str, ...]:
    """Tokens for `_moment`: codes in small letters, minutes as "n", the literal parts after a quotation mark."""
    made: list[str] = []
    last = ""
    for at, (kind, text) in enumerate(tokens):
        code = text.lower()
        if kind == "date":
            if code[0] == "m" and len(code) < 3 and (last in ("h", "[") or _next_date(tokens, at).startswith("s")):
                code = code.replace("m", "n")
            last = code[0]
            made.append(code)
        elif kind == "elapsed":
            last = "["
            made.append("[" + code[1] if code[1] == "h" else code[1:-1].replace("m", "n"))
        elif kind == "half":
            made.append("half")
        elif literal := _literal(kind, text).replace("@", ""):
            made.append('"' + literal)
    return tuple(made)


def _next_date(tokens: list[tuple[str, str]], at: int) -> str:
    return next((text.lower() for kind, text in tokens[at + 1 :] if kind == "date"), "")


_CODES: dict[str, Callable[[dt.datetime], str]] = {
    "d": lambda moment: str(moment.day),
    "dd": lambda moment: f"{moment.day:02}",
    "ddd": lambda moment: _DAYS[moment.weekday()][:3],
    "dddd": lambda moment: _DAYS[moment.weekday()],
    "m": lambda moment: str(moment.month),
    "mm": lambda moment: f"{moment.month:02}",
    "mmm": lambda moment: _MONTHS[moment.month - 1][:3],
    "mmmm": lambda moment: _MONTHS[moment.month - 1],
    "mmmmm": lambda moment: _MONTHS[moment.month - 1][0],
    "y": lambda moment: f"{moment.year % 100:02}",
    "yy": lambda moment: f"{moment.year % 100:02}",
    "yyy": lambda moment: f"{moment.year:04}",
    "yyyy": lambda moment: f"{moment.year:04}",
    "n": lambda moment: str(moment.minute),
    "nn": lambda moment: f"{moment.minute:02}",
    "s": lambda moment: str(moment.second),
    "ss": lambda moment: f"{moment.second:02}",
    "half": lambda moment: "AM" if moment.hour < 12 else "PM",
}


def _moment(token: str, moment: dt.datetime, hours: int, halved: bool) -> str:
    if token.startswith('"'):
        return token[1:]
    if token == "[h":
        return str(hours)
    if token in ("h", "hh"):
        hour = (moment.hour % 12 or 12) if halved else moment.hour
        return f"{hour:0{len(token)}}"
    shown = _CODES.get(token.partition(".")[0])
    return shown(moment) if shown else ""


GENERAL = Format("number", sections=(Section(plain=True),))
