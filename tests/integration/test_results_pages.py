"""The team's page of results from answers that come in to results that are public, for whom it is and what it keeps from whom."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from consultation import flagged
from consultation.actions import looking
from consultation.counts import Counts
from consultation.models import Consultation, Result
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    AnswerFactory,
    MonitoringCountFactory,
    OptionFactory,
    QuestionFactory,
    ResponseFactory,
    whole,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(client: Client) -> Client:
    client.force_login(UserFactory(roles=["coordinator"]))
    return client


@pytest.fixture
def consultation() -> Consultation:
    """Twelve by web, six of whom say yes, and two on paper who say no."""
    made = whole(state="closed", threshold=5)
    yes, no = (made.questions.get(key="safe").options.get(key=f"safe-{number}") for number in (1, 2))
    concerns = [made.concerns.get(key=f"concern-{number}") for number in (1, 2)]
    for number in range(14):
        way, said = ("paper", no) if number >= 12 else ("web", yes if number < 6 else no)
        response = ResponseFactory(channel=made.channels.get(key=way), first=concerns[number % 2])
        AnswerFactory(response=response, option=said)
    return made


def url(name: str, consultation: Consultation) -> str:
    return reverse(f"consultation:{name}", args=[consultation.slug])


def test_from_counting_to_publishing(sam: Client, consultation: Consultation) -> None:
    page = sam.get(url("result-detail", consultation)).content.decode()
    assert "Results so far" in page
    assert "Drugs and Anti-social behaviour came first together: 7 of 14 (50.0%) named each of them first." in page
    answer = sam.post(url("result-analyse", consultation), {"version": 1}, follow=True)
    assert "Counted. What is below is kept for good" in answer.content.decode()
    assert "Publish the results" in answer.content.decode()
    answer = sam.post(url("result-publish", consultation), {"version": 2}, follow=True)
    assert "Published: anyone can read the results now" in answer.content.decode()
    consultation.refresh_from_db()
    assert consultation.state == "published"


def test_what_the_public_will_not_see_is_marked(sam: Client, consultation: Consultation) -> None:
    page = sam.get(url("result-detail", consultation)).content.decode()
    assert "† Not in the public version: a number of fewer than 5 people" in page
    assert "The public version leaves this table out" in page


def test_two_count_at_one_time(sam: Client, consultation: Consultation) -> None:
    sam.post(url("result-analyse", consultation), {"version": 1})
    answer = sam.post(url("result-analyse", consultation), {"version": 1, "reason": "A pile was found."})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Results counted" in page  # who was quicker, and what they did
    assert "A pile was found." in page  # and nothing typed is lost
    assert Result.objects.count() == 1
    sam.post(url("result-analyse", consultation), {"version": 2, "reason": "A pile was found."})
    assert Result.objects.count() == 2
    assert "because: A pile was found." in sam.get(url("result-detail", consultation)).content.decode()


@pytest.mark.parametrize(
    "given", [{}, {"version": "x"}, {"version": "-1"}, {"version": "9" * 30}, {"version": 1, "reason": "a" * 400}]
)
def test_any_form_that_is_sent_is_answered(sam: Client, consultation: Consultation, given: dict[str, object]) -> None:
    sam.post(url("result-analyse", consultation), {"version": 1})
    for name in ("result-analyse", "result-publish"):
        assert sam.post(url(name, consultation), given).status_code == 200
    assert Result.objects.count() == 1


def test_the_executive_sees_what_was_counted_and_no_form(
    client: Client, sam: Client, consultation: Consultation
) -> None:
    sam.post(url("result-analyse", consultation), {"version": 1})
    client.force_login(UserFactory(roles=["executive"]))
    page = client.get(url("result-detail", consultation)).content.decode()
    assert "14 people answered" in page
    assert "Publish the results" not in page
    assert "Download the complete counts" not in page


def test_the_table_holds_every_count_and_says_which_are_public(sam: Client, consultation: Consultation) -> None:
    consultation.concerns.filter(key="concern-1").update(text="=1+1")
    answer = sam.get(url("result-download", consultation))
    assert f"{consultation.slug}-complete-counts-so-far.csv" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = {
        (row["Question"], row["Answer"], row["Group"], row["Counted"]): (row["Count"], row["Public"]) for row in rows
    }
    safe = "Do you feel safe in your area?"
    assert told[safe, "Agree", "", "answers"] == ("6", "yes")
    assert told[safe, "Disagree", "Paper", "responses"] == ("2", "no")
    assert told["Which concerns matter most to you?", "'=1+1", "", "first choice"] == ("7", "yes")  # no formula


def test_small_numbers_of_who_people_are_stand_nowhere_and_none_while_forms_come_in(
    sam: Client, consultation: Consultation
) -> None:
    """Whoever sees one form come in, and which counter moves, knows who that was."""
    question = QuestionFactory(
        consultation=consultation, key="years", role="monitoring", kind="single", text="How old?"
    )
    for option, count in ((None, 40), ("16 to 24", 33), ("65 and over", 7), ("Under 16", 0)):
        chosen = OptionFactory(question=question, text=option) if option else None
        MonitoringCountFactory(question=question, option=chosen, count=count)
    page = sam.get(url("result-detail", consultation)).content.decode()
    table = sam.get(url("result-download", consultation)).content.decode()
    assert "33" in page
    assert "not shown" in page
    assert "How old?,16 to 24,everyone,,answers,33,yes" in table
    assert "How old?,65 and over,everyone,,answers,,no" in table  # 7: with nobody it is what is left of 40
    Consultation.objects.filter(pk=consultation.pk).update(state="open")
    assert "How old?" not in sam.get(url("result-detail", consultation)).content.decode()
    assert "How old?" not in sam.get(url("result-download", consultation)).content.decode()


def test_what_was_kept_is_shown_when_the_responses_are_gone(sam: Client, consultation: Consultation) -> None:
    sam.post(url("result-analyse", consultation), {"version": 1})
    kept = Counts.from_json(Result.objects.get().counts)
    for response in consultation.responses.all():
        response.answers.all().delete()
        response.delete()
    assert kept.responses == 14
    assert "14 people answered" in sam.get(url("result-detail", consultation)).content.decode()


def test_kept_results_that_are_out_of_date_say_so(sam: Client, consultation: Consultation) -> None:
    sam.post(url("result-analyse", consultation), {"version": 1})
    assert "out of date" not in sam.get(url("result-detail", consultation)).content.decode()
    web = consultation.responses.filter(channel__key="web")
    web.update(was_fast=True)
    first = web.first()
    assert first is not None
    group, by = next(one for one in flagged.GROUPS if one.key == "fast"), UserFactory()
    looking.set_aside(consultation, group=group, only=[first.pk], up_to=first.pk, because="Twice.", by=by)
    page = sam.get(url("result-detail", consultation)).content.decode()
    assert "13 are counted now, not 14. What is below is out of date until the answers are counted again." in page


def test_a_draft_of_which_nothing_is_counted(sam: Client) -> None:
    draft = whole(state="draft", opened_at=None, opened_by=None)
    page = sam.get(url("result-detail", draft)).content.decode()
    assert "Nobody answered." in page
    assert "Count the answers" not in page


def test_then_and_now(sam: Client, consultation: Consultation) -> None:
    earlier = whole(state="closed", title="The year before")
    for number in range(10):
        concern = earlier.concerns.get(key=f"concern-{1 if number < 2 else 3}")
        ResponseFactory(channel=earlier.channels.get(key="web"), first=concern)
    sam.post(url("result-analyse", earlier), {"version": 1})
    Consultation.objects.filter(pk=consultation.pk).update(earlier=earlier)
    page = sam.get(url("result-detail", consultation)).content.decode()
    assert "Compared with The year before" in page
    # 7 of 14 now, 2 of 10 then
    assert "+30.0 points (" in page


def test_queries_do_not_grow_with_answers(sam, consultation, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(45):
        sam.get(url("result-detail", consultation))
    web, concern = consultation.channels.get(key="web"), consultation.concerns.get(key="concern-3")
    ResponseFactory.create_batch(200, channel=web, first=concern)
    with django_assert_max_num_queries(45):
        sam.get(url("result-detail", consultation))
