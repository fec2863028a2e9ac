"""Boxes whose words are tidied: people paste from documents, and a stray line break is not a change of the plan."""

from django import forms


class LineField(forms.CharField):
    """Words in one run: line breaks and repeated spaces become one space."""

    def to_python(self, value: object) -> str:
        return " ".join((super().to_python(value) or "").split())


class ParagraphsField(forms.CharField):
    """Paragraphs with an empty line between them."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        lines = (super().to_python(value) or "").replace("\r\n", "\n").split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines)
        return "\n\n".join(part.strip() for part in text.split("\n\n") if part.strip())


def numeric(width: int) -> forms.TextInput:
    """A box for a whole number: the keypad on a phone, no arrows that change it by accident."""
    return forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "class": f"govuk-input--width-{width}"}
    )


def whole(typed: str) -> int | None:
    """The whole number typed, thousands commas allowed: "1,000" is 1000. None for anything else, a negative one included."""
    digits = typed.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None
