"""What is asked about people and organisations, and in which words. They parse and speak; the actions save."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from accounts import audit
from accounts.models import Organisation, RoleGrant, User
from lib.editing import VersionMixin
from lib.govuk import Choice, DayField, Field, GovukForm, Include

OFF = {"autocomplete": "off", "spellcheck": "false"}  # it is somebody else's name that is typed here
Role = RoleGrant.Role

# What a role lets people do, in the words of the form on which it is given.
ROLE_HINTS = {
    Role.COORDINATOR: "Opens the quarter, chases, verifies, builds the pack. Sees everything",
    Role.DATA_LEAD: "Gives the figures of the indicators they lead",
    Role.COMMENTARY_LEAD: "Says what happened and why, for the indicators they lead",
    Role.EXECUTIVE: "Sees all figures, restricted ones too, and downloads packs",
    Role.MEMBER: "Sits on a subgroup or another body: sees its delivery plan, meetings and risks, and as its chair agrees them",
    Role.SCRUTINY: "Reads issued public reports, and no figures before",
    Role.ADMINISTRATOR: "Invites people and gives roles. Sees no figures",
}


def role_choices() -> list[Choice]:
    return [Choice(role.value, role.label, hint=ROLE_HINTS[role]) for role in Role]


class OrganisationField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Organisation.objects.none(),
            label="Organisation",
            required=False,
            empty_label="None",
            error_messages={"invalid_choice": "Choose an organisation from the list"},
            **kwargs,
        )


class PersonFields(GovukForm, forms.Form):
    """Who somebody is. `user` is who fills it in."""

    name = forms.CharField(
        label="Full name",
        max_length=120,
        error_messages={"required": "Enter their name", "max_length": "The name must be 120 characters or fewer"},
        widget=forms.TextInput(attrs=OFF),
    )
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="They sign in with it",
        error_messages={
            "required": "Enter their email address",
            "invalid": "Enter an email address in the correct form, like name@example.org",
            "max_length": "The email address must be 254 characters or fewer",
        },
        widget=forms.EmailInput(attrs=OFF),
    )
    post = forms.CharField(
        label="Post",
        max_length=120,
        required=False,
        help_text="Such as Performance analyst. It stands beside their name on the record",
        error_messages={"max_length": "The post must be 120 characters or fewer"},
        widget=forms.TextInput(attrs=OFF),
    )
    organisation = OrganisationField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(user).with_names()


class InviteForm(PersonFields):
    roles = forms.MultipleChoiceField(
        label="Roles from today",
        choices=role_choices,
        required=False,
        help_text="Tick all that apply. Roles with other dates are given on the person’s page",
        error_messages={"invalid_choice": "Choose roles from the list"},
        widget=forms.CheckboxSelectMultiple,
    )
    submit = "Send the invitation"

    def layout(self) -> list[Any]:
        return ["name", "email", "post", "organisation", Field.checkboxes("roles", legend_size="s", small=True)]


class PersonForm(PersonFields, VersionMixin):
    submit = "Save changes"
    field_order = ["name", "email", "post", "organisation", "version"]


class RoleForm(GovukForm, VersionMixin):
    role = forms.ChoiceField(
        label="Role",
        choices=role_choices,
        error_messages={"required": "Choose a role", "invalid_choice": "Choose a role from the list"},
        widget=forms.RadioSelect,
    )
    starts_on = DayField(label="First day", what="the first day", help_text="For example, 1 4 2018")
    ends_on = DayField(
        label="Last day", what="the last day", required=False, help_text="Leave it empty when no end is known"
    )
    submit = "Give the role"

    def layout(self) -> list[Any]:
        return [Field.radios("role", legend_size="s", small=True), "starts_on", "ends_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must be on or after the first day")
        return cleaned


class AcceptForm(GovukForm, forms.Form):
    """The first password. Its refusals are Django's validators', checked against the person's name and address."""

    password1 = forms.CharField(
        label="Password",
        strip=False,
        max_length=200,
        help_text="At least 12 characters. Three words that don’t belong together are easy to remember and hard to guess.",
        error_messages={"required": "Enter a password", "max_length": "The password must be 200 characters or fewer"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Password again",
        strip=False,
        error_messages={"required": "Enter the password a second time"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    submit = "Set my password"

    def layout(self) -> list[Any]:
        # the address, unseen, so that a password manager knows whose password this is
        return [Include("accounts/_username.html"), "password1", "password2"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        try:
            password_validation.validate_password(password, self.user)
        except ValidationError as error:
            raise ValidationError(
                [PASSWORD_SENTENCES.get(part.code or "", part) for part in error.error_list]
            ) from None
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "The two passwords are not the same. Enter the same one twice")
        return cleaned


PASSWORD_SENTENCES = {
    "password_too_short": "The password must be 12 characters or more",
    "password_too_common": "This password is used by many. Choose one that is harder to guess",
    "password_entirely_numeric": "The password must not be numbers only",
    "password_too_similar": "The password must not be like your name or email address",
}


class OrganisationFields(GovukForm, forms.Form):
    name = forms.CharField(
        label="Name",
        max_length=120,
        error_messages={
            "required": "Enter the organisation’s name",
            "max_length": "The name must be 120 characters or fewer",
        },
        widget=forms.TextInput(attrs=OFF),
    )
    short_name = forms.CharField(
        label="Short name",
        max_length=40,
        required=False,
        help_text="For tables, such as MPS",
        error_messages={"max_length": "The short name must be 40 characters or fewer"},
        widget=forms.TextInput(attrs=OFF),
    )


class KindField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="What it is",
            choices=Organisation.Kind.choices,
            error_messages={"required": "Choose what it is", "invalid_choice": "Choose what it is from the list"},
            widget=forms.RadioSelect,
            **kwargs,
        )


class OrganisationAddForm(OrganisationFields):
    kind = KindField()
    submit = "Add the organisation"

    def layout(self) -> list[Any]:
        return ["name", Field.text("short_name", field_width=20), Field.radios("kind", small=True)]


class OrganisationForm(OrganisationAddForm, VersionMixin):
    submit = "Save changes"


class RenameForm(OrganisationFields, VersionMixin):
    starts_on = DayField(
        label="First day of the new name", what="the first day of the new name", help_text="For example, 1 7 2022"
    )
    submit = "Give the new name"

    def layout(self) -> list[Any]:
        return ["name", Field.text("short_name", field_width=20), "starts_on"]


# ---------------------------------------------------------------- filters


class PeopleFilter(GovukForm, forms.Form):
    """Which people a list shows. Empty means those who are here."""

    SHOW = [("", "Who is here"), ("new", "Who has not signed in yet"), ("gone", "Who has left"), ("all", "Everybody")]

    q = forms.CharField(label="Name, post or email address", max_length=120, required=False)
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "Any role"), *Role.choices])
    organisation = OrganisationField()
    show = forms.ChoiceField(label="Show", required=False, choices=SHOW)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.fields["organisation"]
        organisation.queryset = Organisation.objects.visible_to(user).with_names()
        organisation.empty_label = "Any organisation"
        self.fields["role"].error_messages["invalid_choice"] = "Choose a role from the list"
        self.fields["show"].error_messages["invalid_choice"] = "Choose from the list"


