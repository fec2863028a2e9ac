"""Who leads what, in one table."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from indicators import actions, leading
from indicators.forms import LeadsForm
from lib.written import in_words


def lead_list(request: HttpRequest) -> HttpResponse:
    """Name who leads each indicator, from today on; saved at once."""
    if not request.user.has_perm("indicators.change_leads"):
        raise PermissionDenied
    today = timezone.localdate()
    gathered = leading.gather(request.user, today)
    form = LeadsForm(request.POST or None, leading=gathered, on=today)
    if request.method == "POST" and form.is_valid():
        try:
            changes = actions.name_leads(form.named(), on=today, by=request.user)
        except actions.Refused as refused:
            form.refuse(refused.rows, leading.gather(request.user, today))
        else:
            count = f"{in_words(changes).capitalize()} change{'' if changes == 1 else 's'}"
            messages.success(request, f"Saved: {count.lower()}" if changes else "Nothing was changed")
            return redirect("indicators:lead-list")
    return render(request, "indicators/lead_list.html", {"form": form, "leading": gathered, "on": today})
