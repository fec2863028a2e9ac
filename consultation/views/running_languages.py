"""The ways to answer, and the languages that the questions can be read in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import audit, lost_edits
from consultation import standing, texts
from consultation.actions import setting_up_languages
from consultation.forms.running_languages import ChannelsForm, LanguageForm, TranslationForm
from consultation.models import Channel, Language, Translation
from consultation.views.running_reach import in_sight, language_of
from lib.editing import VersionForm


def consultation_channels(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = in_sight(request, slug)
    channels = list(Channel.objects.filter(consultation=consultation))
    form = ChannelsForm(request.POST or None, consultation=consultation, channels=channels)
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            setting_up_languages.write_channels(
                consultation, channels=form.channels(), version=form.cleaned_data["version"], by=request.user
            )
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
        else:
            messages.success(request, "The ways to answer are saved")
            return redirect(consultation)
    context = {"consultation": consultation, "form": form, "changed": changed, "came": standing.came(consultation)}
    return render(request, "consultation/consultation_channels.html", context)


@require_safe
def language_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Each with how many of its texts are translated."""
    consultation = in_sight(request, slug)
    found = texts.of(consultation)
    done = texts.translated(consultation, found)
    languages = Language.objects.filter(consultation=consultation)
    context = {
        "consultation": consultation,
        "languages": [(language, done.get(language.pk, 0)) for language in languages],
        "total": len(found),
    }
    return render(request, "consultation/language_list.html", context)


def language_add(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = in_sight(request, slug)
    back = reverse("consultation:language-list", args=[slug])
    form = LanguageForm(request.POST or None, consultation=consultation, cancel_url=back)
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            language = setting_up_languages.add_language(consultation, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
        else:
            return redirect("consultation:language-edit", slug=slug, code=language.code)
    context = {"consultation": consultation, "form": form, "changed": changed}
    return render(request, "consultation/language_add.html", context)


def language_change(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Its name, its direction, and whether its words are there to try it with."""
    language = language_of(request, slug, code)
    consultation, back = language.consultation, reverse("consultation:language-list", args=[slug])
    form = LanguageForm(request.POST or None, consultation=consultation, cancel_url=back, language=language)
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            setting_up_languages.change_language(language, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
        else:
            messages.success(request, f"Saved: {language}")
            return redirect(back)
    context = {"consultation": consultation, "language": language, "form": form, "changed": changed}
    return render(request, "consultation/language_change.html", context)


def language_edit(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """All texts in one language, English beside the box of each."""
    language = language_of(request, slug, code)
    consultation, found = language.consultation, texts.of(language.consultation)
    told = dict(Translation.objects.filter(language=language).values_list("of", "text"))
    form = TranslationForm(
        request.POST or None, language=language, texts=found, told=told, version=consultation.version
    )
    changed: list[audit.Line] = []
    if request.method == "POST" and form.is_valid():
        try:
            number = setting_up_languages.translate(
                language, told=form.told(), version=form.cleaned_data["version"], by=request.user
            )
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
        else:
            saved = f"{number} text{'' if number == 1 else 's'} saved" if number else "Nothing was changed"
            messages.success(request, saved)
            return redirect("consultation:language-edit", slug=slug, code=code)
    context = {
        "consultation": consultation,
        "language": language,
        "form": form,
        "changed": changed,
        "done": sum(1 for text in found if told.get(text.of)),
        "total": len(found),
    }
    return render(request, "consultation/language_edit.html", context)


@require_POST
def language_remove(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    language = language_of(request, slug, code)
    form = VersionForm(request.POST)
    if form.is_valid():
        try:
            setting_up_languages.remove_language(language, version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"Removed: {language}")
    else:
        messages.error(request, "Open this page again: it lost track of what you were changing")
    return redirect("consultation:language-list", slug=slug)
