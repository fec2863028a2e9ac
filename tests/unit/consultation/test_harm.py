"""Which words are looked at at once, and which look like them and are harmless."""

import pytest

from consultation import harm


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My husband hits me when the children sleep.", ("hits me",)),
        ("I was raped in the park last year", ("raped",)),
        ("He RAPED her. Nobody came", ("RAPED",)),
        ("I think about suicide every day", ("suicide",)),
        ("i want to die", ("want to die",)),
        ("I'm afraid of my husband", ("afraid of my husband",)),
        ("He won’t let me leave the house", ("won't let me leave",)),
        ("My neighbour is abused by her son", ("abused",)),
        ("Domestic violence happens in our house", ("Domestic violence",)),
        ("my daughter is being groomed", ("being groomed",)),
        ("They made my boy do county lines", ("county lines",)),
        ("She talks of self-harm", ("self-harm",)),
        ("Somebody\nstabbed my son", ("stabbed",)),
    ],
)
def test_words_that_may_tell_of_harm(text, found):
    assert harm.words_found(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The rapeseed in the field by my house smells.",
        "I hate the abuse of parking permits in our street.",
        "Drug abuse on the stairs, every night. I am tired of it.",
        "Domestic abuse needs more money than road safety.",
        "More police against rape and stabbings.",
        "Rape is not dealt with. My street is dark.",  # another sentence
        "Therapy and therapists for young people near me",
        "Scared to cross the road with my children",
        "They beat the clock, and beat meetings.",
    ],
)
def test_words_that_only_look_like_them(text):
    assert harm.words_found(text) == ()


@pytest.mark.parametrize("text", ["My dog grooming salon was broken into.", "A cyclist hit my car."])
def test_a_look_too_many_costs_a_minute(text):
    assert harm.may_tell_of_harm(text)


def test_ten_thousand_characters_take_no_time():
    assert not harm.may_tell_of_harm("i am " * 2_000)
    assert not harm.may_tell_of_harm("my " * 3_500)
    assert harm.may_tell_of_harm("😀 " * 4_000 + "he beats me")
