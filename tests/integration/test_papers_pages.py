"""Papers on the screen: piles, one paper after the other, taking one out, finishing, undoing, codes, forms."""

import re

import pytest
from django.urls import reverse

from consultation.models import Batch, Code, MonitoringCount, Response
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    BatchFactory,
    CodeFactory,
    ConsultationFactory,
    LanguageFactory,
    ResponseFactory,
    whole,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return whole(slug="first", purge_on="2019-02-12")


@pytest.fixture
def sam(client):
    person = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(person)
    return person


@pytest.fixture
def batch(consultation, sam):
    return BatchFactory(channel=consultation.channels.get(key="paper"), label="Whitechapel", expected=2, made_by=sam)


def at(name, *args):
    return reverse(f"consultation:{name}", args=["first", *args])


def page(response):
    return " ".join(response.content.decode().split())


def token(client, batch):
    return re.search(r'name="token" value="([^"]+)"', page(client.get(at("pile-detail", batch.pk))))[1]


def save(client, batch, **typed):
    data = {"token": token(client, batch)} | {f"q-{name}": text for name, text in typed.items() if name != "code"}
    if "code" in typed:
        data["code"] = typed["code"]
    return client.post(at("pile-detail", batch.pk), data)


def test_a_pile_from_its_beginning_to_its_end(client, consultation, sam):
    channel = consultation.channels.get(key="paper")
    begun = client.post(at("pile-add"), {"channel": channel.pk, "label": "Whitechapel", "expected": "2"})
    batch = Batch.objects.get()
    assert begun.url == at("pile-detail", batch.pk)
    shown = page(client.get(begun.url))
    assert '<h1 class="govuk-heading-l">0 of 2 entered</h1>' in shown
    assert re.search(r'<input[^>]*name="q-concerns"[^>]*autofocus', shown)

    saved = save(
        client, batch, concerns="3 1", safe="a", connection="lw", lighting="1 3", trust="4", words="More light", age="2"
    )
    assert saved.url == begun.url
    response = Response.objects.get()
    assert [response.first.text, response.second.text, response.third] == ["Gangs", "Drugs", None]
    assert set(response.answers.values_list("option__text", flat=True)) == {
        *("Agree", "I live here", "I work here", "Parks", "Estates", "4")
    }
    shown = page(client.get(begun.url))
    assert "1 of 2 entered" in shown and "3 Gangs, 1 Drugs" in shown and "“More light”" in shown

    save(client, batch, concerns="o", **{"words-concerns": "Graffiti"})
    assert "“Graffiti”" in page(client.get(begun.url))
    finished = client.post(at("pile-finish", batch.pk), {"version": "1"})
    assert finished.url == at("pile-list")
    assert "2 papers are entered, in 1 pile." in page(client.get(finished.url))
    assert "Sam Carrick finished this pile" in page(client.get(begun.url))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"concerns": "3 41"}, "There is no 41 on the form: concerns go from 1 to 6, or o for other."),
        ({"concerns": "3 3"}, "The same concern is chosen twice."),
        ({"concerns": ", 5"}, "There is a second choice and no first."),
        ({"concerns": "1 2 3 4"}, "Choose three concerns at most."),
        ({"concerns": "9" * 201}, "must be 200 characters or fewer"),
        ({"safe": "ad"}, "Choose one answer only."),
        ({"safe": "x"}, "“x” is none of the answers: type a, d or ?."),
        ({"words": "x" * 10_000}, "Write 2,000 characters or fewer: this has 10,000."),
        ({"code": "AB22222Q"}, "One letter of this code is wrong, or two have changed places."),
        ({"concerns": "1", "code": "AB22222P"}, "This code has been used already"),
        ({"concerns": "1", "code": "22222222"}, "There is no such code"),
        ({}, "Nothing is typed. For a paper on which nothing is marked, type - here."),
    ],
)
def test_a_fault_is_told_beside_its_box_and_what_was_typed_stays(client, consultation, batch, typed, said):
    CodeFactory(consultation=consultation, value="AB22222P", used_on=consultation.opens_on)
    refused = save(client, batch, **typed)
    shown = page(refused)
    assert refused.status_code == 200
    assert shown.count(said) >= 2  # in the summary and at the box
    assert "This paper is not saved yet" in shown
    assert not Response.objects.exists()
    for name, text in typed.items():
        box = "code" if name == "code" else f"q-{name}"
        tag = re.search(rf'<input[^>]*name="{box}"[^>]*>', shown)[0]
        assert f'value="{text}"' in tag
    faulty = re.search(r"<input[^>]*autofocus[^>]*>", shown)[0]
    assert "govuk-input--error" in faulty


def test_two_faults_are_told_at_once(client, batch):
    shown = page(save(client, batch, concerns="2 2", safe="x"))
    assert "The same concern is chosen twice" in shown and "“x” is none of the answers" in shown


def test_emoji_and_writing_from_right_to_left_are_kept(client, batch):
    save(client, batch, words="سلام 😡 <b>")
    assert Response.objects.get().comments.get().text == "سلام 😡 <b>"
    assert "سلام 😡 &lt;b&gt;" in page(client.get(at("pile-detail", batch.pk)))


