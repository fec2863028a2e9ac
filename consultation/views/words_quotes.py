"""Quotes: chosen, changed, passed by another person, withdrawn."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import lost_edits
from consultation.actions import quotes as actions
from consultation.forms.words_quotes import QuoteForm
from consultation.models import Comment, Quote
from consultation.views.words_reach import (
    PASS,
    RUN,
    comment_to_read,
    consultation_in_sight,
    quote_in_sight,
)

LIST = "consultation:quote-list"


@require_safe
def quote_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Those that wait for a second person, and those that are passed. Whoever is not of the team sees quotes and no comment."""
    consultation = consultation_in_sight(request, slug)
    quotes = Quote.objects.filter(consultation=consultation).select_related("question", "chosen_by", "passed_by")
    waiting = list(quotes.waiting())
    passable = [one for one in waiting if request.user.has_perm(PASS, one)]
    context = {
        "consultation": consultation,
        "waiting": waiting,
        "passable": passable,
        "passed": quotes.filter(passed_at__isnull=False),
        "may_run": request.user.has_perm(RUN),
    }
    return render(request, "consultation/quote_list.html", context)


def quote_choose(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The words of a comment in a box, to take out what tells who wrote them."""
    comment = comment_to_read(request, slug, pk)
    if chosen := Quote.objects.filter(comment=comment).first():
        return redirect("consultation:quote-edit", slug, chosen.pk)
    back = reverse("consultation:comment-edit", args=[slug, pk])
    form = QuoteForm(request.POST or None, text=comment.text, version=0, submit="Choose this quote", cancel_url=back)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("text", "harmless")}
        try:
            actions.choose(comment, **given, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, "Chosen: the quote waits for another person to pass it")
            return redirect(LIST, slug)
    return _quote(request, form, comment)


def quote_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    quote, changed = quote_in_sight(request, slug, pk), None
    if not request.user.has_perm(RUN):
        raise PermissionDenied
    back = reverse(LIST, args=[slug])
    form = QuoteForm(
        request.POST or None, text=quote.text, version=quote.version, submit="Save the quote", cancel_url=back
    )
    if request.method == "POST" and form.is_valid():
        before = quote.version
        try:
            actions.change(quote, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, quote)
        else:
            saved = "Saved: the quote waits for another person to pass it"
            messages.success(request, saved if quote.version != before else "Nothing was changed")
            return redirect(back)
    return _quote(request, form, quote.comment, quote, changed)


@require_POST
def quote_pass(request: HttpRequest, slug: str) -> HttpResponse:
    """The ticked ones, each as it was shown."""
    consultation = consultation_in_sight(request, slug)
    if not request.user.has_perm(PASS, Quote(chosen_by_id=0)):
        raise PermissionDenied
    ticked = dict(tick.partition(":")[::2] for tick in request.POST.getlist("quote"))
    quotes = Quote.objects.filter(consultation=consultation)
    passed, refusals = 0, []
    for quote in quotes.filter(pk__in=[key for key in ticked if key.isascii() and key.isdecimal() and len(key) < 19]):
        try:
            actions.pass_(quote, version=_version(ticked[str(quote.pk)]), by=request.user)
        except ValidationError as refusal:
            refusals.append(refusal.messages[0])
        else:
            passed += 1
    _tell(request, passed, refusals)
    return redirect(LIST, slug)


@require_POST
def quote_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    quote = quote_in_sight(request, slug, pk)
    if not request.user.has_perm(RUN):
        raise PermissionDenied
    try:
        actions.withdraw(quote, version=_version(request.POST.get("version", "")), by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, "Withdrawn: the quote is not published any more, and its comment can be chosen again")
    return redirect(LIST, slug)


def _quote(
    request: HttpRequest, form: QuoteForm, comment: Comment | None, quote: Quote | None = None, changed: object = None
) -> HttpResponse:
    consultation = quote.consultation if quote else comment.response.consultation if comment else None
    context = {"form": form, "comment": comment, "quote": quote, "consultation": consultation, "changed": changed}
    return render(request, "consultation/quote_edit.html", context)


def _tell(request: HttpRequest, passed: int, refusals: list[str]) -> None:
    if passed:
        messages.success(request, f"{passed} quote{' is' if passed == 1 else 's are'} passed and can be published")
    for refusal in dict.fromkeys(refusals):
        messages.error(request, refusal)
    if not passed and not refusals:
        messages.error(request, "Tick the quotes that you pass")


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
