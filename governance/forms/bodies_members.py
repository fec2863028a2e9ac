"""Forms about places on a body: taking one, putting it right, ending it, handing it over, and acting for the chair."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Organisation, User
from governance.models import Membership
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size

LABEL, LEGEND = {"label_size": Size.for_label(Size.SMALL)}, {"legend_size": Size.for_legend(Size.SMALL)}
OFF = {"autocomplete": "off", "spellcheck": "false"}  # it is somebody else's name that is typed here


class PersonField(forms.ModelChoiceField):
    """Somebody with an account, or nobody."""

    def __init__(self, label: str, hint: str, empty: str) -> None:
        super().__init__(
            queryset=User.objects.none(),
            label=label,
            help_text=hint,
            required=False,
            empty_label=empty,
            error_messages={"invalid_choice": "Choose a person from the list"},
        )

    def label_from_instance(self, obj: User) -> str:
        return obj.label


class _WhoFields(GovukForm, forms.Form):
    """Who somebody is: an account, or a name without one."""

    user = PersonField(
        "Account (optional)",
        "Choosing one fills in name, post and organisation, and lets them in to what the place needs",
        "No account here",
    )
    name = forms.CharField(
        label="Name",
        required=False,
        max_length=120,
        help_text="Of somebody without an account. Leave it empty where the post is vacant",
        widget=forms.TextInput(attrs=OFF),
    )
    post = forms.CharField(label="Post", required=False, max_length=120, widget=forms.TextInput(attrs=OFF))
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Organisation (optional)",
        required=False,
        empty_label="None",
        error_messages={"invalid_choice": "Choose an organisation from the list"},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        people: QuerySet[User],
        organisations: QuerySet[Organisation],
        cancel_url: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial=initial)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def who(self) -> list[Any]:
        return [Field(name, context=LABEL) for name in ("user", "name", "post", "organisation")]


class MemberAddForm(_WhoFields):
    submit = "Add the member"

    role = forms.ChoiceField(
        label="Role",
        choices=Membership.Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role"},
    )
    starts_on = DayField(label="First day", what="the first day")
    ends_on = DayField(label="Last day (optional)", what="the last day", required=False)

    def layout(self) -> list[Any]:
        return [
            Field("role", context=LEGEND | {"radios_small": True}),
            *self.who(),
            Field("starts_on", context=LEGEND),
            Field("ends_on", context=LEGEND),
        ]


class MemberForm(_WhoFields, VersionMixin):
    """Putting right what was entered."""

    submit = "Save the corrections"

    starts_on = DayField(label="First day", what="the first day")

    def layout(self) -> list[Any]:
        return [*self.who(), Field("starts_on", context=LEGEND)]


class HandOverForm(_WhoFields, VersionMixin):
    submit = "Hand over to the successor"

    ends_on = DayField(label="Last day of whoever has the place now", what="the last day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].help_text = "The successor begins on the day after"
        self.fields["user"].label = "The successor’s account (optional)"
        self.fields["name"].label = "The successor’s name"
        self.fields["name"].help_text = "Of somebody without an account"

    def layout(self) -> list[Any]:
        return [*self.who(), Field("ends_on", context=LEGEND)]


class EndForm(GovukForm, VersionMixin):
    submit = "End the place"

    ends_on = DayField(label="Last day", what="the last day")
    to = PersonField("Who takes over what is open?", "They can do so without a place on this body", "Nobody")

    def __init__(
        self,
        data: Any = None,
        *,
        place: Membership,
        people: QuerySet[User],
        has_open: bool,
        cancel_url: str,
        today: dt.date,
    ) -> None:
        self.cancel_url = cancel_url
        day = place.ends_on or max(today, place.starts_on)
        super().__init__(data, initial={"version": place.version, "ends_on": day})
        if has_open:
            self.fields["to"].queryset = people  # type: ignore[attr-defined]
        else:
            del self.fields["to"]

    def layout(self) -> list[Any]:
        return [Field("ends_on", context=LEGEND), *([Field("to", context=LABEL)] if "to" in self.fields else [])]


class PassOnForm(GovukForm, forms.Form):
    submit = "Pass all of it on"

    to = PersonField("Who takes over?", "", "Choose one")

    def __init__(self, data: Any = None, *, people: QuerySet[User], cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
        self.fields["to"].required = True
        self.fields["to"].error_messages["required"] = "Choose who takes over"

    def layout(self) -> list[Any]:
        return [Field("to", context=LABEL)]


class DelegateForm(GovukForm, VersionMixin):
    submit = "Let the deputy act for the chair"

    starts_on = DayField(label="First day", what="the first day")
    ends_on = DayField(label="Last day", help_text="The deputy acts on this day too", what="the last day")
    reason = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="Such as leave",
        error_messages={"required": "Say why, such as leave"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, deputy: Membership, cancel_url: str, today: dt.date) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": deputy.version, "starts_on": max(today, deputy.starts_on)})

    def layout(self) -> list[Any]:
        return [
            Field("starts_on", context=LEGEND),
            Field("ends_on", context=LEGEND),
            Field("reason", context=LABEL),
        ]
