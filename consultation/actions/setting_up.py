"""Setting a consultation up: a new one, a copy of an earlier one, and what is known of it before it opens.

Everything that is set up stands under the consultation's own version, so whoever saves any of it over a newer one is told.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts import audit
from accounts.models import User
from consultation import standard
from consultation.models import Channel, Concern, Consultation, Language, Option, Question, Translation
from lib.editing import Stale, write
from lib.written import day_year
from priorities.models import Plan

THIS = "This consultation"
TAKEN = {"add", "disclosures", "files", "totals"}  # words of addresses under /consultations/
LONGEST_SLUG = 60
BEGUN = (
    "A consultation of this title has been begun already, and is a draft. Go on with that one, or choose another title"
)
FROZEN = "It was opened, so what people read and what was promised to them stays. Close it and ask anew if something is wrong with it"
# What is known of it, in the words of the audit trail. People have read the first ones once it is open.
SHOWN_TO_PEOPLE = {
    "title": "Title",
    "purpose": "Purpose",
    "opens_on": "First day",
    "closes_on": "Last day",
    "purge_on": "Single answers are removed on",
    "privacy": "Privacy notice",
    "panel": "Figures beside the questions",
    "panel_source": "The report they are from",
    "threshold": "Smallest number that is published",
}
OURS = {
    "triage_owner": "Sees to disclosures",
    "plan": "Plan",
    "earlier": "Compared with",
    "note": "Note on how it was done",
}
WORDS = SHOWN_TO_PEOPLE | OURS
LONG = {"purpose", "privacy", "panel", "note"}  # told by their beginning

audit.kinds(
    {
        "consultation_added": "Consultation begun",
        "consultation_changed": "Consultation changed",
    }
)


@transaction.atomic
def add(title: str, *, plan: Plan | None, copied: Consultation | None = None, by: User) -> Consultation:
    """A draft: with the standard questions, or with all that an earlier one asked, which it is then compared with."""
    said = title.strip()
    if not said:
        raise ValidationError({"title": "Enter a title"})
    if Consultation.objects.filter(title=said, state=Consultation.State.DRAFT).exists():
        raise ValidationError({"title": BEGUN})
    try:
        with transaction.atomic():
            made = Consultation.objects.create(
                slug=_free_slug(said),
                title=said,
                plan=plan,
                earlier=copied,
                privacy=(copied.privacy if copied else "") or standard.PRIVACY,
                threshold=copied.threshold if copied else Consultation._meta.get_field("threshold").default,
                triage_owner=by,
            )
    except IntegrityError:  # pressed twice at one moment
        raise ValidationError({"title": BEGUN}) from None
    if copied:
        _copy(copied, made)
    else:
        _start(made)
    audit.record(
        "consultation_added", made, by=by, changes=[audit.change("Copied from", None, copied)] if copied else []
    )
    return made


@transaction.atomic
def change(consultation: Consultation, *, facts: Mapping[str, Any], version: int, by: User) -> Consultation:
    """Say what is known of it, by the names in `WORDS`. Once it has opened, only `OURS`. Saying what is said already leaves no trace."""
    refuse_stale(consultation, version)
    before = {name: getattr(consultation, name) for name in facts}
    changed = [name for name in facts if facts[name] != before[name]]
    if not consultation.is_draft and (frozen := [name for name in changed if name in SHOWN_TO_PEOPLE]):
        raise ValidationError(dict.fromkeys(frozen, FROZEN))
    if errors := _faults({**{name: getattr(consultation, name) for name in WORDS}, **facts}, consultation):
        raise ValidationError(errors)
    if not changed:
        return consultation
    write(consultation, version=version, what=THIS, **{name: facts[name] for name in changed})
    lines = audit.changes(_told(before), _told({name: facts[name] for name in changed}))
    audit.record("consultation_changed", consultation, by=by, changes=lines)
    return consultation


def refuse_stale(consultation: Consultation, version: int) -> None:
    """Tell a late comer so before anything else is found wrong. The conditional write tells whoever comes at the same moment."""
    consultation.refresh_from_db()
    if consultation.version != version:
        raise Stale(THIS)


def refuse_opened(consultation: Consultation, version: int) -> None:
    refuse_stale(consultation, version)
    if not consultation.is_draft:
        raise ValidationError(
            f"“{consultation}” was opened, so its texts stay: people have answered them. If one of them is wrong, close the consultation and ask anew"
        )


def _faults(facts: Mapping[str, Any], consultation: Consultation) -> dict[str, str]:
    errors = {}
    if not facts["title"].strip():
        errors["title"] = "Enter a title"
    opens, closes, purge = facts["opens_on"], facts["closes_on"], facts["purge_on"]
    if opens and closes and closes < opens:
        errors["closes_on"] = "The last day must be on or after the first day"
    if purge and closes and purge <= closes:
        errors["purge_on"] = f"Single answers are removed on a day after the last day, {day_year(closes)}"
    if facts["threshold"] < 2:
        errors["threshold"] = "The smallest number must be 2 or more"
    if consultation.triage_owner_id and not facts["triage_owner"] and not consultation.is_draft:
        errors["triage_owner"] = "Name somebody: people may have written of harm already"
    if facts["earlier"] and facts["earlier"].pk == consultation.pk:
        errors["earlier"] = "Choose another consultation than this one"
    return errors


def _told(facts: Mapping[str, Any]) -> dict[str, object]:
    return {WORDS[name]: _said(name, value) for name, value in facts.items()}


def _said(name: str, value: Any) -> object:
    if isinstance(value, dt.date):
        return day_year(value)
    if name in LONG and len(value) > 200:
        return f"{value[:199]}…"
    return value


def _free_slug(title: str) -> str:
    stem = slugify(title)[:LONGEST_SLUG].strip("-") or "consultation"
    held = set(Consultation.objects.filter(slug__startswith=stem[: LONGEST_SLUG - 4]).values_list("slug", flat=True))
    held |= TAKEN
    if stem not in held:
        return stem
    stem = stem[: LONGEST_SLUG - 4].strip("-")
    return next(slug for number in range(2, len(held) + 3) if (slug := f"{stem}-{number}") not in held)


def _start(made: Consultation) -> None:
    for order, given in enumerate(standard.QUESTIONS, start=1):
        question = Question.objects.create(
            consultation=made,
            key=given.key,
            role=given.role,
            kind=given.kind,
            text=given.text,
            hint=given.hint,
            order=order,
        )
        Option.objects.bulk_create(
            Option(
                question=question,
                key=key,
                text=text.removeprefix("?"),
                order=number,
                is_dont_know=text.startswith("?"),
            )
            for number, (key, text) in enumerate(given.options, start=1)
        )
    Concern.objects.create(consultation=made, key="other", text=standard.OTHER, is_other=True, order=1)
    Channel.objects.bulk_create(
        Channel(consultation=made, key=key, name=name, way=way, order=order)
        for order, (key, name, way) in enumerate(standard.CHANNELS, start=1)
    )


def _copy(copied: Consultation, made: Consultation) -> None:
    """Questions, answers, concerns, ways and languages by their keys, so that the two can be compared. Not what is said of that asking alone."""
    for question in Question.objects.filter(consultation=copied):
        options = list(Option.objects.filter(question=question))
        question.pk, question._state.adding, question.consultation = None, True, made
        question.save(force_insert=True)
        for option in options:
            option.pk, option.question = None, question
        Option.objects.bulk_create(options)
    concerns = list(Concern.objects.filter(consultation=copied).select_related("priority"))
    for concern in concerns:
        is_of_plan = concern.priority is not None and concern.priority.plan_id == made.plan_id
        concern.pk, concern.consultation, concern.uncovered_note = None, made, ""
        concern.priority = concern.priority if is_of_plan else None
    Concern.objects.bulk_create(concerns)
    channels = list(Channel.objects.filter(consultation=copied))
    for channel in channels:
        channel.pk, channel.consultation = None, made
    Channel.objects.bulk_create(channels)
    for language in Language.objects.filter(consultation=copied):
        told = list(Translation.objects.filter(language=language).exclude(of__in=["title", "purpose", "panel"]))
        language.pk, language._state.adding, language.consultation = None, True, made
        language.save(force_insert=True)
        for one in told:
            one.pk, one.language = None, language
        Translation.objects.bulk_create(told)
