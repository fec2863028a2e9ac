"""Growth and savings by year, and people who are paid for."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit, lost_edits
from accounts.models import Organisation
from governance.actions import budget_changes, posts
from governance.forms.streams_beside import BudgetChangeForm, PostsForm
from governance.funding import budget
from governance.models import Body, BudgetChange, FundedPosts, FundingStream
from governance.views.streams import CHANGE, VIEW
from priorities.models import Priority


@require_safe
def budget_change_list(request: HttpRequest) -> HttpResponse:
    """By year, the latest first, with what each comes to."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    rows = BudgetChange.objects.visible_to(request.user).select_related("stream", "priority")
    context = {"years": budget.by_year(rows), "may_change": request.user.has_perm(CHANGE)}
    return render(request, "governance/budget_change_list.html", context)


def budget_change_add(request: HttpRequest) -> HttpResponse:
    _may_change(request)
    back = reverse("governance:budget-change-list")
    form = BudgetChangeForm(request.POST or None, cancel_url=back, **_money(request))
    if request.method == "POST" and form.is_valid():
        try:
            change = budget_changes.add(content=form.content(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Added: {change}")
            return redirect(back)
    return render(request, "governance/budget_change_add.html", {"form": form})


def budget_change_edit(request: HttpRequest, pk: int) -> HttpResponse:
    change, changed = get_object_or_404(BudgetChange.objects.visible_to(request.user), pk=pk), None
    _may_change(request)
    back = reverse("governance:budget-change-list")
    form = BudgetChangeForm(request.POST or None, change=change, cancel_url=back, **_money(request))
    if request.method == "POST" and form.is_valid():
        before = change.version
        try:
            budget_changes.edit(change, content=form.content(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, change)
        else:
            messages.success(request, "The line is saved" if change.version != before else "Nothing was changed")
            return redirect(back)
    lines = audit.lines(audit.history(change))
    context = {"change": change, "form": form, "changed": changed, "lines": lines}
    return render(request, "governance/budget_change_edit.html", context)


@require_safe
def funded_posts_list(request: HttpRequest) -> HttpResponse:
    """All that are or were paid for; the total is of those who are there today."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    rows = FundedPosts.objects.visible_to(request.user).select_related("stream", "body", "priority")
    groups, today = list(rows), timezone.localdate()
    number = sum(group.number for group in groups if group.are_there(today))
    context = {
        "groups": groups,
        "number": number,
        "others": sum(group.number for group in groups) - number,
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "governance/funded_posts_list.html", context)


def funded_posts_add(request: HttpRequest) -> HttpResponse:
    _may_change(request)
    back = reverse("governance:funded-posts-list")
    form = PostsForm(request.POST or None, cancel_url=back, **_money(request), **_who(request))
    if request.method == "POST" and form.is_valid():
        try:
            group = posts.add(content=form.content(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Added: {group.name}")
            return redirect(back)
    return render(request, "governance/funded_posts_add.html", {"form": form})


def funded_posts_edit(request: HttpRequest, pk: int) -> HttpResponse:
    group, changed = get_object_or_404(FundedPosts.objects.visible_to(request.user), pk=pk), None
    _may_change(request)
    back = reverse("governance:funded-posts-list")
    form = PostsForm(request.POST or None, group=group, cancel_url=back, **_money(request), **_who(request))
    if request.method == "POST" and form.is_valid():
        before = group.version
        try:
            posts.edit(group, content=form.content(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, group)
        else:
            messages.success(request, "The posts are saved" if group.version != before else "Nothing was changed")
            return redirect(back)
    lines = audit.lines(audit.history(group))
    context = {"group": group, "form": form, "changed": changed, "lines": lines}
    return render(request, "governance/funded_posts_edit.html", context)


def _may_change(request: HttpRequest) -> None:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied


def _money(request: HttpRequest) -> dict[str, Any]:
    """What a line can be tied to."""
    user = request.user
    return {
        "streams": list(FundingStream.objects.visible_to(user)),
        "priorities": list(Priority.objects.visible_to(user).select_related("plan")),
    }


def _who(request: HttpRequest) -> dict[str, Any]:
    user = request.user
    return {
        "bodies": list(Body.objects.visible_to(user)),
        "organisations": list(Organisation.objects.visible_to(user).with_names()),
    }