class EventFilter(GovukForm, forms.Form):
    """Which events the audit trail shows. `people` are offered by name."""

    SYSTEM = "system"

    by = forms.ChoiceField(
        label="Done by", required=False, error_messages={"invalid_choice": "Choose a person from the list"}
    )
    kind = forms.ChoiceField(
        label="What was done", required=False, error_messages={"invalid_choice": "Choose from the list"}
    )
    q = forms.CharField(label="To what", required=False, max_length=120, help_text="Part of its name")
    first = DayField(label="From", what="the first day", required=False)
    last = DayField(label="Until", what="the last day", required=False)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(person.pk), person.label) for person in people]
        self.fields["by"].choices = [("", "Anybody"), (self.SYSTEM, "The system"), *named]
        kinds = sorted(audit.KINDS.items(), key=lambda kind: kind[1])
        self.fields["kind"].choices = [("", "Anything"), *kinds]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must be on or after the first day")
        return cleaned


class ReminderFilter(GovukForm, forms.Form):
    """Whose reminders the log shows. `people` are those who were ever reminded."""

    person = forms.ChoiceField(
        label="Who was reminded", required=False, error_messages={"invalid_choice": "Choose a person from the list"}
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Anybody"), *((str(person.pk), person.label) for person in people)]


class SettleForm(forms.Form):
    """What is said of the roles at one organisation: of each that it goes on, ends, or that nothing is said yet.

    `do=rest` says of all the others that were shown that they go on.
    """

    SAID = ("keep", "end", "later")
    shown = forms.TypedMultipleChoiceField(coerce=int)
    do = forms.ChoiceField(choices=[("chosen", ""), ("rest", "")])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        ids = [text for text in data.getlist("shown") if text.isascii() and text.isdecimal() and len(text) < 19]
        self.fields["shown"].choices = [(text, "") for text in ids]
        self.said = {int(text): data.get(f"grant-{text}", "") for text in ids}

    def clean(self) -> dict[str, Any]:
        if self.errors or any(said not in (*self.SAID, "") for said in self.said.values()):
            raise ValidationError("Open this page again, and say of each role whether it goes on or ends")
        return super().clean() or self.cleaned_data

    @property
    def keep(self) -> list[int]:
        rest = self.cleaned_data["do"] == "rest"
        return [pk for pk, said in self.said.items() if said == "keep" or (rest and not said)]

    @property
    def end(self) -> list[int]:
        return [pk for pk, said in self.said.items() if said == "end"]
