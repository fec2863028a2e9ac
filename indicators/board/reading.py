"""What the board is made from. One query each, for any set."""

from collections import defaultdict

from indicators.models import Figure, Return, Round, SendBack
from lib.quarters import Quarter


def figures(round_: Round, returns: list[Return]) -> tuple[dict[int, list[Figure]], dict[int, dict[Quarter, Figure]]]:
    """This round's figures by return, oldest first; and every earlier quarter's verified one by indicator and quarter."""
    people = ("supplied_by", "recorded_by", "verification__verified_by")
    this: dict[int, list[Figure]] = defaultdict(list)
    own = Figure.objects.standing().filter(for_return__in=returns).select_related(*people)
    for figure in own.prefetch_related("confirmations").in_order():  # who may verify it goes by them
        this[figure.for_return_id].append(figure)
    earlier: dict[int, dict[Quarter, Figure]] = defaultdict(dict)
    before = Figure.objects.verified().filter(
        for_return__indicator__in=[return_.indicator_id for return_ in returns],
        for_return__round__quarter__lt=round_.quarter,
    )
    for figure in before.select_related("for_return__round").in_order():
        earlier[figure.for_return.indicator_id][figure.for_return.round.quarter] = figure
    return this, earlier


def comments(returns: list[Return]) -> dict[int, SendBack]:
    back = SendBack.objects.filter(figure__for_return__in=returns).select_related("figure", "sent_by")
    return {each.figure.for_return_id: each for each in back}
