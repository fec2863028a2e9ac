"""A body's application for money until it is decided: drafted, worded, submitted, taken back, withdrawn, commented on. All of it is kept."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance import approving, indicators_told
from governance.funding import applying
from governance.funding.applying import APPLYING, Content
from governance.models import (
    Approval,
    Body,
    FundingApplication,
    FundingApplicationYear,
    FundingComment,
    FundingInterest,
)
from lib.editing import Stale, write
from lib.written import day_year, pounds

State = FundingApplication.State
THIS = "This application"
LONGEST = {"reason": 300, "comment": 3000, "name": 120, "nature": 300}
COLUMNS = ("stream", "priority", "organisation", "starts_on", "ends_on", "match_amount")
TEXTS = ("title", "purpose", "match_from", "equalities", "exit_plan")

audit.kinds(
    {
        "funding_application_drafted": "Funding application drafted",
        "funding_application_changed": "Funding application changed",
        "funding_application_submitted": "Funding application submitted",
        "funding_application_taken_back": "Funding application taken back",
        "funding_application_withdrawn": "Funding application withdrawn",
        "funding_application_commented": "Comment on the funding application",
        "funding_interest_declared": "Interest in the funding application declared",
    }
)


@transaction.atomic
def add(body: Body, *, content: Content, by: User) -> FundingApplication:
    """Begin a draft under the body's next number. Numbers are given once. Pressed twice it is one draft."""
    held = Body.objects.select_for_update(no_key=True).get(pk=body.pk)  # projects may point to it meanwhile
    errors = applying.faults(content)
    if held.kind not in APPLYING:
        errors["body"] = f"{held} doesn’t apply for money: choose the body that would use it"
    elif held.ended_on and held.ended_on < timezone.localdate():
        errors["body"] = f"{held} has ended: choose the body that took its place"
    if errors:
        raise ValidationError(errors)
    last = held.funding_applications.order_by("number").last()
    if last and last.is_draft and last.drafted_by_id == by.pk and _says(last, applying.content_of(last), content):
        return last
    number = last.number + 1 if last else 1
    application = FundingApplication.objects.create(body=held, number=number, drafted_by=by, **_columns(content))
    _write_links(application, content)
    audit.record("funding_application_drafted", application, by=by, changes=audit.changes({}, _facts(content)))
    return application


@transaction.atomic
def edit(application: FundingApplication, *, content: Content, version: int, by: User) -> FundingApplication:
    """Say `content` in the draft. Saying what is said already leaves no trace."""
    held = _draft(application, version)
    if errors := applying.faults(content):
        raise ValidationError(errors)
    _word(application, held, content, by)
    return application


@transaction.atomic
def submit(
    application: FundingApplication, *, content: Content | None = None, version: int, by: User
) -> FundingApplication:
    """Hand the draft to the CSP Executive, first worded as `content` where that is given. Everything that is missing is told at once."""
    held = _draft(application, version)
    said = content or applying.content_of(held)
    if errors := applying.gaps(said) | applying.faults(said):
        raise ValidationError(errors)
    _word(application, held, said, by)
    write(
        application,
        version=held.version,
        what=THIS,
        state=State.SUBMITTED,
        submitted_by=by,
        submitted_at=timezone.now(),
    )
    audit.record("funding_application_submitted", application, by=by)
    return application


@transaction.atomic
def take_back(application: FundingApplication, *, reason: str, version: int, by: User) -> FundingApplication:
    """Back to a draft before it is decided. Comments and declared interests stay."""
    held = undecided(application, version)
    if held.is_draft:
        raise ValidationError("It is a draft already.")
    because = _reason(reason, "reason", "Say why it is taken back")
    write(application, version=version, what=THIS, state=State.DRAFT, submitted_by=None, submitted_at=None)
    audit.record("funding_application_taken_back", application, by=by, comment=because)
    return application


@transaction.atomic
def withdraw(application: FundingApplication, *, because: str, version: int, by: User) -> FundingApplication:
    """For good, before it is decided. It stays on the record."""
    undecided(application, version)
    reason = _reason(because, "because", "Say why it is withdrawn")
    gone = {"withdrawn_by": by, "withdrawn_at": timezone.now(), "withdrawn_because": reason}
    write(application, version=version, what=THIS, state=State.WITHDRAWN, **gone)
    audit.record("funding_application_withdrawn", application, by=by, comment=reason)
    return application


@transaction.atomic
def comment(application: FundingApplication, *, text: str, by: User) -> FundingComment:
    """Ask or say something about it, until it is decided. What is said stays as it is; pressed twice it is said once."""
    held = undecided(application)
    said = _tidy(text)
    if not said:
        raise ValidationError({"text": "Write a comment"})
    if len(said) > LONGEST["comment"]:
        raise ValidationError({"text": f"The comment must be {LONGEST['comment']:,} characters or fewer"})
    last = held.comments.order_by("pk").last()
    if last and (last.text, last.made_by_id) == (said, by.pk):
        return last
    made = FundingComment.objects.create(application=held, text=said, made_by=by)
    audit.record("funding_application_commented", held, by=by)
    return made


