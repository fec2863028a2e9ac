"""A form that somebody is filling in, kept in their session between its pages: for an hour, and no longer than until it is sent.

It is written nowhere else. What was sent leaves only that it was sent, so that a second press of the button leads to the same page.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from consultation.answers import Given
from consultation.asked import Asked, AskedQuestion
from consultation.models import Consultation

KEY, POSTS = "have-your-say", "have-your-say-posts"
KEPT_FOR = dt.timedelta(hours=1)  # after the last page
FAST = dt.timedelta(seconds=5)  # nobody reads it in less
POSTS_A_MINUTE = 30


@dataclass
class Filling:
    """`channel` by its key; `choices`: concerns by their ids, best first; `options` and `texts` by the question's key."""

    channel: str
    language: str
    token: str
    began: str
    touched: str
    code: str = ""
    choices: list[int] = field(default_factory=list)
    options: dict[str, list[int]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    filled_the_trap: bool = False

    @property
    def began_at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.began)

    def was_fast(self, now: dt.datetime) -> bool:
        return now - self.began_at < FAST

    def choose(self, place: int, concern: int | None) -> None:
        """Put a concern in this place. One that stood in a later place leaves it; without one the later places are empty too."""
        later = [chosen for chosen in self.choices[place:] if chosen != concern]
        self.choices = [*self.choices[: place - 1], *([] if concern is None else [concern, *later])]

    def answer(self, question: AskedQuestion, options: Iterable[int]) -> None:
        self.options[question.key] = list(options)

    def write(self, question: AskedQuestion, text: str) -> None:
        self.texts[question.key] = text

    def given(self, form: Asked) -> Given:
        questions = {question.key: question.pk for question in form.questions}
        return Given(
            choices=tuple(self.choices),
            options={questions[key]: tuple(chosen) for key, chosen in self.options.items() if key in questions},
            texts={questions[key]: text for key, text in self.texts.items() if key in questions},
        )


@dataclass(frozen=True)
class Sent:
    """That a form was sent: what the last page needs, and nothing of what was answered."""

    channel: str
    language: str
    touched: str
    is_late: bool


def begin(
    session: SessionBase, consultation: Consultation, *, channel: str, language: str, code: str, now: dt.datetime
) -> Filling:
    """A new, empty form. What was begun of this consultation before goes."""
    moment = now.isoformat()
    made = Filling(channel=channel, language=language, token=str(uuid.uuid4()), began=moment, touched=moment, code=code)
    keep(session, consultation, made, now)
    return made


def keep(session: SessionBase, consultation: Consultation, filling: Filling, now: dt.datetime) -> None:
    filling.touched = now.isoformat()
    _put(session, consultation, asdict(filling))


def found(session: SessionBase, consultation: Consultation, now: dt.datetime) -> Filling | Sent | None:
    """What is being filled in, or that it was sent; None when nothing was begun, or was left for an hour."""
    held: dict[str, Any] | None = session.get(KEY, {}).get(consultation.slug)
    if held is None or now - dt.datetime.fromisoformat(held["touched"]) >= KEPT_FOR:
        return None
    return Filling(**held) if "token" in held else Sent(**held)


def close(
    session: SessionBase, consultation: Consultation, filling: Filling, *, is_late: bool, now: dt.datetime
) -> None:
    """It was sent: every answer goes, and the token that stands in the response."""
    _put(session, consultation, asdict(Sent(filling.channel, filling.language, now.isoformat(), is_late)))


def clear(session: SessionBase, consultation: Consultation) -> None:
    held = dict(session.get(KEY, {}))
    if held.pop(consultation.slug, None) is not None:
        session[KEY] = held


def is_too_often(session: SessionBase, now: dt.datetime) -> bool:
    """Whether this page is one too many within a minute; counted in the session, so that nobody pays for a neighbour's address."""
    minute = now.isoformat(timespec="minutes")
    counted = session.get(POSTS, {})
    posts = counted.get("posts", 0) + 1 if counted.get("minute") == minute else 1
    session[POSTS] = {"minute": minute, "posts": posts}
    return posts > POSTS_A_MINUTE


def _put(session: SessionBase, consultation: Consultation, held: dict[str, Any]) -> None:
    session[KEY] = {**session.get(KEY, {}), consultation.slug: held}
