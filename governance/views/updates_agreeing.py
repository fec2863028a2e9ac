"""The chair's one screen for a quarter: what is late, changed colour or moves a date, and one button for all of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from governance import quarter_lines, year_end
from governance.actions import updates
from governance.forms.updates_agreeing import AgreeForm
from governance.quarter_lines import QuarterLines
from governance.views.updates_reach import plan_in_quarter
from lib.numerals import listed
from lib.quarters import Quarter, Year


def delivery_plan_agree_updates(request: HttpRequest, slug: str, year: Year, quarter: Quarter) -> HttpResponse:
    plan = plan_in_quarter(request, slug, year, quarter, "governance.agree_updates")
    today = timezone.localdate()
    page = quarter_lines.gather(plan, quarter, today)
    form = AgreeForm(request.POST if request.method == "POST" else None, page=page)
    if form.is_valid():
        try:
            outcome = updates.agree(plan, quarter=quarter, verdicts=form.verdicts(), by=request.user)
        except ValidationError as refusal:
            page = quarter_lines.gather(plan, quarter, today)
            form = AgreeForm(request.POST, page=page)
            form.is_valid()
            form.refused(refusal)
        else:
            messages.success(request, told(outcome))
            return redirect(request.path)
    context = {
        "plan": plan,
        "page": page,
        "form": form,
        "lede": lede(page),
        "button": button(page),
        "asks_year_end": asks_what_becomes_of_them(page),
        "colours": page.colours,
    }
    return render(request, "governance/delivery_plan_agree_updates.html", context)


def lede(page: QuarterLines) -> str:
    """The first line: how much there is to look at."""
    shown, others = len(page.exceptions), len(page.others)
    if not shown and not others:
        if page.lines and not page.missing:
            return f"All {len(page.agreed)} updates are agreed." if len(page.agreed) > 1 else "The update is agreed."
        return "Nothing waits to be agreed."
    if not shown:
        return "Nothing is late, changed colour or moves a date."
    many = "One action needs" if shown == 1 else f"{shown} actions need"
    return f"{many} a look: late, another colour, or a new date."


def button(page: QuarterLines) -> str:
    """What it does whatever was chosen: it promises to agree only where nothing else can be chosen."""
    waiting = len(page.waiting) if page.has_ended else 0
    if not waiting:
        return "Decide the dates" if page.exceptions else ""
    updates = "the update" if waiting == 1 else f"the {waiting} updates"
    if page.exceptions:
        return f"Record what you say of {updates}"
    return "Agree the update" if waiting == 1 else f"Agree all {waiting} updates"


def asks_what_becomes_of_them(page: QuarterLines) -> bool:
    """Whether this was the last that the plan's quarters want: its year is over, and there are actions that go on or end."""
    plan = page.plan
    is_last = page.quarter == plan.year.quarters[-1] and year_end.is_over(plan.year, page.on)
    return is_last and plan.is_running and not page.missing and plan.actions.open().exists()


def told(outcome: updates.Outcome) -> str:
    """ "9 updates are agreed, one is sent back and one new date is accepted"."""
    parts = [
        _many(outcome.agreed, "update", "agreed"),
        _many(outcome.sent_back, "update", "sent back"),
        _many(outcome.accepted, "new date", "accepted"),
        _many(outcome.kept, "new date", "not accepted"),
        _many(outcome.completed, "action", "complete"),
    ]
    said = listed([part for part in parts if part])
    return f"{said[:1].upper()}{said[1:]}" if said else "Nothing was changed"


def _many(number: int, what: str, done: str) -> str:
    if not number:
        return ""
    return f"one {what} is {done}" if number == 1 else f"{number} {what}s are {done}"
