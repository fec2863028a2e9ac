"""The pages of commitments and outcomes: one page for a body's quarter, one click where nothing changed, and nobody's typing lost."""

import datetime as dt

import pytest
from django.urls import reverse

from governance.models import CommitmentLead, CommitmentStatus, OutcomeJudgement, OutcomeMeasure
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory, place
from tests.factories.governing import CommitmentLeadFactory, CommitmentStatusFactory, OutcomeMeasureFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.priorities import CommitmentFactory, OutcomeFactory, PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db
LIST = "/promises/"
Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")
GIVE = "/promises/2017-18-q4/"


@pytest.fixture
def plan():
    return PlanFactory()


@pytest.fixture
def priority(plan):
    return PriorityFactory(plan=plan, letter="D", short_title="Re-offending")


@pytest.fixture
def body():
    return BodyFactory(name="ASB Operations Group", short_name="ASB group")


@pytest.fixture
def chair(client, body):
    person = UserFactory(name="Owen Tranter", roles=["member"])
    place(person, body, "chair")
    client.force_login(person)
    return person


@pytest.fixture
def sam(client):
    person = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(person)
    return person


def text(response) -> str:
    return " ".join(response.content.decode().split())


def led(priority, body, **told):
    commitment = CommitmentFactory(priority=priority, **told)
    CommitmentLeadFactory(commitment=commitment, body=body)
    return commitment


def typed(commitment, brag="", said="", number=None, seen="") -> dict[str, object]:
    pk = commitment.pk
    boxes = {f"seen_{pk}": seen, f"brag_{pk}": brag, f"said_{pk}": said}
    return boxes if number is None else boxes | {f"number_{pk}": number}


def latest(commitment) -> CommitmentStatus:
    return CommitmentStatus.objects.filter(commitment=commitment, quarter=Q4).latest("given_at", "pk")


# ---------------------------------------------------------------- the list


def test_the_list_opens_at_the_last_quarter_that_ended_and_counts_what_is_missing(client, sam, priority, body):
    led(priority, body, number=20, unit="Criminal Behaviour Orders")
    status = CommitmentStatusFactory(commitment=led(priority, body), quarter=Q4, brag="green", said="On the way")
    CommitmentFactory(priority=priority)
    page = text(client.get(LIST))
    assert "Commitments, 2017-18 Q4" in page
    assert "2 of 3 commitments have no status yet and 1 is on track" in page
    assert "Not known how many of 20 Criminal Behaviour Orders" in page
    assert "One of them has no lead body yet." in page
    assert status.said in page
    assert "1 is on track" not in text(client.get(f"{LIST}?quarter=2017-18-q3"))
    assert client.get(f"{LIST}?quarter=soon").status_code == 200
    assert client.get(f"{LIST}?quarter=1999-00-q1").status_code == 200


def test_actions_are_led_to_as_far_as_they_are_in_sight(client, sam, priority, body):
    action = ActionFactory(commitment=led(priority, body), delivery_plan__running=True, delivery_plan__body=body)
    assert action.get_absolute_url() in text(client.get(LIST))
    client.force_login(UserFactory(roles=["data_lead"]))
    page = text(client.get(LIST))
    assert action.reference in page
    assert action.get_absolute_url() not in page


def test_without_a_plan(client, sam):
    assert "There is no plan yet." in text(client.get(LIST))
    assert client.get(GIVE).status_code == 404


@pytest.mark.parametrize("count", [2, 20])
def test_few_queries_however_many_commitments(client, sam, priority, body, count, django_assert_max_num_queries):
    for _ in range(count):
        ActionFactory(commitment=led(priority, body))
        CommitmentStatusFactory(commitment=led(priority, body), quarter=Q4)
    for address in (LIST, GIVE, "/promises/leads/2017-18/", "/promises/outcomes/"):
        client.get(address)
        with django_assert_max_num_queries(19):
            assert client.get(address).status_code == 200


# ---------------------------------------------------------------- a quarter on one page


