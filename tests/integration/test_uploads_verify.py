"""What a file brought is verified together, by somebody who had no part in it."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import actions
from indicators.models import Figure, Return, Upload
from indicators.uploads import waiting
from reporting.home_page import home_page
from tests.factories.accounts import UserFactory
from tests.factories.indicators import sent, verified
from tests.unit.indicators.uploads.world import Q2, Q3, World, work

pytestmark = pytest.mark.django_db
HEAD = "Reference,Quarter,Figure\n"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def lena(world):
    return UserFactory(name="Lena Fox", organisation=world.council, roles=["coordinator"])


def brought(text: str, by, **fields) -> Upload:
    upload = work(actions.add_upload(f"{HEAD}{text}".encode(), name="mps.csv", by=by))
    return work(actions.record_upload(upload, fingerprint=upload.fingerprint, by=by, **fields))


def page_for(client, user, upload) -> str:
    client.force_login(user)
    return " ".join(client.get(upload.get_absolute_url()).content.decode().split())


def two_quarters(world) -> Upload:
    world.asked(world.reports), world.asked(world.reports, Q3)
    return brought("B2,2017-18 Q3,5\nB2,2017-18 Q4,6\n", world.sam)


def test_all_of_a_file_at_once(world, lena, client):
    upload = two_quarters(world)
    page = page_for(client, lena, upload)
    assert "<strong>2 figures wait to be verified.</strong>" in page
    assert "Verify all 2 figures of this file" in page
    response = client.post(reverse("indicators:upload-verify", args=[upload.pk]), follow=True)
    assert "Verified: 2 figures of mps.csv" in response.content.decode()
    assert set(Return.objects.values_list("status", flat=True)) == {"verified"}
    assert {figure.verification.verified_by for figure in Figure.objects.all()} == {lena}
    page = page_for(client, lena, upload)
    assert "wait to be verified" not in page
    assert "They are shown once they are verified" not in page


def test_whoever_uploaded_it_is_told_whom_to_ask(world, lena, client):
    upload = two_quarters(world)
    page = page_for(client, world.sam, upload)
    assert "They wait for somebody other than you: ask Lena Fox." in page
    assert "Verify all" not in page
    client.post(reverse("indicators:upload-verify", args=[upload.pk]))
    assert set(Return.objects.values_list("status", flat=True)) == {"submitted"}


def test_a_lead_is_told_too(world, lena, client):
    world.asked(world.reports)
    page = page_for(client, world.farida, brought("B2,2017-18 Q4,6\n", world.farida))
    assert "It waits for somebody other than you: ask Lena Fox or Sam Carrick." in page
    assert "Verify the figure" not in page


def test_only_what_is_still_of_the_file(world, lena, client):
    """One was replaced on its form since, the other was sent back."""
    upload = two_quarters(world)
    world.asked(world.arrests)
    first, second = Return.objects.filter(indicator=world.reports).order_by("round__quarter")
    actions.submit(first, version=2, numerator=Decimal(7), supplied_by=world.farida, by=world.farida)
    assert waiting.of(upload, lena, timezone.localdate()).count == 1
    assert [return_ for return_, _ in waiting.to_verify(upload)] == [second]
    actions.send_back(second, comment="Why?", due_again_on=timezone.localdate(), version=2, by=lena)
    assert waiting.of(upload, lena, timezone.localdate()) is None
    assert waiting.to_verify(upload) == []


def test_revisions_are_verified_on_their_own_page(world, lena, client):
    for quarter in (Q2, Q3):
        verified(world.asked(world.reports, quarter), 5)
    world.asked(world.arrests)
    text = "B2,2017-18 Q2,6\nB2,2017-18 Q3,6\nD1,2017-18 Q4,4\n"
    upload = brought(text, world.sam, restated_because="Late reports.")
    page = page_for(client, lena, upload)
    assert "<strong>1 figure waits to be verified.</strong>" in page
    revision = Figure.objects.filter(revision__isnull=False)[0].revision
    assert f'href="{revision.get_absolute_url()}"' in page
    client.post(reverse("indicators:upload-verify", args=[upload.pk]))
    assert Return.objects.get(indicator=world.arrests).status == "verified"
    assert set(Return.objects.filter(indicator=world.reports).values_list("status", flat=True)) == {"submitted"}


def test_a_taken_back_file_waits_for_nobody(world, lena):
    upload = two_quarters(world)
    actions.undo_upload(upload, reason="Wrong.", by=world.sam)
    assert waiting.of(upload, lena, timezone.localdate()) is None
    assert waiting.for_home(lena) == []


def test_the_home_of_coordinators_leads_there(world, lena):
    upload = two_quarters(world)
    sent(world.asked(world.arrests), 4, supplied_by=world.farida)
    on = timezone.localdate()
    (item,) = [item for item in home_page(lena, on).items if "mps.csv" in item.name]
    assert (item.name, item.url) == ("2 figures of mps.csv wait to be verified", upload.get_absolute_url())
    assert not [item for item in home_page(world.sam, on).items if "mps.csv" in item.name]


def test_the_numbers_of_queries_do_not_grow(world, lena, django_assert_max_num_queries):
    for quarter in (Q2, Q3):
        world.asked(world.arrests, quarter)
    upload = two_quarters(world)
    brought("D1,2017-18 Q2,5\nD1,2017-18 Q3,6\n", world.sam)
    with django_assert_max_num_queries(7):
        waiting.of(upload, lena, timezone.localdate())
    with django_assert_max_num_queries(1):
        assert len(waiting.for_home(lena)) == 2
