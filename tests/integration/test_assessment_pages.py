"""The assessment on its pages and as a build, with the plan and catalogue that ship: A1 and B3 have two years of figures."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import RoleGrant
from indicators import catalogue_data
from indicators.models import Placement
from lib.quarters import Year
from lib.typesetting import gate
from priorities import plan_data
from priorities.models import Priority
from reporting import imprint as imprints
from reporting import snapshots
from reporting.actions import assessing
from reporting.assessing import reading
from reporting.builds import composing, pack_files, packs
from reporting.models import AssessedIndicator, Assessment, Pack
from tests.factories.accounts import UserFactory
from tests.factories.indicators import ReturnFactory, RoundFactory, verified
from tests.factories.packs import (
    AssessedIndicatorFactory,
    AssessedPriorityFactory,
    AssessmentSectionFactory,
    PackFactory,
)

pytestmark = pytest.mark.django_db
YEAR = Year(2017)
Q4 = YEAR.quarters[-1]
SERIES = {"A1": [100] * 4 + [110] * 4, "B3": [200] * 8, "D1": [1] * 4 + [9] * 4}


@pytest.fixture
def plan():
    """A1 is higher (400 and 440), B3 similar, D1 restricted and worse (4 and 36)."""
    made, _ = plan_data.load()
    catalogue_data.load(made)
    sender = UserFactory()
    placements = Placement.objects.filter(plan=made, reference__in=SERIES).select_related("indicator")
    for number, quarter in enumerate((*YEAR.previous.quarters, *YEAR.quarters)):
        round_ = RoundFactory(quarter=quarter)
        for placement in placements:
            return_ = ReturnFactory(indicator=placement.indicator, round=round_)
            verified(return_, SERIES[placement.reference][number], supplied_by=sender, recorded_by=sender)
    return made


@pytest.fixture
def sam(client):
    made = UserFactory(roles=[RoleGrant.Role.COORDINATOR])
    client.force_login(made)
    return made


@pytest.fixture
def assessment(plan, sam):
    return assessing.start(plan, year=YEAR, by=sam)


def slug(reference):
    return Placement.objects.get(reference=reference).indicator.slug


def shown(client, name="detail", *args):
    return client.get(reverse(f"reporting:assessment-{name}", args=[YEAR, *args])).content.decode()


def test_a_year_is_started_from_the_list(client, plan, sam):
    assert "No year has been assessed yet." in client.get(reverse("reporting:assessment-list")).content.decode()
    response = client.post(reverse("reporting:assessment-start"), {"year": "2017-18"})
    assert response["Location"] == reverse("reporting:assessment-detail", args=[YEAR])
    assert Assessment.objects.get().year == YEAR
    client.post(reverse("reporting:assessment-start"), {"year": "2017-19"})
    assert Assessment.objects.count() == 1


def test_the_page_says_first_what_is_still_to_write(client, assessment, sam):
    page = shown(client)
    told = "Still to write: the summary; why two indicators changed (A1 and D1); what becomes of four priorities (A, B, C and D)."
    assert told in page
    assert "Up 40 (10.0%)" in page


def test_a_reason_is_written_beside_the_figures_and_leads_on_to_the_next(client, assessment, sam):
    page = shown(client, "why", slug("A1"))
    assert "Save and go on to D1" in page
    data = {"version": 0, "why": "More was reported.", "do": "next"}
    response = client.post(reverse("reporting:assessment-why", args=[YEAR, slug("A1")]), data)
    assert response["Location"] == reverse("reporting:assessment-why", args=[YEAR, slug("D1")])
    assert AssessedIndicator.objects.get().why == "More was reported."


def test_who_was_slower_keeps_the_typing_and_is_told(client, assessment, sam):
    lena = UserFactory(name="Lena Fox", post="Analyst")
    indicator = Placement.objects.get(reference="A1").indicator
    assessing.explain(assessment, indicator=indicator, why="Less was done.", version=0, by=lena)
    address = reverse("reporting:assessment-why", args=[YEAR, slug("A1")])
    page = client.post(address, {"version": 0, "why": "More was reported."}).content.decode()
    assert "More was reported." in page and "Less was done." in page and "Lena Fox" in page
    client.post(address, {"version": 1, "why": "More was reported."})
    assert AssessedIndicator.objects.get().why == "More was reported."


@pytest.mark.parametrize("address", ["indicators/no-such/", "priorities/z/", "sections/99/", "new-priorities/99/"])
def test_what_is_not_there_is_not_found(client, assessment, sam, address):
    assert client.get(f"/assessments/2017-18/{address}").status_code == 404


def test_built_from_the_button_it_holds_what_was_written_and_passes_the_gate(
    client, assessment, sam, django_capture_on_commit_callbacks
):
    assessing.summarise(assessment, summary="A year like no other.", version=1, by=sam)
    with django_capture_on_commit_callbacks(execute=False):
        client.post(reverse("reporting:assessment-build", args=[YEAR]), {"do": "draft", "after": 0})
    pack = Pack.objects.get()
    assert (pack.kind, pack.quarter, pack.standing) == ("assessment", Q4, "draft")
    packs.build(pack.pk)
    pack.refresh_from_db()
    assert (pack.failure, pack.job_state) == ("", "ready")
    assert gate.problems(pack_files.read(pack)) == []
    assert "A year like no other." in pack.imprint
    assert "Draft 1 of issue 1" in shown(client)


def test_sent_twice_it_is_built_once(client, assessment, sam):
    for _ in range(2):
        client.post(reverse("reporting:assessment-build", args=[YEAR]), {"do": "final", "after": 0})
    assert Pack.objects.count() == 1


def test_words_that_changed_since_the_build_are_told(client, assessment, plan, sam):
    PackFactory(plan=plan, quarter=Q4, kind="assessment", imprint="")
    assert "Words have changed" not in shown(client)  # of a build that can't be read nothing is said
    asked = Pack(plan=plan, quarter=Q4, kind="assessment", issue=1)
    imprint = imprints.to_json(composing.compose(asked).imprint)
    PackFactory(plan=plan, quarter=Q4, kind="assessment", build=2, imprint=imprint)
    assert "Words have changed" not in shown(client)
    assessing.summarise(assessment, summary="A quiet year.", version=1, by=sam)
    assert "Words have changed since it was built." in shown(client)


def test_the_public_edition_holds_no_word_for_the_team_alone_or_of_what_is_restricted(assessment, plan, sam):
    for heading, is_public in (("Where and when", True), ("What we could not find out", False)):
        assessing.add_section(assessment, heading=heading, text="After dark.", is_public=is_public, by=sam)
    for reference, why in (("A1", "More was reported."), ("D1", "Known to the panel.")):
        indicator = Placement.objects.get(reference=reference).indicator
        assessing.explain(assessment, indicator=indicator, why=why, version=0, by=sam)
    executive = Pack(plan=plan, quarter=Q4, kind="assessment", issue=1)
    full = composing.compose(executive).snapshot
    assert [one.slug for one in reading.read(executive, full).causes] == [slug("A1"), slug("D1")]
    made_from = PackFactory(plan=plan, quarter=Q4, kind="assessment", snapshot=snapshots.to_json(full))
    public = Pack(plan=plan, quarter=Q4, kind="assessment", issue=1, edition="public", made_from=made_from)
    told = composing.compose(public).imprint.assessed
    assert [one.heading for one in told.sections] == ["Where and when"]
    assert [one.slug for one in told.causes] == [slug("A1")]


def test_without_an_assessment_nothing_is_built(plan, sam):
    with pytest.raises(ValidationError, match="Start the assessment first"):
        composing.compose(Pack(plan=plan, quarter=Q4, kind="assessment", issue=1))


@pytest.mark.once
def test_pages_cost_the_same_however_much_is_written(client, assessment):
    def queries(name, *args):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"reporting:assessment-{name}", args=args)).status_code == 200
        return len(asked)

    def written(number):
        AssessmentSectionFactory(assessment=assessment, order=number)
        AssessedPriorityFactory(assessment=assessment, priority=None, future="new", title=f"New {number}", order=number)
        PackFactory(plan=assessment.plan, quarter=Q4, kind="assessment", build=number)

    written(1)
    few = queries("list"), queries("detail", YEAR)
    Assessment.objects.create(plan=assessment.plan, year=YEAR.next)
    for number in range(2, 12):
        written(number)
    for part in Priority.objects.filter(plan=assessment.plan):
        AssessedPriorityFactory(assessment=assessment, priority=part)
    for reference in SERIES:
        AssessedIndicatorFactory(assessment=assessment, indicator=Placement.objects.get(reference=reference).indicator)
    assert (queries("list"), queries("detail", YEAR)) == few
