"""The pages about packs: who sees them, what they say in each state, and what is handed out."""

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Indicator
from lib.written import day_year
from reporting.actions import building
from reporting.builds import packs
from reporting.models import Download, Pack
from tests.factories import reporting as data
from tests.factories.packs import PackFactory, damage

pytestmark = pytest.mark.django_db

LIST = reverse("reporting:pack-list")
REQUEST = reverse("reporting:pack-request")


@pytest.fixture
def coordinator():
    return data.person("Sam Carrick", "coordinator", post="Coordinator")


@pytest.fixture
def member():
    return data.person("Lena Fox", "executive", post="Director")


@pytest.fixture
def team(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def waiting(pages, plan, quarter, coordinator):
    return building.request_pack(plan, quarter, queue=False, by=coordinator)


def url(name, pack):
    return reverse(f"reporting:pack-{name}", args=[pack.pk])


def words(response):
    """The page's text with single spaces."""
    return " ".join(response.content.decode().replace("&nbsp;", " ").split())


# ---------------------------------------------------------------- who


@pytest.mark.parametrize(
    ("role", "list_", "request_", "detail", "download"),
    [
        ("coordinator", 200, 302, 200, 200),
        ("executive", 200, 403, 200, 200),
        ("data_lead", 403, 403, 404, 404),
        ("commentary_lead", 403, 403, 404, 404),
        ("scrutiny", 403, 403, 404, 404),
        ("administrator", 403, 403, 404, 404),
    ],
)
def test_who_sees_what_of_a_ready_pack(client, built, role, list_, request_, detail, download):
    pack = built()
    client.force_login(data.person("Somebody", role))
    assert client.get(LIST).status_code == list_
    assert client.get(url("detail", pack)).status_code == detail
    assert client.get(url("progress", pack)).status_code == detail
    assert client.get(url("download", pack)).status_code == download
    assert client.post(REQUEST, {"quarter": "2017-18-q3"}).status_code == request_


def test_pack_being_built_is_out_of_a_members_sight(client, waiting, member):
    client.force_login(member)
    for name in ("detail", "progress", "download"):
        assert client.get(url(name, waiting)).status_code == 404


def test_nobody_gets_anything_without_signing_in(client, built):
    pack = built()
    for address in (LIST, url("detail", pack), url("download", pack)):
        assert client.get(address).status_code == 302


def test_asking_for_a_pack_takes_a_post(team):
    assert team.get(REQUEST).status_code == 405


# ---------------------------------------------------------------- asking


def test_button_builds_the_pack_and_leads_to_it(
    team, pages, plan, quarter, coordinator, django_capture_on_commit_callbacks
):
    assert "Build the pack for 2017-18 Q4" in words(team.get(LIST))
    with django_capture_on_commit_callbacks(execute=True):
        response = team.post(REQUEST, {"quarter": quarter.slug, "issue": "1"})
    pack = Pack.objects.get()
    assert response["Location"] == url("detail", pack)
    assert (pack.job_state, pack.requested_by) == (Pack.JobState.READY, coordinator)


def test_form_sent_twice_leads_to_the_pack_of_the_first(team, pages, plan, quarter):
    team.post(REQUEST, {"quarter": quarter.slug, "issue": "1"})
    response = team.post(REQUEST, {"quarter": quarter.slug, "issue": "1"}, follow=True)
    assert Pack.objects.count() == 1
    assert "is being built already. This is how far it is." in words(response)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose the quarter to build the pack for"),
        ({"quarter": "soon"}, "Choose a quarter like 2017-18 Q4"),
        ({"quarter": "2017-18-q5"}, "Choose a quarter like 2017-18 Q4"),
        (
            {"quarter": "2030-31-q1"},
            "No plan here has the quarter 2030-31 Q1. Choose one from 2016-17 Q1 to 2020-21 Q4.",
        ),
        ({"quarter": "2017-18-q4", "edition": "secret"}, "Choose the executive or the public edition"),
        ({"quarter": "2017-18-q4", "after": "x"}, "Open the list of packs again"),
    ],
)
def test_what_cannot_be_built_says_why_and_builds_nothing(team, plan, sent, sentence):
    response = team.post(REQUEST, sent)
    assert response.status_code == 200
    assert "<title>Error: " in words(response)
    assert sentence in words(response)
    assert not Pack.objects.exists()


# ---------------------------------------------------------------- being built


def test_building_page_shows_stages_without_script(team, waiting):
    page = words(team.get(url("detail", waiting)))
    assert "Pack for 2017-18 Q4, executive edition" in page
    assert "CSP Executive, 24 May 2018" in page
    assert '<progress class="csp-progress__bar" id="progress" max="100" value="0">0%</progress>' in page
    for stage in Pack.STAGES:
        assert stage in page
    assert "Started by you at" in page
    assert "Look again" in page


def test_progress_as_json(team, waiting):
    progress = team.get(url("progress", waiting)).json()
    assert (progress["label"], progress["percent"], progress["finished"]) == ("Waiting to start", 0, False)
    assert progress["stages"] == [{"state": "later", "note": "To do"}] * 5
    packs.build(waiting.pk)
    progress = team.get(url("progress", waiting)).json()
    assert (progress["state"], progress["percent"], progress["finished"]) == ("ready", 100, True)
    assert progress["stages"][1] == {"state": "done", "note": "Done, 1 not sent"}


