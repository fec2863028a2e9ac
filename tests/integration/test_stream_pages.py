"""A stream's page and its form, asked as a browser does."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from governance.models import Allocation, FundingStream
from lib.quarters import Year
from tests.factories.accounts import UserFactory
from tests.factories.funding import (
    AllocationFactory,
    BudgetChangeFactory,
    FundedPostsFactory,
    FundingApplicationFactory,
    FundingStreamFactory,
    ProjectFactory,
    ProjectYearFactory,
    spent,
)
from tests.factories.indicators import ReturnFactory, RoundFactory
from tests.factories.priorities import PriorityFactory

pytestmark = pytest.mark.django_db
Y1, Y2 = Year.parse("2017-18"), Year.parse("2018-19")
PAGE, EDIT, ADD = "/funding/streams/fund/", "/funding/streams/fund/edit/", "/funding/streams/add/"
DAAT = "Drug and Alcohol Action Team"


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(dt.datetime(2018, 5, 10, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def sam(client):
    client.force_login(UserFactory(name="Sam Carrick", roles=["coordinator"]))
    return client


@pytest.fixture
def stream():
    """£100,000 for 2017-18 and 2018-19, of which £60,000 for the first, £25,000 of that for a team."""
    made = FundingStreamFactory(
        slug="fund", name="Fund", funder="The Mayor", terms="No carry-forward", programme="Levy"
    )
    AllocationFactory(stream=made, year=Y1, amount=Decimal(60_000), note="As printed")
    AllocationFactory(stream=made, year=Y1, team=DAAT, amount=Decimal(25_000))
    return made


def words(response) -> str:
    return " ".join(response.content.decode().split())


def day(name: str, on: dt.date | None) -> dict[str, str]:
    parts = ("day", "month", "year")
    return {f"{name}_{part}": str(getattr(on, part)) if on else "" for part in parts}


def form(stream: FundingStream | None = None, **typed: str) -> dict[str, str]:
    """What the browser sends for the stream of these tests as it is, with what was typed over."""
    given = {
        "version": "1" if stream else "0",
        "name": "Fund",
        "funder": "The Mayor",
        "programme": "Levy",
        "terms": "No carry-forward",
        "amount": "100,000",
        "note": "",
        **day("starts_on", dt.date(2017, 4, 1)),
        **day("ends_on", dt.date(2019, 3, 31)),
    }
    if stream:
        given |= {"team_1": DAAT, "team_new": "", "amount_0_2017-18": "60,000", "note_0_2017-18": "As printed"}
        given |= {"amount_1_2017-18": "25,000"}
        boxes = [f"{box}_{key}_{year}" for key in ("0", "1", "new") for year in (Y1, Y2) for box in ("amount", "note")]
        given = dict.fromkeys(boxes, "") | given
    return given | typed


# ---------------------------------------------------------------- reading


def test_the_page_says_what_there_is_what_it_is_given_to_and_what_is_left(sam, stream):
    a = PriorityFactory(letter="A", short_title="ASB")
    one = ProjectFactory(
        stream=stream, name="Outreach", theme="Wider", team=DAAT, amount=Decimal(20_000), spending=True
    )
    ProjectFactory(stream=stream, name="Training", theme="Young People", amount=Decimal("10000.50"), priority=a)
    ProjectFactory(stream=stream, name="Analyst", theme="Wider", amount=Decimal(5_000))
    ProjectYearFactory(project=one, year=Y1, amount=Decimal(12_000))
    spent(one, "2017-18-q1", "1234.56")
    spent(one, "2017-18-q2", "20000.00")
    BudgetChangeFactory(stream=stream, kind="saving", year=Y2, amount=Decimal(950), what_for="Less treatment")
    FundedPostsFactory(stream=stream, name="Taskforce", number=6)
    page = words(sam.get(PAGE))
    assert "£100,000 in all, until 31 March 2019. £35,000.50 is given to three projects, £64,999.50 is left." in page
    assert "£21,234.56 is verified as spent. Nobody is asked what two projects spend." in page
    assert page.count("<span>Nobody is asked</span>") == 3  # two projects, and the theme of one of them
    assert '<span>£21,234.56 <span class="csp-sub">nobody is asked about one</span>' in page  # Wider together
    assert '<span>£21,234.56 <span class="csp-sub">nobody is asked about two</span>' in page  # all
    assert '<span>£12,000 <span class="csp-sub">two not split</span>' in page  # of 2017-18
    assert page.count("<span>Not split</span>") == 1  # of 2018-19: of Outreach £8,000 more are for no year yet
    for said in ("The Mayor", "Levy", "No carry-forward", "1 April 2017 to 31 March 2019", "As printed"):
        assert said in page
    assert f"2017-18, of which {DAAT}" in page
    assert "2018-19</th> " in page or "2018-19, the whole stream" in page
    assert "Not known" in page  # 2018-19
    assert 'Together<span class="govuk-visually-hidden">: Wider</span>' in page and "£25,000" in page  # 20,000 + 5,000
    assert "−£1,234.56" in page and "overspent" in page  # 20,000 - 21,234.56
    assert "Priority A: ASB" in page
    assert "Saving: Less treatment" in page and "−£950" in page
    assert '<span>6</span></td> <td role="cell" data-label="Who they are"><span>police officers</span>' in page


def test_what_is_not_known_is_said_and_never_nothing(sam):
    FundingStreamFactory(slug="fund", amount=None, starts_on=None, ends_on=None)
    page = words(sam.get(PAGE))
    assert "How much there is, is not known. Nothing of it is given to a project." in page
    assert "How much is there for which year is not known." in page
    assert "£0" not in page


@pytest.mark.parametrize(
    ("amount", "years", "given", "lede"),
    [
        (None, {Y1: 132_000}, 132_000, "£132,000 in 2017-18, until 31 March 2019. All of it is given to one project."),
        (None, {Y1: 10, Y2: 20}, 0, "£30 in its two years, until 31 March 2019. Nothing of it"),
        (None, {}, 500, "How much there is, is not known, until 31 March 2019. £500 is given to one project."),
    ],
)
def test_the_first_line(sam, amount, years, given, lede):
    stream = FundingStreamFactory(slug="fund", amount=amount)
    for year, part in years.items():
        AllocationFactory(stream=stream, year=year, amount=Decimal(part))
    if given:
        ProjectFactory(stream=stream, amount=Decimal(given))
    assert lede in words(sam.get(PAGE))


def test_what_was_agreed_to_an_application_is_not_left(sam):
    """£100,000: £20,000 is given and £12,000 agreed, so £68,000 is left."""
    fund = FundingStreamFactory(name="Night Fund")
    ProjectFactory(stream=fund)
    FundingApplicationFactory(stream=fund, agreed=True)
    said = words(sam.get(fund.get_absolute_url()))
    assert "£20,000 is given to one project, £12,000 is agreed to applications, £68,000 is left." in said
    assert "Left, after £12,000 agreed to applications" in said


def test_spend_says_what_it_lacks_and_what_is_left_is_at_most(sam, stream):
    one = ProjectFactory(stream=stream, name="Outreach", amount=Decimal(20_000), spending=True)
    spent(one, "2017-18-q1", "1234.56")
    page = words(sam.get(PAGE))
    assert "£1,234.56 is verified as spent. </p>" not in page and "£1,234.56 is verified as spent.</p>" in page
    assert 'data-label="Not spent yet"><span>£18,765.44</span>' in page
    for quarter in Y1.quarters[2:]:
        ReturnFactory(indicator=one.spend, round=RoundFactory(quarter=quarter))
    page = words(sam.get(PAGE))
    assert "£1,234.56 is verified as spent. Two amounts are awaited, the oldest for 2017-18 Q3.</p>" in page
    assert '<span>£1,234.56 <span class="csp-sub">without 2017-18 Q3 and 2017-18 Q4</span>' in page
    assert 'data-label="Not spent yet"><span>£18,765.44 <span class="csp-sub">at most</span>' in page


def test_what_was_made_up_is_told(sam, stream):
    ProjectFactory(stream=stream, name="Training")
    page = words(sam.get(PAGE))
    assert "made up" not in page and "Sample figures." not in page
    ProjectFactory(stream=stream, name="Outreach", has_sample_parts=True)
    page = words(sam.get(PAGE))
    assert "Sample figures." in page
    assert (
        "The amount of one project is real. How it is split by year, who delivers the project and what it serves, "
        "spends and promises were made up." in page
    )
    ProjectFactory(stream=stream, name="Patrols", is_sample=True)
    page = words(sam.get(PAGE))
    assert "Patrols</a> (sample)" in page and "Training</a> (sample)" not in page


@pytest.mark.parametrize(
    ("number", "ends_on", "lede"),
    [
        (39, None, "£100,000 in all, until 31 March 2019. 39 posts are known to be paid from it."),
        (1, dt.date(2018, 5, 10), "£100,000 in all, until 31 March 2019. 1 post is known to be paid from it."),
        (39, dt.date(2018, 5, 9), "£100,000 in all, until 31 March 2019. Nothing of it is given to a project."),
    ],
)
def test_a_stream_that_pays_for_posts_opens_with_them(sam, stream, number, ends_on, lede):
    FundedPostsFactory(stream=stream, number=number, ends_on=ends_on)
    assert f"<strong>{lede}</strong>" in words(sam.get(PAGE))


def test_the_page_takes_as_many_queries_for_three_hundred_projects_as_for_ten(
    sam, stream, django_assert_max_num_queries
):
    FundingStream.objects.update(amount=Decimal(900_000_000))

    def ask():
        with django_assert_max_num_queries(40) as asked:
            assert sam.get(PAGE).status_code == 200
        return len(asked)

    for number in range(10):
        made = ProjectFactory(stream=stream, theme=f"Theme {number % 3}", spending=True)
        ProjectYearFactory(project=made)
    spent(made, "2017-18-q1", "1.00")
    ask()  # what is read once
    at_ten = ask()
    for number in range(290):
        made = ProjectFactory(stream=stream, theme=f"Theme {number % 3}", spending=number % 10 == 0)
        if number % 10 == 0:
            ProjectYearFactory(project=made)
    assert ask() == at_ten


# ---------------------------------------------------------------- entering and changing


def test_a_stream_is_entered_and_its_years_are_asked_for_next(sam):
    answer = sam.post(ADD, form(name="Late Night Levy", amount="", **day("ends_on", None)))
    assert answer["Location"] == "/funding/streams/late-night-levy/edit/"
    page = words(sam.get(answer["Location"]))
    assert "Give the first and the last day, and there is a box for every year." in page
    assert 'name="amount_0_2017-18"' in page and 'name="amount_0_2018-19"' not in page


def test_the_boxes_are_those_of_its_life_its_teams_and_one_team_more(sam, stream):
    page = words(sam.get(EDIT))
    for key in ("0", "1", "new"):
        for year in ("2017-18", "2018-19"):
            assert f'name="amount_{key}_{year}"' in page
    assert 'name="amount_0_2019-20"' not in page and 'name="amount_2_' not in page
    assert 'value="60,000"' in page and f'value="{DAAT}"' in page


def test_a_page_saved_as_it_came_changes_nothing(sam, stream):
    answer = sam.post(EDIT, form(stream), follow=True)
    assert "Nothing was changed" in words(answer)
    assert not AuditEvent.objects.filter(subject_type="governance.fundingstream").exists()


def test_amounts_of_years_and_of_another_team_are_saved_together(sam, stream):
    typed = {"amount_0_2018-19": "£40,000.00", "note_0_2018-19": "Letter of 3 May", "amount_1_2017-18": ""}
    typed |= {"team_new": "Youth Service", "amount_new_2018-19": "12 500.75", "amount": "£100,000.00"}
    assert "The stream is saved" in words(sam.post(EDIT, form(stream, **typed), follow=True))
    rows = Allocation.objects.order_by("year", "team").values_list("year", "team", "amount", "note")
    assert list(rows) == [
        (Y1, "", Decimal("60000.00"), "As printed"),
        (Y2, "", Decimal("40000.00"), "Letter of 3 May"),
        (Y2, "Youth Service", Decimal("12500.75"), ""),
    ]
    page = words(sam.get(PAGE))
    assert "2018-19: £40,000" in page  # in what was done with it
    assert f"2017-18, {DAAT}: £25,000 → nothing" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": "£1.6m"}, "The amount must be written out in full: type 1,600,000"),
        ({"amount": "-5"}, "The amount"),
        ({"amount": "10.0001"}, "The amount must have at most two figures after the point"),
        ({"amount": "0"}, "The amount must be more than £0"),
        ({"amount": "59,999"}, "The years of Fund come to £60,000, £1 more than its £59,999."),
        ({"amount_0_2018-19": "40,000.01"}, "The years of Fund come to £100,000.01, £0.01 more than its £100,000."),
        ({"amount_0_2018-19": "480k"}, "The amount for 2018-19 must be written out in full: type 480,000"),
        ({"amount_0_2017-18": "24,999"}, "What the teams have in 2017-18 comes to £25,000"),
        ({"amount_1_2017-18": "1.234"}, f"The amount for 2017-18 of {DAAT} must have at most two figures"),
        ({"amount_new_2017-18": "5"}, "Enter the name of the team that the amounts are for"),
        ({"team_new": "Youth"}, "Enter an amount for Youth, or take its name out"),
        ({"team_new": DAAT.lower(), "amount_new_2017-18": "5"}, "is there already. Use its own boxes above"),
        ({"note_0_2018-19": "Not yet"}, "Enter the amount for 2018-19, or write the note under “Note” below"),
        (day("ends_on", dt.date(2017, 3, 31)), "The last day must be on or after the first day"),
        (day("starts_on", dt.date(2018, 4, 1)), "2017-18 has an amount and is over before the first day"),
        ({"name": ""}, "Enter the name of the stream"),
        ({"name": "Other fund"}, "Another stream has this name. Give it a name that tells them apart"),
        ({"version": ""}, "Open this page again"),
        ({"name": "x" * 121}, "must be 120 characters or fewer"),
        ({"team_new": "\0"}, "hidden character"),
    ],
)
def test_bad_input_has_a_sentence_keeps_the_typing_and_saves_nothing(sam, stream, typed, sentence):
    FundingStreamFactory(name="Other fund")
    rows = list(Allocation.objects.order_by("pk").values())
    answer = sam.post(EDIT, form(stream, note="My typing", **typed))
    page = words(answer)
    assert answer.status_code == 200
    assert "<title>Error: " in page and sentence in page and "My typing" in page
    assert list(Allocation.objects.order_by("pk").values()) == rows
    assert FundingStream.objects.get(slug="fund").version == 1


def test_what_can_be_read_is_refused_together(sam, stream):
    FundingStreamFactory(name="Other fund")
    typed = {
        "name": "other fund",
        "amount": "59,999",
        "amount_0_2018-19": "480k",
        **day("ends_on", dt.date(2017, 3, 31)),
    }
    page = words(sam.post(EDIT, form(stream, **typed)))
    for sentence in (
        "Another stream has this name. Give it a name that tells them apart",
        "The years come to £60,000, £1 more than this",
        "The amount for 2018-19 must be written out in full: type 480,000",
        "The last day must be on or after the first day",
    ):
        assert sentence in page


def test_boxes_of_money_have_a_pound_sign_and_the_first_team_is_no_other_one(sam, stream):
    page = words(sam.get(EDIT))
    assert page.count('<div class="govuk-input__prefix" aria-hidden="true">£</div>') == 7
    assert "A part for another team (optional)" in page
    Allocation.objects.filter(team=DAAT).delete()
    assert "A part for a team (optional)" in words(sam.get(EDIT))


def test_less_than_its_projects(sam, stream):
    ProjectFactory(stream=stream, amount=Decimal(70_000))
    page = words(sam.post(EDIT, form(stream, amount="69,999.99")))
    assert "The projects of Fund would come to £70,000, £0.01 more than its £69,999.99." in page


def test_two_people_change_it_at_once_and_the_second_loses_no_typing(sam, stream, client):
    assert sam.post(EDIT, form(stream, **{"amount_0_2018-19": "30,000"})).status_code == 302
    page = words(sam.post(EDIT, form(stream, note="Mine", **{"amount_1_2017-18": "20,000"})))
    assert "has been changed since you opened it" in page
    assert "Sam Carrick" in page and "2018-19: £30,000" in page
    assert "Mine" in page and 'value="20,000"' in page and 'name="version" value="2"' in page
    assert Allocation.objects.get(team=DAAT).amount == 25_000


def test_a_year_that_somebody_added_meanwhile_stays_when_the_second_saves_again(sam, stream):
    """Their form never had a box for it."""
    FundingStream.objects.update(ends_on=None)
    AllocationFactory(stream=stream, year=Year.parse("2019-20"), amount=Decimal(1_000))
    sam.post(EDIT, form(stream, note="Mine", **day("ends_on", None)))
    assert Allocation.objects.filter(year="2019-20").exists()
    assert FundingStream.objects.get().note == "Mine"


def test_boxes_that_nobody_was_shown_do_no_harm(sam, stream):
    typed = {"amount_0_2017-19": "5", "amount_77_2017-18": "6", "amount_0_9999-00": "7", "team_99": "Ghost"}
    assert sam.post(EDIT, form(stream, **typed)).status_code == 302
    assert Allocation.objects.count() == 2


def test_who_may_not_change_it_is_offered_nothing(client, stream):
    client.force_login(UserFactory(roles=["executive"]))
    page = words(client.get(PAGE))
    assert EDIT not in page and reverse("governance:project-add") not in page


def test_years_of_a_stream_without_an_end_are_those_that_are_known(sam):
    stream = FundingStreamFactory(slug="fund", amount=None, ends_on=None)
    for year in (Y1, Y2):
        AllocationFactory(stream=stream, year=year, amount=Decimal(10))
    page = words(sam.get(PAGE))
    assert "£20 in the two years that are known. Nothing of it is given to a project." in page
    assert "The years that are known" in page
