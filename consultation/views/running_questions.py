"""What a consultation asks: its questions, and the concerns to choose from."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts import audit, lost_edits
from consultation.actions import setting_up_concerns, setting_up_questions
from consultation.forms.running_concerns import ConcernsForm
from consultation.forms.running_questions import OrderForm, QuestionForm
from consultation.models import Concern, Consultation, Option, Question
from consultation.views.running_reach import in_sight, question_of
from lib.editing import VersionForm
from lib.refusals import at_boxes
from priorities.models import Priority

BOXES = {"role": "what", "kind": "what"}


def question_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All questions with their answers; while it is a draft a number beside each puts them in order."""
    consultation = in_sight(request, slug)
    questions = Question.objects.filter(consultation=consultation).prefetch_related("options")
    form = OrderForm(request.POST or None, consultation=consultation, questions=questions)
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            setting_up_questions.order_questions(
                consultation, places=form.places(), version=form.cleaned_data["version"], by=request.user
            )
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
        else:
            messages.success(request, "The order is saved")
            return redirect("consultation:question-list", slug=slug)
    context = {"consultation": consultation, "form": form, "changed": changed}
    return render(request, "consultation/question_list.html", context)


def question_add(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = in_sight(request, slug)
    back = reverse("consultation:question-list", args=[slug])
    form = QuestionForm(request.POST or None, consultation=consultation, taken=_taken(consultation), cancel_url=back)
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            setting_up_questions.add_question(
                consultation, asking=form.asking(), version=form.cleaned_data["version"], by=request.user
            )
        except ValidationError as error:
            changed = lost_edits.refused(form, at_boxes(error, BOXES), consultation)
        else:
            messages.success(request, "The question is added, as the last one")
            return redirect(back)
    context = {"consultation": consultation, "form": form, "changed": changed}
    return render(request, "consultation/question_add.html", context)


def question_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    question = question_of(request, slug, pk)
    consultation = question.consultation
    back = reverse("consultation:question-list", args=[slug])
    form = QuestionForm(
        request.POST or None,
        consultation=consultation,
        taken=_taken(consultation),
        cancel_url=back,
        question=question,
        held=Option.objects.filter(question=question),
    )
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            setting_up_questions.write_question(
                question, asking=form.asking(), version=form.cleaned_data["version"], by=request.user
            )
        except ValidationError as error:
            changed = lost_edits.refused(form, at_boxes(error, BOXES), consultation)
        else:
            messages.success(request, f"The question is saved{_translations(consultation)}")
            return redirect(back)
    context = {"consultation": consultation, "question": question, "form": form, "changed": changed}
    return render(request, "consultation/question_edit.html", context)


@require_POST
def question_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    question = question_of(request, slug, pk)
    form = VersionForm(request.POST)
    if form.is_valid():
        try:
            setting_up_questions.remove_question(question, version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"Removed: {question}")
    else:
        messages.error(request, "Open this page again: it lost track of what you were changing")
    return redirect("consultation:question-list", slug=slug)


def consultation_concerns(request: HttpRequest, slug: str) -> HttpResponse:
    """One page for all: their words and numbers while it is a draft, and what covers each at any time."""
    consultation = in_sight(request, slug)
    form = ConcernsForm(
        request.POST or None,
        consultation=consultation,
        concerns=Concern.objects.filter(consultation=consultation),
        priorities=Priority.objects.visible_to(request.user).filter(plan=consultation.plan_id),
    )
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        before = consultation.version
        try:
            _write_concerns(request, consultation, form)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
        else:
            saved = f"The concerns are saved{_translations(consultation)}"
            messages.success(request, saved if consultation.version != before else "Nothing was changed")
            return redirect("consultation:consultation-concerns", slug=slug)
    context = {"consultation": consultation, "form": form, "changed": changed}
    return render(request, "consultation/consultation_concerns.html", context)


def _write_concerns(request: HttpRequest, consultation: Consultation, form: ConcernsForm) -> None:
    version = form.cleaned_data["version"]
    if not form.is_draft:
        setting_up_concerns.answer_concerns(consultation, concerns=form.answers(), version=version, by=request.user)
        return
    other = " ".join(form.cleaned_data["other"].split())
    setting_up_concerns.write_concerns(
        consultation, concerns=form.listed(), other=other, version=version, by=request.user
    )


def _taken(consultation: Consultation) -> set[str]:
    roles = Question.objects.filter(consultation=consultation).values_list("role", flat=True)
    return set(roles) & set(Question.ONE_EACH)


def _translations(consultation: Consultation) -> str:
    """A reminder, where there is a language whose words may not fit any more."""
    return (
        ". Look whether its translations still fit" if consultation.is_draft and consultation.languages.exists() else ""
    )
