"""What an amount of money must be, whoever types it. Pure: Decimals in pounds."""

from decimal import Decimal

from governance.funding.sums import NOTHING

MOST = Decimal("999999999.99")


def fault(what: str, amount: Decimal) -> str:
    """Why an amount can't be held, in a sentence that begins with `what`; empty where it can."""
    if amount < 0:
        return f"{what} can’t be less than £0"
    if amount > MOST:
        return f"{what} must be less than a billion pounds"
    if amount != amount.quantize(NOTHING):
        return f"{what} must be in pounds and pence, with at most two figures after the point"
    return ""
