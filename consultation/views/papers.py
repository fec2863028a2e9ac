"""Piles of papers: begun, keyed paper by paper, finished, undone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import audit, lost_edits
from consultation import asked, piles
from consultation.actions import batches
from consultation.actions import papers as actions
from consultation.forms.papers import FinishForm, HandInForm, PaperForm, PileForm, TakeOutForm, UndoPileForm, box
from consultation.models import Batch, Channel, Consultation, Response
from lib.govuk import error_links
from lib.refusals import at_boxes

PERMISSION = "consultation.run_consultation"


def allowed(request: HttpRequest, slug: str) -> Consultation:
    """The consultation, for whoever enters papers of it."""
    consultation: Consultation = get_object_or_404(Consultation.objects.visible_to(request.user), slug=slug)
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    return consultation


@require_safe
def pile_list(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = allowed(request, slug)
    found = piles.piles(consultation)
    context = {
        "consultation": consultation,
        "piles": found,
        "lede": piles.lede(found),
        "refusal": batches.why_none(consultation),
        "languages": consultation.languages.all(),
        "series": piles.series(consultation),
    }
    return render(request, "consultation/pile_list.html", context)


def pile_add(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = allowed(request, slug)
    channels = list(Channel.objects.filter(consultation=consultation, way=Channel.Way.PAPER))
    back = reverse("consultation:pile-list", args=[slug])
    form = PileForm(request.POST or None, channels=channels, cancel_url=back) if channels else None
    if form and request.method == "POST" and form.is_valid():
        try:
            batch = batches.begin(consultation, **form.begun(), kind=Batch.Kind.PAPER, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            return redirect(_address(batch, "pile-detail"))
    context = {"consultation": consultation, "form": form, "refusal": batches.why_none(consultation)}
    return render(request, "consultation/pile_add.html", context)


@never_cache  # somebody who goes back and sends again what was saved is told so, by the token of a page that is not kept
def pile_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """While it is being entered: the form for one paper after the other. What is refused stays typed, whatever happened to the pile."""
    batch = _pile(request, slug, pk)
    shown = asked.read(batch.consultation)
    again = _again(request, batch, shown)
    form = PaperForm(
        request.POST or None,
        asked=shown,
        with_code=piles.has_codes(batch.consultation),
        language=request.GET.get("language", ""),
        again=again,
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            actions.key(batch, form=shown, paper=form.paper, on=timezone.localdate(now), at=now, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, at_boxes(error, _boxes(shown)))
            if isinstance(error, actions.SentBefore):
                form.renew()
        else:
            return redirect(_next(batch, form.paper.language))
    form.put_focus()
    batch.refresh_from_db(fields=["state", "version", "done_by", "done_at", "undone_by", "undone_at", "undone_because"])
    context = {
        "batch": batch,
        "pile": piles.pile(batch),
        "form": form,
        "links": list(error_links(form)) if form.is_bound else [],
        "takes": batch.state == Batch.State.OPEN and not batches.why_none(batch.consultation),
        "refusal": batches.why_none(batch.consultation),
        "again": bool(again) and not form.is_bound,
        "numbers": piles.numbers(shown),
        "latest": piles.latest(batch, shown),
        "lines": audit.lines(audit.history(batch)),
    }
    return render(request, "consultation/pile_detail.html", context)


def paper_take_out(request: HttpRequest, slug: str, pk: int, paper: int) -> HttpResponse:
    """Its answers come back into the boxes, so that what was keyed wrongly is put right and nothing else is typed again."""
    batch = _pile(request, slug, pk)
    response: Response = get_object_or_404(Response.objects.filter(batch=batch), pk=paper)
    response.batch = batch
    shown, back = asked.read(batch.consultation), _address(batch, "pile-detail")
    form = TakeOutForm(
        request.POST if request.method == "POST" else None,
        asked=shown,
        with_code=batch.codes.exists(),
        with_monitoring=piles.counts_who(batch),
        cancel_url=back,
    )
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data.get("code", "")
        try:
            actions.take_out(response, form=shown, monitoring=form.monitoring, code=code, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, at_boxes(error, _boxes(shown)))
        else:
            return redirect(f"{back}?again={response.pk}&language={response.language}")
    (keyed,) = piles.read([response], shown)
    context = {"batch": batch, "keyed": keyed, "form": form, "asks": bool(form.fields)}
    return render(request, "consultation/paper_take_out.html", context)


def pile_finish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    batch, changed = _pile(request, slug, pk), None
    back = _address(batch, "pile-detail")
    form = FinishForm(request.POST or None, batch=batch, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            batches.finish(batch, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            batch.refresh_from_db()
            changed = lost_edits.refused(form, error, batch)
        else:
            messages.success(request, f"Finished: {batch.label}")
            return redirect("consultation:pile-list", slug)
    context = {"batch": batch, "pile": piles.pile(batch), "form": form, "changed": changed}
    return render(request, "consultation/pile_finish.html", context)


def pile_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    batch, changed = _pile(request, slug, pk), None
    back = _address(batch, "pile-detail")
    if batch.state == Batch.State.UNDONE:
        return redirect(back)
    form = UndoPileForm(request.POST or None, batch=batch, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            batches.undo(batch, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, batch)
        else:
            messages.success(request, f"Undone: none of “{batch.label}” is counted any more")
            return redirect(back)
    context = {"batch": batch, "pile": piles.pile(batch), "form": form, "changed": changed}
    return render(request, "consultation/pile_undo.html", context)


def hand_in_edit(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, changed = allowed(request, slug), None
    back = reverse("consultation:pile-list", args=[slug])
    form = HandInForm(request.POST or None, consultation=consultation, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_where(consultation, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
        else:
            messages.success(request, "Saved: where papers are handed in")
            return redirect(back)
    context = {"consultation": consultation, "form": form, "changed": changed}
    return render(request, "consultation/hand_in_edit.html", context)


def _pile(request: HttpRequest, slug: str, pk: int) -> Batch:
    consultation = allowed(request, slug)
    held = Batch.objects.filter(consultation=consultation, kind=Batch.Kind.PAPER)
    batch: Batch = get_object_or_404(held.select_related("channel", "made_by", "done_by", "undone_by"), pk=pk)
    batch.consultation = consultation
    return batch


def _again(request: HttpRequest, batch: Batch, shown: asked.Asked) -> dict[str, str]:
    """The answers of the paper that has just been taken out."""
    taken = request.GET.get("again", "")
    if not taken.isdecimal() or len(taken) > 12:
        return {}
    gone = Response.objects.filter(batch=batch, standing=Response.Standing.UNDONE, pk=taken).first()
    return piles.typed(gone, shown) if gone and batch.state == Batch.State.OPEN else {}


def _next(batch: Batch, language: str) -> str:
    """The empty form; in a language other than English the next paper is in it too."""
    address = _address(batch, "pile-detail")
    return address if language == asked.ENGLISH else f"{address}?language={language}"


def _boxes(shown: asked.Asked) -> dict[str, str]:
    return {question.key: box(question.key) for question in shown.questions}


def _address(batch: Batch, name: str) -> str:
    return reverse(f"consultation:{name}", args=[batch.consultation.slug, batch.pk])
