"""Drafting a quarter's updates: all open actions of a plan on one page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import unsent
from governance import quarter_lines
from governance.actions import date_moves, updates
from governance.forms.updates import UpdatesForm, typed_in
from governance.models import DeliveryPlan
from governance.quarter_lines import Line, QuarterLines
from governance.views.updates_reach import plan_in_quarter
from indicators.views import typing
from lib.quarters import Quarter, Year


def delivery_plan_updates(request: HttpRequest, slug: str, year: Year, quarter: Quarter) -> HttpResponse:
    """One form for the page. "No change" and taking a date back act at once, and what was typed elsewhere stays on the page."""
    plan = plan_in_quarter(request, slug, year, quarter)
    page = quarter_lines.gather(plan, quarter, timezone.localdate())
    mine = _mine(request, page)
    if request.POST.get("do") == typing.THROW_AWAY:
        unsent.forget(request.user, plan)
        return redirect(request.path)
    if request.method == "POST" and plan.is_running:
        return _posted(request, page, mine)
    left = typing.left_in(request, plan, ends=())
    typed = left.typed if left and left.typed.get("quarter") == quarter.slug else {}
    form = UpdatesForm(None, lines=_open(mine), plan_version=plan.version, typed=typed)
    return _shown(request, page, mine, form, left if form.is_restored else None)


def _posted(request: HttpRequest, page: QuarterLines, mine: list[Line]) -> HttpResponse:
    plan = page.plan
    form = UpdatesForm(request.POST, lines=_open(mine), plan_version=plan.version)
    if request.POST.get("do") == typing.AUTOSAVE:
        # With nothing typed only the quarter is kept, which gives nothing back.
        return typing.keep(request, plan, {"quarter": page.quarter.slug} | typed_in(request.POST, form.rows), ends=())
    if (place := _at_once(request, page.quarter, mine)) is not None:
        if not form.touched:
            return redirect(f"{request.path}{place}")
        messages.info(request, "What you typed elsewhere on this page is not saved yet")
        again = quarter_lines.gather(plan, page.quarter, page.on)
        mine = _mine(request, again)
        return _shown(request, again, mine, UpdatesForm(request.POST, lines=_open(mine), plan_version=plan.version))
    if not form.touched:
        messages.success(request, "Nothing was changed")
        return redirect(request.path)
    if form.is_valid():
        try:
            saved = updates.draft(plan, quarter=page.quarter, words=form.words(), by=request.user)
        except ValidationError as refusal:
            form.refused(refusal)
        else:
            unsent.forget(request.user, plan)
            some = "One update is" if len(saved) == 1 else f"{len(saved)} updates are"
            messages.success(request, f"Saved: {some} with the chair now")
            return redirect(request.path)
    return _shown(request, page, mine, form)


def _at_once(request: HttpRequest, quarter: Quarter, mine: list[Line]) -> str | None:
    """What one button does by itself. Gives where to go on the page: the row says by itself what was done; None where another was pressed."""
    no_change, take_back = request.POST.get("no_change"), request.POST.get("take_back")
    if not no_change and not take_back:
        return None
    for line in mine:
        try:
            if no_change == f"{line.action.pk}:{line.version}":
                updates.say_no_change(line.action, quarter=quarter, version=line.version, by=request.user)
                return f"#action-{line.action.pk}"
            if line.move and take_back == str(line.move.pk):
                date_moves.take_back(line.move, by=request.user)
                return f"#action-{line.action.pk}"
        except ValidationError as refusal:
            messages.error(request, f"{line.action.reference}: {' '.join(refusal.messages)}")
            return ""
    messages.error(request, "Nothing was done: that action has been changed since you opened this page")
    return ""


def _mine(request: HttpRequest, page: QuarterLines) -> list[Line]:
    """The lines that this person drafts: all of the plan for those who work for its body, else the actions they lead."""
    user = request.user
    if user.has_perm("governance.draft_update", page.plan):
        return list(page.lines)
    led = [line for line in page.lines if user.has_perm("governance.draft_update", line.action)]
    if not led:
        raise PermissionDenied
    return led


def _open(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.takes_words]


def _shown(
    request: HttpRequest, page: QuarterLines, mine: list[Line], form: UpdatesForm, left: unsent.Left | None = None
) -> HttpResponse:
    plan: DeliveryPlan = page.plan
    rows = {row.line.action.pk: row for row in form.rows}
    may_agree = request.user.has_perm("governance.agree_updates", plan)
    agree = reverse("governance:delivery-plan-agree-updates", args=[plan.body.slug, plan.year, page.quarter])
    context = {
        "plan": plan,
        "page": page,
        "form": form,
        "left": left,
        "rows": [(line, rows.get(line.action.pk)) for line in mine],
        "lede": lede(page, mine),
        "takes_words": plan.is_running and page.on >= page.quarter.start,
        "agree_url": agree if may_agree and page.waiting else "",
        "colours": page.colours.of(line.action for line in mine),
        "only_own": len(mine) < len(page.lines),
    }
    return render(request, "governance/delivery_plan_updates.html", context)


def lede(page: QuarterLines, mine: list[Line]) -> str:
    """The first line: what is still to be said."""
    missing = sum(line.is_missing for line in mine)
    if not page.plan.is_running:
        return "This plan is not in delivery, so no updates are asked for."
    if page.on < page.quarter.start:
        return "This quarter has not begun, so nothing can be said of it yet."
    if not mine:
        return "No action of this plan is under way in this quarter."
    if not missing:
        return "Every action has its update." if len(mine) > 1 else "The action has its update."
    return f"{missing} of {len(mine)} actions still need{'s' if missing == 1 else ''} a word."
