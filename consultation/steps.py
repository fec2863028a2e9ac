"""The pages of the form in their order: one question each, three for the concerns that are put in order. Pure but for what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultation.answers import MOST_CHOICES, ORDINALS
from consultation.asked import Asked, AskedQuestion


@dataclass(frozen=True)
class Step:
    """`place` is 1 to 3 where a concern is chosen, 0 elsewhere. `number` of `of`: as the page says it, equality monitoring by itself."""

    question: AskedQuestion
    place: int
    number: int
    of: int

    @property
    def name(self) -> str:
        """As in the address. No key of a question holds a dot."""
        return self.question.key if self.place < 2 else f"{self.question.key}.{self.ordinal}"

    @property
    def ordinal(self) -> str:
        return ORDINALS[self.place - 1] if self.place else ""


def of(form: Asked) -> tuple[Step, ...]:
    return (*_numbered(form.asked_of_all), *_numbered(form.monitoring))


def _numbered(questions: Sequence[AskedQuestion]) -> list[Step]:
    steps = []
    for number, question in enumerate(questions, start=1):
        places = range(1, min(MOST_CHOICES, len(question.options)) + 1) if question.is_ranked else [0]
        steps += [Step(question, place, number, len(questions)) for place in places]
    return steps


def named(steps: Sequence[Step], name: str) -> Step | None:
    return next((step for step in steps if step.name == name), None)


def after(steps: Sequence[Step], step: Step, chosen: int) -> Step | None:
    """The page that follows; None after the last. `chosen` concerns are: the next place is only asked for once the one before is filled."""
    following = steps[steps.index(step) + 1 :]
    return next((one for one in following if one.place < 2 or one.place <= chosen + 1), None)


def before(steps: Sequence[Step], step: Step, chosen: int) -> Step | None:
    earlier = steps[: steps.index(step)]
    return next((one for one in reversed(earlier) if one.place < 2 or one.place <= chosen + 1), None)
