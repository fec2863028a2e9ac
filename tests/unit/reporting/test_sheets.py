"""A body's sheet: its own and nothing else, as the reader may see it."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import RoleGrant
from governance.models import Membership
from indicators.models import Indicator, Return, Round
from lib.quarters import Quarter
from lib.typesetting import gate
from reporting import sheets
from reporting.dashboard import headline
from reporting.dashboard.leading import leading
from reporting.pdf import sheet as sheet_pdf
from tests.factories import snapshot_funding as money
from tests.factories import snapshot_governance as made
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.funding import FundingApplicationFactory, ProjectFactory, ProjectYearFactory, spent
from tests.factories.governance import (
    ActionFactory,
    BodyFactory,
    BodyPriorityFactory,
    DeliveryPlanFactory,
    RiskFactory,
    RiskScoreFactory,
    place,
)
from tests.factories.indicators import (
    IndicatorFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    sent,
)
from tests.factories.priorities import PlanFactory, PriorityFactory

Q4 = Quarter.parse("2017-18-q4")


def everything(part):
    return True


@pytest.fixture
def snapshot():
    """ASB serves priority A, sample; its actions and risks stand in the snapshot beside those of others."""
    return made.governed(made.governance())


def test_only_what_is_the_bodys_own(snapshot):
    sheet = sheets.build(snapshot, "asb", everything)
    assert [part.code for part in sheet.snapshot.governance.delivery] == ["ASB"]
    assert {risk.reference for risk in sheet.risks} == {"ASB R2", "ASB R3", "ASB R4"}
    assert {part.letter for part in sheet.snapshot.priorities if part.indicators} == {"A"}
    assert sheet.snapshot.governance.recommendations == ()


def test_what_its_actions_are_to_move_is_its_own_too(snapshot):
    plan = snapshot.governance.delivery[0]
    moving = replace(plan.actions[0], indicators=("B2",))
    others = snapshot.governance.delivery[1:]
    governance = replace(snapshot.governance, delivery=(replace(plan, actions=(moving, *plan.actions[1:])), *others))
    sheet = sheets.build(replace(snapshot, governance=governance), "asb", everything)
    assert "B2" in [part.reference for part in sheet.snapshot.indicators]


def test_what_the_reader_may_not_see_is_not_there(snapshot):
    seen = sheets.build(snapshot, "asb", lambda part: part.reference != "A1")
    assert "A1" not in [part.reference for part in seen.snapshot.indicators]
    assert "A1" not in sheet_pdf.html(seen.snapshot, seen.body, seen.plan, lede="", no_actions="")


def test_a_body_without_a_plan_says_so(snapshot):
    sheet = sheets.build(snapshot, "tmg", everything)
    assert (sheet.groups, sheet.no_actions) == ((), "There is no delivery plan for this year.")


def recoded(snapshot, *codes):
    """With these verdicts for the first indicators of priority A, and no others there."""
    first, *others = snapshot.priorities
    own = tuple(
        replace(part, verdict=replace(part.verdict, code=code))
        for part, code in zip(first.indicators, codes, strict=False)
    )
    return replace(snapshot, priorities=(replace(first, indicators=own), *others))


def test_the_first_line_counts_reds_where_something_is_rated(snapshot):
    lede = sheets.build(recoded(snapshot, "red", "data_only"), "asb", everything).lede
    assert lede.startswith("1 of 2 indicators is red. ")
    lede = sheets.build(recoded(snapshot, "green", "data_only"), "asb", everything).lede
    assert lede.startswith("None of 2 indicators is red. ")


def test_the_first_line_says_what_moved_where_nothing_is_rated(snapshot):
    sheet = sheets.build(recoded(snapshot, "data_only", "data_only"), "asb", everything)
    assert " is red" not in sheet.lede and " are red" not in sheet.lede
    said = headline.build(sheet.snapshot, leading(sheet.snapshot)).strong
    assert said.startswith("On ") and sheet.lede.startswith(f"{said} ")


def test_a_body_that_owes_no_plan_has_no_sheet(snapshot):
    assert sheets.build(snapshot, "osc", everything) is None


def test_the_pdf_passes_the_gate_of_packs(snapshot):
    sheet = sheets.build(snapshot, "asb", everything)
    pdf = sheet_pdf.render(sheet.snapshot, sheet.body, sheet.plan, lede=sheet.lede, no_actions=sheet.no_actions)
    assert pdf.warnings == ()
    assert gate.problems(pdf.pdf) == []


# ---------------------------------------------------------------- money


def moneyed(snapshot):
    """Of the two projects with spend ASB leads one; all three applications are its own."""
    patrols, gangs, *others = money.PROJECTS
    own = replace(gangs, body="ASB Operations Group")
    return replace(snapshot, funding=money.funding(projects=(patrols, own, *others)))


def test_the_projects_that_it_leads_with_spend_forecast_and_reason(snapshot):
    sheet = sheets.build(moneyed(snapshot), "asb", everything)
    (row,) = sheet.projects
    figures = [one.text or one.words for one in (row.year, row.this, row.to_date, row.forecast)]
    assert (row.part.name, figures) == ("Gang intervention", ["£150,000.00", "awaited", "£60,000.00", "£118,000.00"])
    assert row.to_date.sub == "without Q3 and Q4"
    assert row.sayings[0].strong == "£32,000 under"
    assert row.sayings[0].after == " this year’s money. Two posts were vacant until October."
    assert [one.reference for one in sheet.applications] == ["ASB F1", "ASB F2", "ASB F3"]
    assert sheet.snapshot.funding.streams == sheet.snapshot.funding.restated == ()


def test_what_others_lead_and_ask_for_is_not_there(snapshot):
    sheet = sheets.build(moneyed(snapshot), "npfh", everything)
    assert (sheet.projects, sheet.applications, sheet.conditions) == ((), (), ())
    assert sheet.made_up == ""  # it leads none


def test_what_was_made_up_of_its_projects_is_told_and_one_that_is_sample_marked(snapshot):
    held = moneyed(snapshot).funding
    marked = replace(held, projects=tuple(replace(one, is_sample=True) for one in held.projects))
    sheet = sheets.build(replace(snapshot, funding=marked), "asb", everything)
    assert [row.name for row in sheet.projects] == ["Gang intervention (sample)"]
    assert sheet.made_up == (
        "Names and whole amounts of projects are real unless marked as sample; who leads and delivers them, whom they serve, how they "
        "are split by year, what they spent and expect to spend and what they promise was made up."
    )


def test_a_snapshot_that_holds_no_money_makes_a_sheet_without_it(snapshot):
    sheet = sheets.build(snapshot, "asb", everything)
    assert (sheet.snapshot.funding, sheet.projects) == (None, ())
    assert "Projects that it leads" not in sheet_pdf.html(
        sheet.snapshot, sheet.body, sheet.plan, lede="", no_actions=""
    )


def test_the_pdf_with_money_passes_the_gate_of_packs(snapshot):
    sheet = sheets.build(moneyed(snapshot), "asb", everything)
    made = sheet_pdf.render(sheet.snapshot, sheet.body, sheet.plan, lede=sheet.lede, no_actions=sheet.no_actions)
    assert gate.problems(made.pdf) == [] and made.warnings == ()
    for words in ("£60,000.00", "£32,000 under", "Waits for a decision", "Agreed subject to conditions, one condition"):
        assert words in made.html


# ---------------------------------------------------------------- the page


@pytest.fixture
def world(db):
    """The chair's body with one action on a restricted and one on an open indicator; somebody else's body beside."""
    plan = PlanFactory()
    priority = PriorityFactory(plan=plan, letter="A")
    body = BodyFactory(slug="asb", code="ASB")
    BodyPriorityFactory(body=body, priority=priority)
    delivery = DeliveryPlanFactory(body=body, running=True)
    round_ = RoundFactory()
    for reference, restricted in (("A1", False), ("A2", True)):
        indicator = IndicatorFactory(is_restricted=restricted)
        PlacementFactory(
            plan=plan, priority=priority, indicator=indicator, reference=reference, short_name=f"Short {reference}"
        )
        TargetFactory(indicator=indicator)
        ReturnFactory(indicator=indicator, round=round_)
    ActionFactory(delivery_plan=delivery, number=1)
    chair, other = UserFactory(roles=[RoleGrant.Role.MEMBER]), UserFactory(roles=[RoleGrant.Role.MEMBER])
    place(chair, body, Membership.Role.CHAIR)
    place(other, BodyFactory(), Membership.Role.CHAIR)
    return {"body": body, "delivery": delivery, "chair": chair, "other": other}


def opened(person, name="sheet-detail"):
    client = Client()
    client.force_login(person)
    return client.get(reverse(f"reporting:{name}", args=["asb", Q4]))


def test_members_see_their_own_sheet_without_what_is_restricted(world):
    page = opened(world["chair"]).content.decode()
    assert "Short A1" in page
    assert "Short A2" not in page
    assert opened(world["other"]).status_code == 403
    executive = opened(UserFactory(roles=[RoleGrant.Role.EXECUTIVE])).content.decode()
    assert "Short A2" in executive


def test_the_sheet_leads_to_its_plan_and_risks_and_the_dashboard_to_the_sheet(world):
    risk = RiskFactory(body=world["body"])
    RiskScoreFactory(risk=risk)
    page = opened(world["chair"]).content.decode()
    board, risks = "/delivery-plans/asb/2017-18/", "/risks/"
    assert f'href="{board}#asb-1"' in page and f'href="{risks}#asb-r{risk.number}"' in page
    client = Client()
    client.force_login(world["chair"])
    assert 'id="asb-1"' in client.get(board).content.decode()
    assert f'id="asb-r{risk.number}"' in client.get(risks).content.decode()
    client.force_login(UserFactory(roles=[RoleGrant.Role.EXECUTIVE]))
    dashboard = client.get(reverse("reporting:dashboard-detail", args=[Q4])).content.decode()
    links = [reverse("reporting:sheet-detail", args=["asb", Q4]), "/decisions/", "/risks/", "/scrutiny/"]
    assert [link for link in links if f'href="{link}">' not in dashboard] == []
    assert '<a class="govuk-link" href="/decisions/">' in client.get("/").content.decode()


def test_the_pdf_is_handed_out_by_the_same_rule(world):
    response = opened(world["chair"], "sheet-download")
    assert response.headers["Content-Disposition"] == 'attachment; filename="asb-2017-18-q4.pdf"'
    assert response.content.startswith(b"%PDF")
    assert opened(world["other"], "sheet-download").status_code == 403


def test_the_page_shows_the_money_of_its_projects_and_its_applications(world):
    project = ProjectFactory(name="Kits", lead_body=world["body"], spending=True, has_sample_parts=True)
    ProjectYearFactory(project=project)
    spent(project, "2017-18-q4", "1234.56")
    ProjectFactory(name="Somebody else’s")
    application = FundingApplicationFactory(body=world["body"], submitted=True)
    page = " ".join(opened(world["chair"]).content.decode().split())
    split = "how they are split by year"  # was made up
    for words in (
        "Kits</a>",
        split,
        "£10,000.00",
        "£1,234.56",
        "31 March 2019",
        application.title,
        "waits for a decision",
    ):
        assert words in page
    assert "Somebody else" not in page
    response = opened(world["chair"], "sheet-download")
    assert response.content.startswith(b"%PDF")


def unverified(world):
    """A figure and a spend that wait to be verified, and are the police's."""
    police = OrganisationFactory(slug="police")
    indicator = Indicator.objects.get(placements__reference="A1")
    Indicator.objects.filter(pk=indicator.pk).update(owner=police)
    sent(Return.objects.get(indicator=indicator), 7531)
    project = ProjectFactory(name="Kits", lead_body=world["body"], spending=True)
    Indicator.objects.filter(pk=project.spend_id).update(owner=police)
    sent(ReturnFactory(indicator=project.spend, round=Round.objects.get()), "8642.09")
    return police


