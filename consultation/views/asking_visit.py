"""What every page of the public form begins with: which consultation, what has been filled in so far, and whether it is still open."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from consultation import asked, filling, hours, interface, steps
from consultation.answers import LONGEST_TEXT
from consultation.asked import Asked
from consultation.filling import Filling, Sent
from consultation.hours import Stand
from consultation.models import Channel, Consultation
from consultation.steps import Step
from lib.written import figure

CLEARS_AFTER, WARNS_AFTER, THANKS_FOR = 60, 40, 15  # seconds without touch on a library's screen
SCREENS = "have-your-say-screens"  # in the session: the key of the screen by the consultation
TOO_OFTEN = "These pages came very fast. Nothing is lost: wait a minute, then press the button again."


@dataclass(frozen=True)
class Visit:
    """One look at one page of a form that was begun."""

    request: HttpRequest
    consultation: Consultation
    now: dt.datetime
    stand: Stand
    form: Asked
    filling: Filling

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return steps.of(self.form)

    @cached_property
    def is_too_often(self) -> bool:
        return self.request.method == "POST" and filling.is_too_often(self.request.session, self.now)

    @property
    def returns_to_check(self) -> bool:
        """The page was opened to change one answer."""
        return self.request.GET.get("back") == "check"

    def url(self, page: str, *more: str) -> str:
        return reverse(f"consultation:asking-{page}", args=[self.consultation.slug, *more])

    def step_url(self, step: Step | None) -> str:
        """Of a question; without one of what follows the last: the questions about who people are have a page before them."""
        back = "?back=check" if self.returns_to_check else ""
        return self.url("step", step.name) + back if step else self.url("check")

    def keep(self) -> None:
        keep(self.request, self.consultation, self.filling, self.now)

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        channel = screen(self.consultation, self.filling.channel)
        return show(
            self.request, self.form, template, self.stand, channel, status=status, filling=self.filling, **context
        )


def visit(request: HttpRequest, slug: str) -> Visit | HttpResponse:
    """The form that this person is filling in; or where to go without one: to the start, or to the thanks when it was sent."""
    consultation, now = public(slug), timezone.now()
    held = filling.found(request.session, consultation, now)
    if isinstance(held, Sent):
        return redirect("consultation:asking-sent", slug)
    if held is None:
        return _without_form(request, consultation)
    if chosen := request.GET.get("lang"):
        held.language = chosen[:12]
        keep(request, consultation, held, now)
    stand = hours.stand(consultation, now, held.began_at)
    return Visit(request, consultation, now, stand, asked.read(consultation, held.language), held)


def _without_form(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """To the start: on a library's screen to its own, which clears itself; elsewhere with a word of what became of the form."""
    key = request.session.get(SCREENS, {}).get(consultation.slug, "")
    if key and screen(consultation, key):
        return redirect("consultation:asking-kiosk", consultation.slug, key)
    return redirect(reverse("consultation:asking-start", args=[consultation.slug]) + "?gone")


def stay(request: HttpRequest, consultation: Consultation, kiosk: Channel) -> None:
    """This browser is a library's screen: who presses "back" after it has cleared stays at that screen's start."""
    request.session[SCREENS] = {**request.session.get(SCREENS, {}), consultation.slug: kiosk.key}
    expire(request)


def public(slug: str) -> Consultation:
    return get_object_or_404(Consultation.objects.public(), slug=slug)


def keep(request: HttpRequest, consultation: Consultation, held: Filling, now: dt.datetime) -> None:
    filling.keep(request.session, consultation, held, now)
    expire(request)


def expire(request: HttpRequest) -> None:
    """The session of somebody who only answers goes after an hour, with all that is in it."""
    if not request.user.is_authenticated:
        request.session.set_expiry(int(filling.KEPT_FOR.total_seconds()))


def screen(consultation: Consultation, key: str) -> Channel | None:
    """The library's screen of this key; None for any other way."""
    return Channel.objects.filter(consultation=consultation, key=key, way=Channel.Way.KIOSK).first()


def screen_or_404(consultation: Consultation, key: str) -> Channel:
    if channel := screen(consultation, key):
        return channel
    raise Http404


def show(
    request: HttpRequest,
    form: Asked,
    template: str,
    stand: Stand,
    kiosk: Channel | None,
    /,
    *,
    status: int = 200,
    filled: dict[str, object] | None = None,
    **context: Any,
) -> HttpResponse:
    """A page of the form in its language; on a library's screen larger, and it clears itself."""
    consultation = form.consultation
    days = {"day": consultation.closes_on, "most": figure(LONGEST_TEXT)}
    told = {
        "asked": form,
        "consultation": consultation,
        "words": interface.words(form, **days | (filled or {})),
        "removed": interface.words(form, day=consultation.purge_on)["removed"] if consultation.purge_on else None,
        "in_english": form.language == asked.ENGLISH,
        "languages": _languages(request, form),
        "stand": stand,
        "kiosk": kiosk,
        "kiosk_url": reverse("consultation:asking-kiosk", args=[consultation.slug, kiosk.key]) if kiosk else "",
        "clears_after": CLEARS_AFTER,
        "warns_after": WARNS_AFTER,
        "longest_text": LONGEST_TEXT,
    }
    response = render(request, f"consultation/{template}.html", {**told, **context}, status=status)
    response["Cache-Control"] = "private, no-store"  # also the copy to which "back" in the browser returns
    return response


def _languages(request: HttpRequest, form: Asked) -> list[dict[str, object]]:
    """A link to this page in each language, where there are several."""
    if not form.languages:
        return []
    told = [(asked.ENGLISH, "English"), *((one.code, one.name) for one in form.languages)]
    query = request.GET.copy()
    links = []
    for code, name in told:
        query["lang"] = code
        links.append({"code": code, "name": name, "url": f"?{query.urlencode()}", "is_current": code == form.language})
    return links
