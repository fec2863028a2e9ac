"""What a project is expected to have spent by the end of a year. A forecast is never changed: the latest one holds, with its reason."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from governance.funding import amounts, ledger
from governance.funding.forecasting import years_of
from governance.models import Forecast, Project
from lib.editing import Stale, write
from lib.quarters import Year
from lib.written import pounds

THIS = "This project"
LONGEST = 300  # characters of a reason

audit.kinds({"project_forecast": "Forecast given"})


@transaction.atomic
def give(project: Project, *, year: Year, amount: Decimal, reason: str, version: int, by: User) -> Forecast:
    """The forecast of one year; a reason is owed where it is not the year's money. Also of a closed project, whose last return is still to be made.

    Saying what is said already leaves no trace.
    """
    project.refresh_from_db()
    if project.version != version:
        raise Stale(THIS)
    (line,) = ledger.lines([project])
    because = " ".join(reason.split())
    if errors := _faults(line, year, amount, because):
        raise ValidationError(errors)
    last = line.forecasts.get(year)
    if last and (last.amount, last.reason) == (amount, because):
        return last
    write(project, version=version, what=THIS)
    made = Forecast.objects.create(project=project, year=year, amount=amount, reason=because, made_by=by)
    changes = [audit.change(f"Forecast for {year}", last and pounds(last.amount), pounds(amount))]
    audit.record("project_forecast", project, by=by, changes=changes, comment=because)
    return made


def _faults(line: ledger.Line, year: Year, amount: Decimal, because: str) -> dict[str, str]:
    if year not in years_of(line):
        return {"year": f"{line.project} has no money in {year}. Choose one of its years"}
    errors = {}
    spent, money = line.spent_in(year), line.money_in(year)
    if fault := amounts.fault("The forecast", amount):
        errors["amount"] = fault
    elif spent is not None and amount < spent:
        errors["amount"] = (
            f"{pounds(spent)} is verified as spent in {year} already. The forecast can’t be lower than that"
        )
    elif money is not None and amount != money and not because:
        more = "more" if amount > money else "less"
        errors["reason"] = (
            f"Say why: the forecast is {pounds(abs(amount - money))} {more} than the {pounds(money)} for {year}"
        )
    if len(because) > LONGEST:
        errors["reason"] = f"The reason must be {LONGEST} characters or fewer"
    return errors
