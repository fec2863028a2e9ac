"""Before and after the form: what can be answered now, what it is about, and thanks. Nobody signs in."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consultation import asked, filling, hours, interface, steps
from consultation.actions import receiving
from consultation.filling import Filling, Sent
from consultation.forms.asking import StartForm
from consultation.hours import Stand
from consultation.models import Channel, Consultation
from consultation.views.asking_visit import THANKS_FOR, TOO_OFTEN, expire, public, screen, screen_or_404, show, stay
from lib import throttle

OPEN_TO_ALL = ["GET", "HEAD", "POST"]
# A class or a library shares one address, and all of them may begin together; a program without cookies begins again and again.
begins = throttle.by_address("asking begins", 60, methods=("POST",))


@login_not_required
def asking_list(request: HttpRequest) -> HttpResponse:
    """What is open, what comes, what is over."""
    now = timezone.now()
    every = [(hours.stand(one, now), one) for one in Consultation.objects.public().prefetch_related("languages")]
    context = {
        "open": [one for stand, one in every if stand == Stand.OPEN],
        "coming": [one for stand, one in reversed(every) if stand == Stand.COMING],
        "over": [one for stand, one in every if stand == Stand.OVER],
    }
    return render(request, "consultation/asking_list.html", context)


@login_not_required
@require_http_methods(OPEN_TO_ALL)
@begins
def asking_start(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is about and what happens with the answers, before anything is asked."""
    consultation, now = public(slug), timezone.now()
    channel = Channel.objects.filter(consultation=consultation, way=Channel.Way.WEB).first()
    held = filling.found(request.session, consultation, now) if request.session.session_key else None
    return _start(request, consultation, channel, held, now)


@login_not_required
@require_http_methods(OPEN_TO_ALL)
@begins
def asking_kiosk(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The start on a library's screen. Opening it clears what somebody left there."""
    consultation = public(slug)
    channel = screen_or_404(consultation, key)
    if request.session.session_key:
        filling.clear(request.session, consultation)
    stay(request, consultation, channel)
    return _start(request, consultation, channel, None, timezone.now())


def _start(
    request: HttpRequest,
    consultation: Consultation,
    channel: Channel | None,
    held: Filling | Sent | None,
    now: dt.datetime,
) -> HttpResponse:
    going_on = held if isinstance(held, Filling) else None
    language = request.POST.get("language") or request.GET.get("lang") or (held.language if held else asked.ENGLISH)
    form = asked.read(consultation, language)
    stand = hours.stand(consultation, now, going_on.began_at if going_on else None)
    start = StartForm(
        request.POST if request.method == "POST" else None,
        language=form.language,
        words=interface.words(form),
        code=request.GET.get("code", "")[:40],
    )
    if request.method == "POST" and stand == Stand.OPEN and channel and form.questions and start.is_valid():
        code = start.cleaned_data["code"]
        if filling.is_too_often(request.session, now):
            start.refuse(TOO_OFTEN)
        elif code and (fault := receiving.fault_of_code(consultation, code)):
            start.refuse(fault, "code")
        else:
            begun = filling.begin(
                request.session, consultation, channel=channel.key, language=form.language, code=code, now=now
            )
            begun.filled_the_trap = start.fell_into_the_trap
            filling.keep(request.session, consultation, begun, now)
            expire(request)
            return redirect("consultation:asking-step", consultation.slug, steps.of(form)[0].name)
    is_gone = "gone" in request.GET and held is None and request.method != "POST"
    context = {
        "form": start,
        "going_on": going_on,
        "is_gone": is_gone,
        "first": steps.of(form)[0].name if form.questions else "",
    }
    kiosk = channel if channel and channel.way == Channel.Way.KIOSK else None
    answers_here = channel is not None and bool(form.questions)
    return show(request, form, "asking_start", stand, kiosk, answers_here=answers_here, **context)


@login_not_required
def asking_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks: the same page however often the button was pressed."""
    consultation, now = public(slug), timezone.now()
    held = filling.found(request.session, consultation, now)
    if not isinstance(held, Sent):
        return redirect("consultation:asking-start", slug)
    form = asked.read(consultation, request.GET.get("lang") or held.language)
    kiosk = screen(consultation, held.channel)
    # Nothing can be lost here, so nothing is asked before it starts anew.
    clears = {"clears_after": THANKS_FOR, "warns_after": THANKS_FOR}
    return show(request, form, "asking_sent", hours.stand(consultation, now), kiosk, is_late=held.is_late, **clears)
