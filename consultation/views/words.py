"""What people wrote: found, read ten at a time, and one by one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import audit, lost_edits
from accounts.models import User
from consultation import comments, harm
from consultation.actions import disclosures
from consultation.actions import words as actions
from consultation.forms.words import ReadForm, TagsForm
from consultation.models import Comment, Question, Tag
from consultation.views.words_reach import comment_to_read, consultation_to_read
from lib.govuk import error_links
from lib.written import in_words

PER_PAGE, TOGETHER = 50, 10
LONGEST_SEARCH = 100  # characters


@require_safe
def comment_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Unread ones first; by question, tag and word."""
    consultation = consultation_to_read(request, slug)
    asked, tags = comments.asked(consultation), list(comments.tags(consultation))
    question, tag = _question(request, asked), _tag(request, tags)
    show, words = request.GET.get("show", ""), request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    found = comments.found(consultation, question=question, tag=tag, show=show, words=words)
    context = {
        "consultation": consultation,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "lede": comments.lede(asked),
        "unread": sum(one.unread for one in asked),
        "tags": tags,
        "question": question,
        "tag": tag,
        "show": show,
        "words": words,
        "is_narrowed": bool(question or tag or show or words),
    }
    return render(request, "consultation/comment_list.html", context)


def comment_read(request: HttpRequest, slug: str) -> HttpResponse:
    """Ten unread ones, each with its tags, saved together. What somebody else has read meanwhile is shown again with what they said."""
    consultation = consultation_to_read(request, slug)
    asked, offered = comments.asked(consultation), list(comments.tags(consultation)[: comments.OFFERED])
    question = _question(request, asked)
    if request.method == "POST":
        sent = Comment.objects.readable(consultation).filter(pk__in=_ids(request)[:TOGETHER])
        held = comments.with_all(sent).order_by("pk")
    else:
        held = comments.to_read(consultation, question=question, after=_number(request.GET.get("after")))[:TOGETHER]
    data = request.POST or None
    forms = [ReadForm(data, comment=one, offered=offered, prefix=f"c{one.pk}") for one in held]
    told: dict[int, list[audit.Line]] = {}
    if request.method == "POST":
        left, told = _save(forms, request.user)
        saved = len(forms) - len(left) - sum(form.is_valid() and form.cleaned_data["later"] for form in forms)
        if saved:
            messages.success(request, f"{in_words(saved).capitalize()} {'is' if saved == 1 else 'are'} read")
        if not left:
            return redirect(_next(request, slug, question, forms))
        forms = left
    context = {
        "consultation": consultation,
        "rows": [(form, told.get(form.comment.pk, [])) for form in forms],
        "form": next((form for form in forms if form.errors), None),  # for the page's title
        "links": [link for form in forms if form.errors for link in error_links(form)],
        "question": question,
        "asked": asked,
        "unread": sum(one.unread for one in asked if question is None or one.question == question),
        "button": f"Save the {in_words(len(forms))}" if len(forms) > 1 else "Save this one",
    }
    return render(request, "consultation/comment_read.html", context)


def comment_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One comment: its tags, its quote, whether somebody sees to it, and who has read it."""
    comment, changed = comment_to_read(request, slug, pk), None
    offered = comments.tags(comment.response.consultation)
    back = reverse("consultation:comment-list", args=[slug])
    form = TagsForm(request.POST or None, comment=comment, offered=offered, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            actions.read(comment, tags=form.named, version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, comment)
        else:
            messages.success(request, "Saved: what the comment is about")
            return redirect("consultation:comment-edit", slug, pk)
    context = {
        "comment": comment,
        "consultation": comment.response.consultation,
        "form": form,
        "changed": changed,
        "harm": harm.words_found(comment.text),
        "lines": audit.lines(audit.history(comment)),
    }
    return render(request, "consultation/comment_edit.html", context)


@require_POST
def disclosure_raise(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One press: somebody should see to this now."""
    comment = comment_to_read(request, slug, pk)
    try:
        disclosure = disclosures.raise_(comment, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, f"{disclosure.owner.name} sees to it")
    return redirect("consultation:comment-edit", slug, pk)


def _save(forms: list[ReadForm], by: User) -> tuple[list[ReadForm], dict[int, list[audit.Line]]]:
    """Save each for itself. Returns those that were refused, with what others did to them by the comment's id."""
    left, told = [], {}
    for form in forms:
        if form.is_valid():
            comment = form.comment
            try:
                if form.cleaned_data["harm"]:
                    disclosures.raise_(comment, by=by)
                if not form.cleaned_data["later"]:
                    actions.read(comment, tags=form.named, version=form.cleaned_data["version"], by=by)
            except ValidationError as error:
                told[comment.pk] = lost_edits.refused(form, error, comment)
        if form.errors:
            left.append(form)
    return left, told


def _next(request: HttpRequest, slug: str, question: Question | None, forms: list[ReadForm]) -> str:
    """The next ten, behind those that were kept unread."""
    kept = [form.comment.pk for form in forms if form.cleaned_data["later"]]
    query = {
        "question": question.key if question else "",
        "after": max(kept, default=0) or request.GET.get("after", ""),
    }
    said = {name: value for name, value in query.items() if value}
    return reverse("consultation:comment-read", args=[slug], query=said or None)


def _question(request: HttpRequest, asked: list[comments.AskedInWords]) -> Question | None:
    return next((one.question for one in asked if one.question.key == request.GET.get("question")), None)


def _tag(request: HttpRequest, tags: list[Tag]) -> Tag | None:
    return next((one for one in tags if str(one.pk) == request.GET.get("tag")), None)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _ids(request: HttpRequest) -> list[int]:
    return [number for text in request.POST.getlist("comment") if (number := _number(text))]
