"""Growth and savings in a budget: entered and changed. Nothing of them is ever removed."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from governance.funding import amounts
from governance.models import BudgetChange, FundingStream
from lib.editing import write
from lib.quarters import Year
from lib.written import pounds
from priorities.models import Priority

THIS = "This line"
LONGEST = {"what_for": 200, "note": 2000}

audit.kinds({"budget_change_added": "Growth or saving entered", "budget_change_changed": "Growth or saving changed"})


@dataclass(frozen=True)
class Content:
    """`amount` is never negative: the kind says which way it goes. `stream` is the one that it is taken account of in."""

    kind: str
    year: Year
    what_for: str
    amount: Decimal
    stream: FundingStream | None = None
    priority: Priority | None = None
    note: str = ""


@transaction.atomic
def add(*, content: Content, by: User) -> BudgetChange:
    _refuse(content)
    change = BudgetChange.objects.create(**_columns(content))
    audit.record("budget_change_added", change, by=by, changes=audit.changes({}, _facts(change)))
    return change


@transaction.atomic
def edit(change: BudgetChange, *, content: Content, version: int, by: User) -> BudgetChange:
    """Say `content` of it; saying what is said already leaves no trace."""
    _refuse(content)
    columns = _columns(content)
    if change.version == version and all(getattr(change, name) == value for name, value in columns.items()):
        return change
    before = _facts(change)
    write(change, version=version, what=THIS, **columns)
    audit.record("budget_change_changed", change, by=by, changes=audit.changes(before, _facts(change)))
    return change


def _refuse(content: Content) -> None:
    errors = {}
    if content.kind not in BudgetChange.Kind.values:
        errors["kind"] = "Choose growth or saving"
    if not content.what_for.strip():
        errors["what_for"] = "Say what it is"
    for name, called in (("what_for", "What it is"), ("note", "The note")):
        if len(getattr(content, name).strip()) > LONGEST[name]:
            errors[name] = f"{called} must be {LONGEST[name]:,} characters or fewer"
    if sentence := amounts.fault("The amount", content.amount):
        errors["amount"] = sentence
    elif not content.amount:
        errors["amount"] = "The amount must be more than £0"
    if errors:
        raise ValidationError(errors)


def _columns(content: Content) -> dict[str, object]:
    same = {name: getattr(content, name) for name in ("kind", "year", "amount", "stream", "priority")}
    return same | {
        "what_for": " ".join(content.what_for.split()),
        "note": content.note.replace("\r\n", "\n").strip(),
    }


def _facts(change: BudgetChange) -> dict[str, object]:
    return {
        "Kind": change.get_kind_display(),
        "Year": str(change.year),
        "What it is": change.what_for,
        "Amount": pounds(change.amount),
        "Stream": str(change.stream or ""),
        "Priority": str(change.priority or ""),
        "Note": change.note,
    }
