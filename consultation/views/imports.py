"""Files of a survey run elsewhere: upload one, say what its columns and answers are, look at what it would count, record it, undo it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import audit, incoming, lost_edits
from consultation import asked
from consultation.actions import batches, imports
from consultation.forms.imports import AnswersForm, ColumnsForm, RecordForm, UndoForm, UploadForm
from consultation.imports import doubting, mapping, previewing
from consultation.imports.mapping import Reads
from consultation.models import Batch, Channel, Consultation, Source
from lib import too_large
from lib.sheets import Unusable
from lib.uploads import status

PERMISSION = "consultation.run_consultation"
PER_PAGE = 25
SOURCES = 50  # names of surveys that are offered
State = Batch.State


@require_safe
def import_list(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = _allowed(request, slug)
    files = Batch.objects.filter(consultation=consultation, kind=Batch.Kind.IMPORT)
    people = ("consultation", "channel", "made_by", "source")
    page = Paginator(files.select_related(*people), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "consultation": consultation,
        "page": page,
        "rows": [(batch, _address(batch, "import-detail")) for batch in page],
        "refusal": imports.why_none(consultation),
    }
    return render(request, "consultation/import_list.html", context)


@too_large.takes()
def import_add(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, posted = _allowed(request, slug), request.method == "POST"
    channels = list(Channel.objects.filter(consultation=consultation, way=Channel.Way.IMPORTED))
    form = UploadForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        channels=channels,
        sender=incoming.sender(request),
        cancel_url=reverse("consultation:import-list", args=[slug]),
    )
    if posted and form.is_valid():
        try:
            batch = imports.add(consultation, **form.upload(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            return redirect(_address(batch, "import-columns"))
    context = {
        "consultation": consultation,
        "form": form,
        "refusal": imports.why_none(consultation),
        "has_channel": bool(channels),
        "sources": Source.objects.values_list("name", flat=True)[:SOURCES],
    }
    return render(request, "consultation/import_add.html", context, status=status(form))


@never_cache
def import_columns(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What each column of the file holds."""
    batch, changed = _batch(request, slug, pk), None
    if batch.state != State.OPEN:
        return redirect(_address(batch, "import-detail"))
    try:
        table = previewing.table_of(batch)
    except Unusable as unusable:
        return _unread(request, batch, unusable)
    form_asked = asked.read(batch.consultation)
    form = ColumnsForm(request.POST or None, batch=batch, table=table, questions=form_asked.questions)
    if request.method == "POST" and form.is_valid():
        try:
            imports.tell_columns(batch, columns=form.columns(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, batch)
        else:
            groups = previewing.groups(table, Reads.from_json(batch.mapping), form_asked)
            return redirect(_address(batch, "import-answers" if groups else "import-detail"))
    texts = {mapping.plain(option.text) for question in form_asked.questions for option in question.options}
    doubt = doubting.looks_like_totals(table, texts)
    context = {"batch": batch, "table": table, "form": form, "changed": changed, "doubt": doubt}
    return render(request, "consultation/import_columns.html", context)


@never_cache
def import_answers(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What each different answer of the file stands for."""
    batch, changed = _batch(request, slug, pk), None
    if batch.state != State.OPEN:
        return redirect(_address(batch, "import-detail"))
    try:
        table = previewing.table_of(batch)
    except Unusable as unusable:
        return _unread(request, batch, unusable)
    groups = previewing.groups(table, Reads.from_json(batch.mapping), asked.read(batch.consultation))
    form = AnswersForm(request.POST or None, batch=batch, table=table, groups=groups)
    if request.method == "POST" and form.is_valid():
        try:
            imports.tell_answers(batch, answers=form.answers(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, batch)
        else:
            return redirect(_address(batch, "import-detail"))
    doubts = doubting.percentages(table, [at for group in groups for at in group.columns])
    placings = form.placings()
    left = sum(len(one.open) for one in placings)
    context = {"batch": batch, "form": form, "placings": placings, "left": left, "changed": changed, "doubts": doubts}
    return render(request, "consultation/import_answers.html", context)


@never_cache
def import_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the file would count; posted, it is recorded. Once it is recorded or gone, what it counted."""
    batch = _batch(request, slug, pk)
    if batch.state != State.OPEN:
        return _recorded(request, batch)
    today, changed = timezone.localdate(), None
    reads = Reads.from_json(batch.mapping)
    try:
        preview = previewing.of(batch, today)
    except Unusable as unusable:
        return _unread(request, batch, unusable)
    if preview.unplaced or not any(reads.columns):
        return redirect(_address(batch, "import-answers" if reads.answers else "import-columns"))
    refused = len(preview.refused)
    form = RecordForm(request.POST or None, version=batch.version, counted=len(preview.counted), refused=refused)
    if request.method == "POST" and form.is_valid():
        try:
            leave_out = refused if form.cleaned_data.get("leave_out") else 0
            imports.record(batch, leave_out=leave_out, version=form.cleaned_data["version"], on=today, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, batch)
        else:
            messages.success(request, "Recorded: the responses of this file are counted")
            return redirect(_address(batch, "import-detail"))
    context = {
        "batch": batch,
        "preview": preview,
        "page": Paginator(preview.refused, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "changed": changed,
        "refusal": imports.why_none(batch.consultation),
    }
    return render(request, "consultation/import_detail.html", context)


def import_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    batch, changed = _batch(request, slug, pk), None
    back = _address(batch, "import-detail")
    if batch.state != State.DONE:
        return redirect(back)
    form = UndoForm(request.POST or None, batch=batch, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            batches.undo(batch, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, batch)
        else:
            messages.success(request, "Undone: no response of this file is counted any more")
            return redirect(back)
    context = {"batch": batch, "form": form, "changed": changed, "count": batches.entered(batch)}
    return render(request, "consultation/import_undo.html", context)


@require_POST
def import_discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    batch = _batch(request, slug, pk)
    try:
        version = int(request.POST.get("version", ""))
        imports.discard(batch, version=version, by=request.user)
    except ValueError:
        messages.error(request, "Open the page again: it lost track of the file")
        return redirect(_address(batch, "import-detail"))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(_address(batch, "import-detail"))
    messages.success(request, "Thrown away: nothing of the file was recorded")
    return redirect("consultation:import-list", slug)


def _recorded(request: HttpRequest, batch: Batch) -> HttpResponse:
    context = {
        "batch": batch,
        "count": batches.entered(batch),
        "lines": audit.lines(audit.history(batch)),
    }
    return render(request, "consultation/import_recorded.html", context)


def _unread(request: HttpRequest, batch: Batch, why: Unusable) -> HttpResponse:
    """The file of an open batch can't be read any more: what is left is to throw it away."""
    return render(request, "consultation/import_unread.html", {"batch": batch, "why": str(why)})


def _batch(request: HttpRequest, slug: str, pk: int) -> Batch:
    consultation = _allowed(request, slug)
    held = Batch.objects.filter(consultation=consultation, kind=Batch.Kind.IMPORT)
    people = ("source", "channel", "made_by__organisation", "done_by__organisation", "undone_by__organisation")
    batch: Batch = get_object_or_404(held.select_related(*people), pk=pk)
    batch.consultation = consultation
    return batch


def _address(batch: Batch, name: str) -> str:
    return reverse(f"consultation:{name}", args=[batch.consultation.slug, batch.pk])


def _allowed(request: HttpRequest, slug: str) -> Consultation:
    consultation: Consultation = get_object_or_404(Consultation.objects.visible_to(request.user), slug=slug)
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    return consultation
