"""An unusual figure in a file: told in the preview, recorded only once somebody says that it is right."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts import audit
from indicators import actions
from indicators.models import Figure, Upload
from indicators.uploads import keeping, shown
from indicators.uploads.comparing import compare
from indicators.uploads.doubting import questioned
from tests.factories.indicators import sent, verified
from tests.unit.indicators.uploads.world import Q2, Q3, Q4, TODAY, World, read, work

pytestmark = pytest.mark.django_db
HEAD = "Reference,Quarter,Figure,Out of,No figure because\n"


@pytest.fixture
def world() -> World:
    return World()


def added(text: str, by) -> Upload:
    return work(actions.add_upload(text.encode(), name="figures.csv", by=by))


def lines(upload: Upload):
    return keeping.from_json(upload.preview).comparison.lines


def test_a_digit_too_many_is_worth_a_look_and_comes_first(world):
    verified(world.asked(world.arrests, Q3), 100)
    verified(world.asked(world.reports, Q3), 160)
    world.asked(world.arrests), world.asked(world.reports)
    upload = added(f"{HEAD}D1,2017-18 Q4,103,,\nB2,2017-18 Q4,1600,,\n", world.farida)
    assert [(line.label[:2], line.worth) for line in lines(upload)] == [
        ("B2", "Ten times last quarter’s 160"),
        ("D1", ""),
    ]
    told = shown.preview(upload, 1, world.farida)
    assert told.headline == "2 new. 1 is worth a look."
    assert told.lines[0].worth == "Worth a look: ten times last quarter’s 160"


def test_what_is_verified_is_what_a_revision_is_held_against(world):
    verified(world.asked(world.reports, Q3), 150)
    verified(world.asked(world.reports), 160)
    upload = added(f"{HEAD}B2,2017-18 Q4,480,,\n", world.farida)
    assert [line.worth for line in lines(upload)] == ["Three times the verified 160"]


def test_need_and_met_are_named(world):
    verified(world.asked(world.needs, Q3), 31, 44)
    world.asked(world.needs)
    upload = added(f"{HEAD}D2,2017-18 Q4,310,440,\n", world.farida)
    assert [line.worth for line in lines(upload)] == ["Offenders with the need: ten times last quarter’s 44"]


def test_what_changes_nothing_or_is_no_figure_is_not_questioned(world):
    verified(world.asked(world.reports, Q3), 160)
    verified(world.asked(world.arrests, Q3), 160)
    sent(world.asked(world.reports), 1600)
    world.asked(world.arrests)
    upload = added(f"{HEAD}B2,2017-18 Q4,1600,,\nD1,2017-18 Q4,,,Source lag\n", world.farida)
    assert [(line.kind, line.worth) for line in lines(upload)] == [("new", ""), ("same", "")]


def test_it_is_recorded_only_once_somebody_says_that_it_is_right(world):
    verified(world.asked(world.reports, Q3), 160)
    world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1600,,\n", world.farida)
    with pytest.raises(ValidationError) as refusal:
        actions.record_upload(upload, fingerprint=upload.fingerprint, by=world.farida)
    assert refusal.value.message_dict == {
        "worth_is_right": ["Tick that the figures worth a look are right, or put the file right and upload it again"]
    }
    work(actions.record_upload(upload, fingerprint=upload.fingerprint, worth_is_right=True, by=world.farida))
    assert Figure.objects.get(upload=upload).numerator == 1600
    asked = audit.history(upload).get(kind="upload_asked")
    assert asked.changes == [{"what": "Unusual figures said to be right", "was": "nothing", "now": "1"}]


def test_what_became_unusual_between_looking_and_recording_is_shown_again(world):
    """The fingerprint covers the remark."""
    last = world.asked(world.reports, Q3)
    world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1600,,\n", world.farida)
    assert [line.worth for line in lines(upload)] == [""]
    verified(last, 160)
    work(actions.record_upload(upload, fingerprint=upload.fingerprint, by=world.farida))
    assert upload.is_previewed
    assert [line.worth for line in lines(upload)] == ["Ten times last quarter’s 160"]


def test_the_number_of_queries_does_not_grow(world, django_assert_max_num_queries):
    for quarter in (Q2, Q3, Q4):
        for indicator in (world.reports, world.arrests):
            world.asked(indicator, quarter)
    reading = read(f"{HEAD}B2,2017-18 Q2,1,,\nB2,2017-18 Q3,1,,\nB2,2017-18 Q4,1,,\nD1,2017-18 Q4,5,,\n", world.sam)
    comparison = compare(reading, by=world.sam, on=TODAY)
    with django_assert_max_num_queries(5):
        questioned(comparison)


def test_the_page_asks_for_a_tick(world, client):
    verified(world.asked(world.reports, Q3), 160)
    world.asked(world.reports)
    upload = added(f"{HEAD}B2,2017-18 Q4,1600,,\n", world.farida)
    client.force_login(world.farida)
    page = client.get(upload.get_absolute_url()).content.decode()
    assert "The figure worth a look is right" in page
    assert "Worth a look: ten times last quarter’s 160." in page
    record = reverse("indicators:upload-record", args=[upload.pk])
    refused = client.post(record, {"fingerprint": upload.fingerprint}).content.decode()
    assert "Tick that the figure worth a look is right, or put the file right and upload it again" in refused
    assert client.post(record, {"fingerprint": upload.fingerprint, "worth_is_right": "on"}).status_code == 302


def test_the_button_counts_figures_and_reasons_apart(world):
    world.asked(world.reports), world.asked(world.arrests), world.asked(world.needs)
    head = f"{HEAD}B2,2017-18 Q4,,,Source lag\n"
    for rows, button in (
        ("D1,2017-18 Q4,5,,\nD2,2017-18 Q4,31,44,\n", "Record 2 figures and 1 reason"),
        ("D1,2017-18 Q4,,,Source lag\n", "Record the 2 reasons"),
        ("", "Record the reason"),
    ):
        assert shown.preview(added(head + rows, world.farida), 1, world.farida).button == button
