"""The form for the words of a return."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accounts.models import User
from indicators import explanation
from indicators.explaining import Asked
from indicators.forms.typed import typed
from indicators.models import Commentary
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, DayField, Field, GovukForm, Include, Link, Size

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
    """Five boxes. What is sent must say what the figure asks for (`asked`); the others are optional, and a draft may be empty.

    `authors` are the people for whom the user may enter words; without any, what is typed is the user's own. `unsent` is what this person
    typed and didn't send the last time.
    """

    what_happened = _words("What happened?", "The figure in a sentence or two, and what stands out", "What happened")
    why = _words("Why?", "What you know, and what you only think", "Why")
    what_next = _words("What happens next?", "What is done about it", "What happens next")
    who = forms.CharField(
        label="Who sees to it?",
        help_text="A post, like Head of Community Safety: people change",
        required=False,
        max_length=120,
    )
    by_when = DayField(label="By when?", what="the day by which it is done", required=False)

    written_by = forms.ChoiceField(
        label="Whose words are they?",
        help_text="The report names whoever wrote them",
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        commentary: Commentary,
        asked: Asked,
        user: User,
        authors: Sequence[User] = (),
        cancel_url: str,
        unsent: Mapping[str, Any] | None = None,
    ) -> None:
        self.commentary, self.user, self.authors, self.cancel_url = commentary, user, authors, cancel_url
        initial = {name: getattr(commentary, name) for name in ("version", *explanation.IN_FULL)}
        super().__init__(data, initial=initial | {"written_by": _likely(commentary, authors)} | dict(unsent or {}))
        people = [(str(person.pk), person.label) for person in authors]
        self.fields["written_by"].choices = [*people, (str(user.pk), "Mine")]
        if not authors:
            del self.fields["written_by"]
        end = commentary.for_return.round.quarter.next.end
        self.fields["by_when"].help_text = f"For example, {end.day} {end.month} {end.year}"
        for name in explanation.IN_FULL:
            if name not in asked.parts:
                self.fields[name].label = f"{self.fields[name].label} (optional)"

    @classmethod
    def typed_in(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """What somebody is typing, without making the form."""
        return typed(data, {name: one for name, one in cls.base_fields.items() if name != "version"})

    def clean_written_by(self) -> User:
        chosen = self.cleaned_data["written_by"]
        if not chosen and self.cleaned_data.get("version") == self.commentary.version:
            raise forms.ValidationError("Say whose words they are")
        # Whoever opened the form before there was somebody to choose hears from the action that it has changed.
        return next((person for person in (*self.authors, self.user) if str(person.pk) == chosen), self.user)

    def said(self) -> dict[str, Any]:
        """What the actions take. A day that can't be read stays as it was held."""
        return {"written_by": self.user, "by_when": self.commentary.by_when, **self.cleaned_data}

    @property
    def only_the_day_is_wrong(self) -> bool:
        """Whether all but the day can be kept as a draft."""
        return set(self.errors) == {"by_when"}

    def keep_open(self, version: int) -> None:
        """Stay as typed after all that could be kept was kept."""
        data: Any = self.data.copy()
        data[self.add_prefix("version")] = version
        self.data = data

    def layout(self) -> list[Any]:
        whose = [Field.radios("written_by", legend_size=Size.SMALL, small=True)] if self.authors else []
        boxes = [Field.textarea(name, label_size=Size.MEDIUM, rows=5) for name in ("what_happened", "why", "what_next")]
        sent = self.commentary.status == Commentary.Status.SENT
        draft = Button("Save draft", name="do", value="draft", kind="secondary")
        send = Button("Send the changed commentary" if sent else "Send commentary", name="do", value="send")
        boxes += [
            Field.text("who", label_size=Size.MEDIUM),
            Field("by_when", context={"legend_size": Size.for_legend(Size.MEDIUM)}),
        ]
        return [
            *boxes,
            *whose,
            Buttons(send, *([] if sent else [draft]), Link("Cancel", self.cancel_url)),
            Include("indicators/_keeping.html"),
        ]


def _likely(commentary: Commentary, authors: Sequence[User]) -> str:
    """Whose words they are said to be by now; or the one lead's, where there is but one; "" where it has to be asked."""
    if commentary.written_by_id:
        return str(commentary.written_by_id)
    return str(authors[0].pk) if len(authors) == 1 else ""
