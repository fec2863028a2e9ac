"""The form for the words of a return."""

from typing import Any

from django import forms

from indicators.models import Commentary
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, Field, GovukForm, Link, Size

LONGEST = 5000


def _words(label: str, hint: str, name: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"max_length": f"{name} must be said in {LONGEST:,} characters or fewer"},
    )


class CommentaryForm(GovukForm, VersionMixin):
    """Three boxes. Only what is sent must say what happened; a draft may be empty."""

    what_happened = _words("What happened?", "The figure in a sentence or two, and what stands out", "What happened")
    why = _words("Why?", "What you know, and what you only think", "Why")
    what_next = _words("What happens next?", "Who does what, by when", "What happens next")

    def __init__(self, data: Any = None, *, commentary: Commentary, cancel_url: str) -> None:
        self.commentary, self.cancel_url = commentary, cancel_url
        names = ("version", "what_happened", "why", "what_next")
        super().__init__(data, initial={name: getattr(commentary, name) for name in names})

    def layout(self) -> list[Any]:
        boxes = [Field.textarea(name, label_size=Size.MEDIUM, rows=5) for name in ("what_happened", "why", "what_next")]
        sent = self.commentary.status == Commentary.Status.SENT
        draft = Button("Save draft", name="do", value="draft", kind="secondary")
        send = Button("Send the changed commentary" if sent else "Send commentary", name="do", value="send")
        return [*boxes, Buttons(send, *([] if sent else [draft]), Link("Cancel", self.cancel_url))]
