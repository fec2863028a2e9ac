"""What recording a file would count, and each row of it that can't be counted with the reason."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from consultation import asked
from consultation.answers import Given
from consultation.asked import Asked, AskedQuestion
from consultation.imports import mapping, reading
from consultation.imports.mapping import PERSON, Group, Reads
from consultation.imports.reading import Table
from consultation.imports.rows import Read, Reader
from consultation.models import Batch, Consultation, Response, Translation
from lib.sheets import Unusable
from lib.written import day_year

SALT = "consultation.imports.respondent"


@dataclass(frozen=True)
class Counted:
    """A row that would count. `respondent` is the keyed hash of what tells people apart; empty where nothing does."""

    number: int
    given: Given
    day: dt.date
    respondent: str


@dataclass(frozen=True)
class Refused:
    number: int
    sentence: str


@dataclass(frozen=True)
class Preview:
    form: Asked
    table: Table
    unplaced: int  # different answers of which nobody has said what they stand for
    counted: tuple[Counted, ...]
    refused: tuple[Refused, ...]
    blank: int  # rows in which nothing is answered: they are no response
    notes: tuple[str, ...]

    def answered(self) -> list[tuple[AskedQuestion, int, int]]:
        """Each question with how many of the rows that would count answered it, and how many skipped it."""
        times: Counter[int] = Counter()
        for row in self.counted:
            times.update(question for question, options in row.given.options.items() if options)
            times.update(question for question, text in row.given.texts.items() if text and question != self._ranked_pk)
            if any(row.given.choices) and self._ranked_pk is not None:
                times[self._ranked_pk] += 1
        return [(one, times[one.pk], len(self.counted) - times[one.pk]) for one in self.form.questions]

    def first_choices(self) -> list[tuple[str, int]]:
        """The concerns with how often each is named first, most first; of equal ones the order of the form."""
        ranked = self.form.ranked
        if ranked is None:
            return []
        times = Counter(row.given.choices[0] for row in self.counted if row.given.choices)
        return sorted(((one.text, times[one.pk]) for one in ranked.options), key=lambda one: -one[1])

    @property
    def rows(self) -> int:
        return len(self.table.rows)

    @property
    def _ranked_pk(self) -> int | None:
        return self.form.ranked.pk if self.form.ranked else None


def table_of(batch: Batch) -> Table:
    """The table in the file of a batch. Raises Unusable where the file has been removed."""
    if not batch.file:
        raise Unusable("The file is no longer held: it was removed after the analysis.")
    with batch.file.open("rb") as held:
        return reading.of(held.read(), batch.file_name)


def also_called(consultation: Consultation) -> dict[str, dict[str, str]]:
    """By a question's key, the texts of its answers in other languages with the key of each."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    rows = Translation.objects.filter(language__consultation=consultation).values_list("of", "text")
    for of, text in rows:
        kind, _, rest = of.partition(".")
        if kind == "concern":
            found["concern"][mapping.plain(text)] = rest
        elif kind == "option":
            question, _, key = rest.partition(".")
            found[question][mapping.plain(text)] = key
    return found


def groups(table: Table, reads: Reads, form: Asked) -> tuple[Group, ...]:
    return mapping.groups(reads.columns, table.headings, form.questions)


def unplaced(table: Table, reads: Reads, form: Asked) -> int:
    """How many different answers of the file nobody has placed yet."""
    return sum(len(set(table.values(one)) - set(reads.answers.get(one.key, {}))) for one in groups(table, reads, form))


