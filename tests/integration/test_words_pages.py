"""What people wrote, asked as a browser does."""

import datetime as dt
import re

import pytest
import time_machine

from consultation.models import Comment, Disclosure, Quote, Response
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    ChannelFactory,
    CommentFactory,
    ConsultationFactory,
    DisclosureFactory,
    QuestionFactory,
    QuoteFactory,
    ResponseFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 7, 2, 11, 0, tzinfo=dt.UTC)
WORDS, RESPONSES = "/consultations/what/words/", "/consultations/what/responses/"
QUEUE = "/consultations/disclosures/"


@pytest.fixture(autouse=True)
def july():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sam(client):
    client.force_login(UserFactory(name="Sam Carrick", roles=["coordinator"]))
    return client


@pytest.fixture
def lena():
    return UserFactory(name="Lena Fox", roles=["coordinator"])


@pytest.fixture
def consultation():
    return ConsultationFactory(slug="what", title="What matters")


@pytest.fixture
def web(consultation):
    return ChannelFactory(consultation=consultation, name="Web form")


@pytest.fixture
def question(consultation):
    return QuestionFactory(consultation=consultation, key="words", kind="text", text="Anything else?")


@pytest.fixture
def write(web, question):
    """A comment of a new response."""

    def written(text: str, **response: object) -> Comment:
        return CommentFactory(response=ResponseFactory(channel=web, **response), question=question, text=text)

    return written


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def ten(*comments: Comment, **boxes: object) -> dict[str, object]:
    """The form of the page for these, at the versions at which they are; `boxes` of the first."""
    data: dict[str, object] = {"comment": [one.pk for one in comments]}
    for one in comments:
        data[f"c{one.pk}-version"] = one.version
    return data | {f"c{comments[0].pk}-{name}": value for name, value in boxes.items()}


# ---------------------------------------------------------------- reading


def test_unread_ones_first_and_found_by_word_tag_and_question(sam, lena, consultation, question, write):
    read = write("Old light", received_on=dt.date(2018, 7, 1))
    Comment.objects.filter(pk=read.pk).update(read_at=NOW, read_by=lena)
    read.tags.add(TagFactory(consultation=consultation, name="light"))
    new, foreign = write("New bins & bags 😀"), CommentFactory(text="Elsewhere")
    page = sam.get(WORDS)
    told = words(page)
    assert "2 comments, 1 not read yet." in told
    assert told.index("New bins &amp; bags 😀") < told.index("Old light")
    assert foreign.text not in told
    assert [one.text for one in sam.get(WORDS, {"q": "bags NEW"}).context["page"]] == [new.text]
    assert [one.text for one in sam.get(WORDS, {"tag": read.tags.get().pk}).context["page"]] == [read.text]
    assert [one.text for one in sam.get(WORDS, {"show": "read"}).context["page"]] == [read.text]
    assert "0 are like that" in words(sam.get(WORDS, {"q": "nowhere"}))


@pytest.mark.parametrize(
    "query",
    [
        {"tag": "x"},
        {"tag": "9" * 40},
        {"question": "none"},
        {"page": "x"},
        {"q": "\x00"},
        {"q": "%_'\"<b>"},
        {"show": "y"},
    ],
)
def test_any_address_shows_a_page(sam, write, query):
    write("Light")
    assert sam.get(WORDS, query).status_code == 200


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30])
def test_any_place_to_read_on_from(sam, write, after):
    write("Light")
    assert sam.get(f"{WORDS}read/", {"after": after}).status_code == 200


def test_what_people_wrote_is_escaped(sam, write):
    write("<script>alert(1)</script>")
    for page in (WORDS, f"{WORDS}read/"):
        assert b"<script>alert" not in sam.get(page).content


def test_ten_are_read_together(sam, consultation, write):
    TagFactory(consultation=consultation, name="light")
    twelve = [write(f"Comment {number}") for number in range(12)]
    page = sam.get(f"{WORDS}read/")
    assert "Save the ten" in words(page)
    assert len(page.context["rows"]) == 10
    answer = sam.post(f"{WORDS}read/", ten(*twelve[:10], tags=["light"], new="bins, Light , parks"), follow=True)
    assert "Ten are read" in words(answer)
    assert len(answer.context["rows"]) == 2
    assert sorted(twelve[0].tags.values_list("name", flat=True)) == ["bins", "light", "parks"]
    assert Comment.objects.unread().count() == 2


