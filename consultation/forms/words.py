"""Reading comments: tags, what is kept for later, what somebody should see to at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from consultation.models import Comment, Tag
from lib.editing import VersionMixin
from lib.govuk import Choice, Field, GovukForm, Size


class TagsForm(GovukForm, VersionMixin):
    """What one comment is about: tags to tick, others to type."""

    tags = forms.MultipleChoiceField(label="What is it about?", required=False, widget=forms.CheckboxSelectMultiple)
    new = forms.CharField(
        label="Other tags",
        help_text="With commas between them. Their names are published with the results",
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        comment: Comment,
        offered: Iterable[Tag],
        prefix: str | None = None,
        cancel_url: str = "",
    ) -> None:
        self.comment, self.cancel_url = comment, cancel_url
        self.submit = "Save the tags" if comment.read_at else "Save as read"
        own = [tag.name for tag in comment.tags.all()]
        super().__init__(data, prefix=prefix, initial={"version": comment.version, "tags": own})
        names = dict.fromkeys([*(tag.name for tag in offered), *own])
        self.fields["tags"].choices = [Choice(name, name) for name in names]  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        tags = [Field.checkboxes("tags", legend_size=Size.SMALL, small=True)]
        return [*(tags if self.has_tags else []), Field.text("new", label_size=Size.SMALL)]

    @property
    def has_tags(self) -> bool:
        return bool(self.fields["tags"].choices)  # type: ignore[attr-defined]

    @property
    def named(self) -> list[str]:
        """Ticked and typed, when valid."""
        return [*self.cleaned_data["tags"], *self.cleaned_data["new"].split(",")]


class ReadForm(TagsForm):
    """One comment among the ten that are read together; its box names have a prefix."""

    later = forms.BooleanField(label="Keep it unread", required=False)
    harm = forms.BooleanField(label="May tell of harm: ask somebody", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].label = "Other tags, with commas between" if self.has_tags else "Tags, with commas between"
        self.fields["new"].help_text = ""
