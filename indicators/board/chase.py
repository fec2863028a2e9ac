"""Writing to those who are late."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from accounts.models import User
from indicators.board.out import Out, WordsOut
from indicators.models import Round


@dataclass(frozen=True)
class Chase:
    """One mail to everybody who is late: they don't see each other's addresses."""

    people: tuple[User, ...]  # each once, each with an address
    subject: str  # "2017-18 Q4: figures"

    @property
    def url(self) -> str:
        to = ",".join(quote(person.email, safe="@") for person in self.people)
        return f"mailto:?bcc={to}&subject={quote(self.subject)}"


def chase(rows: Iterable[Out | WordsOut], round_: Round, what: str) -> Chase | None:
    if round_.is_closed:
        return None
    people = {person.pk: person for row in rows if row.is_late for person in row.people if person.email}
    return Chase(tuple(people.values()), f"{round_.quarter}: {what}") if people else None