def test_what_is_kept_unread_does_not_come_again_at_once(sam, write):
    kept, read, next_ = write("Later"), write("Now"), write("Next")
    answer = sam.post(f"{WORDS}read/", ten(kept, read, later="on"))
    assert answer.url == f"{WORDS}read/?after={kept.pk}"
    assert [form.comment for form, _ in sam.get(answer.url).context["rows"]] == [next_]
    assert set(Comment.objects.unread()) == {kept, next_}


def test_somebody_else_has_read_one_meanwhile(sam, lena, write, consultation):
    """Nine are saved; the tenth comes back with what was typed and what the other one said."""
    first, second = write("First"), write("Second")
    typed = ten(first, second, new="dogs")
    sam.force_login(lena)
    sam.post(f"{WORDS}read/", ten(first, new="light"))
    sam.force_login(UserFactory(name="Owen Tranter", roles=["coordinator"]))
    page = sam.post(f"{WORDS}read/", typed)
    told = words(page)
    assert page.status_code == 200
    assert told.lstrip().startswith("Error: ")
    assert "One is read" in told
    assert "Lena Fox" in told and "Tags: light" in told
    assert 'value="dogs"' in page.content.decode()
    assert [form.comment for form, _ in page.context["rows"]] == [first]
    ((form, _),) = page.context["rows"]
    again = {"comment": [first.pk], f"c{first.pk}-version": form["version"].value(), f"c{first.pk}-new": "dogs"}
    sam.post(f"{WORDS}read/", again)
    assert [tag.name for tag in first.tags.all()] == ["dogs"]


def test_the_same_form_sent_twice_is_no_conflict(sam, write):
    typed = ten(write("First"), new="dogs")
    sam.post(f"{WORDS}read/", typed)
    assert sam.post(f"{WORDS}read/", typed).status_code == 302


@pytest.mark.parametrize("bad", [{}, {"comment": ["x", "-1", "9" * 30]}, {"comment": ["999999"]}])
def test_a_form_that_names_no_comment_does_nothing(sam, write, bad):
    write("First")
    assert sam.post(f"{WORDS}read/", bad).status_code == 302
    assert Comment.objects.unread().exists()


def test_a_comment_of_another_consultation_is_not_read_here(sam, write):
    write("First")
    foreign = CommentFactory()
    sam.post(f"{WORDS}read/", ten(foreign))
    assert Comment.objects.unread().filter(pk=foreign.pk).exists()
    assert sam.get(f"{WORDS}{foreign.pk}/").status_code == 404


def test_somebody_should_see_to_it_while_one_reads(sam, consultation, write):
    comment = write("The boy next door is always alone")
    sam.post(f"{WORDS}read/", ten(comment, harm="on"))
    assert Disclosure.objects.get().owner == consultation.triage_owner


def test_queries_do_not_grow_with_comments(sam, consultation, write, django_assert_max_num_queries):
    for number in range(60):
        comment = write(f"Comment {number}")
        comment.tags.add(TagFactory(consultation=consultation))
        if number % 3 == 0:
            QuoteFactory(comment=comment)
            DisclosureFactory(comment=comment)
    for page, most in ((WORDS, 16), (f"{WORDS}read/", 16), (f"{WORDS}quotes/", 14), (QUEUE, 14)):
        with django_assert_max_num_queries(most):
            assert sam.get(page).status_code == 200


# ---------------------------------------------------------------- quotes


def test_no_button_of_the_form_that_passes_quotes_withdraws_one(sam, write):
    """Enter on a ticked box presses the first button of its form."""
    for text in ("More light!", "More buses!"):
        QuoteFactory(comment=write(text))
    page = sam.get(f"{WORDS}quotes/").content.decode()
    form = page[page.index("quotes/pass/") :].split("</form>")[0]
    buttons = [button.split(">")[0] for button in form.split("<button ")[1:]]
    assert [button for button in buttons if " form=" not in button] == [
        'type="submit" class="govuk-button" data-module="govuk-button"'
    ]
    assert page.count('type="submit" class="csp-button-link" form="withdraw-') == 2


