"""The pages about a file of a plan's actions, asked as a browser does: download, upload, look, record, and what is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.actions import uploads
from governance.models import Action, DeliveryPlan, PlanUpload, Update
from lib.quarters import Year
from tests.factories.governance import ActionFactory, DeliveryPlanFactory, UpdateFactory
from tests.unit.governance.plan_sheets.world import HEAD, REPORT, World

pytestmark = pytest.mark.django_db
NEW_ROW = ",Train the wardens,a-commitment-2,,,Manager,,1/9/2017,31/3/2018"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def draft(client) -> World:
    world = World()
    client.force_login(world.owen)
    return world


@pytest.fixture
def running(client) -> World:
    world = World(running=True)
    client.force_login(world.owen)
    return world


def address(name: str, plan: DeliveryPlan, *more: object) -> str:
    return reverse(f"governance:{name}", args=[plan.body.slug, plan.year, *more])


def file(content: str | bytes, name: str = "actions.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def sent(client, plan, content, **more):
    return client.post(address("plan-upload-add", plan), {"file": file(content), **more})


def test_from_the_file_to_its_actions(draft, client):
    response = sent(client, draft.plan, f"{HEAD}\n{NEW_ROW}\n")
    upload = PlanUpload.objects.get()
    assert response.url == address("plan-upload-detail", draft.plan, upload.pk)
    page = words(client.get(response.url))
    assert "<strong>1 new.</strong> Nothing has been recorded yet." in page
    assert "Record the action" in page
    assert "31 March 2018" in page
    recorded = client.post(response.url, {"fingerprint": upload.fingerprint}, follow=True)
    assert "1 action was recorded" in words(recorded)
    assert "Record the action" not in words(recorded)
    assert Action.objects.get(number=4).title == "Train the wardens"
    twice = client.post(response.url, {"fingerprint": upload.fingerprint})
    assert "This file has been recorded already." in words(twice)
    assert Action.objects.count() == 2
    again = words(client.get(address("plan-upload-add", draft.plan)))
    assert "Recorded before" in again and "actions.csv" in again


def test_updates_of_the_quarter_that_was_chosen(running, client):
    response = sent(client, running.plan, f"{REPORT}\nASB 3,Two,,Green,,,\n", quarter="2017-18-q3")
    upload = PlanUpload.objects.get()
    page = words(client.get(response.url))
    assert "ASB Operations Group, 2017-18 Q3" in page and "Draft the update for 2017-18 Q3" in page
    client.post(response.url, {"fingerprint": upload.fingerprint})
    assert str(Update.objects.get().quarter) == "2017-18 Q3"


def test_a_refused_cell_says_why_and_leaves_no_button(running, client):
    response = client.get(sent(client, running.plan, f"{REPORT}\nASB 3,Two,,Purple,,,\n", quarter="2017-18-q4").url)
    page = words(response)
    assert "“Purple” is not one of the colours: Red, Amber, Green and Blue." in page
    assert "D2" in page and "it is recorded whole or not at all" in page
    assert 'name="fingerprint"' not in page
    upload = PlanUpload.objects.get()
    refused = client.post(address("plan-upload-detail", running.plan, upload.pk), {"fingerprint": upload.fingerprint})
    assert "Put the refused cells right" in words(refused)
    assert not Update.objects.exists()


def test_the_plan_changes_between_looking_and_recording(draft, client):
    url = sent(client, draft.plan, "Reference,Action,Lead post\nASB 3,Visit the hotspots,Sergeant\n").url
    seen = PlanUpload.objects.get().fingerprint
    Action.objects.filter(pk=draft.action.pk).update(owner_post="Chief Inspector", version=2)
    page = words(client.post(url, {"fingerprint": seen}))
    assert uploads.MOVED_ON in page
    assert "Chief Inspector" in page and "Sergeant" in page
    draft.action.refresh_from_db()
    assert draft.action.owner_post == "Chief Inspector"
    client.post(url, {"fingerprint": PlanUpload.objects.get().fingerprint})
    draft.action.refresh_from_db()
    assert draft.action.owner_post == "Sergeant"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "Choose the file with the actions"),
        (b"", "The file is empty. Save it in your spreadsheet program"),
        (b"x" * (1024 * 1024 + 1), "The file must be smaller than 1 MB. Send only the sheet with the actions"),
        (b"x" * (10 * 1024 * 1024 + 1), "The file must be smaller than 1 MB."),
        (b"\x00\xff\xfe nonsense", "This file is not a spreadsheet"),
        (b"PK\x03\x04 not really", "could not be read"),
        (("Action,Lead post\n" + "x,y\n" * 501).encode(), "more than 500 rows"),
        (b"Colour of the sky\nblue\n", "No row of headings was found"),
    ],
)
def test_files_that_are_no_use(draft, client, content, sentence):
    data = {} if content is None else {"file": file(content)}
    response = client.post(address("plan-upload-add", draft.plan), data)
    assert response.status_code == 200
    page = words(response)
    assert "Error: " in page
    assert sentence in page
    assert not PlanUpload.objects.exists()


def test_a_quarter_of_another_year_is_not_offered(running, client):
    response = sent(client, running.plan, f"{REPORT}\nASB 3,Two,,Green,,,\n", quarter="2018-19-q1")
    assert "Choose the quarter" in words(response)


@pytest.mark.parametrize(
    ("trait", "sentence"), [("submitted", "ask for it to be sent back"), ("closed", "is closed, so")]
)
def test_a_plan_that_takes_none_says_so(draft, client, trait, sentence):
    plan = DeliveryPlanFactory(body=draft.body, year=Year(2018), **{trait: True})
    page = words(client.get(address("plan-upload-add", plan)))
    assert "This plan takes no file now." in page and sentence in page
    assert 'type="file"' not in page


def test_the_workbook_is_named_for_its_plan_and_quarter(running, client):
    response = client.get(address("delivery-plan-workbook", running.plan), {"quarter": "2017-18-q3"})
    assert response["Content-Type"] == XLSX
    assert 'filename="actions-asb-2017-18-q3.xlsx"' in response["Content-Disposition"]
    for wrong in ("2018-19-q1", "2017-18-q5", "soon"):
        assert client.get(address("delivery-plan-workbook", running.plan), {"quarter": wrong}).status_code == 404


def test_an_upload_of_another_plan_is_not_found(draft, client):
    other = PlanUpload.objects.create(
        delivery_plan=DeliveryPlanFactory(body=draft.body, year=Year(2018)),
        file_name="a.csv",
        file_sha256="0" * 64,
        uploaded_by=draft.sam,
        preview="{}",
        fingerprint="0" * 64,
    )
    assert client.get(address("plan-upload-detail", draft.plan, other.pk)).status_code == 404


def test_many_rows_come_in_pages(draft, client):
    rows = "".join(f",Action {number},Manager\n" for number in range(120))
    url = sent(client, draft.plan, f"Reference,Action,Lead post\n{rows}").url
    page = words(client.get(url, {"page": "3"}))
    assert "Rows 101 to 120 of 120" in page
    assert words(client.get(url, {"page": "nonsense"})).count("csp-plan-cells__row") == 50


def test_thirty_files_in_an_hour(draft, client):
    for _ in range(30):
        draft.upload(f"{HEAD}\n{NEW_ROW}\n")
    client.force_login(draft.sam)
    assert "You have uploaded 30 files within an hour." in words(sent(client, draft.plan, f"{HEAD}\n{NEW_ROW}\n"))


def test_comparing_asks_as_often_for_ten_rows_as_for_two_hundred(running, django_assert_max_num_queries):
    def rows(count: int) -> str:
        return "".join(f"{number},Two,,Green,,,\n" for number in range(10, 10 + count))

    for number in range(10, 20):
        UpdateFactory(action=ActionFactory(delivery_plan=running.plan, number=number))
    running.upload(f"{REPORT}\n{rows(10)}")  # reads the roles of whoever asks
    with django_assert_max_num_queries(25) as few:
        running.upload(f"{REPORT}\n{rows(10)}")
    for number in range(20, 210):
        ActionFactory(delivery_plan=running.plan, number=number)
    with django_assert_max_num_queries(25) as many:
        running.upload(f"{REPORT}\n{rows(200)}")
    assert len(few) == len(many)
