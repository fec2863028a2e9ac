"""Responses that somebody may want to look at: counted, or set aside, many at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import lost_edits
from consultation import flagged
from consultation.actions import looking as actions
from consultation.forms.words_looking import COUNT, LookingForm
from consultation.models import Consultation
from consultation.views.words_reach import consultation_to_read

PER_PAGE = 50


def response_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The groups, and the responses of one of them with what they chose."""
    consultation = consultation_to_read(request, slug)
    sizes = flagged.sizes(consultation)
    group = flagged.group(request.GET.get("group", "")) or next((one for one, size in sizes if size), flagged.GROUPS[0])
    size = next(size for one, size in sizes if one == group)
    found = group.responses(consultation).order_by("pk")
    newest = found.order_by("-pk").values_list("pk", flat=True).first() or 0
    form = LookingForm(request.POST or None, group=group, size=size, up_to=newest)
    if request.method == "POST" and form.is_valid():
        try:
            done = _move(consultation, form, request)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, done)
            return redirect(reverse("consultation:response-list", args=[slug], query={"group": group.key}))
    page = Paginator(found.select_related("channel", "first", "second", "third"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "consultation": consultation,
        "sizes": sizes,
        "lede": flagged.lede(sizes),
        "nothing": not any(size for _, size in sizes),
        "group": group,
        "size": size,
        "page": page,
        "form": form,
        "ticked": set(request.POST.getlist("only")),
        "rows": flagged.rows(page),
    }
    return render(request, "consultation/response_list.html", context)


def _move(consultation: Consultation, form: LookingForm, request: HttpRequest) -> str:
    """Do what the button says, and tell how many it was done to."""
    said = {"group": form.group, "only": form.chosen, "up_to": form.cleaned_data["up_to"], "by": request.user}
    if request.POST.get("do") == COUNT:
        moved, done = actions.count(consultation, **said), "counted"
    else:
        moved, done = actions.set_aside(consultation, because=form.cleaned_data["because"], **said), "set aside"
    told = f"{moved:,} response{' is' if moved == 1 else 's are'} {done}"
    missed = len(set(form.chosen)) - moved if form.chosen is not None else 0
    return f"{told}. {missed:,} had been changed meanwhile and stayed as they are" if missed else told
