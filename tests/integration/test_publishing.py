"""What was built to be published and is to be hidden by now, and words that everybody would read."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from lib.quarters import Quarter
from reporting import clearing, disclosure, snapshots
from reporting.actions import building, withdrawing
from reporting.actions import issuing as acts
from reporting.models import Pack
from reporting.snapshots.shape import PersonPart, SmallNumbers
from tests.factories import snapshots as made_up
from tests.factories.accounts import UserFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.packs import PackFactory

pytestmark = pytest.mark.django_db
SMALL = SmallNumbers(5, True, 0)
AN_HOUR = dt.timedelta(hours=1)


@pytest.fixture
def full():
    return made_up.sample(people=(PersonPart("Owen Tranter", "Superintendent"),))


def published(full, **fields) -> Pack:
    """A public edition of it, built an hour ago."""
    text = snapshots.to_json(disclosure.publish(full, [], small_numbers=SMALL))
    executive = PackFactory(issued=True, snapshot=snapshots.to_json(full))
    told = {"edition": "public", "made_from": executive, "plan": executive.plan, "snapshot": text}
    return PackFactory(**told | {"started_at": timezone.now() - AN_HOUR} | fields)


def test_nothing_stands_in_the_way_of_what_may_still_be_shown(full):
    assert clearing.obstacles(published(full)) == ()


def test_another_threshold_asks_for_a_build(full, settings):
    pack = published(full)
    settings.SMALL_NUMBERS_UNDER = 10
    assert clearing.obstacles(pack) == (
        "How small numbers are hidden has been set otherwise since this was built. Build it again.",
    )


def test_an_indicator_that_is_restricted_by_now_is_not_issued(full):
    pack = published(full)
    IndicatorFactory(slug="violence-with-injury-hotspots", is_restricted=True)
    assert clearing.obstacles(pack) == (
        "Restricted since this was built: Violence with injury, hotspots. Build the executive edition again, then this one from it.",
    )


@pytest.mark.parametrize(
    ("because", "told"),
    [
        (
            "Substance misuse need met was shown as 4.",
            "Say it otherwise, for everybody reads it: “Substance misuse need met was shown as 4.” "
            "It has a number in it and is about a figure that is hidden.",
        ),
        (
            "MAPPA L3 serious offences stood in it.",
            "Say it otherwise, for everybody reads it: “MAPPA L3 serious offences stood in it.” It is about a restricted indicator.",
        ),
        ("Owen Tranter asked for it.", "Name a post, not a person: everybody reads this"),
    ],
)
def test_why_it_is_withdrawn_gives_back_nothing(full, because, told):
    pack = published(full, standing="issued", issued_at=timezone.now(), publish_at=timezone.now())
    sam = UserFactory()
    with pytest.raises(ValidationError) as refused:
        withdrawing.withdraw(pack, because=because, version=1, by=sam)
    assert refused.value.message_dict == {"because": [told]}
    withdrawing.withdraw(pack, because="It was issued too early.", version=1, by=sam)
    pack.refresh_from_db()
    assert pack.withdrawn_because == "It was issued too early."


def test_a_public_addendum_never_adds_to_an_executive_issue():
    """What came since would be told by what that issue holds."""
    executive = PackFactory(issued=True)
    source = PackFactory(plan=executive.plan, kind="addendum", adds_to=executive, issued=True)
    with pytest.raises(ValidationError, match="adds to an issue of the same edition"):
        building.request_pack(
            executive.plan,
            executive.quarter,
            kind="addendum",
            edition="public",
            made_from=source,
            adds_to=executive,
            by=None,
        )


def test_an_edition_is_made_from_its_own_quarter():
    other = PackFactory(issued=True, quarter=Quarter.parse("2017-18-q3"))
    with pytest.raises(ValidationError, match="is of another plan or quarter"):
        building.request_pack(other.plan, other.quarter.next, edition="public", made_from=other, by=None)


def test_the_page_of_a_withdrawal_says_what_to_put_otherwise_and_keeps_the_typing(full, client):
    pack = published(full, standing="issued", issued_at=timezone.now(), publish_at=timezone.now())
    client.force_login(UserFactory(roles=["coordinator"]))
    because = "Owen Tranter asked for it. MAPPA L3 serious offences stood in it."
    response = client.post(reverse("reporting:pack-withdraw", args=[pack.pk]), {"because": because, "version": "1"})
    page = " ".join(response.content.decode().split())
    assert "Name a post, not a person: everybody reads this" in page
    assert "It is about a restricted indicator." in page
    assert because in page
    pack.refresh_from_db()
    assert pack.standing == "issued"


def test_nothing_is_published_before_what_it_tells_of(full):
    """The report for Q4 says what changed since the one for Q3, which is under embargo."""
    noon = timezone.now().replace(microsecond=0) + dt.timedelta(days=3)
    before = PackFactory(public=True, issued=True, quarter=Quarter.parse("2017-18-q3"), publish_at=noon)
    executive = PackFactory(plan=before.plan, issued=True)
    told = {"edition": "public", "made_from": executive, "plan": before.plan, "standing": "approved"}
    pack = PackFactory(**told, published_against=clearing.published(), issue_when_approved=True)
    sam = UserFactory()
    assert acts.issue_if_free(pack, by=sam).standing == "approved"
    for early in (None, noon - dt.timedelta(seconds=1)):
        with pytest.raises(ValidationError) as refused:
            acts.issue(pack, publish_at=early, version=1, by=sam)
        (sentence,) = refused.value.message_dict["publish_at"]
        assert sentence.startswith("It tells of Pack for 2017-18 Q3, public edition, issue 1, which is published on ")
    acts.issue(pack, publish_at=noon, version=1, by=sam)
    pack.refresh_from_db()
    assert pack.publish_at == noon
