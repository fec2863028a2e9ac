"""The covering report: prefilled from the public snapshot, kept whole, and handed out as a PDF and a Word document that everyone can read."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
from django.urls import reverse

from lib.numerals import in_words
from lib.typesetting import gate
from reporting import disclosure, snapshots
from reporting.committee import sections
from reporting.models import CoverReport, Pack
from reporting.snapshots.shape import SmallNumbers, TrendPart, Value, VerdictPart
from tests.factories import snapshots as made_up
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory
from tests.factories.governing import MeetingFactory
from tests.factories.packs import CoverReportFactory, PackFactory, damage

pytestmark = pytest.mark.django_db
STILL_EMPTY = ["lead_member", "finance", "equalities", "best_value", "environment", "risk", "safeguarding"]


@pytest.fixture
def pack():
    public = replace(made_up.sample(edition="public"), people=(), funding=None)
    return PackFactory(public=True, issued=True, snapshot=snapshots.to_json(public), pages=24, pdf_bytes=397312)


@pytest.fixture
def sam(client):
    person = UserFactory(roles=["coordinator"], post="Partnership coordinator", name="Sam Carrick")
    client.force_login(person)
    return person


def url(pack: Pack, name: str = "edit") -> str:
    return reverse(f"reporting:cover-report-{name}", args=[pack.pk])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def sent(version: int, **texts: str) -> dict[str, object]:
    return {"version": version, "meeting": "", **{one.key: texts.get(one.key, "") for one in sections.SECTIONS}}


def test_what_is_known_is_prefilled_and_what_is_not_is_listed(client, sam, pack):
    response = client.get(url(pack))
    form, page = response.context["form"], text_of(response)
    held = {key: form[key].value() or "" for key in (one.key for one in sections.SECTIONS)}
    assert [key for key in held if not held[key]] == STILL_EMPTY
    assert "Seven sections still need words." in page
    assert held["officer"] == "Partnership coordinator"
    assert "issue 1" in held["appendices"] and pack.pdf_sha256 in held["appendices"]
    assert "PDF, 388 KB, 24 pages" in held["appendices"]
    assert "/reports/2017-18-q4/issue-1/" in held["appendices"]
    assert (
        "The report covers 2017-18 Q4, January to March 2018. Its figures are as they were known on 8 May 2018."
        in (held["details"])
    )
    assert held["background"] == "Community Safety Partnership Plan 2017-21"
    everything = " ".join(held.values())
    assert not [word for word in ("INSERT", "TBC", "XX", "Sam Carrick", "None") if word in everything]
    assert not CoverReport.objects.exists()


def test_a_hidden_figure_is_told_in_the_words_of_the_pack(client, sam):
    full = made_up.sample(edition="public", small_numbers=SmallNumbers(5, True, 0), people=(), funding=None)
    hidden = [replace(one, now=Value(None, None, None, "fewer"), is_listed=True) for one in full.restatements]
    told = replace(full, restatements=tuple(hidden), last_closed_on=None)
    parts = [replace(each, indicators=tuple(map(calm, each.indicators)), context=()) for each in told.priorities]
    told = snapshots.to_json(replace(told, priorities=tuple(parts)))
    pack = PackFactory(public=True, issued=True, snapshot=told)
    details = client.get(url(pack)).context["form"]["details"].value()
    assert ", now fewer than 5." in details


def calm(part):
    """Verified, so that what was restated is what matters."""
    trend = TrendPart("similar", "", "", "", "")
    usual = replace(part.usual, asks_for_words=False)
    this = replace(part.this, state="verified", value=Value(Decimal(7), None, None))
    verdict = VerdictPart("green", "Green.")
    return replace(
        part, this=this, verdict=verdict, short=trend, long=trend, is_worsening=False, usual=usual, words=None
    )


def test_it_goes_to_the_next_meeting_of_the_committee(client, sam, pack):
    committee = BodyFactory(kind="scrutiny", name="Overview and Scrutiny Committee")
    far = MeetingFactory(body=committee, starts_at=pack.publish_at.replace(year=2090))
    assert client.get(url(pack)).context["form"]["meeting"].value() == far.pk
    client.post(url(pack), sent(0, report_of="CSP Executive") | {"meeting": far.pk})
    assert CoverReport.objects.get().meeting == far


def test_what_is_saved_is_what_is_shown_and_handed_out(client, sam, pack):
    response = client.post(url(pack), sent(0, report_of="CSP Executive", finance="No cost arises."))
    assert response["Location"] == url(pack)
    form = client.get(url(pack)).context["form"]
    assert (form["finance"].value(), form["legal"].value(), form["version"].value()) == ("No cost arises.", "", 1)
    document = docx.Document(io.BytesIO(client.get(url(pack, "word")).content))
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 1"] == [
        "1. Comments of the chief finance officer"
    ]


def test_two_at_once_lose_nothing(client, sam, pack):
    CoverReportFactory(pack=pack, texts={"risk": "Low"}, version=1)
    for late in (0, 0):  # opened while there was none; and sent once more with the version that it was then given
        response = client.post(url(pack), sent(late, risk="High"))
        assert "has been changed since you opened it" in text_of(response)
        assert response.context["form"]["risk"].value() == "High"
        assert response.context["form"]["version"].value() == 1
    assert CoverReport.objects.get().texts == {"risk": "Low"}
    client.post(url(pack), sent(1, risk="High"))
    assert CoverReport.objects.get().texts["risk"] == "High"


def test_saving_the_same_again_changes_nothing(client, sam, pack):
    for version in (0, 1, 1):
        client.post(url(pack), sent(version, risk="Low"))
    assert CoverReport.objects.get().version == 1


def test_what_may_tell_of_something_hidden_is_named_and_what_the_public_edition_says_is_not(client, sam, pack):
    """The papers of a committee are public. D1 is restricted, D2 hidden."""
    full = made_up.sample()
    damage(pack.made_from, snapshot=snapshots.to_json(full))
    small = snapshots.to_json(disclosure.publish(full, [], small_numbers=SmallNumbers(5, True, 0)))
    damage(pack, snapshot=small)
    details = client.get(url(pack)).context["form"]["details"].value()
    assert "D2" in details or "Substance misuse" in details
    client.post(url(pack), sent(0, details=details, wards="All wards"))
    assert client.get(url(pack)).context["to_look_at"] == []
    typed = {"risk": "All is well. MAPPA L3 serious offences rose.", "finance": "Substance misuse need met fell to 4."}
    client.post(url(pack), sent(1, details=details, **typed))
    page = text_of(client.get(url(pack)))
    assert "Look at these sentences before the report goes out" in page
    assert "“MAPPA L3 serious offences rose.” It is about a restricted indicator." in page
    assert "“Substance misuse need met fell to 4.” It has a number in it and is about a figure that is hidden." in page


def test_too_long_a_line_is_told_with_the_typing_kept(client, sam, pack):
    response = client.post(url(pack), sent(0, wards="W" * 201))
    assert "Wards affected must be 200 characters or fewer" in text_of(response)
    assert not CoverReport.objects.exists()


def test_the_pdf_passes_the_gate_and_is_the_same_each_time(client, sam, pack):
    response = client.get(url(pack, "pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert gate.problems(response.content) == []
    assert client.get(url(pack, "pdf")).content == response.content
    assert response["Content-Disposition"] == (
        'attachment; filename="covering-report-tower-hamlets-csp-pack-2017-18-q4-public-issue-1.pdf"'
    )


def test_the_word_document_has_real_headings_a_language_and_a_title_and_is_the_same_each_time(client, sam, pack):
    content = client.get(url(pack, "word")).content
    assert client.get(url(pack, "word")).content == content
    document = docx.Document(io.BytesIO(content))
    assert document.core_properties.title == "Community safety plan: report for 2017-18 Q4"
    assert document.core_properties.language == "en-GB"
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings[:3] == ["1. Recommendations", "2. Reasons for the decisions", "3. Alternative options"]
    assert [one.text for one in document.paragraphs if one.style.name == "List Bullet"][0].startswith("note “Report")
    rows = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert rows["Wards affected"] == "All wards" and "Lead member" not in rows
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        styles, properties = archive.read("word/styles.xml").decode(), archive.read("docProps/core.xml").decode()
    assert 'w:lang w:val="en-US"' not in styles and 'w:val="en-GB"' in styles
    assert "python-docx" not in properties


def test_a_null_character_is_told_and_nothing_is_kept(client, sam, pack):
    """PostgreSQL can't store one."""
    said = text_of(client.post(url(pack), sent(0, wards="a\x00b")))
    assert "Wards affected has a hidden character in it. Type it again" in said
    assert not CoverReport.objects.exists()