def test_what_is_not_verified_is_for_its_own_organisation_the_executive_and_the_team(world):
    police = unverified(world)
    lead = UserFactory(organisation=police, roles=[RoleGrant.Role.DATA_LEAD, RoleGrant.Role.MEMBER])
    place(lead, world["body"], Membership.Role.MEMBER)
    executive, sam = (UserFactory(roles=[role]) for role in (RoleGrant.Role.EXECUTIVE, RoleGrant.Role.COORDINATOR))
    for person, sees in ((world["chair"], False), (lead, True), (executive, True), (sam, True)):
        page = opened(person).content.decode()
        assert ("7,531" in page, "8,642.09" in page) == (sees, sees)
        assert "not yet verified" in page.lower()
        assert "7531" not in page and "8642" not in page


def test_no_surface_of_the_pdf_tells_what_is_not_verified(world, monkeypatch):
    unverified(world)
    told = []
    set_ = sheet_pdf.render
    monkeypatch.setattr(sheet_pdf, "render", lambda *args, **more: told.append(set_(*args, **more)) or told[-1])
    opened(world["chair"], "sheet-download")
    opened(UserFactory(roles=[RoleGrant.Role.EXECUTIVE]), "sheet-download")
    assert ["7,531" in one.html for one in told] == [False, True]
    assert ["8,642.09" in one.html for one in told] == [False, True]
    assert told[0].warnings == () and gate.problems(told[0].pdf) == []


@pytest.mark.once
def test_the_page_costs_the_same_for_any_number_of_actions(world):
    counts = []
    for more in (9, 190):
        for _ in range(more):
            ActionFactory(delivery_plan=world["delivery"])
        RiskScoreFactory(risk=RiskFactory(body=world["body"]))
        for _ in range(more):
            ProjectFactory(lead_body=world["body"], spending=True)
        FundingApplicationFactory(body=world["body"], submitted=True)
        with CaptureQueriesContext(connection) as captured:
            assert opened(world["chair"]).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
