"""What goes into a pack: its sections and covering note, and the words that its public edition leaves out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import lost_edits
from accounts.audit import Line
from lib.quarters import Quarter
from priorities.models import Plan
from reporting import offers, terms
from reporting.actions import outlining
from reporting.actions import redacting as actions
from reporting.clearing import redacting
from reporting.forms.outlines import OutlineForm
from reporting.forms.redactions import RedactionsForm
from reporting.models import Outline, Pack

EDIT = "reporting.edit_pack"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outline_edit(request: HttpRequest, quarter: Quarter, kind: str, edition: str) -> HttpResponse:
    """Sections, their order and the covering note of one edition; the next build holds them."""
    if not request.user.has_perm(EDIT):
        raise PermissionDenied
    plan = terms.plan_of(quarter)
    if plan is None or kind not in Pack.Kind.values or edition not in Pack.Edition.values:
        raise Http404
    form = OutlineForm(request.POST or None, outline=_outline(plan, quarter, kind, edition))
    changed: list[Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            outlining.write(plan, quarter, kind=kind, edition=edition, **form.asked, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, _outline(plan, quarter, kind, edition))
        else:
            messages.success(request, "Saved. The next build holds it.")
            return redirect(_next_build(plan, quarter, kind, edition))
    other = Pack.Edition.EXECUTIVE if edition == Pack.Edition.PUBLIC else Pack.Edition.PUBLIC
    context = {
        "form": form,
        "changed": changed,
        "pack": Pack(plan=plan, quarter=quarter, kind=kind, edition=edition),
        "other": {
            "words": Pack.Edition(other).label.lower(),
            "url": reverse("reporting:outline-edit", args=[quarter, kind, other]),
        },
    }
    return render(request, "reporting/outline_edit.html", context)


def _outline(plan: Plan, quarter: Quarter, kind: str, edition: str) -> Outline:
    """The one that is kept, or a new one with everything in it."""
    place = {"plan": plan, "quarter": quarter, "kind": kind, "edition": edition}
    return Outline.objects.filter(**place).first() or Outline(**place)


def _next_build(plan: Plan, quarter: Quarter, kind: str, edition: str) -> str:
    """Where what was kept is built; the list of packs where something else has to be there first."""
    if kind == Pack.Kind.ASSESSMENT:
        return reverse("reporting:assessment-detail", args=[quarter.year])
    what = offers.named(kind, edition)
    if what not in offers.beside(what, plan, quarter):
        return reverse("reporting:pack-list")
    return reverse("reporting:pack-build", query={"quarter": quarter.slug, "what": what})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pack_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Which passages of an executive edition the public one leaves out; `?again=` names a decided one to decide on once more."""
    executive = Pack.objects.visible_to(request.user).ready().filter(edition=Pack.Edition.EXECUTIVE)
    pack = get_object_or_404(executive.select_related("plan"), pk=pk)
    if not request.user.has_perm(EDIT, pack):
        raise PermissionDenied
    found = redacting.words(pack)
    form = RedactionsForm(request.POST or None, words=found, again=request.GET.getlist("again"))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.decide(pack, form.decisions, seen=form.cleaned_data["seen"], by=request.user)
        except actions.DecidedMeanwhile as newer:
            form.told(newer)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Saved: {len(made)} decided." if made else "Nothing was changed.")
            return redirect("reporting:pack-words", pk)
    return render(request, "reporting/pack_words.html", {"pack": pack, "words": found, "form": form})