def test_a_quote_from_choosing_to_passing(sam, lena, write):
    comment = write("My son Jamal is afraid. More light!")
    page = sam.get(f"{WORDS}{comment.pk}/quote/")
    assert "A name: “My son Jamal”" in words(page)
    refused = sam.post(f"{WORDS}{comment.pk}/quote/", {"version": 0, "text": comment.text})
    assert "Take out what may tell who somebody is" in words(refused)
    chosen = {"version": 0, "text": "My son [...] is afraid. More light!", "harmless": ["a name: “My son Jamal”"]}
    sam.post(f"{WORDS}{comment.pk}/quote/", chosen)
    quote = Quote.objects.get()
    assert quote.text == "My son […] is afraid. More light!"
    assert "Somebody else has to pass it" in words(sam.get(f"{WORDS}quotes/"))
    tick = {"quote": [f"{quote.pk}:{quote.version}", "x", "9" * 30 + ":1"]}
    assert "Somebody else has to pass" in words(sam.post(f"{WORDS}quotes/pass/", tick, follow=True))
    sam.force_login(lena)
    assert "1 quote is passed" in words(sam.post(f"{WORDS}quotes/pass/", tick, follow=True))
    assert Quote.objects.published().exists()
    assert sam.get(f"{WORDS}{comment.pk}/quote/").url == f"{WORDS}quotes/{quote.pk}/"
    answer = sam.post(f"{WORDS}quotes/{quote.pk}/withdraw/", {"version": 2}, follow=True)
    assert "Withdrawn" in words(answer)
    assert not Quote.objects.exists()


def test_the_executive_passes_quotes_and_sees_no_comment(client, consultation, write):
    quote = QuoteFactory(comment=write("Secret words. More light!"), text="More light!")
    type(consultation).objects.update(state="analysed")
    client.force_login(UserFactory(roles=["executive"]))
    page = client.get(f"{WORDS}quotes/")
    assert "One quote waits for you to pass." in words(page)
    assert "Secret" not in words(page)
    assert "Withdraw" not in words(page)
    client.post(f"{WORDS}quotes/pass/", {"quote": [f"{quote.pk}:1"]})
    assert Quote.objects.published().exists()


def test_two_change_a_quote(sam, lena, write):
    quote = QuoteFactory(comment=write("More light in the park, please."))
    sam.post(f"{WORDS}quotes/{quote.pk}/", {"version": 1, "text": "More light"})
    page = sam.post(f"{WORDS}quotes/{quote.pk}/", {"version": 1, "text": "the park, please."})
    assert "the park, please." in words(page)
    assert "Quote changed" in words(page)
    assert Quote.objects.get().text == "More light"


@pytest.mark.parametrize("tick", ["", "x", "1", ":", "9999:1", "9:x"])
def test_any_tick_of_a_quote_is_no_error(sam, write, tick):
    QuoteFactory(comment=write("More light in the park, please."))
    assert sam.post(f"{WORDS}quotes/pass/", {"quote": [tick]}).status_code == 302


# ---------------------------------------------------------------- disclosures


def test_the_queue_from_raising_to_settling(sam, consultation, write):
    comment = write("He beats me")
    assert "sees to it" in words(sam.post(f"{WORDS}{comment.pk}/raise/", follow=True))
    one = Disclosure.objects.get()
    page = words(sam.get(QUEUE))
    assert "1 comment waits for somebody to see to today." in page
    assert "He beats me" in page and "Since today" in page
    refused = sam.post(f"{QUEUE}{one.pk}/", {"version": 1, "outcome": ""})
    assert "Say what was done" in words(refused)
    answer = sam.post(f"{QUEUE}{one.pk}/", {"version": 1, "outcome": "Told adult social care"}, follow=True)
    assert "Nothing waits to be seen to." in words(answer)
    assert "Told adult social care" in words(sam.get(f"{QUEUE}?settled=yes"))
    sam.post(f"{QUEUE}{one.pk}/take-up/", {"version": 2})
    assert Disclosure.objects.waiting().exists()