def test_a_chair_sees_the_commitments_of_the_own_body_only(client, chair, priority, body):
    own, other = led(priority, body, text="Win orders"), led(priority, BodyFactory(), text="Visit shops")
    page = text(client.get(GIVE))
    assert own.text in page
    assert other.text not in page
    client.post(GIVE, typed(other, "green"))
    assert not CommitmentStatus.objects.exists()


def test_all_is_said_at_once(client, chair, priority, body):
    one, two = led(priority, body), led(priority, body, number=20, unit="orders")
    data = typed(one, "amber", "No trainer") | typed(two, "green", number="1,200")
    page = text(client.post(GIVE, data, follow=True))
    assert "Saved: two statuses" in page
    assert (latest(one).said, latest(two).number, latest(two).given_by) == ("No trainer", 1200, chair)


def test_one_click_carries_last_quarter_s_word_over(client, chair, priority, body):
    same, new = led(priority, body), led(priority, body)
    CommitmentStatusFactory(commitment=same, quarter=Q3, brag="amber", said="No trainer")
    assert "Save, and no change for the rest" in text(client.get(GIVE))
    client.post(GIVE, typed(same) | typed(new) | {"rest_unchanged": "yes"})
    assert (latest(same).brag, latest(same).said) == ("amber", "No trainer")
    assert not CommitmentStatus.objects.filter(commitment=new).exists()


def test_no_change_is_one_of_the_choices(client, chair, priority, body):
    same = led(priority, body)
    CommitmentStatusFactory(commitment=same, quarter=Q3, brag="amber", said="No trainer")
    client.post(GIVE, typed(same, "same", "Still no trainer"))
    assert (latest(same).brag, latest(same).said) == ("amber", "Still no trainer")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("-3", "The number reached can’t be less than 0"),
        ("3000000000", "The number reached must have at most 9 figures: check what you typed"),
        ("about 7", "Type one number"),
    ],
)
def test_numbers_that_can_not_be(client, chair, priority, body, number, sentence):
    commitment = led(priority, body, number=20, unit="orders")
    page = text(client.post(GIVE, typed(commitment, "green", number=number)))
    assert sentence in page
    assert "Error:" in page
    assert not CommitmentStatus.objects.exists()


def test_red_without_words_keeps_what_else_was_typed(client, chair, priority, body):
    one, two = led(priority, body), led(priority, body)
    page = text(client.post(GIVE, typed(one, "red") | typed(two, "amber", "Waiting for the landlord")))
    assert "Say why it is red" in page
    assert "Waiting for the landlord" in page
    assert not CommitmentStatus.objects.exists()


def test_all_that_is_wrong_is_said_at_once(client, chair, priority, body):
    one, two = led(priority, body), led(priority, body, number=20, unit="orders")
    page = text(client.post(GIVE, typed(one, "red") | typed(two, "green", number="-1")))
    assert "Say why it is red" in page
    assert "The number reached can’t be less than 0" in page


def test_who_was_slower_is_told_and_may_save_again(client, chair, priority, body):
    commitment = led(priority, body)
    there = CommitmentStatusFactory(
        commitment=commitment, quarter=Q4, brag="blue", given_by=UserFactory(name="Nell Ashby")
    )
    page = text(client.post(GIVE, typed(commitment, "red", "Called off")))
    assert "Blue was given by Nell Ashby" in page
    assert "Called off" in page
    client.post(GIVE, typed(commitment, "red", "Called off", seen=there.pk))
    assert latest(commitment).said == "Called off"


def test_where_actions_tell_it_nothing_is_asked(client, chair, priority, body):
    ActionFactory(commitment=led(priority, body))
    assert "Nothing is to be said here" in text(client.get(GIVE))


def test_a_quarter_that_has_not_ended_is_not_spoken_of(client, chair, plan, priority, body):
    now = Quarter.of(dt.date.today())
    plan.ends_on = now.year.end
    plan.save()
    commitment = led(priority, body, year=now.year)
    url = reverse("governance:commitment-status", args=[now])
    assert "has not ended" in text(client.get(url))
    assert "has not ended: how it went can be said from" in text(client.post(url, typed(commitment, "green")))
    assert not CommitmentStatus.objects.exists()


