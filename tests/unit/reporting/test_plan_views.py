"""The plan for everyone to read: all of it, no figures, and the same cost however long it is."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import catalogue_data
from indicators.models import Round
from lib.quarters import Quarter, Year
from priorities import plan_data
from reporting import plan_pages
from tests.factories.accounts import UserFactory
from tests.factories.packs import PackFactory
from tests.factories.priorities import (
    CommitmentFactory,
    FocusPointFactory,
    LinkedStrategyFactory,
    OutcomeFactory,
    PlanFactory,
    PriorityFactory,
    SectionFactory,
    SectionItemFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

PLAN = reverse("reporting:plan-detail")
SECTIONS = reverse("reporting:plan-sections")


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def shipped():
    """The 2017-21 plan and its catalogue, as they ship."""
    plan, _ = plan_data.load()
    catalogue_data.load(plan)
    return plan


def test_the_shipped_plan_on_a_page(client, shipped):
    words = text_of(client.get(PLAN))
    assert "In four years, 4 priorities, 19 focus points, 52 commitments, 23 outcomes and 15 indicators." in words
    for counts in (
        "7 focus points, 13 commitments, 6 outcomes, 3 indicators",
        "6 focus points, 6 commitments, 9 outcomes, 4 indicators",
        "3 focus points, 4 commitments, 4 outcomes, 4 indicators",
        "3 focus points, 29 commitments, 4 outcomes, 4 indicators",
    ):
        assert counts in words
    assert "Adopted on Tuesday 18 July 2017." in words


def test_the_rest_of_the_shipped_plan(client, shipped):
    words = text_of(client.get(SECTIONS))
    assert words.count("Local definition only") == 3
    assert "The workshop was on 26 September 2016 (plan, page 6) or 27 September 2016" in words


def test_without_a_plan_there_is_no_rest_of_it(client):
    assert client.get(SECTIONS).status_code == 404


@pytest.mark.parametrize(
    ("letter", "title", "indicators", "unmeasured"),
    [
        ("a", "Anti-Social Behaviour (ASB) including Drugs and Alcohol", ["A1", "A2", "A3"], 5),
        ("b", "Violence", ["B1", "B2", "B3", "B4"], 2),
        ("c", "Hate Crime, Community Cohesion and Extremism", ["C1", "C2", "C3", "C4"], 0),
        ("d", "Reducing Re-offending", ["D1", "D2", "D3", "D4"], 2),
    ],
)
def test_each_shipped_priority_has_all_its_parts(client, shipped, letter, title, indicators, unmeasured):
    response = client.get(reverse("reporting:priority-detail", args=[letter]))
    page, words = response.context["page"], text_of(response)
    assert title in words
    assert [measure.reference for measure in page.measures] == indicators
    for placement in shipped.placements.filter(priority=page.priority).select_related("indicator"):
        assert placement.indicator.name in response.content.decode().replace("&amp;", "&")
    for part in (*page.priority.focus_points.all(), *page.priority.commitments.all(), *page.priority.outcomes.all()):
        assert part.text in response.content.decode().replace("&#x27;", "'").replace("&amp;", "&")
    assert words.count("No measure yet") == unmeasured
    assert "The figures come with the first public report." in words


def test_the_two_printed_numbers_are_shown(client, shipped):
    words = text_of(client.get("/plan/d/"))
    assert "In numbers: 20 Criminal Behaviour Orders" in words
    assert "In numbers: 20 burglars adopted" in words


def test_priorities_lead_to_their_neighbours(client, shipped):
    pages = [client.get(f"/plan/{letter}/").context["page"] for letter in "abcd"]
    assert [(page.previous and page.previous.letter, page.next and page.next.letter) for page in pages] == [
        (None, "B"),
        ("A", "C"),
        ("B", "D"),
        ("C", None),
    ]


@pytest.mark.parametrize("letter", ["A", "e", "z", "ab", "1", "a-b"])
def test_no_such_priority(client, shipped, letter):
    assert client.get(f"/plan/{letter}/").status_code == 404


def test_only_those_who_may_open_an_indicator_are_led_to_it(client, shipped):
    """D1 is restricted: a data lead who does not lead it reads its name in the plan, and no more."""

    def linked() -> set[str]:
        page = client.get("/plan/d/").context["page"]
        return {measure.reference for measure in page.measures if measure.url}

    assert linked() == set()
    for role, expected in (
        ("scrutiny", set()),
        ("data_lead", {"D2", "D3", "D4"}),
        ("executive", {"D1", "D2", "D3", "D4"}),
    ):
        client.force_login(UserFactory(roles=[role]))
        assert linked() == expected


def test_commitments_stand_under_their_sub_headings_and_count_on(client):
    priority = PriorityFactory()
    gangs, burglary = ThemeFactory(priority=priority, title="Gangs"), ThemeFactory(priority=priority, title="Burglary")
    for order, (theme, text) in enumerate([(burglary, "One"), (None, "Two"), (gangs, "Three"), (burglary, "Four")]):
        CommitmentFactory(priority=priority, theme=theme, text=text, order=order)
    CommitmentFactory(priority=priority, year=Year(2018), text="Later")
    first, second = client.get("/plan/a/").context["page"].years
    assert first.heading == "What we will do in the first 12 months"
    assert [(group.theme, group.start, [str(part) for part in group.parts]) for group in first.groups] == [
        ("", 1, ["Two"]),
        ("Burglary", 2, ["One", "Four"]),
        ("Gangs", 4, ["Three"]),
    ]
    assert second.heading == "What we will do in 2018-19"


def test_an_empty_priority_says_so(client):
    PriorityFactory(why="")
    words = text_of(client.get("/plan/a/"))
    assert words.count("Nothing has been written yet.") == 4
    assert "No indicators have been chosen yet." in words


def test_without_a_plan_the_page_says_when_there_will_be_one(client):
    response = client.get(PLAN)
    assert response.status_code == 200
    assert "No plan has been published yet." in text_of(response)
    assert client.get("/plan/a/").status_code == 404


def test_a_draft_is_not_public(client):
    PriorityFactory(plan__adopted_on=None)
    assert "No plan has been published yet." in text_of(client.get(PLAN))
    assert client.get("/plan/a/").status_code == 404
    client.force_login(UserFactory())
    assert "Draft" in text_of(client.get(PLAN))
    assert client.get("/plan/a/").status_code == 200


def test_a_strategy_that_ends_early_prompts_the_coordinator_only(client):
    plan = PlanFactory()
    LinkedStrategyFactory(plan=plan, title="Strategy 2016-19", ends_in=2019)
    LinkedStrategyFactory(plan=plan, title="Strategy 2017-21", ends_in=2021)
    prompt = "before this plan does."
    assert prompt not in text_of(client.get(SECTIONS))
    client.force_login(UserFactory(roles=["data_lead"]))
    assert prompt not in text_of(client.get(SECTIONS))
    client.force_login(UserFactory(roles=["coordinator"]))
    assert text_of(client.get(SECTIONS)).count(prompt) == 1


def test_sections_take_the_shape_of_their_items(client):
    plan = PlanFactory()
    made = SectionFactory(plan=plan, key="made", order=1)
    SectionItemFactory(section=made, text="Approved", on=dt.date(2017, 7, 18), order=1)
    SectionItemFactory(section=made, text="Workshop", note="September 2016.", order=2)
    SectionItemFactory(section=made, text="Ratified", order=3)
    told = SectionFactory(plan=plan, key="told", order=2)
    SectionItemFactory(section=told, text="Drugs", number=1339)
    listed = SectionFactory(plan=plan, key="listed", order=3, body="One.\n\nTwo.")
    SectionItemFactory(section=listed)
    response = client.get(SECTIONS)
    sections = response.context["page"].sections
    assert [block.shape for block in sections] == ["dated", "counted", "list"]
    assert sections[2].paragraphs == ["One.", "Two."]
    words = text_of(response)
    for expected in ("18 July 2017", "September 2016.", "No date is known", "1,339"):
        assert expected in words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line. And more.", "One line."),
        ("50.5% of it! More.", "50.5% of it!"),
        ("No stop", "No stop"),
        ("First.\n\nSecond.", "First."),
        ("", ""),
    ],
)
def test_the_first_sentence_stands_for_the_why(text, expected):
    assert plan_pages.first_sentence(text) == expected


def test_no_report_has_been_issued_yet(client):
    response = client.get(reverse("reporting:report-list"))
    assert "No report has been issued yet." in text_of(response)
    assert "The date of the first one is not set." in text_of(response)


def test_the_first_report_comes_after_the_next_meeting(client):
    today = timezone.localdate()
    for quarter, meets_on in (("2017-18-q1", today - dt.timedelta(1)), ("2017-18-q2", today + dt.timedelta(30))):
        Round.objects.create(
            quarter=Quarter.parse(quarter),
            opens_on=today,
            due_on=today,
            commentary_due_on=today,
            verify_by=today,
            closes_on=today,
            executive_meets_on=meets_on,
        )
    assert plan_pages.first_report_after(today) == today + dt.timedelta(30)
    assert "The CSP Executive next meets on" in text_of(client.get(reverse("reporting:report-list")))


def test_the_figures_of_a_priority_are_in_the_newest_report_that_stands(client):
    priority = PriorityFactory(letter="B")
    report = {"plan": priority.plan, "public": True, "issued": True}
    assert "The figures come with the first public report." in text_of(client.get("/plan/b/"))
    PackFactory(quarter=Quarter.parse("2017-18-q3"), **report)
    gone = {
        "standing": "withdrawn",
        "withdrawn_at": timezone.now(),
        "withdrawn_because": "C2 was wrong",
        "withdrawn_by": UserFactory(),
    }
    PackFactory(quarter=Quarter.parse("2017-18-q4"), **report | gone)
    PackFactory(quarter=Quarter.parse("2018-19-q1"), **report, publish_at=timezone.now() + dt.timedelta(hours=1))
    response = client.get("/plan/b/")
    assert "The figures for 2017-18 Q3 are the newest that have been published." in text_of(response)
    assert 'href="/reports/2017-18-q3/issue-1/read/#priority-b"' in response.content.decode()


@pytest.mark.parametrize("page", [PLAN, "/plan/a/", reverse("reporting:report-list")])
def test_pages_are_only_read(client, page):
    PriorityFactory()
    assert client.post(page).status_code == 405
    assert client.head(page).status_code == 200


@pytest.mark.parametrize("page", [PLAN, "/plan/a/"])
def test_a_page_costs_the_same_however_long_the_plan_is(
    client, page, django_assert_max_num_queries, django_assert_num_queries
):
    priority = PriorityFactory()
    SectionItemFactory(section__plan=priority.plan)
    with django_assert_max_num_queries(14) as few:
        client.get(page)
    for letter in "BCDE":
        PriorityFactory(plan=priority.plan, letter=letter)
    for factory in (FocusPointFactory, CommitmentFactory, OutcomeFactory):
        theme = ThemeFactory(priority=priority)
        factory.create_batch(20, priority=priority, theme=theme)
    for section in SectionFactory.create_batch(10, plan=priority.plan):
        SectionItemFactory.create_batch(3, section=section)
    LinkedStrategyFactory.create_batch(5, plan=priority.plan)
    with django_assert_num_queries(len(few)):
        client.get(page)