def test_failed_page_says_what_happened_and_builds_again(team, waiting, pages):
    pages.error = RuntimeError()
    packs.build(waiting.pk)
    page = words(team.get(url("detail", waiting)))
    assert "Something went wrong at “Set the pages”." in page
    assert "Build it again" in page
    assert team.post(REQUEST, {"quarter": "2017-18-q4", "issue": "1"})["Location"] == url("detail", waiting)
    assert "Waiting to start" in words(team.get(url("detail", waiting)))


# ---------------------------------------------------------------- ready


def test_ready_page_says_what_is_in_it(team, built):
    reference = Indicator.objects.get(is_restricted=True).placements.get().reference
    page = words(team.get(url("detail", built())))
    assert "Download the pack (PDF, 20 bytes, 18 pages)" in page
    assert f"2 indicators: 1 with a figure, 1 not sent ({reference})" in page
    assert "OFFICIAL-SENSITIVE: holds restricted indicator" in page
    assert f"{reference} has not been sent." in page
    assert "Build it again" in page


def test_the_team_is_led_from_an_issued_pack_to_the_log_of_who_was_sent_it(client, team, plan, quarter, member):
    pack, waiting = (
        PackFactory(plan=plan, quarter=quarter, issued=True),
        PackFactory(plan=plan, quarter=quarter, issue=2),
    )
    link = f"/plan-life/plans/{plan.slug}/sendings/add/?what=Pack+for+2017-18+Q4%2C+executive+edition%2C+issue+1"
    assert f'href="{link}"' in words(team.get(url("detail", pack)))
    assert "Record to whom it was sent" not in words(team.get(url("detail", waiting)))
    form = words(team.get(link))
    assert (
        'value="Pack for 2017-18 Q4, executive edition, issue 1"' in form and '<option value="other" selected>' in form
    )
    client.force_login(member)
    assert "Record to whom it was sent" not in words(client.get(url("detail", pack)))


@pytest.mark.parametrize("stored", ['{"schema":999}', "{}", "not JSON"])
def test_ready_page_without_readable_details_keeps_the_file(team, built, stored):
    pack = built()
    damage(pack, snapshot=stored)
    response = team.get(url("detail", pack))
    page = words(response)
    assert response.status_code == 200
    assert "The details of this pack can’t be shown" in page
    assert "Download the pack (PDF, 20 bytes, 18 pages)" in page
    assert " ".join(pack.pdf_sha256[start : start + 4] for start in range(0, 64, 4)) in page
    assert "What is in it" not in page
    assert "Build it again" in page
    assert team.get(url("download", pack)).status_code == 200


def test_ready_page_with_readable_details_says_nothing_of_that(team, built):
    assert "can’t be shown" not in words(team.get(url("detail", built())))


def test_member_is_not_offered_to_build(client, built, member):
    pack = built()
    client.force_login(member)
    assert "Build it again" not in words(client.get(url("detail", pack)))
    assert "Build it again" not in words(client.get(LIST))


def test_earlier_issue_names_the_newer_one(team, built):
    first, second = built(), built()
    led_on = f'It has been built again since, on {day_year(second.ended_at)}. <a class="govuk-link" href="{second.get_absolute_url()}">'
    assert led_on in words(team.get(url("detail", first)))
    assert "built again since" not in words(team.get(url("detail", second)))


def test_download_is_the_stored_bytes(client, built, pages, member):
    pack = built()
    client.force_login(member)
    response = client.get(url("download", pack))
    assert response.content == pages.content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="tower-hamlets-csp-pack-2017-18-q4-executive-issue-1.pdf"'
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("is_restricted", "why"), [(True, "restricted"), (False, "executive")])
def test_who_takes_a_copy_of_an_executive_edition_is_kept(client, built, member, is_restricted, why):
    Indicator.objects.update(is_restricted=is_restricted)
    pack = built()
    client.force_login(member)
    client.head(url("download", pack))
    assert not Download.objects.exists()
    client.get(url("download", pack))
    taken = Download.objects.get()
    assert (taken.by, taken.pack, taken.form, taken.why) == (member, pack, "pdf", why)
    assert taken.what == "Pack for 2017-18 Q4, executive edition, issue 1"


def test_what_cannot_be_kept_track_of_is_not_handed_out(client, built, member, monkeypatch):
    def fails(*args, **kwargs):
        raise DatabaseError("cannot execute INSERT in a read-only transaction")

    pack = built()
    client.force_login(member)
    monkeypatch.setattr(Download.objects, "create", fails)
    client.raise_request_exception = False
    answer = client.get(url("download", pack))
    assert answer.status_code == 500
    assert b"%PDF" not in answer.content


def test_changed_file_is_not_handed_out(team, built, pages):
    pack = built()
    with open(default_storage.path(pack.pdf.name), "wb") as stored:
        stored.write(b"something else")
    response = team.get(url("download", pack))
    assert response.status_code == 500
    assert "The file is not the one that was built." in words(response)
    assert b"something else" not in response.content


# ---------------------------------------------------------------- the list


def test_list_without_packs_and_rounds(client, coordinator, member):
    client.force_login(member)
    assert "When the partnership team has built one, you download it here." in words(client.get(LIST))
    client.force_login(coordinator)
    assert "No quarter has been opened yet" in words(client.get(LIST))


def test_list_costs_the_same_for_one_quarter_and_for_eight(team, built, plan, quarter):
    built()
    with CaptureQueriesContext(connection) as one:
        team.get(LIST)
    for earlier in quarter.back_to(8)[:-1]:
        data.round_(earlier)
        Pack.objects.create(plan=plan, quarter=earlier, issue=1, job_state="failed", failure="No.")
    with CaptureQueriesContext(connection) as eight:
        page = team.get(LIST)
    assert len(eight) == len(one)
    assert "2016-17 Q1" in words(page)
