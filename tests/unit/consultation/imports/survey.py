"""A file of a survey as somebody uploads it, with its columns and answers told, for tests."""

import datetime as dt

from accounts.models import User
from consultation import asked
from consultation.actions import imports
from consultation.imports import previewing
from consultation.imports.mapping import NO_ANSWER, Reads
from consultation.models import Batch, Consultation
from tests.factories.accounts import UserFactory
from tests.factories.consultations import whole

ON = dt.date(2018, 7, 2)


class Survey:
    """An open consultation, 10 June to 12 August 2018, that asks everything, and a coordinator."""

    def __init__(self, consultation: Consultation | None = None) -> None:
        self.consultation = consultation or whole()
        self.sam: User = UserFactory(name="Sam Carrick", roles=["coordinator"])

    def upload(self, text: str, *, name: str = "survey.csv", source: str = "Survey tool") -> Batch:
        channel = self.consultation.channels.get(key="imported")
        content = text.encode()
        return imports.add(self.consultation, source=source, channel=channel, content=content, name=name, by=self.sam)

    def told(self, text: str, *columns: str, name: str = "survey.csv", **placed: str) -> Batch:
        """Uploaded, its columns told, and its answers: by equal words, by `placed` ("afraid": "safe-2"), the rest as no answer."""
        batch = self.upload(text, name=name)
        imports.tell_columns(batch, columns=columns, version=batch.version, by=self.sam)
        table, form = previewing.table_of(batch), asked.read(self.consultation)
        reads = Reads.from_json(batch.mapping)
        answers = {
            group.key: {
                value: placed.get(value) or reads.answers[group.key].get(value, NO_ANSWER)
                for value in table.values(group)
            }
            for group in previewing.groups(table, reads, form)
        }
        return imports.tell_answers(batch, answers=answers, version=batch.version, by=self.sam)

    def record(self, batch: Batch, leave_out: int = 0) -> Batch:
        return imports.record(batch, leave_out=leave_out, version=batch.version, on=ON, by=self.sam)

    def refused(self, batch: Batch) -> list[tuple[int, str]]:
        return [(row.number, row.sentence) for row in previewing.of(batch, ON).refused]
