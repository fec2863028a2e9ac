"""The form itself: one question a page, its answers looked over, and sent. Nobody signs in."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from consultation import addresses, asked, filling, hours, interface, steps
from consultation.actions import receiving
from consultation.actions.receiving import Came
from consultation.asked import AskedQuestion
from consultation.forms.asking import SendForm, StepForm, no_earlier
from consultation.hours import Stand
from consultation.interface import Word
from consultation.models import Channel
from consultation.steps import Step
from consultation.views.asking_visit import TOO_OFTEN, Visit, expire, public, show, visit
from lib import throttle

OPEN_TO_ALL = ["GET", "HEAD", "POST"]
answers = throttle.by_address(
    "asking answers", 600, methods=("POST",)
)  # sixty who share an address, ten questions a minute each
NOTHING = "There is no answer yet. Answer at least one question before you send."


@login_not_required
@require_http_methods(OPEN_TO_ALL)
@answers
def asking_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """One question. What was typed is kept even when the form can't be sent any more."""
    seen = visit(request, slug)
    if isinstance(seen, HttpResponse):
        return _typed_without_form(request, slug, step) or seen
    shown = steps.named(seen.steps, step)
    if shown is None:
        return redirect(seen.step_url(seen.steps[0]))
    if shown.place > len(seen.filling.choices) + 1:
        return _out_of_order(seen, shown)
    form = _form(seen, shown, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _over(seen) if seen.stand == Stand.OVER else _asked(seen, shown, form)
    seen.filling.filled_the_trap |= form.fell_into_the_trap
    if seen.is_too_often:
        form.refuse(TOO_OFTEN)
        return _asked(seen, shown, form, status=429)
    is_skipped = request.POST.get("do") == "skip"
    if not is_skipped and not form.is_valid():
        return _over(seen, request.POST) if seen.stand == Stand.OVER else _asked(seen, shown, form)
    _answer(seen, shown, {} if is_skipped else form.cleaned_data)
    seen.keep()
    return _over(seen) if seen.stand == Stand.OVER else redirect(_next(seen, shown))


@login_not_required
def asking_about_you(request: HttpRequest, slug: str) -> HttpResponse:
    """Before the questions about who people are: that they are apart, and may be skipped."""
    seen = visit(request, slug)
    if isinstance(seen, HttpResponse):
        return seen
    if seen.stand == Stand.OVER:
        return _over(seen)
    first = next((step for step in seen.steps if step.question.is_monitoring), None)
    if first is None:
        return redirect(seen.url("check"))
    asked_before = [step for step in seen.steps if not step.question.is_monitoring]
    back = seen.step_url(_last(seen, asked_before)) if asked_before else seen.url("start")
    return seen.page("asking_about_you", back_url=back, first_url=seen.step_url(first), check_url=seen.url("check"))


@login_not_required
@require_http_methods(OPEN_TO_ALL)
@answers
def asking_check(request: HttpRequest, slug: str) -> HttpResponse:
    """All answers once more, then they are sent. A second press leads to the same thanks."""
    seen = visit(request, slug)
    if isinstance(seen, HttpResponse):
        return seen
    if seen.stand == Stand.OVER:
        return _over(seen)
    form = SendForm(request.POST if request.method == "POST" else None, language=seen.form.language)
    if request.method == "POST":
        if seen.is_too_often:
            form.refuse(TOO_OFTEN)
            return _checked(seen, form, status=429)
        seen.filling.filled_the_trap |= form.fell_into_the_trap
        if request.POST.get("do") == "without_code":
            seen.filling.code = ""
            seen.keep()
        if _send(seen, form):
            return redirect(seen.url("sent"))
    return _checked(seen, form)


def _send(seen: Visit, form: SendForm) -> bool:
    given = seen.filling.given(seen.form)
    if given.is_empty:
        form.refuse(NOTHING)
        return False
    is_late = seen.stand == Stand.LATE
    came = Came(
        language=seen.form.language,
        digest=addresses.digest(seen.request, seen.consultation),
        was_fast=seen.filling.was_fast(seen.now),
        filled_the_trap=seen.filling.filled_the_trap,
        is_late=is_late,
    )
    try:
        receiving.receive(
            seen.form,
            given=given,
            channel=Channel.objects.get(consultation=seen.consultation, key=seen.filling.channel),
            token=uuid.UUID(seen.filling.token),
            at=seen.now,
            on=timezone.localdate(seen.now),
            came=came,
            code=seen.filling.code,
            by=None,
        )
    except ValidationError as error:
        for sentence in error.messages:
            form.refuse(sentence)
        form.code_is_at_fault = "code" in getattr(error, "error_dict", {})
        return False
    filling.close(seen.request.session, seen.consultation, seen.filling, is_late=is_late, now=seen.now)
    expire(seen.request)
    return True


# ---------------------------------------------------------------- one question


def _form(seen: Visit, step: Step, data: Any) -> StepForm:
    words = interface.words(seen.form)
    label = words[step.ordinal] if step.place else interface.of_question(seen.form, step.question)
    return StepForm(data, step=step, filling=seen.filling, asked=seen.form, label=label, what_else=words["what_else"])


def _asked(seen: Visit, step: Step, form: StepForm, status: int = 200) -> HttpResponse:
    words = interface.words(seen.form, number=step.number, of=step.of)
    texts = _texts(seen, step.question)
    earlier = list(
        zip(_ordinals(words), (texts.get(pk, "") for pk in seen.filling.choices[: step.place - 1]), strict=False)
    )
    return seen.page(
        "asking_step",
        status,
        form=form,
        step=step,
        question=interface.of_question(seen.form, step.question),
        position=words["about_you_of" if step.question.is_monitoring else "question_of"],
        earlier=earlier if step.place else [],
        is_long=len(step.question.options) > 12,
        shows_panel=step.place > 0 and bool(seen.form.panel),
        back_url=_back(seen, step),
        filled={"source": seen.consultation.panel_source},
    )


def _answer(seen: Visit, step: Step, told: Mapping[str, Any]) -> None:
    """Write down what was answered; nothing told is nothing answered."""
    held, question = seen.filling, step.question
    if question.is_text:
        held.write(question, told.get("answer") or "")
    elif not question.is_ranked:
        answer = told.get("answer") or []
        held.answer(question, answer if isinstance(answer, list) else [answer])
    else:
        held.choose(step.place, told.get("answer"))
        if "other" in told:
            held.write(question, told["other"])
        others = {option.pk for option in question.options if option.is_other}
        if not others & set(held.choices):
            held.write(question, "")


def _next(seen: Visit, step: Step) -> str:
    following = steps.after(seen.steps, step, len(seen.filling.choices))
    if seen.returns_to_check:
        return seen.step_url(following if following and following.place > 1 else None)
    if following and following.question.is_monitoring and not step.question.is_monitoring:
        return seen.url("about-you")
    return seen.step_url(following)


def _back(seen: Visit, step: Step) -> str:
    earlier = steps.before(seen.steps, step, len(seen.filling.choices))
    if seen.returns_to_check:
        return seen.step_url(earlier if step.place > 1 else None)
    if step.question.is_monitoring and (earlier is None or not earlier.question.is_monitoring):
        return seen.url("about-you")
    return seen.step_url(earlier) if earlier else seen.url("start")


def _last(seen: Visit, among: list[Step]) -> Step:
    """The last of these that was asked: a third choice only after a second."""
    return next(step for step in reversed(among) if step.place < 2 or step.place <= len(seen.filling.choices) + 1)


def _out_of_order(seen: Visit, step: Step) -> HttpResponse:
    """A later choice before an earlier: the page of the one that is missing, and to who sent one a sentence."""
    missing = next(one for one in seen.steps if one.place == len(seen.filling.choices) + 1)
    if seen.request.method != "POST" or seen.stand == Stand.OVER:
        return redirect(seen.step_url(missing))
    form = _form(seen, missing, {})
    form.refuse(no_earlier(step))
    return _asked(seen, missing, form)


# ---------------------------------------------------------------- all of them


@dataclass(frozen=True)
class Looked:
    """One question on the page on which the answers are looked over. `answers` is empty when it was skipped."""

    question: Word
    answers: list[str | Word]
    url: str
    is_written: bool


def _looked_over(seen: Visit) -> list[Looked]:
    words, rows, held = interface.words(seen.form), [], seen.filling
    for step in (step for step in seen.steps if step.place < 2):
        question = step.question
        texts = _texts(seen, question)
        written = held.texts.get(question.key, "")
        if question.is_ranked:
            chosen = [
                format_html("{}: {}", word, texts.get(pk, ""))
                for word, pk in zip(_ordinals(words), held.choices, strict=False)
            ]
        else:
            chosen = [texts[pk] for pk in held.options.get(question.key, []) if pk in texts]
        url = f"{seen.url('step', step.name)}?back=check"
        rows.append(
            Looked(
                interface.of_question(seen.form, question),
                [*chosen, *([written] if written else [])],
                url,
                question.is_text,
            )
        )
    return rows


def _texts(seen: Visit, question: AskedQuestion) -> dict[int, Word]:
    return {option.pk: interface.of_option(seen.form, question, option) for option in question.options}


def _ordinals(words: Mapping[str, Word]) -> list[Word]:
    return [words["first_choice"], words["second_choice"], words["third_choice"]]


def _checked(seen: Visit, form: SendForm, status: int = 200) -> HttpResponse:
    has_monitoring = any(step.question.is_monitoring for step in seen.steps)
    back = seen.url("about-you") if has_monitoring else seen.step_url(_last(seen, list(seen.steps)))
    return seen.page("asking_check", status, form=form, rows=_looked_over(seen), back_url=back)


# ---------------------------------------------------------------- too late


def _over(seen: Visit, posted: Mapping[str, str] | None = None) -> HttpResponse:
    """It is closed: what they answered, to copy. Nothing is thrown away before the hour is over."""
    written = str(posted.get("answer", "")) if posted else ""  # what was too long to be kept
    return seen.page("asking_over", rows=_looked_over(seen), written=written)


def _typed_without_form(request: HttpRequest, slug: str, name: str) -> HttpResponse | None:
    """Words that were sent when the form had been left for an hour, to copy into a new one. None when there are none."""
    if request.method != "POST":
        return None
    consultation, now = public(slug), timezone.now()
    form = asked.read(consultation, request.GET.get("lang", asked.ENGLISH))
    step = steps.named(steps.of(form), name)
    written = request.POST.get("answer" if step and step.question.is_text else "other", "")
    if step is None or not written:
        return None
    context = {"rows": [], "written": written, "is_lost": True}
    return show(request, form, "asking_over", hours.stand(consultation, now), None, **context)