@transaction.atomic
def declare_interest(
    application: FundingApplication,
    *,
    nature: str,
    name: str = "",
    declared_on: dt.date | None = None,
    by: User,
) -> FundingInterest:
    """Whoever declares an interest doesn't decide. Without a name it is one's own, declared now; with one, somebody's of the CSP Executive, declared elsewhere.

    It stays on the record.
    """
    held, today = undecided(application), timezone.localdate()
    whose, day = " ".join(name.split()) or by.name, declared_on or today
    user = next((one for one in approving.members(today) if approving.same_name(one.name, whose)), None)
    user = user if name.strip() else by
    errors = {} if held.is_submitted else {"__all__": "An interest is declared once the application is submitted"}
    if not nature.strip():
        errors["nature"] = "Say what the interest is"
    elif len(nature.strip()) > LONGEST["nature"]:
        errors["nature"] = f"What the interest is must be said in {LONGEST['nature']} characters or fewer"
    if len(whose) > LONGEST["name"]:
        errors["name"] = f"The name must be {LONGEST['name']} characters or fewer"
    if day > today:
        errors["declared_on"] = "The day it was declared must not lie in the future"
    for one in held.interests.select_related("user"):
        if (user and one.user_id == user.pk) or approving.same_name(one.name, whose):
            errors["name" if name.strip() else "__all__"] = (
                f"{one.name} has declared an interest already, on {day_year(one.declared_on)}"
            )
    if errors:
        raise ValidationError(errors)
    made = FundingInterest.objects.create(
        application=held, user=user, name=whose, nature=nature.strip(), declared_on=day, recorded_by=by
    )
    audit.record("funding_interest_declared", held, by=by, changes=[audit.change("Interest", None, made)])
    return made


def undecided(application: FundingApplication, version: int | None = None) -> FundingApplication:
    """The application as it is now, held until the transaction ends; refused where it is decided or withdrawn, or not as it was looked at."""
    held = hold(application)
    if sentence := _settled(held):
        raise ValidationError(sentence)
    if version is not None and held.version != version:
        raise Stale(THIS)
    return held


def hold(application: FundingApplication) -> FundingApplication:
    """With its body and those who drafted and submitted it. The first lock to take, before that of its stream."""
    rows = FundingApplication.objects.select_for_update(of=("self",))
    return rows.select_related("body", "stream", "drafted_by", "submitted_by").get(pk=application.pk)


def _settled(held: FundingApplication) -> str:
    """Who was quicker: "Jo Mercer decided on it on 25 May 2017: agreed"."""
    if held.state == State.WITHDRAWN:
        who = held.withdrawn_by.name if held.withdrawn_by else "Somebody"
        return f"{who} withdrew this application on {day_year(held.withdrawn_at)}: {held.withdrawn_because}"
    if held.state not in FundingApplication.DECIDED:
        return ""
    word = Approval.objects.standing().filter(application=held).select_related("body").last()
    who = (word.given_by or word.body.name) if word else "The CSP Executive"
    return f"{who} decided on this application on {day_year(held.decided_on)}: {held.get_state_display().lower()}"


def _draft(application: FundingApplication, version: int) -> FundingApplication:
    held = undecided(application)
    if held.is_submitted:
        raise ValidationError(
            "It has been submitted to the CSP Executive, so it stays as it is. To change it, its chair takes it back first."
        )
    if held.version != version:
        raise Stale(THIS)
    return held


def _word(application: FundingApplication, held: FundingApplication, content: Content, by: User) -> None:
    """Write what differs from what the held draft says; its version goes on where something does."""
    before = applying.content_of(held)
    if _says(held, before, content):
        return
    write(application, version=held.version, what=THIS, **_columns(content))
    held.version = application.version
    _write_links(application, content)
    changes = audit.changes(_facts(before), _facts(content, before))
    audit.record("funding_application_changed", application, by=by, changes=changes)


def _says(held: FundingApplication, before: Content, content: Content) -> bool:
    """Whether it says this already; `before` is what it says."""
    is_same = all(getattr(held, name) == value for name, value in _columns(content).items())
    return is_same and _links(before) == _links(content)


def _write_links(application: FundingApplication, content: Content) -> None:
    application.actions.set(content.actions)
    application.indicators.set(content.indicators)
    if dict(application.years.values_list("year", "amount")) != dict(content.years):
        application.years.all().delete()
        FundingApplicationYear.objects.bulk_create(
            FundingApplicationYear(application=application, year=year, amount=amount)
            for year, amount in content.years.items()
        )


def _links(content: Content) -> tuple[object, ...]:
    linked = ({one.pk for one in content.actions}, {one.pk for one in content.indicators})
    return (*linked, dict(content.years))


def _columns(content: Content) -> dict[str, object]:
    texts: dict[str, object] = {name: _tidy(getattr(content, name)) for name in TEXTS}
    return texts | {name: getattr(content, name) for name in COLUMNS}


def _facts(content: Content, before: Content | None = None) -> dict[str, object]:
    """In the words of its page. No restricted indicator is named."""
    return {
        "Title": _tidy(content.title),
        "Purpose": _tidy(content.purpose),
        "Stream": content.stream and content.stream.name,
        "Organisation": content.organisation and str(content.organisation),
        "First day": day_year(content.starts_on),
        "Last day": day_year(content.ends_on),
        "Asked for": ", ".join(f"{year} {pounds(amount)}" for year, amount in sorted(content.years.items())),
        "Match funding": pounds(content.match_amount),
        "Match funding from": _tidy(content.match_from),
        "Priority": content.priority and str(content.priority),
        "Actions": ", ".join(sorted(str(one) for one in content.actions)),
        "Indicators": indicators_told.told_after(content.indicators, (before or content).indicators),
        "Equalities": _tidy(content.equalities),
        "Exit plan": _tidy(content.exit_plan),
    }


def _reason(text: str, box: str, asked: str) -> str:
    said = _tidy(text)
    if not said:
        raise ValidationError({box: asked})
    if len(said) > LONGEST["reason"]:
        raise ValidationError({box: f"The reason must be {LONGEST['reason']} characters or fewer"})
    return said


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
