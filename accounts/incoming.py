"""Who sends a file, for the forms that take one."""

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.actions import refuse_harm
from accounts.models import User
from lib import throttle, too_large

MOST, MINUTES = 20, 10  # files of one person
NOT_YET = f"You have sent {MOST} files within {MINUTES} minutes. Wait {MINUTES} minutes, then send the next"


@dataclass(frozen=True)
class Person:
    """A `lib.uploads.Sender` with an account. Nobody else can send files: no public page has a box for one."""

    by: User
    left_out: frozenset[str]

    @property
    def why_not_yet(self) -> str:
        return "" if throttle.allows(f"files:{self.by.pk}", MOST, minutes=MINUTES) else NOT_YET

    def sent_harm(self, name: str, found: str) -> None:
        refuse_harm(self.by, name=name, found=found, by=self.by)


def sender(request: HttpRequest) -> Person:
    return Person(request.user, too_large.left_out(request))
