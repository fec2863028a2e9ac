"""Issue, reissue, withdrawal: what is refused, what follows, and that the approved bytes are the issued ones."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import AuditEvent
from lib.editing import Stale
from reporting import clearing as ways
from reporting import imprint as imprints
from reporting import snapshots
from reporting.actions import issuing, withdrawing
from reporting.builds import pack_files
from reporting.imprint import Imprint
from reporting.models import Pack
from tests.factories import snapshots as made_up
from tests.factories.accounts import UserFactory
from tests.factories.packs import CompanionFactory, PackApprovalFactory, PackFactory

pytestmark = pytest.mark.django_db
APPROVED = Pack.Standing.APPROVED


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def approved(**fields):
    pack = PackFactory(standing=APPROVED, **fields)
    PackApprovalFactory(pack=pack)
    return pack


def public(executive=None, **fields):
    """An approved public edition of an issued executive one, checked against all that is issued now."""
    executive = executive or PackFactory(issued=True)
    given = {"edition": "public", "made_from": executive, "plan": executive.plan}
    return approved(**given | {"published_against": ways.published()} | fields)


def refused(pack, sam, **told):
    with pytest.raises(ValidationError) as refusal:
        issuing.issue(pack, **{"version": pack.version} | told, by=sam)
    pack.refresh_from_db()
    assert not pack.is_issued
    return refusal.value.messages


# ---------------------------------------------------------------- issue


def test_what_was_approved_is_issued_unchanged(sam):
    pack = approved()
    before = pack_files.read(pack)
    issued = issuing.issue(pack, version=1, by=sam)
    pack.refresh_from_db()
    assert issued.standing == pack.standing == "issued"
    assert (pack.issued_by, pack.version, pack.publish_at) == (sam, 2, None)
    assert timezone.now() - pack.issued_at < dt.timedelta(minutes=1)
    assert pack_files.read(pack) == before
    event = AuditEvent.objects.get(kind="pack_issued")
    assert (event.actor, pack.pdf_sha256 in str(event.changes)) == (sam, True)


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        ("built", "Only an approved pack is issued. Ask for its approval first."),
        ("draft", "Only an approved pack is issued. Ask for its approval first."),
        ("set_aside", "This pack is set aside already."),
    ],
)
def test_only_an_approved_pack_is_issued(sam, standing, sentence):
    assert refused(PackFactory(standing=standing), sam) == [sentence]


def test_issued_twice_is_refused(sam):
    pack = approved()
    issuing.issue(pack, version=1, by=sam)
    with pytest.raises(ValidationError, match="This pack is issued already"):
        issuing.issue(pack, version=2, by=sam)


def test_an_older_page_issues_nothing(sam):
    with pytest.raises(Stale):
        issuing.issue(approved(), version=7, by=sam)


def test_changed_bytes_are_not_issued(sam):
    pack = approved(content=b"%PDF-1.7 soon to be changed")
    with open(default_storage.path(pack.pdf.name), "wb") as stored:
        stored.write(b"something else")
    assert refused(pack, sam) == [
        "A stored file is at fault. The file is not the one that was built. Build the pack again."
    ]


def test_a_lost_companion_stops_it_too(sam):
    pack = approved()
    companion = CompanionFactory(pack=pack, content=b"soon to be lost", form="xlsx")
    default_storage.delete(companion.file.name)
    assert refused(pack, sam) == ["A stored file is at fault. The file is not there. Build the pack again."]


def test_other_bytes_than_the_approved_ones_are_not_issued(sam):
    pack = PackFactory(standing=APPROVED)
    PackApprovalFactory(pack=pack, pdf_sha256="0" * 64)
    assert refused(pack, sam) == ["The file that was approved is not this one. Build the pack again."]


def test_leftovers_are_named_and_refused(sam):
    told = imprints.to_json(Imprint("executive", 1, note="Figures TBC"))
    pack = approved(imprint=told)
    CompanionFactory(pack=pack, form="html", content=b"<body><a href='/x'></a></body>")
    assert refused(pack, sam) == [
        "Left over in the covering note: something to be confirmed, in “Figures TBC”.",
        "Left over in the web page: a link without words, to /x.",
    ]


def test_what_was_left_over_in_the_note_is_told_once_though_it_is_on_the_page_too(sam):
    note = "Members look at the quarter first. Two figures are TBC.\n\nThe fire service sent its figures late."
    pack = approved(imprint=imprints.to_json(Imprint("executive", 1, note=note)))
    page = "<body><p>Members look at the quarter first. Two figures are TBC.</p><p>TBC by the office.</p></body>"
    CompanionFactory(pack=pack, form="html", content=page.encode())
    assert refused(pack, sam) == [
        "Left over in the covering note: something to be confirmed, in “…rter first. Two figures are TBC. The fire service sent its…”.",
        "Left over in the web page: something to be confirmed, in “TBC by the office.”.",
    ]


def test_leftovers_in_the_figures_words_are_found_where_they_stand(sam):
    snapshot = made_up.sample()
    first = snapshot.priorities[0]
    changed = replace(snapshot, priorities=(replace(first, why="INSERT why"), *snapshot.priorities[1:]))
    pack = approved(snapshot=snapshots.to_json(changed))
    assert refused(pack, sam) == [
        "Left over in priorities › A › why: INSERT, in “INSERT why”.",
    ]


def test_a_number_that_was_issued_meanwhile_is_not_issued_again(sam):
    pack = approved(build=2)
    PackFactory(plan=pack.plan, issued=True, standing="superseded")
    assert refused(pack, sam) == ["Issue 1 has been issued already. Build it again: it gets the next number."]


# ---------------------------------------------------------------- reissue


def test_reissue_takes_the_place_of_what_stood(sam):
    first = PackFactory(issued=True)
    second = approved(plan=first.plan, issue=2, supersedes=first, erratum="B2 was wrong")
    issuing.issue(second, version=1, by=sam)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.standing, second.standing) == ("superseded", "issued")
    assert first.superseded_at == second.issued_at
    assert first.version == 2
    assert "B2 was wrong" in AuditEvent.objects.get(kind="pack_superseded").comment


def test_what_supersedes_nothing_is_not_issued_beside_what_stands(sam):
    first = PackFactory(issued=True)
    second = approved(plan=first.plan, issue=2)
    assert refused(second, sam) == ["Issue 1 has been issued since. Build a reissue that takes its place."]


def test_reissue_of_what_was_withdrawn_meanwhile_is_issued(sam):
    first = PackFactory(issued=True)
    second = approved(plan=first.plan, issue=2, supersedes=first, erratum="B2 was wrong")
    withdrawing.withdraw(first, because="Wrong", version=1, by=sam)
    issuing.issue(second, version=1, by=sam)
    first.refresh_from_db()
    assert first.standing == "withdrawn"


# ---------------------------------------------------------------- public edition


def test_public_edition_is_published_at_once_or_at_its_moment(sam):
    pack = public()
    issuing.issue(pack, version=1, by=sam)
    pack.refresh_from_db()
    assert pack.publish_at == pack.issued_at
    later = timezone.now() + dt.timedelta(days=3)
    other = public(PackFactory(issued=True))
    issuing.issue(other, publish_at=later, version=1, by=sam)
    other.refresh_from_db()
    assert other.publish_at == later
    assert not Pack.objects.public(timezone.now()).filter(pk=other.pk).exists()
    assert Pack.objects.public(later).filter(pk=other.pk).exists()
    assert not Pack.objects.public(later - dt.timedelta(seconds=1)).filter(pk=other.pk).exists()


def test_a_moment_that_has_passed_is_refused(sam):
    pack = public()
    past = timezone.now() - dt.timedelta(seconds=1)
    assert refused(pack, sam, publish_at=past) == [
        "This moment has passed. Choose a later one, or leave it empty for now"
    ]


def test_a_moment_is_of_no_use_to_an_executive_edition(sam):
    pack = approved()
    issuing.issue(pack, publish_at=timezone.now() + dt.timedelta(days=1), version=1, by=sam)
    pack.refresh_from_db()
    assert pack.publish_at is None


def test_another_public_issue_since_the_build_asks_for_a_build(sam):
    pack = public()
    issuing.issue(public(PackFactory(issued=True)), version=1, by=sam)
    assert refused(pack, sam) == [
        "Another public report has been issued since this was built. "
        "Build it again, so that it is checked against that one too."
    ]


def test_withdrawn_public_issues_count_among_those_it_is_checked_against(sam):
    other = PackFactory(public=True, issued=True)
    pack = public(PackFactory(issued=True))
    withdrawing.withdraw(other, because="Wrong", version=1, by=sam)
    issuing.issue(pack, version=1, by=sam)
    pack.refresh_from_db()
    assert pack.published_against == [other.snapshot_sha256]
    assert pack.is_issued


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        ("built", "The executive edition that it is made from is not issued yet. Issue that one first."),
        ("approved", "The executive edition that it is made from is not issued yet. Issue that one first."),
        (
            "set_aside",
            "The executive edition that it is made from is set aside. "
            "Build the public edition from the one that stands.",
        ),
    ],
)
def test_executive_edition_goes_first(sam, standing, sentence):
    assert refused(public(PackFactory(standing=standing)), sam) == [sentence]


def test_public_edition_of_a_superseded_issue_is_refused(sam):
    executive = PackFactory(issued=True, standing="superseded")
    assert "is superseded. Build the public edition" in refused(public(executive), sam)[0]


# ---------------------------------------------------------------- addenda


def test_addendum_stands_beside_its_issue_and_the_next_one_too(sam):
    first = PackFactory(issued=True)
    for number in (1, 2):
        pack = approved(plan=first.plan, kind="addendum", adds_to=first, issue=number)
        issuing.issue(pack, version=1, by=sam)
    first.refresh_from_db()
    assert first.standing == "issued"
    assert Pack.objects.filter(kind="addendum", standing="issued").count() == 2


def test_addendum_to_what_no_longer_stands_is_refused(sam):
    first = PackFactory(issued=True)
    pack = approved(plan=first.plan, kind="addendum", adds_to=first)
    withdrawing.withdraw(first, because="Wrong", version=1, by=sam)
    assert refused(pack, sam) == ["The issue that it adds to no longer stands. Build an addendum to the one that does."]


# ---------------------------------------------------------------- withdrawal


def test_withdrawal_says_why_and_keeps_everything(sam):
    pack = PackFactory(issued=True)
    addendum = PackFactory(plan=pack.plan, kind="addendum", adds_to=pack, issued=True)
    before = pack_files.read(pack)
    withdrawing.withdraw(pack, because=" A restricted figure was in it ", version=1, by=sam)
    pack.refresh_from_db()
    addendum.refresh_from_db()
    assert (pack.standing, pack.withdrawn_by, pack.version) == ("withdrawn", sam, 2)
    assert pack.withdrawn_because == "A restricted figure was in it"
    assert pack.issued_at and pack.withdrawn_at and pack_files.read(pack) == before
    assert addendum.standing == "issued"
    assert AuditEvent.objects.get(kind="pack_withdrawn").comment == "A restricted figure was in it"


@pytest.mark.parametrize(
    ("fields", "told", "sentence"),
    [
        ({}, {}, "Only an issued pack is withdrawn. This one is not issued."),
        ({"issued": True, "standing": "superseded"}, {}, "This pack is superseded already."),
        ({"issued": True}, {"because": " "}, "Say why it is withdrawn: whoever looks for it reads this"),
        ({"issued": True}, {"because": "a" * 301}, "Use 300 characters at most"),
    ],
)
def test_what_cannot_be_withdrawn(sam, fields, told, sentence):
    pack = PackFactory(**fields)
    with pytest.raises(ValidationError) as refusal:
        withdrawing.withdraw(pack, **{"because": "Wrong"} | told, version=1, by=sam)
    assert refusal.value.messages == [sentence]


def test_an_older_page_withdraws_nothing(sam):
    with pytest.raises(Stale):
        withdrawing.withdraw(PackFactory(issued=True), because="Wrong", version=3, by=sam)
