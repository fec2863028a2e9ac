"""Risks as their pages show them: each with its latest score, how that moved, and whether it is over what its body accepts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from governance import risk_scores
from governance.models import Body, Risk, RiskScore


@dataclass(frozen=True)
class Line:
    """One risk on one day. `scores` are all of its, latest first; a risk always has one."""

    risk: Risk
    scores: tuple[RiskScore, ...]
    on: dt.date

    @property
    def now(self) -> RiskScore | None:
        return self.scores[0] if self.scores else None

    @property
    def score(self) -> int:
        """The latest, or while there is none that without any control."""
        return self.scores[0].score if self.scores else self.risk.before

    @property
    def is_over(self) -> bool:
        return self.score > self.risk.body.risk_appetite

    @property
    def trend(self) -> str:
        """ "higher than 9 before", "the same as before"; "" after the first score."""
        if len(self.scores) < 2:
            return ""
        was = self.scores[1].score
        moved = risk_scores.trend(was, self.score)
        return "the same as before" if moved == risk_scores.SAME else f"{moved} than {was} before"

    @property
    def sentence(self) -> str:
        risk = self.risk
        return risk_scores.sentence(risk.cause, risk.event, risk.effect)

    @property
    def review(self) -> str:
        """That it is due or overdue; "" while it is not, and once the risk is closed."""
        return "" if self.risk.closed_at else risk_scores.review_words(self.risk.review_on, self.on)

    @property
    def square(self) -> tuple[risk_scores.Row, ...]:
        risk, now = self.risk, self.now
        return risk_scores.square(
            (risk.before_likelihood, risk.before_impact),
            (now.likelihood, now.impact) if now else None,
            (risk.target_likelihood, risk.target_impact),
            appetite=risk.body.risk_appetite,
        )


@dataclass(frozen=True)
class Group:
    body: Body
    lines: tuple[Line, ...]


def lines(risks: Iterable[Risk], on: dt.date) -> list[Line]:
    """Two queries, however many there are, where `risks` still is to be read. Needs body and owner loaded."""
    found = list(risks)
    scores: dict[int, list[RiskScore]] = {risk.pk: [] for risk in found}
    for score in RiskScore.objects.filter(risk__in=scores).select_related("scored_by").order_by("-scored_at", "-pk"):
        scores[score.risk_id].append(score)
    return [Line(risk, tuple(scores[risk.pk]), on) for risk in found]


def by_body(found: Iterable[Line]) -> list[Group]:
    """In the order of bodies; in each those over its appetite first, the highest score leading."""
    groups: dict[Body, list[Line]] = {}
    for line in found:
        groups.setdefault(line.risk.body, []).append(line)
    ordered = sorted(groups.items(), key=lambda pair: (pair[0].order, pair[0].name))
    return [Group(body, tuple(sorted(own, key=_urgent))) for body, own in ordered]


def _urgent(line: Line) -> tuple[bool, int, int]:
    return not line.is_over, -line.score, line.risk.number


def lede(found: Iterable[Line]) -> str:
    """The first line of the list: "2 of 4 risks are over what their body accepts. The review of 1 is overdue"."""
    told = list(found)
    if not told:
        return "No risk is open."
    over = sum(line.is_over for line in told)
    overdue = sum("overdue" in line.review for line in told)
    if over:
        some = f"{over} of {len(told)} risk{'' if len(told) == 1 else 's'}"
        said = f"{some} {'is' if over == 1 else 'are'} over what {'its' if over == 1 else 'their'} body accepts."
    else:
        said = f"No risk is over what its body accepts; {len(told)} {'is' if len(told) == 1 else 'are'} open."
    return f"{said} {overdue} review{' is' if overdue == 1 else 's are'} overdue." if overdue else said