def test_a_paper_without_the_code_that_was_used(client, consultation, batch):
    CodeFactory(consultation=consultation, value="AB22222P")
    save(client, batch, concerns="1", code="ab22-222p")
    assert Code.objects.get().batch == batch
    assert save(client, batch, concerns="2", code="ab22-222p").status_code == 200
    assert save(client, batch, concerns="2", code="").status_code == 302
    assert Response.objects.count() == 2


def test_an_empty_paper_is_counted_on_purpose(client, batch):
    assert save(client, batch, concerns="-").status_code == 302
    assert Response.objects.get().choices == ()


def test_a_form_sent_twice_counts_once_and_a_correction_is_not_lost(client, batch):
    data = {"token": token(client, batch), "q-concerns": "1"}
    client.post(at("pile-detail", batch.pk), data)
    assert client.post(at("pile-detail", batch.pk), data).status_code == 302
    back = client.post(at("pile-detail", batch.pk), data | {"q-concerns": "2"})
    shown = page(back)
    assert "This form was saved before, with other answers" in shown
    assert re.search(r'<input[^>]*name="q-concerns"[^>]*value="2"', shown)
    new = re.search(r'name="token" value="([^"]+)"', shown)[1]
    assert new != data["token"]
    client.post(at("pile-detail", batch.pk), data | {"q-concerns": "2", "token": new})
    assert Response.objects.count() == 2


@pytest.mark.parametrize("what", ["finished", "undone", "analysed"])
def test_somebody_else_ends_the_pile_meanwhile_and_what_was_typed_stays(client, consultation, batch, what):
    data = {"token": token(client, batch), "q-concerns": "3 1"}
    if what == "analysed":
        type(consultation).objects.update(state="analysed")
        said = "This one is analysed: nothing was added to it."
    else:
        owen = UserFactory(name="Owen Tranter", roles=["coordinator"])
        ended = {"version": 1, "counted": "on", "because": "Twice"}
        client.force_login(owen)
        client.post(at("pile-finish" if what == "finished" else "pile-undo", batch.pk), ended)
        client.force_login(batch.made_by)
        said = "Owen Tranter said that all of" if what == "finished" else "was undone by Owen Tranter: Twice."
    shown = page(client.post(at("pile-detail", batch.pk), data))
    assert said in shown
    assert re.search(r'<input[^>]*name="q-concerns"[^>]*value="3 1"', shown)
    assert not Response.objects.exists()


def test_taken_out_its_answers_come_back_into_the_boxes(client, batch):
    save(
        client,
        batch,
        concerns="3 o",
        safe="?",
        connection="s",
        lighting="2",
        words="Light",
        age="1",
        **{"words-concerns": "Noise"},
    )
    response = Response.objects.get()
    address = at("paper-take-out", batch.pk, response.pk)
    asked = page(client.get(address))
    assert "Take out paper 1" in asked and 'name="q-age"' in asked and 'name="code"' not in asked
    out = client.post(address, {"q-age": "1"})
    assert set(MonitoringCount.objects.values_list("count", flat=True)) == {0}
    shown = page(client.get(out.url))
    assert "0 of 2 entered" in shown and "The paper is taken out." in shown and "1 was taken out again." in shown
    for name, text in {
        "concerns": "3 6", "words-concerns": "Noise", "safe": "?", "connection": "s", "lighting": "2", "words": "Light"
    }.items():  # fmt: skip
        assert re.search(rf'<input[^>]*name="q-{name}"[^>]*value="{re.escape(text)}"', shown), name
    assert "taken out already" in page(client.post(address, {}))


def test_what_is_wrong_with_taking_out_is_told(client, batch):
    save(client, batch, concerns="1", age="1")
    address = at("paper-take-out", batch.pk, Response.objects.get().pk)
    assert "is none of the answers: type 1, 2 or 3." in page(client.post(address, {"q-age": "9"}))
    assert "No paper of this pile was counted with this answer" in page(client.post(address, {"q-age": "2"}))
    assert Response.objects.get().standing == "counted"


def test_another_number_is_looked_at_before_the_pile_is_finished(client, batch):
    save(client, batch, concerns="1")
    shown = page(client.post(at("pile-finish", batch.pk), {"version": "1"}))
    assert "1 is entered and 2 were counted: 1 too few." in shown
    assert Batch.objects.get().state == "open"
    client.post(at("pile-finish", batch.pk), {"version": "1", "counted": "on"})
    assert Batch.objects.get().state == "done"
    late = page(client.post(at("pile-finish", batch.pk), {"version": "1", "counted": "on"}))
    assert "has been changed since you opened it" in late and "Sam Carrick" in late


def test_a_pile_is_undone_with_a_reason(client, batch):
    save(client, batch, concerns="1")
    assert "Say why it is undone" in page(client.post(at("pile-undo", batch.pk), {"version": "1", "because": " "}))
    client.post(at("pile-undo", batch.pk), {"version": "1", "because": "Keyed twice"})
    shown = page(client.get(at("pile-detail", batch.pk)))
    assert "Undone: none is counted" in shown and "Keyed twice" in shown
    assert client.get(at("pile-undo", batch.pk)).url == at("pile-detail", batch.pk)


