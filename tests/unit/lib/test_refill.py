"""What was sent stands in the form again; what is not the form's stays out of it."""

import pytest

from lib.refill import refill

PAGE = """<form method="get" action="/find/"><input name="q"></form>
<form method="post" action="">
<input type="hidden" name="csrfmiddlewaretoken" value="new"><input type="hidden" name="version" value="7">
<input type="text" name="name" value="before"><textarea name="words" rows="3">
old &amp; plain</textarea>
<input type="radio" name="kind" value="a" checked><input type="radio" name="kind" value="b">
<input type="checkbox" name="roles" value="x" checked><input type="checkbox" name="roles" value="y">
<select name="where"><option value="" selected>Choose</option><option>Leeds</option></select>
<input type="password" name="proof"><input type="file" name="file"><button name="do" value="send">Send</button>
</form>"""
SENT = {
    "version": ["5"],
    "csrfmiddlewaretoken": ["old"],
    "name": ['Ada "<b>" & Co'],
    "words": ["first\nsecond </textarea><script>"],
    "kind": ["b"],
    "roles": ["y"],
    "where": ["Leeds"],
    "proof": ["hunter2"],
    "gone": ["typed where no box is any more"],
}


def test_boxes_of_every_kind_are_filled_and_the_rest_is_told():
    html, left = refill(PAGE, page="/x/", to="/x/", sent=SENT)
    assert left == {"proof": ["hunter2"], "gone": ["typed where no box is any more"]}
    for part in (
        '<input type="hidden" name="csrfmiddlewaretoken" value="new">',
        '<input type="hidden" name="version" value="5">',  # so that it tells who was quicker
        'value="Ada &quot;&lt;b&gt;&quot; &amp; Co"',
        '<textarea name="words" rows="3">\nfirst\nsecond &lt;/textarea&gt;&lt;script&gt;</textarea>',
        '<input type="radio" name="kind" value="a"><input type="radio" name="kind" value="b" checked>',
        '<input type="checkbox" name="roles" value="x"><input type="checkbox" name="roles" value="y" checked>',
        '<option value="">Choose</option><option selected>Leeds</option>',
        '<input type="password" name="proof"><input type="file" name="file"><button name="do" value="send">Send</button>',
        '<form method="get" action="/find/"><input name="q"></form>',
    ):
        assert part in html


def test_a_form_that_goes_elsewhere_is_left_alone():
    html, left = refill(PAGE, page="/x/", to="/y/", sent={"name": ["Ada"]})
    assert (html, left) == (PAGE, {"name": ["Ada"]})


@pytest.mark.parametrize(("row", "first", "second"), [("1", "Ada", ""), ("2", "", "Ada"), ("3", "", "")])
def test_of_many_rows_only_the_one_it_was_about(row, first, second):
    page = "".join(
        f'<form method="post" action="/y/"><input type="hidden" name="row" value="{number}"><input name="n" value=""></form>'
        for number in (1, 2)
    )
    html, left = refill(page, page="/x/", to="/y/", sent={"row": [row], "n": ["Ada"]})
    assert [part.split('"')[0] for part in html.split('name="n" value="')[1:]] == [first, second]
    assert bool(left) is (row == "3")


def test_boxes_of_one_name_are_filled_in_order():
    page = '<form method="post"><input name="n" value=""><input name="n" value=""></form>'
    assert 'value="one"><input name="n" value="two"' in refill(page, page="/", to="/", sent={"n": ["one", "two"]})[0]
