import pytest

from reporting.guide.blocks import Block, NotOfTheGuide, Span, anchor, parse

PICTURE = '![A form](../../static/guide/form.png "The form.")\n'


def test_a_heading_of_the_second_level_can_be_led_to():
    assert parse("## The quarter's figures, and words", {}) == (
        Block("heading", (Span("The quarter’s figures, and words"),), level=2, anchor="the-quarters-figures-and-words"),
    )
    assert parse("### If it goes wrong", {})[0].anchor == ""


def test_anchors_are_those_of_code_forges():
    assert anchor("What is kept, and for how long?") == "what-is-kept-and-for-how-long"


def test_steps_hold_words_of_buttons_code_and_links():
    (steps,) = parse("1. Press **Save**.\n2. See [the steps](figures.md#give-a-figure), or `README.md`.\n", {})
    assert steps.kind == "steps"
    assert steps.items == (
        (Span("Press "), Span("Save", is_strong=True), Span(".")),
        (
            Span("See "),
            Span("the steps", url="../figures/#give-a-figure"),
            Span(", or "),
            Span("README.md", is_code=True),
            Span("."),
        ),
    )


def test_a_table_has_a_head():
    (table,) = parse("| Says | Means |\n|---|---|\n| Red | Worse |\n", {})
    assert (table.head, table.rows) == (((Span("Says"),), (Span("Means"),)), (((Span("Red"),), (Span("Worse"),)),))


def test_a_picture_knows_its_size():
    (picture,) = parse(PICTURE, {"guide/form.png": (800, 600)})
    assert (picture.file, picture.alt, picture.caption, picture.size) == (
        "guide/form.png",
        "A form",
        "The form.",
        (800, 600),
    )


@pytest.mark.parametrize(
    "text",
    [
        "<p>Words</p>",
        "Words <b>bold</b>",
        "[elsewhere](https://example.org/)",
        "[a file](../README.md)",
        "![no picture of ours](https://example.org/a.png)",
        "Words beside ![a picture](../../static/guide/form.png)",
        "1. Words\n   - steps within steps",
        "> Quoted",
        "```\ncode\n```",
        "***",
    ],
)
def test_what_the_guide_does_not_use_is_refused(text):
    with pytest.raises(NotOfTheGuide):
        parse(text, {})
