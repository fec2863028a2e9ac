"""Spend of a sum of money, collected with the quarter's figures: asked for from one quarter to another, and no longer."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Organisation, User
from indicators.actions.returns import THIS as THIS_RETURN
from indicators.actions.sets import ask
from indicators.giving import NO_DRAFT, NOT_MISSING
from indicators.models import Indicator, Return, Round
from indicators.models.return_ import TAKEN_FOR
from lib import working_days, written
from lib.editing import write
from lib.quarters import Quarter
from priorities.models import Plan

THIS = "This spend"
PREFIX = "spend-"
NOT_COLLECTED = Return.MissingReason.NOT_COLLECTED

audit.kinds(
    {
        "spend_asked": "Spend asked for every quarter",
        "spend_changed": "Quarters in which spend is asked for",
        "spend_not_asked": "Spend no longer asked for",
        "spend_asked_again": "Spend asked for after all",
    }
)


class AlreadyGiven(ValidationError):
    """Spend was given for `quarters`, in their order, which would no longer be asked for: it would be counted nowhere."""

    def __init__(self, quarters: Sequence[Quarter]) -> None:
        self.quarters = list(quarters)
        super().__init__(
            f"Spend has been given for {written.listed(map(str, self.quarters))}. Ask for it there as well"
        )


@transaction.atomic
def start(
    *,
    slug: str,
    name: str,
    owner: Organisation,
    asked_from: Quarter,
    asked_until: Quarter | None,
    by: User | None,
) -> Indicator:
    """An indicator of family spend: asked for in every quarter from one to another, beginning with the quarters that are open already.

    A quarter that has been closed by now is asked for as well, and stays open for it for TAKEN_FOR working days: money is often recorded
    after it began to be spent. `slug` is that of what the money is for; `name` goes on forms and lists.
    """
    rounds = _hold_rounds()
    indicator = Indicator.objects.create(
        slug=f"{PREFIX}{slug}"[:60],
        name=name[:200],
        family=Indicator.Family.SPEND,
        measure=Indicator.Measure.AMOUNT,
        polarity=Indicator.Polarity.NONE,
        year_to_date=Indicator.YearToDate.SUM,
        unit="pounds",
        question="How much was spent?",
        owner=owner,
        asked_from=asked_from,
        asked_until=asked_until,
    )
    _ask_for_it(indicator, rounds)
    audit.record("spend_asked", indicator, by=by, changes=[audit.change("Quarters", None, _span(indicator))])
    return indicator


@transaction.atomic
def change(
    indicator: Indicator,
    *,
    asked_from: Quarter,
    asked_until: Quarter | None,
    because: str,
    by: User | None,
) -> Indicator:
    """Ask for other quarters. What is out and not asked for any more is settled as not collected, with `because`; asked for once more it is
    due again.

    Refused (AlreadyGiven) where a figure was given for a quarter that would no longer be asked for.
    """
    rounds = _hold_rounds()
    held = Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)
    if (held.asked_from, held.asked_until) == (asked_from, asked_until):
        return held
    before, returns = _span(held), list(Return.objects.filter(indicator=held).select_related("round", "indicator"))
    was_outside = [return_ for return_ in returns if not held.asks_in(return_.round.quarter)]
    held.asked_from, held.asked_until = asked_from, asked_until
    outside = [return_ for return_ in returns if not held.asks_in(return_.round.quarter)]
    given = [one for one in outside if one.figures.standing().exists()]
    if given:
        raise AlreadyGiven(sorted(one.round.quarter for one in given))
    write(held, version=held.version, what=THIS, asked_from=asked_from, asked_until=asked_until)
    for return_ in outside:
        _settle(return_, because, by)
    for return_ in was_outside:
        if return_ not in outside:
            _ask_again(return_, because, by)
    _ask_for_it(held, rounds)
    audit.record("spend_changed", held, by=by, changes=[audit.change("Quarters", before, _span(held))], comment=because)
    return held


@transaction.atomic
def rename(indicator: Indicator, *, name: str, owner: Organisation, by: User | None) -> Indicator:
    """Keep the name and the owner in step with what the money is for."""
    if (indicator.name, indicator.owner_id) == (name[:200], owner.pk):
        return indicator
    changes = audit.changes(
        {"Name": indicator.name, "Owner": str(indicator.owner)}, {"Name": name[:200], "Owner": str(owner)}
    )
    write(indicator, version=indicator.version, what=THIS, name=name[:200], owner=owner)
    audit.record("spend_changed", indicator, by=by, changes=changes)
    return indicator


def _hold_rounds() -> list[Round]:
    """Every quarter that was opened, held: none is opened or closed and no figure is sent meanwhile. In the order in which all lock these."""
    list(Plan.objects.order_by("pk").select_for_update(no_key=True))
    return list(Round.objects.order_by("pk").select_for_update(no_key=True))


def _ask_for_it(indicator: Indicator, rounds: Sequence[Round]) -> None:
    """A return in every quarter that was opened and asks for it. Closed ones take it for a while yet."""
    asked = set(Return.objects.filter(indicator=indicator).values_list("round", flat=True))
    for round_ in rounds:
        if round_.pk in asked or not indicator.asks_in(round_.quarter):
            continue
        ask(round_, [indicator])
        if round_.is_closed:
            Return.objects.filter(indicator=indicator, round=round_).update(extended_to=_a_while_yet())


def _a_while_yet() -> dt.date:
    """Until when a closed quarter takes it."""
    return working_days.add(timezone.localdate(), TAKEN_FOR)


def _settle(return_: Return, because: str, by: User | None) -> None:
    """No figure is awaited for a quarter that is not asked for, nor expected of a partner."""
    is_expected = return_.status == Return.Status.MISSING and return_.missing_reason != NOT_COLLECTED
    if not (return_.is_awaited or is_expected):
        return
    write(
        return_,
        version=return_.version,
        what=THIS_RETURN,
        status=Return.Status.MISSING,
        missing_reason=NOT_COLLECTED,
        missing_note=because[:300],
        expected_on=None,
        missing_at=return_.missing_at or timezone.now(),
        **NO_DRAFT,
    )
    audit.record("spend_not_asked", return_, by=by, comment=because)


def _ask_again(return_: Return, because: str, by: User | None) -> None:
    """What was settled because it was not asked for is due after all."""
    if return_.missing_reason != NOT_COLLECTED:
        return
    longer = {"extended_to": _a_while_yet()} if return_.round.is_closed else {}
    write(return_, version=return_.version, what=THIS_RETURN, status=Return.Status.DUE, **NOT_MISSING, **longer)
    audit.record("spend_asked_again", return_, by=by, comment=because)


def _span(indicator: Indicator) -> str:
    """ "2017-18 Q1 to 2018-19 Q4", "from 2017-18 Q1"."""
    first, last = indicator.asked_from, indicator.asked_until
    return f"{first} to {last}" if last else f"from {first}"
