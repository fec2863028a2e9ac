"""Ways to answer, and languages with a box for each text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from consultation.actions.setting_up_languages import Way
from consultation.forms.running import LABEL, OFF, keep_unseen, line
from consultation.models import Channel, Consultation, Language
from consultation.texts import Text
from lib.editing import VersionMixin
from lib.govuk import Field, GovukForm

NEW_CHANNELS = 3
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


@dataclass(frozen=True)
class Row:
    name: forms.BoundField
    way: forms.BoundField


class ChannelsForm(GovukForm, VersionMixin):
    """Each way with its name, and empty rows for more; a row without a name goes."""

    form_tag = False

    def __init__(self, data: Any = None, *, consultation: Consultation, channels: Sequence[Channel]) -> None:
        super().__init__(data, initial={"version": consultation.version})
        self.keys = [channel.key for channel in channels]
        self.names = [*self.keys, *(f"new-{number}" for number in range(1, NEW_CHANNELS + 1))]
        for number, name in enumerate(self.names, start=1):
            channel = channels[number - 1] if number <= len(channels) else None
            self.fields[f"name_{name}"] = forms.CharField(
                label=f"Name of way {number}",
                initial=channel.name if channel else "",
                max_length=60,
                required=False,
                widget=forms.TextInput(attrs=OFF),
            )
            self.fields[f"way_{name}"] = forms.ChoiceField(
                label=f"How answers come by way {number}",
                choices=Channel.Way.choices,
                initial=channel.way if channel else Channel.Way.PAPER,
            )
        keep_unseen(self)

    def rows(self) -> Iterator[Row]:
        for name in self.names:
            yield Row(self[f"name_{name}"], self[f"way_{name}"])

    def channels(self) -> list[Way]:
        return [
            Way(said, self.cleaned_data[f"way_{name}"], name if name in self.keys else "")
            for name in self.names
            if (said := " ".join(self.cleaned_data[f"name_{name}"].split()))
        ]


class LanguageForm(GovukForm, VersionMixin):
    submit = "Add the language"

    name = line(
        "Name of the language, in itself",
        40,
        "Like বাংলা or Soomaali",
        required="Enter the name of the language, in itself",
    )
    code = line(
        "Its code",
        12,
        "As web pages have it: bn for Bengali, so for Somali, ar for Arabic",
        required="Enter its code, like bn",
    )
    is_right_to_left = forms.BooleanField(label="It is written from right to left", required=False)
    is_sample = forms.BooleanField(
        label="These are words to try it with: nobody who speaks the language has checked them. The form says so",
        required=False,
    )

    def __init__(
        self, data: Any = None, *, consultation: Consultation, cancel_url: str, language: Language | None = None
    ) -> None:
        self.cancel_url = cancel_url
        held = (
            {name: getattr(language, name) for name in ("name", "code", "is_right_to_left", "is_sample")}
            if language
            else {}
        )
        super().__init__(data, initial={"version": consultation.version} | held)
        if language:
            self.submit = "Save the language"
            del self.fields["code"]

    def layout(self) -> list[Any]:
        boxes = [name for name in ("is_right_to_left", "is_sample")]
        code = [Field.text("code", label_size="s", field_width=5)] if "code" in self.fields else []
        return [Field("name", context=LABEL), *code, *boxes]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not CODE.fullmatch(code):
            raise forms.ValidationError("The code must be two or three small letters, like bn")
        return code


@dataclass(frozen=True)
class Told:
    text: Text
    box: forms.BoundField
    is_first: bool  # of its group


class TranslationForm(GovukForm, VersionMixin):
    """A box for each text that there is in English."""

    form_tag = False

    def __init__(
        self, data: Any = None, *, language: Language, texts: Iterable[Text], told: Mapping[str, str], version: int
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.texts = list(texts)
        attrs = {"lang": language.code, "dir": "rtl" if language.is_right_to_left else "ltr"}
        for text in self.texts:
            self.fields[text.of] = forms.CharField(
                label=f"{text.what.capitalize()} in {language}",
                initial=told.get(text.of, ""),
                max_length=20_000,
                required=False,
                widget=forms.Textarea(attrs=attrs) if text.is_long else forms.TextInput(attrs=attrs | OFF),
            )
        keep_unseen(self)

    def rows(self) -> Iterator[Told]:
        group = ""
        for text in self.texts:
            yield Told(text, self[text.of], text.group != group)
            group = text.group

    def told(self) -> dict[str, str]:
        return {text.of: self.cleaned_data[text.of] for text in self.texts}
