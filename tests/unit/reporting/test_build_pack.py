"""The command that builds a pack without a worker."""

import datetime as dt
import hashlib
import io

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError

from accounts.models import Installation
from reporting import snapshots
from reporting.models import Pack

pytestmark = pytest.mark.django_db


def run(*arguments):
    said = io.StringIO()
    call_command("build_pack", *arguments, stdout=said)
    return said.getvalue()


def test_file_is_the_stored_pack_and_path_pages_and_checksum_are_said(pages, plan, tmp_path):
    output = tmp_path / "pack.pdf"
    said = run("2017-18-q4", "--edition", "executive", "--output", str(output))
    assert output.read_bytes() == pages.content
    assert str(output) in said
    assert "18 pages" in said
    assert hashlib.sha256(pages.content).hexdigest() in said
    assert Pack.objects.get().is_ready


def test_a_second_run_builds_the_same_number_again(pages, plan):
    run("2017-18-q4")
    assert "issue 1" in run("2017-18 Q4")
    assert [pack.build for pack in Pack.objects.order_by("pk")] == [1, 2]


def test_the_public_edition_is_made_from_the_newest_executive_one(pages, plan):
    run("2017-18-q4")
    run("2017-18-q4")
    assert "public edition, issue 1" in run("2017-18-q4", "--edition", "public")
    public = Pack.objects.get(edition="public")
    assert public.made_from.build == 2


def test_as_at_a_day_is_the_end_of_that_day(pages, plan):
    run("2017-18-q4", "--as-at", "2018-05-02")
    snapshot = snapshots.from_json(Pack.objects.get().snapshot)
    assert snapshot.as_at == dt.datetime(
        2018, 5, 2, 22, 59, 59, 999999, tzinfo=dt.UTC
    )  # midnight in London is 23:00 UTC
    assert snapshot.indicators[0].this.state == "unverified"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["2017-18-q5"], "is not a quarter. Write it like 2017-18-q4."),
        (["2030-31-q1"], "No plan here has the quarter 2030-31 Q1. Choose one from 2016-17 Q1 to 2020-21 Q4."),
        (["2017-18-q4", "--edition", "public"], "Build the executive edition first"),
        (["2017-18-q4", "--edition", "public", "--as-at", "2018-05-02"], "leave --as-at out"),
        (["2017-18-q4", "--edition", "gold"], "There is no edition 'gold'"),
        (["2017-18-q4", "--output", "/nowhere/at/all.pdf"], "There is no folder /nowhere/at"),
        (["2017-18-q4", "--as-at", "soon"], "is not a moment"),
        (["2017-18-q4", "--as-at", "2018-02-31"], "is not a moment"),
        (["2017-18-q4", "--as-at", "2999-01-01"], "has not come yet"),
    ],
)
def test_what_cannot_be_built_is_a_sentence_and_builds_nothing(pages, plan, arguments, sentence):
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    assert sentence in str(refusal.value)
    assert not Pack.objects.exists()


def test_failed_build_ends_the_command_with_its_sentence(pages, plan, tmp_path):
    pages.error = RuntimeError()
    output = tmp_path / "pack.pdf"
    with pytest.raises(CommandError, match="Something went wrong at “Set the pages”"):
        run("2017-18-q4", "--output", str(output))
    assert not output.exists()


def test_without_any_plan_no_quarter_is_there(pages):
    with pytest.raises(CommandError, match="No plan here has the quarter 2017-18 Q4."):
        run("2017-18-q4")


def test_production_builds_nothing_from_samples(pages, plan, settings):
    Installation.objects.create(pk=1, holds_sample=True)
    settings.PRODUCTION = True
    with pytest.raises(SystemCheckError, match="production does not start on it"):
        run("2017-18-q4")
    assert not Pack.objects.exists()
