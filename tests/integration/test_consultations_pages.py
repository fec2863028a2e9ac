"""Setting a consultation up and running it, asked as a browser does."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultation.models import Concern, Consultation, Question, Translation
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    ChannelFactory,
    ConsultationFactory,
    LanguageFactory,
    ResponseFactory,
    whole,
)
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db
LIST = "/consultations/"


@pytest.fixture(autouse=True)
def july():
    with time_machine.travel(dt.datetime(2018, 7, 31, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def sam(client):
    client.force_login(UserFactory(name="Sam Carrick", roles=["coordinator"]))
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split())


def day(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def test_from_nothing_to_open(sam):
    """What a coordinator does, page by page; what is missing leads on."""
    PlanFactory()
    page = sam.post(f"{LIST}add/", {"title": "What comes first?", "copied": "", "plan": ""}, follow=True)
    base = "/consultations/what-comes-first/"
    assert page.redirect_chain[-1][0] == base
    assert "A draft: 5 things are missing before it can open." in words(page)
    assert f'href="{base}edit/#id_opens_on_day"' in words(page) and f"{base}open/" not in words(page)

    made = Consultation.objects.get()
    facts = {
        "version": made.version, "title": "What comes first?", "purpose": "To choose what comes first.", "privacy": made.privacy,
        "panel": "", "panel_source": "", "threshold": "5", "triage_owner": made.triage_owner_id, "plan": "", "earlier": "", "note": "",
        **day("opens_on", dt.date(2018, 8, 1)), **day("closes_on", dt.date(2018, 8, 31)), **day("purge_on", dt.date(2019, 2, 28)),
    }  # fmt: skip
    page = sam.post(f"{base}edit/", facts, follow=True)
    assert "A draft: 1 thing is missing before it can open." in words(page)

    made.refresh_from_db()
    sam.post(f"{base}concerns/", {"version": made.version, "more": "Drugs\r\n\r\n Road  safety \r\n", "other": "Else"})
    assert list(Concern.objects.values_list("order", "text")) == [(1, "Drugs"), (2, "Road safety"), (3, "Else")]

    made.refresh_from_db()
    new = {"version": made.version, "what": "further-scale", "text": "How much do you trust us?", "hint": "", "options": "1 Not at all\r\n2\r\n3 Completely", "dont_know": "Don’t know"}  # fmt: skip
    sam.post(f"{base}questions/add/", new)
    assert Question.objects.get(kind="scale").options.count() == 4

    page = sam.get(f"{base}open/")
    assert "from Wednesday 1 August 2018 to midnight at the end of Friday 31 August 2018" in words(page)
    made.refresh_from_db()
    page = sam.post(f"{base}open/", {"version": made.version}, follow=True)
    assert "It takes answers from Wednesday 1 August 2018 to Friday 31 August 2018." in words(page)
    assert "Opened: What comes first?" in words(page)
    page = sam.post(f"{base}questions/add/", new | {"version": made.version + 1})
    assert page.status_code == 200 and "close the consultation and ask anew" in words(page)


def test_opening_a_draft_that_lacks_something_names_all_of_it(sam):
    bare = ConsultationFactory(draft=True, slug="bare", purpose="", purge_on=None)
    page = words(sam.post("/consultations/bare/open/", {"version": bare.version}))
    for sentence in ("Say what it is for", "Enter the day on which single answers are removed", "Add a question"):
        assert sentence in page


def test_the_list_says_what_is_open_and_costs_the_same_for_many(sam):
    consultation = whole(title="What comes first?", slug="first")
    for _ in range(2):
        ResponseFactory(channel=consultation.channels.get(key="web"))
    ConsultationFactory(totals_only=True, title="Of 2016")
    page = words(sam.get(LIST))
    assert "“What comes first?” is open until 12 August 2018: 2 answers so far." in page
    assert "1,389" in page and "Published totals, no individual responses held" in page

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            sam.get(LIST)
        return len(queries)

    few = count()
    for _ in range(30):
        ResponseFactory(channel=ChannelFactory())
    assert count() == few


def test_the_csp_executive_reads_what_is_analysed_and_changes_nothing(client):
    client.force_login(UserFactory(roles=["executive"]))
    whole(title="Open one", slug="open-one")
    whole(title="Analysed one", slug="analysed-one", state="analysed")
    page = words(client.get(LIST))
    assert "Analysed one" in page and "Open one" not in page and "Begin a consultation" not in page
    page = words(client.get("/consultations/analysed-one/"))
    assert "Analysed, and not published yet." in page and "/edit/" not in page and "/papers/" not in page
    assert client.get("/consultations/open-one/").status_code == 404


def test_a_late_save_is_told_and_keeps_what_others_added(sam):
    consultation = whole(draft=True, slug="first")
    keys = ["concern-1", "concern-2", "concern-3", "concern-4", "concern-5"]
    held = {one.key: one.text for one in Concern.objects.filter(consultation=consultation)}
    opened_at = {"version": 1, "more": "", "other": "Something else"}
    for place, key in enumerate(keys, start=1):
        opened_at |= {f"place_{key}": place, f"text_{key}": held[key], f"priority_{key}": "", f"note_{key}": ""}
    sam.post("/consultations/first/concerns/", opened_at | {"more": "Knife crime"})
    mine = opened_at | {"text_concern-1": "Drugs and alcohol"}
    page = sam.post("/consultations/first/concerns/", mine)
    assert "has been changed since you opened it" in words(page) and "Drugs and alcohol" in words(page)
    assert "Sam Carrick" in words(page) and "Knife crime" in words(page)
    sam.post("/consultations/first/concerns/", mine | {"version": 2})
    texts = list(Concern.objects.filter(consultation=consultation).values_list("text", flat=True))
    assert texts == ["Drugs and alcohol", "Anti-social behaviour", "Gangs", "Road safety", "Burglary", "Knife crime", "Something else"]  # fmt: skip


def test_numbers_put_concerns_in_order_and_an_empty_one_goes(sam):
    plan = PlanFactory()
    priority = PriorityFactory(plan=plan, letter="D")
    consultation = whole(draft=True, slug="first", plan=plan)
    data = {"version": 1, "more": "", "other": ""}
    places = {"concern-1": 5, "concern-2": 1, "concern-3": 1, "concern-4": "", "concern-5": 2}
    for concern in consultation.concerns.filter(is_other=False):
        key = concern.key
        text = "" if key == "concern-4" else concern.text
        data |= {f"place_{key}": places[key], f"text_{key}": text, f"priority_{key}": "", f"note_{key}": ""}
    data["priority_concern-3"] = priority.pk
    sam.post("/consultations/first/concerns/", data)
    found = list(Concern.objects.filter(consultation=consultation).values_list("text", "priority"))
    assert found == [("Anti-social behaviour", None), ("Gangs", priority.pk), ("Burglary", None), ("Drugs", None)]
    page = sam.post("/consultations/first/concerns/", data | {"version": 2, "note_concern-3": "None does"})
    assert "A priority covers “Gangs”: take the priority or the note away" in words(page)


def test_longer_closed_and_open_again(sam):
    consultation = whole(slug="first")
    base = "/consultations/first/"
    longer = {"version": 1, "reason": "Few came from Bow", **day("closes_on", dt.date(2018, 8, 20))}
    assert "Open for 20 more days, until Monday 20 August 2018." in words(
        sam.post(f"{base}extend/", longer, follow=True)
    )
    assert "Say why it closes early" in words(sam.post(f"{base}close/", {"version": 2, "reason": ""}))
    page = words(sam.post(f"{base}close/", {"version": 2, "reason": "Enough came"}, follow=True))
    assert "Closed. No answers. The results have not been counted yet." in page and "Few came from Bow" in page
    past = {"version": 3, "reason": "The form was down", **day("closes_on", dt.date(2018, 7, 30))}
    assert "Enter today or a day to come" in words(sam.post(f"{base}reopen/", past))
    page = sam.post(f"{base}reopen/", past | day("closes_on", dt.date(2018, 7, 31)), follow=True)
    assert "Open until midnight today." in words(page)
    consultation.refresh_from_db()
    assert consultation.takes_answers(dt.date(2018, 7, 31))


def test_a_language_from_right_to_left(sam):
    whole(draft=True, slug="first")
    given = {"version": 1, "name": "العربية", "code": "AR!", "is_right_to_left": "on"}
    assert "The code must be two or three small letters, like bn" in words(
        sam.post("/consultations/first/languages/add/", given)
    )
    page = sam.post("/consultations/first/languages/add/", given | {"code": "ar"}, follow=True)
    assert "0 of" in words(page) and 'dir="rtl"' in words(page)
    page = sam.post("/consultations/first/languages/ar/", {"version": 2, "question.safe": "هل"}, follow=True)
    assert "1 text saved" in words(page) and Translation.objects.get().text == "هل"
    page = words(sam.get("/consultations/first/preview/?language=ar"))
    assert '<div lang="ar" dir="rtl">' in page and "هل" in page
    page = sam.post("/consultations/first/languages/ar/remove/", {"version": 3}, follow=True)
    assert "Removed: العربية" in words(page) and not Translation.objects.exists()


def test_a_removed_question_and_a_version_that_is_missing(sam):
    consultation = whole(draft=True, slug="first")
    question = consultation.questions.get(key="trust")
    url = f"/consultations/first/questions/{question.pk}/remove/"
    assert "lost track of what you were changing" in words(sam.post(url, {}, follow=True))
    assert "Removed: How far do you trust us?" in words(sam.post(url, {"version": 1}, follow=True))
    assert "has been changed since you opened it" in words(
        sam.post(f"/consultations/first/questions/{consultation.questions.get(key='words').pk}/remove/", {"version": 1}, follow=True)
    )  # fmt: skip


def test_a_question_of_another_consultation_is_not_here(sam):
    whole(draft=True, slug="first")
    other = LanguageFactory(consultation=whole(draft=True, slug="second"))
    question = other.consultation.questions.get(key="safe")
    assert sam.get(f"/consultations/first/questions/{question.pk}/edit/").status_code == 404
    assert sam.get("/consultations/first/languages/bn/").status_code == 404


@pytest.mark.parametrize(("points", "is_fine"), [(2, False), (3, True), (11, True), (12, False)])
def test_points_of_a_scale(sam, points, is_fine):
    whole(draft=True, slug="first")
    new = {"version": 1, "what": "further-scale", "text": "How much?", "options": "\n".join(map(str, range(points)))}
    page = sam.post("/consultations/first/questions/add/", new, follow=True)
    refused = f"A scale has 3 to 11 points, one a line: this has {points}" in words(page)
    assert refused != is_fine
