"""By which ways answers come, and in which languages the questions can be read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from consultation import texts
from consultation.actions.setting_up import THIS, refuse_opened, refuse_stale
from consultation.actions.setting_up_lists import free_key
from consultation.models import Channel, Consultation, Language, Translation
from lib.editing import write

LONGEST_TRANSLATION = 20_000
BRACES = re.compile(r"%?\{\w*\}")
State = Consultation.State

audit.kinds(
    {
        "consultation_channels_changed": "Ways to answer changed",
        "consultation_language_added": "Language added",
        "consultation_language_changed": "Language changed",
        "consultation_language_removed": "Language removed",
        "consultation_translated": "Translation changed",
    }
)


@dataclass(frozen=True)
class Way:
    """A channel as it is to be; `key` is empty for a new one."""

    name: str
    way: str
    key: str = ""


@transaction.atomic
def write_channels(consultation: Consultation, *, channels: Sequence[Way], version: int, by: User) -> Consultation:
    """All of them in order; while it is a draft one may go. Until the answers are counted: a ward panel may come up late."""
    refuse_stale(consultation, version)
    if consultation.state not in (State.DRAFT, State.OPEN, State.CLOSED):
        raise ValidationError("The answers have been counted by these ways, so the ways stay")
    _refuse_channels(channels)
    held = {channel.key: channel for channel in Channel.objects.filter(consultation=consultation)}
    before = _ways(held.values())
    keys, wanted = list(held), []
    for order, given in enumerate(channels, start=1):
        channel = held.get(given.key)
        if channel is None:
            key = free_key(given.name, keys, longest=40, otherwise="way")
            keys.append(key)
            channel = Channel(consultation=consultation, key=key, way=given.way)
        elif channel.way != given.way and not consultation.is_draft:
            raise ValidationError(
                f"“{channel}” stays “{channel.get_way_display()}”: answers may have come by it. Add another way instead"
            )
        channel.name, channel.way, channel.order = given.name, given.way, order
        wanted.append(channel)
    staying = {channel.key for channel in wanted}
    gone = [channel for channel in held.values() if channel.key not in staying]
    if gone and not consultation.is_draft:
        raise ValidationError(f"“{gone[0]}” stays: somebody may be answering by it. Its name can be mended")
    lines = audit.changes(before, _ways(wanted))
    if not lines:
        return consultation
    write(consultation, version=version, what=THIS)
    for channel in gone:
        channel.delete()
    for channel in held.values():
        Channel.objects.filter(pk=channel.pk).update(name=f"({channel.pk})")  # names may change places
    for channel in wanted:
        channel.save()
    audit.record("consultation_channels_changed", consultation, by=by, changes=lines)
    return consultation


@transaction.atomic
def add_language(
    consultation: Consultation, *, code: str, name: str, is_right_to_left: bool, is_sample: bool, version: int, by: User
) -> Language:
    """Beside English. Each text is translated on a page of its own."""
    refuse_opened(consultation, version)
    held = Language.objects.filter(consultation=consultation)
    if code == "en":
        raise ValidationError({"code": "English is always there: its words are those of the questions"})
    if held.filter(code=code).exists():
        raise ValidationError({"code": "This language is there already"})
    write(consultation, version=version, what=THIS)
    language = Language.objects.create(
        consultation=consultation,
        code=code,
        name=name,
        is_right_to_left=is_right_to_left,
        is_sample=is_sample,
        order=held.count() + 1,
    )
    audit.record("consultation_language_added", consultation, by=by, changes=[audit.change("Language", None, name)])
    return language


@transaction.atomic
def change_language(
    language: Language, *, name: str, is_right_to_left: bool, is_sample: bool, version: int, by: User
) -> Language:
    """Its name, its direction, and whether its words are only there to try it with."""
    consultation = language.consultation
    refuse_opened(consultation, version)
    before = _language(language.name, language.is_right_to_left, language.is_sample)
    after = _language(name, is_right_to_left, is_sample)
    if before == after:
        return language
    write(consultation, version=version, what=THIS)
    kept = Language.objects.filter(pk=language.pk)
    kept.update(name=name, is_right_to_left=is_right_to_left, is_sample=is_sample)
    language.refresh_from_db()
    lines = audit.changes(before, after)
    audit.record("consultation_language_changed", consultation, by=by, changes=lines)
    return language


@transaction.atomic
def remove_language(language: Language, *, version: int, by: User) -> Consultation:
    """With its translations; nobody has read them yet."""
    consultation = language.consultation
    refuse_opened(consultation, version)
    write(consultation, version=version, what=THIS)
    lines = [audit.change("Language", language.name, None)]
    language.delete()
    audit.record("consultation_language_removed", consultation, by=by, changes=lines)
    return consultation


@transaction.atomic
def translate(language: Language, *, told: Mapping[str, str], version: int, by: User) -> int:
    """The texts by what they are of, "question.safe"; an empty one takes the translation away. How many were changed.

    While people answer, a mistake in the language may be mended and what was missed be added; nothing is taken away, and it is audited word by word.
    """
    consultation = language.consultation
    refuse_stale(consultation, version)
    if consultation.state not in (State.DRAFT, State.OPEN):
        raise ValidationError("It is closed: what people have read stays as they read it")
    known = {text.of: text for text in texts.of(consultation)}
    held = dict(Translation.objects.filter(language=language).values_list("of", "text"))
    said = {of: text.strip() for of, text in told.items() if of in known}
    changed = {of: text for of, text in said.items() if text != held.get(of, "")}
    if not changed:
        return 0
    if not consultation.is_draft and (gone := [of for of, text in changed.items() if not text]):
        raise ValidationError({of: "People are reading this. Mend it, but don’t leave it empty" for of in gone})
    if long := [of for of, text in changed.items() if len(text) > LONGEST_TRANSLATION]:
        raise ValidationError({of: f"Enter {LONGEST_TRANSLATION:,} characters or fewer" for of in long})
    if lost := {of: sentence for of, text in changed.items() if (sentence := _braces(known[of].english, text))}:
        raise ValidationError(lost)
    write(consultation, version=version, what=THIS)
    Translation.objects.filter(language=language, of__in=[of for of, text in changed.items() if not text]).delete()
    for of, text in changed.items():
        if text:
            Translation.objects.update_or_create(language=language, of=of, defaults={"text": text})
    lines = [audit.change(f"{language.name}, {known[of].what}", held.get(of), text) for of, text in changed.items()]
    audit.record("consultation_translated", consultation, by=by, changes=lines)
    return len(changed)


def _braces(english: str, text: str) -> str:
    """What stands in braces is filled in: a day, a number. Empty where all of it is there."""
    names = sorted(set(BRACES.findall(english)))
    if not text or set(BRACES.findall(text)) == set(names):
        return ""
    if not names:
        return "Leave out what stands in braces: nothing is filled in here"
    return f"Keep {' and '.join(names)} as it is: something is filled in there"


def _refuse_channels(channels: Sequence[Way]) -> None:
    names = [channel.name.casefold() for channel in channels]
    if twice := next((channel.name for channel in channels if names.count(channel.name.casefold()) > 1), ""):
        raise ValidationError(f"“{twice}” is there twice. Give each way a name of its own")
    if not channels:
        raise ValidationError("Keep at least one way to answer")


def _ways(channels: Iterable[Channel]) -> dict[str, object]:
    return {"Ways to answer": "; ".join(f"{one.name} ({one.get_way_display()})" for one in channels)}


def _language(name: str, is_right_to_left: bool, is_sample: bool) -> dict[str, object]:
    return {
        "Language": name,
        "Written": "right to left" if is_right_to_left else "left to right",
        "Words": "to try it with" if is_sample else "to answer by",
    }