def test_the_language_of_a_paper_stays_for_the_next(client, consultation, batch):
    LanguageFactory(consultation=consultation)
    data = {"token": token(client, batch), "q-concerns": "1", "language": "bn"}
    saved = client.post(at("pile-detail", batch.pk), data)
    assert saved.url.endswith("?language=bn")
    assert re.search(r'<option value="bn" selected', page(client.get(saved.url)))
    assert Response.objects.get().language == "bn"


def test_the_last_ten_stand_below_and_keep_their_numbers(client, batch):
    concern = batch.consultation.concerns.get(order=1)
    made = [ResponseFactory(channel=batch.channel, batch=batch, first=concern) for _ in range(12)]
    Response.objects.filter(pk=made[10].pk).update(standing="undone")
    shown = page(client.get(at("pile-detail", batch.pk)))
    assert re.findall(r'csp-nowrap">Paper (\d+)<', shown) == ["12", *map(str, range(10, 1, -1))]
    assert "11 of 2 entered" in shown


def test_queries_do_not_grow(client, batch, django_assert_max_num_queries):
    concern = batch.consultation.concerns.get(order=1)
    ResponseFactory(channel=batch.channel, batch=batch, first=concern)
    with django_assert_max_num_queries(40) as few:
        client.get(at("pile-detail", batch.pk))
    for _ in range(30):
        ResponseFactory(channel=batch.channel, batch=batch, first=concern)
    BatchFactory.create_batch(30, channel=batch.channel)
    with django_assert_max_num_queries(len(few)):
        client.get(at("pile-detail", batch.pk))
    with django_assert_max_num_queries(40) as listed:
        client.get(at("pile-list"))
    BatchFactory.create_batch(30, channel=batch.channel)
    with django_assert_max_num_queries(len(listed)):
        client.get(at("pile-list"))


@pytest.mark.parametrize("address", ["pile-detail", "pile-finish", "pile-undo"])
def test_a_file_of_a_survey_and_another_consultations_pile_are_not_found(client, consultation, sam, address):
    file = BatchFactory(channel=consultation.channels.get(key="paper"), kind="import")
    for batch in (file, BatchFactory()):
        assert client.get(at(address, batch.pk)).status_code == 404


def test_no_channel_for_papers_and_none_taken_any_more(client, sam):
    ConsultationFactory(slug="first")
    assert "has no channel by which papers come" in page(client.get(at("pile-add")))
    ConsultationFactory(slug="over", state="published")
    shown = page(client.get(reverse("consultation:pile-list", args=["over"])))
    assert "This one is published: nothing was added to it." in shown and "Begin a pile" not in shown


def test_where_papers_are_handed_in(client, consultation, sam):
    assert client.post(at("hand-in-edit"), {"version": "1", "hand_in": "At any library"}).url == at("pile-list")
    assert "<strong>At any library</strong>" in page(client.get(at("pile-list")))
    late = page(client.post(at("hand-in-edit"), {"version": "1", "hand_in": "At the town hall"}))
    assert "has been changed since you opened it" in late and "At the town hall" in late


def test_codes_are_made_listed_and_downloaded(client, consultation, sam):
    refused = page(client.post(at("code-add"), {"series": "Letters", "count": "5001"}))
    assert "must be 5,000 or less" in refused
    assert client.post(at("code-add"), {"series": "=Letters", "count": "3"}).url == at("code-list")
    assert "0 of 3 codes are used." in page(client.get(at("code-list")))
    first = Code.objects.order_by("pk").first()
    lines = client.get(at("code-download", first.pk)).content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Code"
    assert [line.replace("-", "") for line in lines[1:4]] == list(
        Code.objects.order_by("pk").values_list("value", flat=True)
    )
    forms = client.get(at("code-forms", first.pk))
    assert forms["Content-Type"] == "application/pdf" and forms.content.startswith(b"%PDF")


def test_forms_are_of_opened_consultations_only(client, sam):
    draft = ConsultationFactory(draft=True, slug="first")
    code = CodeFactory(consultation=draft)
    assert client.get(at("paper-form")).status_code == 404
    assert client.get(at("code-forms", code.pk)).status_code == 404
    assert "until then its words may change" in page(client.get(at("pile-list")))
    ConsultationFactory(totals_only=True, slug="totals")
    assert client.get(reverse("consultation:paper-form", args=["totals"])).status_code == 404


def test_anyone_may_print_the_form(client, consultation):
    LanguageFactory(consultation=consultation)
    made = client.get(at("paper-form"), {"language": "bn", "large": "1"})
    assert made["Content-Type"] == "application/pdf"
    assert made["Content-Disposition"] == 'inline; filename="first-bn-large.pdf"'
    odd = client.get(at("paper-form"), {"language": 'x"\r\ny'})
    assert odd["Content-Disposition"] == 'inline; filename="first-xy.pdf"'
