"""One press on the board: remind one person, or all who are late."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from indicators import actions
from indicators.models import Round
from lib import throttle
from lib.quarters import Quarter
from lib.written import listed

PLACE = "who-owes"  # where on the board it is told


@require_POST
@throttle.by_person("remind", 20)
def round_remind(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    """Everybody who is late, or the `person` named."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), quarter=quarter)
    if not request.user.has_perm("indicators.run_round"):
        raise PermissionDenied
    named = request.POST.get("person", "")
    on = timezone.localdate()
    try:
        if named:
            person = get_object_or_404(User.objects.visible_to(request.user), pk=_number(named))
            asked = actions.remind_one(round_, person, on=on, by=request.user)
        else:
            asked = actions.remind_late(round_, on=on, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages), extra_tags=PLACE)
    else:
        messages.success(request, f"Reminded: {listed(person.name for person in asked.reminded)}", extra_tags=PLACE)
    return redirect(f"{round_.get_absolute_url()}#{PLACE}")


def _number(typed: str) -> int:
    """0, which nobody has, for what is no number of a person."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else 0
