"""Having a supplier confirm a figure: the partnership team's page, and the one behind the link, which anybody may open who holds it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accounts import lost_edits
from indicators import actions, confirming, entry
from indicators.confirming import State
from indicators.forms import AnswerForm, AskForm
from indicators.models import Confirmation, Return
from lib import throttle


@throttle.by_person("ask", 20)
def confirmation_ask(request: HttpRequest, pk: int) -> HttpResponse:
    returns = Return.objects.visible_to(request.user).select_related("round", "indicator__owner")
    return_ = get_object_or_404(returns, pk=pk)
    if not request.user.has_perm("indicators.send_back_return", return_):
        raise PermissionDenied
    shown = entry.gather(return_, timezone.localdate())
    figure = shown.latest if return_.status == Return.Status.SUBMITTED else None
    refusal = confirming.refusal(figure) if figure else "No figure waits to be verified here."
    if figure is None or refusal:
        messages.error(request, f"Nobody was asked. {refusal}")
        return redirect(return_)
    data = request.POST or None
    form = AskForm(data, figure=figure, version=return_.version, cancel_url=return_.get_absolute_url())
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_to_confirm(return_, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, return_)
        else:
            messages.success(request, f"Asked {asked.to_name} to confirm, by mail to {asked.address}")
            return redirect(return_)
    asking = confirming.asking(figure, request.user, timezone.now())
    context = {"entry": shown, "return_": return_, "form": form, "changed": changed, "asking": asking}
    return render(request, "indicators/confirmation_ask.html", context)


def _too_often(request: HttpRequest) -> HttpResponse:
    return _outside(request, "too_often", status=429)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@throttle.by_address("confirm", 60, answer=_too_often)  # a scanner of mail opens several at once
def confirmation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Looking confirms nothing: mail scanners look at every link. Only the buttons answer."""
    confirmation = confirming.opened(token)
    if confirmation is None:
        raise Http404
    state = confirming.state(confirmation, timezone.now())
    if state in (State.CONFIRMED, State.DISPUTED):
        context = {"confirmation": confirmation, "again": request.method == "POST"}
        return _outside(request, "answered", **context)
    if state != State.OPEN:
        title, sentence = confirming.OVER[state]
        return _outside(request, "over", status=410, title=title, sentence=sentence)
    form = AnswerForm(request.POST if request.method == "POST" else None, answer=request.POST.get("answer", ""))
    if request.method == "POST" and form.is_valid() and _answer(request, confirmation, form):
        return redirect("indicators:confirmation-answer", token=token)
    rows = confirming.rows(confirmation.figure)
    return _outside(request, "answer", confirmation=confirmation, rows=rows, form=form)


def _answer(request: HttpRequest, confirmation: Confirmation, form: AnswerForm) -> bool:
    by = request.user if request.user.is_authenticated else None
    try:
        actions.answer(confirmation, answer=form.answer, said=form.cleaned_data["said"], by=by)
    except ValidationError as error:
        lost_edits.add(form, error)
        return False
    return True


def _outside(request: HttpRequest, page: str, status: int = 200, **context: object) -> HttpResponse:
    """A page for somebody without an account. Not "no-referrer": browsers would then send the form without its origin, and it would be refused."""
    response = render(request, f"indicators/confirmation_{page}.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