def of(batch: Batch, on: dt.date) -> Preview:
    """What recording the file on that day would do. The batch's consultation has to be loaded."""
    consultation = batch.consultation
    table, reads, form = table_of(batch), Reads.from_json(batch.mapping), asked.read(consultation)
    assert consultation.opens_on and consultation.closes_on  # it was opened
    reader = Reader(table, reads, form.questions, consultation.opens_on, consultation.closes_on, on)
    counted: list[Counted] = []
    refused: list[Refused] = []
    blank = without = 0
    standard = min(max(on, consultation.opens_on), consultation.closes_on)
    seen = _Seen(consultation, reads)
    for row in (reader.read(number, cells) for number, cells in table.rows):
        if not row.faults and row.given.is_empty:
            blank += 1
            continue
        digest = respondent(consultation, row.person)
        if not row.faults and digest:
            row.faults += seen.before(row, digest)
        if row.faults:
            refused.append(Refused(row.number, " ".join(row.faults)))
            continue
        without += not digest
        counted.append(Counted(row.number, row.given, row.day or standard, digest))
    notes = [*table.notes, *_days(reads, standard, on, consultation)]
    if PERSON in reads.columns and without:
        notes.append(f"{_rows(without)} nothing in the column that tells people apart: each is counted as one person.")
    if PERSON not in reads.columns:
        notes.append("No column tells people apart: somebody who answered twice would be counted twice.")
    left = unplaced(table, reads, form)
    return Preview(form, table, left, tuple(counted), seen.told(refused), blank, tuple(notes))


def respondent(consultation: Consultation, told: str) -> str:
    """A keyed hash of what tells a person apart: it says that two are the same, and not who. "" of nothing."""
    said = " ".join(told.casefold().split())
    return salted_hmac(SALT, f"{consultation.pk}:{said}", algorithm="sha256").hexdigest() if said else ""


def _rows(count: int) -> str:
    return "1 row has" if count == 1 else f"{count:,} rows have"


def _days(reads: Reads, standard: dt.date, on: dt.date, consultation: Consultation) -> list[str]:
    if mapping.DAY in reads.columns:
        return []
    its = "last" if standard == consultation.closes_on else "first"
    which = "today" if standard == on else f"its {its} day"
    return [f"No column holds the day: every row is dated {day_year(standard)}, {which}."]


class _Seen:
    """Who has been met already: in this file, or in an earlier one of the consultation. The first counts."""

    def __init__(self, consultation: Consultation, reads: Reads) -> None:
        self.here: dict[str, int] = {}
        self.earlier: Mapping[str, int | None] = {}
        self.consultation = consultation
        self.met: dict[int, str] = {}  # rows of this file by whom an earlier file holds
        if PERSON in reads.columns:
            held = Response.objects.filter(consultation=consultation).exclude(respondent="")
            rows = held.exclude(standing=Response.Standing.UNDONE).values_list("respondent", "batch")
            self.earlier = dict(rows)

    def before(self, row: Read, digest: str) -> list[str]:
        if digest in self.earlier:
            self.met[row.number] = digest
            return ["The same person answered in a file before this one."]
        if digest in self.here:
            return [f"The same person answered in row {self.here[digest]}, which counts."]
        self.here[digest] = row.number
        return []

    def told(self, refused: Sequence[Refused]) -> tuple[Refused, ...]:
        """The refused rows; of those whose person is in an earlier file, with the row and the name of that file."""
        if not self.met:
            return tuple(refused)
        where = self._where(set(self.met.values()))
        return tuple(
            Refused(one.number, where[self.met[one.number]]) if self.met.get(one.number) in where else one
            for one in refused
        )

    def _where(self, digests: set[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        pks = {pk for digest in digests if (pk := self.earlier[digest]) is not None}
        for batch in Batch.objects.filter(pk__in=pks):
            for number, digest in self._people(batch):
                if digest in digests and self.earlier[digest] == batch.pk:
                    found.setdefault(
                        digest, f"The same person answered in row {number} of “{batch.file_name}”, which counts."
                    )
        return found

    def _people(self, batch: Batch) -> Iterable[tuple[int, str]]:
        columns = Reads.from_json(batch.mapping).columns
        try:
            table = table_of(batch)
        except (Unusable, OSError):
            return
        if PERSON not in columns:
            return
        column = columns.index(PERSON)
        for number, cells in table.rows:
            yield number, respondent(self.consultation, cells[column].line)