# ---------------------------------------------------------------- lead bodies


def test_lead_bodies_are_set_on_one_page_and_not_overwritten(client, sam, priority, body):
    one, two = CommitmentFactory(priority=priority), CommitmentFactory(priority=priority)
    url = reverse("governance:commitment-leads", args=[Year(2017)])
    data = {f"was_{row.pk}": "" for row in (one, two)} | {f"body_{one.pk}": body.pk, f"body_{two.pk}": ""}
    assert "Saved: one change" in text(client.post(url, data, follow=True))
    assert CommitmentLead.objects.get().commitment == one
    other = BodyFactory(name="Prevent Board")
    page = text(client.post(url, data | {f"body_{one.pk}": other.pk, f"body_{two.pk}": body.pk}))
    assert "ASB Operations Group leads it by now." in page
    assert CommitmentLead.objects.count() == 1


# ---------------------------------------------------------------- outcomes


def test_outcomes_without_a_measure_are_counted_and_given_one(client, sam, priority):
    known = OutcomeMeasureFactory(outcome__priority=priority).outcome
    gap = OutcomeFactory(priority=priority, text="Fewer victims")
    assert "1 of 2 outcomes has no measure yet." in text(client.get("/promises/outcomes/"))
    url = reverse("governance:outcome-measure", args=[gap.pk])
    indicator = IndicatorFactory()
    both = {"version": 0, "kind": "indicator", "indicator": indicator.pk, "survey": "Annual survey", "judged_by": ""}
    assert "It is known in one way only" in text(client.post(url, both))
    client.post(url, both | {"survey": ""})
    assert OutcomeMeasure.objects.get(outcome=gap).indicator == indicator
    assert "All 2 outcomes have a measure." in text(client.get("/promises/outcomes/"))
    assert known.pk != gap.pk


def test_another_way_leaves_the_one_before_without_emptying_its_box(client, sam, priority):
    outcome = OutcomeMeasureFactory(outcome__priority=priority, judged_by="CSP Executive").outcome
    url = reverse("governance:outcome-measure", args=[outcome.pk])
    client.post(url, {"version": 1, "kind": "survey", "survey": "Annual survey", "judged_by": "CSP Executive"})
    measure = OutcomeMeasure.objects.get()
    assert (measure.kind, measure.survey, measure.judged_by) == ("survey", "Annual survey", "")
    page = text(client.post(url, {"version": 1, "kind": "judgement", "judged_by": "The CSP"}))
    assert "has been changed since you opened it" in page
    assert "The CSP" in page


def test_the_year_s_judgement(client, sam, priority):
    outcome = OutcomeFactory(priority=priority)
    url = reverse("governance:outcome-judge", args=[outcome.pk])
    said = {"seen": "", "year": "2017-18", "verdict": "nearer", "evidence": "The survey of 2018"}
    assert "Say what it rests on" in text(client.post(url, said | {"evidence": ""}))
    client.post(url, said)
    page = text(client.post(url, said | {"verdict": "same", "evidence": "Another reading"}))
    assert "Sam Carrick said “Nearer than a year ago” for 2017-18" in page
    assert "Another reading" in page
    client.post(url, said | {"verdict": "same", "seen": OutcomeJudgement.objects.get().pk})
    assert OutcomeJudgement.objects.count() == 2
    listed = text(client.get("/promises/outcomes/"))
    assert "2017-18: As a year ago" in listed
    assert "2017-18: Nearer than a year ago" not in listed


def test_a_restricted_indicator_is_named_only_to_who_may_see_it(client, plan, priority, sam, body):
    hidden = IndicatorFactory(name="Number that nobody else may know of", is_restricted=True)
    outcome = OutcomeFactory(priority=priority)
    OutcomeMeasureFactory(outcome=outcome, kind="indicator", indicator=hidden, judged_by="")
    url = reverse("governance:outcome-list")
    assert hidden.name in client.get(url).content.decode()
    client.force_login(UserFactory(roles=["data_lead"]))
    shown = client.get(url).content.decode()
    assert hidden.name not in shown
    assert "A restricted indicator" in shown
