"""One explanation for each indicator, word for word: in the snapshot, on the dashboard, on its own page, in both downloads and in the pack."""

import csv
import html
import io
import re
import subprocess

import pytest
from django.urls import reverse

from accounts.models import User
from cspplan.sample import loader
from indicators.models import Indicator
from lib.quarters import Quarter
from priorities.models import Plan
from reporting import pdf, snapshots
from reporting.imprint import Imprint

pytestmark = pytest.mark.django_db

Q4 = Quarter.parse("2017-18-q4")


def words(markup: str) -> str:
    """What a page says: without tags, white space made single."""
    return " ".join(
        html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<title>.*?</title>", "", markup, flags=re.DOTALL))).split()
    )


@pytest.fixture
def sentences(client):
    """The sample's sentences by reference, read by a member of the CSP Executive."""
    assert loader.load_sample()
    client.force_login(User.objects.get(email="jo.mercer@example.org"))
    snapshot = snapshots.take(Plan.objects.get(), Q4)
    found = {part.reference: part.verdict.sentence for part in snapshot.indicators}
    assert len(found) == 15 and len(set(found.values())) >= 14
    return snapshot, found


def rows(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_snapshot_dashboard_and_pack_say_the_same_of_every_indicator(client, sentences):
    snapshot, expected = sentences
    page = words(client.get(reverse("reporting:dashboard-detail", args=[Q4])).content.decode())
    rendered = pdf.render(snapshot, imprint=Imprint("executive", 1))
    told = subprocess.run(["pdftotext", "-", "-"], input=rendered.pdf, capture_output=True, check=True, timeout=60)
    printed = " ".join(told.stdout.decode().split())
    places = {"dashboard": page, "pack’s HTML": words(rendered.html), "pack’s PDF": printed}
    silent = [
        (reference, place)
        for reference, sentence in expected.items()
        for place, text in places.items()
        if sentence not in text
    ]
    assert silent == []


def test_the_download_of_the_dashboard_says_it_too(client, sentences):
    _, expected = sentences
    given = rows(client.get(reverse("reporting:dashboard-csv", args=[Q4])))
    said = {text for row in given for text in row.values()}
    assert set(expected.values()) <= said


def test_each_indicators_own_download_says_it_of_the_quarter(client, sentences):
    _, expected = sentences
    for indicator in Indicator.objects.filter(placements__reference__in=expected):
        reference = indicator.placements.get().reference
        given = rows(client.get(reverse("indicators:indicator-csv", args=[indicator.slug])))
        assert expected[reference] in given[0].values() or expected[reference] in given[-1].values(), reference
