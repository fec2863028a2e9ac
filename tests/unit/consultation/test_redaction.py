"""What may tell who somebody is, and that a quote only leaves words out."""

import pytest

from consultation import redaction


def found(text: str) -> list[str]:
    return [str(one) for one in redaction.telling(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to ann.lee+x@example.co.uk please", ["an email address: “ann.lee+x@example.co.uk”"]),
        ("See www.example.org/me and http://example.org", ["a web address: “www.example.org/me”", "a web address: “http://example.org”"]),
        ("ask @weaver_e1 or @weaver_e1", ["a name on a network: “@weaver_e1”"]),
        ("Ring 020 7946 0123.", ["a phone number: “020 7946 0123”"]),
        ("Ring +44 7700 900123 now", ["a phone number: “+44 7700 900123”"]),
        ("(020) 7946-0123", ["a phone number: “(020) 7946-0123”"]),
        ("at E1 6AN, and e16an", ["a postcode: “E1 6AN”", "a postcode: “e16an”"]),
        ("the van AB12 CDE again", ["a car’s number plate: “AB12 CDE”"]),
        ("I live at 12a Weavers Lane.", ["an address: “12a Weavers Lane”"]),
        ("Flat 7 is a drug den", ["an address: “Flat 7”"]),
        ("born 3/4/1961", ["a date: “3/4/1961”"]),
        ("I am 83 and afraid", ["an age: “I am 83”"]),
        ("My son Jamal was followed", ["a name: “My son Jamal”"]),
        ("my next door neighbour, Ann Lee, knows", ["a name: “my next door neighbour, Ann Lee”"]),
        ("Tell Mrs Khan", ["a name: “Mrs Khan”"]),
        ("a man called Big Joe", ["a name: “called Big Joe”"]),
        ("I am Farah", ["a name: “I am Farah”"]),
    ],
)  # fmt: skip
def test_what_may_tell_who_somebody_is(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "More light in the park, please.",
        "In 2017 there were 120 burglaries, 30% more.",
        "Route 25 and the 205 bus stop at E14.",
        "I am tired of my street at night.",
        "মাদক নিয়ে কিছু করুন 😀",
    ],
)
def test_words_that_tell_nothing(text):
    assert found(text) == []


def test_nothing_is_found_twice_in_one_place():
    assert found("my email ann@example.org, my son Jamal, 12 Weavers Lane E1 6AN") == [
        "an email address: “ann@example.org”",
        "a name: “my son Jamal”",
        "an address: “12 Weavers Lane”",
        "a postcode: “E1 6AN”",
    ]


def test_dots_are_written_alike():
    assert redaction.tidy("  a [...] b\r\n[ … ] c [..] ") == "a […] b\n[…] c […]"


WORDS = "My son Jamal isn’t safe.\nThe park is dark, and the park is long."


@pytest.mark.parametrize(
    "quote",
    [
        WORDS,
        "My son […] isn't safe.",
        "[…] The park is dark […]",
        "The park is dark […] the park is long.",
        "[A child] isn’t safe.  The park is dark",
        "the park is long",
    ],
)
def test_a_quote_that_leaves_out(quote):
    assert redaction.not_in(quote, WORDS) == ""


@pytest.mark.parametrize(
    ("quote", "piece"),
    [
        ("My daughter isn’t safe.", "My daughter isn’t safe."),
        ("The park is long. […] My son", "My son"),
        ("the park is lo", "the park is lo"),
        ("the park is long […] The park is dark", "The park is dark"),
        ("My son Jamal is safe.", "My son Jamal is safe."),
    ],
)
def test_words_that_were_not_written_are_no_quote(quote, piece):
    assert redaction.not_in(quote, WORDS) == piece


def test_ten_thousand_characters_take_no_time():
    redaction.telling("my a " * 2_000)
    redaction.telling("0" * 10_000)
    redaction.telling("A" * 10_000)
    redaction.telling("a." * 5_000)
    redaction.telling("1 Ab " * 2_000)
