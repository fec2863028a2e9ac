"""What a box says when its form has no sentence of its own."""

import pytest
from django import forms
from django.http import QueryDict

from accounts import sign_in
from lib.editing import VersionMixin
from lib.govuk import Choice, GovukForm
from lib.refusals import LOST


class Asked(GovukForm, VersionMixin):
    short_name = forms.CharField(required=False, max_length=5)
    why = forms.CharField(label="Why? (optional)", required=False, max_length=5)
    long = forms.CharField(label="Comment", required=False, max_length=2000)
    own = forms.CharField(required=False, max_length=5, error_messages={"max_length": "Own words"})
    place = forms.IntegerField(label="Place", required=False, min_value=1, max_value=2000)
    share = forms.DecimalField(
        label="Share", required=False, error_messages={"invalid": "The share must be a number, like 4.5"}
    )
    kind = forms.ChoiceField(required=False, choices=[Choice("a", "A")])
    several = forms.MultipleChoiceField(required=False, choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    own_kind = forms.ChoiceField(
        required=False, choices=[("a", "A")], error_messages={"invalid_choice": "Choose a kind of the list"}
    )
    token = forms.CharField(required=False, max_length=5, widget=forms.HiddenInput)
    needed = forms.CharField(initial="x", widget=forms.HiddenInput)

    def __init__(self, data):
        super().__init__(data)
        self.fields["late"] = forms.CharField(label="Number", required=False, max_length=3)  # as the figure's boxes are


def said(**typed):
    data = QueryDict(mutable=True)
    data.update({"version": "1", "needed": "x"} | typed)
    return Asked(data).errors


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("short_name", "123456", "Short name must be 5 characters or fewer"),
        ("why", "123456", "The answer to “Why?” must be 5 characters or fewer"),
        ("long", "x" * 2001, "Comment must be 2,000 characters or fewer"),
        ("own", "123456", "Own words"),
        ("late", "1234", "Number must be 3 characters or fewer"),
        ("short_name", "a\x00b", "Short name has a hidden character in it. Type it again"),
        ("why", "a\x00b", "The answer to “Why?” has a hidden character in it. Type it again"),
        ("place", "0", "Place must be 1 or more"),
        ("place", "2001", "Place must be 2,000 or less"),
        ("place", "1.5", "Place must be a whole number, like 3"),
        ("place", "9" * 5000, "Place must be a whole number, like 3"),
        ("share", "much", "The share must be a number, like 4.5"),
        ("kind", "b", "Choose one of the options"),
        ("several", "b", "Choose one of the options"),
        ("own_kind", "b", "Choose a kind of the list"),
        ("token", "123456", LOST),
        ("token", "a\x00b", LOST),
        ("needed", "", LOST),
        ("version", "x", "Open this page again: it lost track of the version you were changing"),
        ("version", "", "Open this page again: it lost track of the version you were changing"),
    ],
)
def test_a_refusal_is_in_our_words(name, typed, sentence):
    assert said(**{name: typed}) == {name: [sentence]}


def test_what_one_form_says_another_of_its_kind_does_not_inherit():
    said(short_name="123456")
    assert "max_length" not in Asked.base_fields["short_name"].error_messages


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "name", "typed", "sentence"),
    [
        (sign_in.LoginForm, "login", "a\x00@example.org", "Enter an email address in full, like name@example.org"),
        (sign_in.LoginForm, "password", "a\x00b", "Password has a hidden character in it. Type it again"),
        (
            sign_in.ResetPasswordForm,
            "email",
            "x" * 400 + "@example.org",
            "Enter an email address in full, like name@example.org",
        ),
    ],
)
def test_the_pages_for_signing_in_say_it_too(form, name, typed, sentence):
    assert form(data={name: typed}).errors[name][0] == sentence