@pytest.mark.parametrize("words", ["one\x0btwo", "\U0001f389 done", "﷐", "<b>&amp;</b>", "- \n-\n- a"])
def test_whatever_was_typed_the_files_are_made(client, sam, pack, words):
    CoverReportFactory(pack=pack, texts={"details": words, "wards": words})
    assert docx.Document(io.BytesIO(client.get(url(pack, "word")).content))
    assert gate.problems(client.get(url(pack, "pdf")).content) == []


def test_a_withdrawn_issue_says_that_another_goes_to_the_committee(client, sam, pack):
    Pack.objects.filter(pk=pack.pk).update(
        standing="withdrawn", withdrawn_at=pack.issued_at, withdrawn_by=sam, withdrawn_because="C2 is wrong"
    )
    assert "This issue is withdrawn." in text_of(client.get(url(pack)))


@pytest.mark.parametrize("fields", [{"issued": True}, {"public": True}, {}])
def test_there_is_none_for_an_executive_edition_or_one_that_is_not_issued(client, sam, fields):
    assert client.get(url(PackFactory(**fields))).status_code == 404


def test_a_snapshot_that_cant_be_read_prefills_nothing(client, sam, pack):
    damage(pack, snapshot='{"schema": 999}')
    assert f"{in_words(len(sections.SECTIONS)).capitalize()} sections still need words." in text_of(
        client.get(url(pack))
    )
    assert client.get(url(pack, "word")).status_code == 200
