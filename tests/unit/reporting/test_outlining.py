"""Sections, their order and the covering note: kept for the next build, refused where they say nothing, never lost."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEvent
from lib.editing import Stale
from lib.quarters import Quarter
from reporting.actions import outlining
from reporting.builds import composing
from reporting.models import Outline, Pack
from reporting.pdf import sections
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.packs import Q4, OutlineFactory, PackFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db
EXECUTIVE = [section.key for section in sections.offered(is_public=False)]
PUBLIC = [section.key for section in sections.offered(is_public=True)]


@pytest.fixture
def coordinator():
    return RoleGrantFactory(role="coordinator").user


@pytest.fixture
def plan():
    return PlanFactory()


def write(plan, by, **asked):
    usual = {"edition": "executive", "version": 0, "sections": EXECUTIVE, "note": "", "note_by": ""}
    return outlining.write(plan, Q4, **usual | asked, by=by)


def test_the_sections_chosen_and_the_note_are_what_the_next_build_holds(plan):
    write(plan, UserFactory(), sections=["quality", "priorities"], note="Read this.", note_by="Chair")
    told = composing.imprint(Pack(plan=plan, quarter=Q4, kind="pack", edition="executive", issue=1))
    assert (told.sections, told.note, told.note_by) == (("quality", "priorities"), "Read this.", "Chair")


def test_all_of_them_as_they_come_are_kept_as_none(plan):
    assert write(plan, UserFactory()).sections == []


def test_all_of_them_in_another_order_are_kept(plan):
    turned = EXECUTIVE[::-1]
    assert write(plan, UserFactory(), sections=turned).sections == turned


def test_each_edition_has_its_own(plan):
    write(plan, UserFactory(), sections=["quality"])
    write(plan, UserFactory(), edition="public", sections=["priorities"])
    assert set(Outline.objects.values_list("edition", flat=True)) == {"executive", "public"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"sections": []}, "Tick at least one section."),
        ({"sections": ["quality", "poems"]}, "This edition has no section called poems."),
        ({"sections": ["quarter"]}, "This edition has no section called quarter."),
        ({"edition": "public", "sections": ["money"]}, "This edition has no section called money."),
        ({"note": "Read this."}, "Say whose note it is"),
    ],
)
def test_what_says_nothing_is_refused(plan, asked, words):
    with pytest.raises(ValidationError) as refused:
        write(plan, UserFactory(), **asked)
    assert refused.value.messages == [words]
    assert not Outline.objects.exists()


def test_a_quarter_of_no_plan_is_refused(plan):
    with pytest.raises(ValidationError, match="No plan here has the quarter 2030-31 Q1"):
        outlining.write(
            plan,
            Quarter.parse("2030-31-q1"),
            edition="executive",
            version=0,
            sections=["quality"],
            note="",
            note_by="",
            by=UserFactory(),
        )


def test_an_assessment_has_a_note_and_no_sections(plan):
    assert write(plan, UserFactory(), kind="assessment", sections=[], note="Read this.", note_by="Chair").sections == []


def test_two_people_at_once_lose_nothing(plan):
    write(plan, UserFactory(), sections=["quality"])
    with pytest.raises(Stale):  # opened while there was nothing
        write(plan, UserFactory(), sections=["priorities"])
    write(plan, UserFactory(), sections=["year"], version=1)
    with pytest.raises(Stale):
        write(plan, UserFactory(), sections=["delivery"], version=1)
    assert Outline.objects.get().sections == ["year"]


def test_saving_what_stands_there_already_records_nothing(plan):
    made = write(plan, UserFactory(), sections=["quality"])
    assert write(plan, UserFactory(), sections=["quality"], version=1).version == made.version
    assert AuditEvent.objects.filter(kind="outline_written").count() == 1


# ---------------------------------------------------------------- the page


def url(edition="executive", kind="pack"):
    return reverse("reporting:outline-edit", args=[Q4, kind, edition])


def posted(keys, *, offered=EXECUTIVE, **more):
    boxes = {f"place_{key}": number for number, key in enumerate(offered, start=1)}
    return {"version": 0, "note": "", "note_by": ""} | boxes | {f"in_{key}": "on" for key in keys} | more


def test_a_section_is_moved_by_its_number_and_taken_out_by_its_tick(client, plan, coordinator):
    client.force_login(coordinator)
    client.post(url(), posted(["year", "quality", "bodies"], place_bodies=EXECUTIVE.index("year") + 1))
    assert Outline.objects.get().sections == ["bodies", "year", "quality"]


def test_moved_down_it_stands_after_what_stood_there(client, plan, coordinator):
    client.force_login(coordinator)
    client.post(url(), posted(["year", "quality", "bodies"], place_year=EXECUTIVE.index("quality") + 1))
    assert Outline.objects.get().sections == ["quality", "year", "bodies"]


def test_what_was_kept_leads_to_the_page_that_builds_it(client, plan, coordinator):
    client.force_login(coordinator)
    response = client.post(url(), posted(EXECUTIVE))
    assert response.url == "/packs/build/?quarter=2017-18-q4&what=executive"
    # The public edition can't be built before there is an executive one.
    public = client.post(url("public"), posted(PUBLIC, offered=PUBLIC))
    assert public.url == "/packs/"


def test_the_public_edition_is_offered_only_what_may_stand_in_it(client, plan, coordinator):
    client.force_login(coordinator)
    page = client.get(url("public")).content.decode()
    assert 'name="in_priorities"' in page
    assert 'name="in_money"' not in page
    assert 'name="in_quarter"' not in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"place_year": "x"}, "The place of “All figures” must be a whole number from 1 to 99"),
        ({"place_year": "0"}, "The place of “All figures” must be a whole number from 1 to 99"),
        ({"note": "Read this."}, "Say whose note it is"),
        ({"version": ""}, "Open this page again: it lost track of the version you were changing"),
    ],
)
def test_what_is_wrong_is_said_at_its_box(client, plan, coordinator, more, words):
    client.force_login(coordinator)
    answer = client.post(url(), posted(["year"], **more))
    assert words in answer.content.decode()
    assert not Outline.objects.exists()


def test_nothing_ticked_is_refused(client, plan, coordinator):
    client.force_login(coordinator)
    assert "Tick at least one section" in client.post(url(), posted([])).content.decode()


def test_whoever_was_slower_is_told_and_keeps_the_typing(client, plan, coordinator):
    client.force_login(coordinator)
    write(plan, UserFactory(name="Lena Fox"), sections=["quality"])
    answer = client.post(url(), posted(["year"], note="Mine.", note_by="Chair")).content.decode()
    assert "has been changed since you opened it" in answer
    assert "Lena Fox" in answer
    assert "Mine." in answer
    assert 'name="version" value="1"' in answer


@pytest.mark.parametrize("address", ["poster/executive", "pack/secret"])
def test_no_other_kind_or_edition_has_a_page(client, plan, coordinator, address):
    client.force_login(coordinator)
    assert client.get(f"/packs/2017-18-q4/{address}/outline/").status_code == 404


def test_what_was_chosen_does_not_touch_what_is_built(plan):
    pack = PackFactory(plan=plan)
    before = pack.imprint
    OutlineFactory(plan=plan, sections=["quality"])
    pack.refresh_from_db()
    assert pack.imprint == before