def test_who_it_is_handed_to_sees_it_and_nothing_else(sam, client, write):
    one = DisclosureFactory(comment=write("He beats me"), raised_at=NOW)
    owen = UserFactory(name="Owen Tranter", roles=["member"])
    other = DisclosureFactory(raised_at=NOW)
    answer = sam.post(f"{QUEUE}{one.pk}/hand-over/", {"version": 1, "to": owen.pk}, follow=True)
    assert "Owen Tranter sees to it from now on" in words(answer)
    client.force_login(owen)
    assert "1 comment waits" in words(client.get(QUEUE))
    assert client.get(f"{QUEUE}{one.pk}/").status_code == 200
    assert client.get(f"{QUEUE}{other.pk}/").status_code == 404
    assert client.get(WORDS).status_code == 404
    client.post(f"{QUEUE}{one.pk}/", {"version": 2, "outcome": "Nothing needed: it is about a film"})
    assert list(Disclosure.objects.waiting()) == [other]


def test_how_long_it_waits(sam):
    DisclosureFactory(raised_at=dt.datetime(2018, 6, 29, 16, 0, tzinfo=dt.UTC))  # on Friday; it is Monday
    page = words(sam.get(QUEUE))
    assert "1 comment waits for somebody to see to, 1 longer than a working day." in page
    assert "Overdue 1 working day" in page


def test_a_comment_that_was_removed(sam):
    one = DisclosureFactory(raised_at=NOW)
    one.comment.response.delete()
    assert "A comment that has been removed" in words(sam.get(QUEUE))
    assert "removed with the other single responses" in words(sam.get(f"{QUEUE}{one.pk}/"))


def test_two_settle_it(sam):
    one = DisclosureFactory(raised_at=NOW)
    sam.post(f"{QUEUE}{one.pk}/", {"version": 1, "outcome": "Told the police"})
    page = words(sam.post(f"{QUEUE}{one.pk}/", {"version": 1, "outcome": "Nothing needed"}))
    assert "Disclosure settled" in page
    assert Disclosure.objects.get().outcome == "Told the police"


# ---------------------------------------------------------------- responses to look at


def test_all_twelve_of_a_group_are_set_aside_and_counted_again(sam, web):
    held = [ResponseFactory(channel=web, standing="held", filled_the_trap=True) for _ in range(12)]
    page = words(sam.get(RESPONSES))
    assert "12 responses are held back and not counted until you say so." in page
    assert "All 12 of this group" in page
    group = {"everything": "on", "up_to": held[-1].pk, "because": "Filled in by a program"}
    assert "12 responses are set aside" in words(sam.post(f"{RESPONSES}?group=held", {**group, "do": "set_aside"}, follow=True))  # fmt: skip
    assert "Filled in by a program" in words(sam.get(RESPONSES))
    sam.post(f"{RESPONSES}?group=set-aside", {**group, "do": "count"})
    assert Response.objects.counted().count() == 12


def test_some_of_a_group(sam, web):
    first, second = (ResponseFactory(channel=web, was_fast=True) for _ in range(2))
    data = {"only": [first.pk], "up_to": second.pk, "do": "set_aside"}
    refused = sam.post(f"{RESPONSES}?group=fast", data)
    assert "Say why they are set aside" in words(refused)
    assert b'value="%d" checked' % first.pk in refused.content
    assert "Tick the responses" in words(sam.post(f"{RESPONSES}?group=fast", {"up_to": second.pk, "because": "x"}))
    sam.post(f"{RESPONSES}?group=fast", {**data, "because": "Tried out"})
    told = words(sam.post(f"{RESPONSES}?group=fast", {**data, "because": "Tried out"}, follow=True))
    assert "0 responses are set aside. 1 had been changed meanwhile" in told
    assert Response.objects.counted().get() == second


@pytest.mark.parametrize(
    "bad", [{"only": ["x"]}, {"only": ["9" * 30]}, {"up_to": "x"}, {"up_to": ""}, {"because": "\x00"}]
)
def test_bad_input_is_a_sentence(sam, web, bad):
    one = ResponseFactory(channel=web, was_fast=True)
    data = {"only": [one.pk], "up_to": one.pk, "because": "Spam", "do": "set_aside", **bad}
    page = sam.post(f"{RESPONSES}?group=fast", data)
    assert page.status_code == 200
    assert "There is a problem" in words(page)
    assert Response.objects.counted().exists()


def test_nothing_to_look_at(sam, web):
    ResponseFactory(channel=web)
    assert "Nothing is held back, and nothing needs a look." in words(sam.get(RESPONSES))
