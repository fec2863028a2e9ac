"""Files at the same moment, each on a connection of its own: one wins, the other is told; and a worker that dies in the middle."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from indicators import actions
from indicators.models import Figure, Return, Round, Upload, Verification
from indicators.uploads import keeping, recording, working
from tests.factories.accounts import UserFactory
from tests.integration.test_returns_race import at_once
from tests.unit.indicators.uploads.world import World, previewed, work

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the actions.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
HEAD = "Reference,Quarter,Figure\n"
ROUNDS = 5


class Killed(BaseException):
    """Nothing of ours runs any more in that worker; its transaction is never committed."""


@pytest.fixture
def world() -> World:
    made = World()
    for indicator in (made.reports, made.arrests):
        made.asked(indicator)
    return made


def asked(text: str, by) -> Upload:
    """An upload that is to be recorded, and which no worker has taken yet."""
    upload = previewed(text, by)
    Upload.objects.filter(pk=upload.pk).update(phase="recording", job_state="requested", recorded_by=by)
    return Upload.objects.get(pk=upload.pk)


def undone(world) -> None:
    for upload in Upload.objects.all():
        if upload.is_recorded:
            actions.undo_upload(upload, reason="Once more", by=world.sam)


def test_two_people_record_the_same_quarter(world):
    lena = UserFactory(name="Lena Fox", roles=["coordinator"])
    for _ in range(ROUNDS):
        first = asked(f"{HEAD}B2,2017-18 Q4,1389\nD1,2017-18 Q4,7\n", world.sam)
        second = asked(f"{HEAD}D1,2017-18 Q4,8\nB2,2017-18 Q4,1390\n", lena)
        outcomes = at_once(lambda one=first: work(one), lambda two=second: work(two))
        assert not any(isinstance(outcome, Exception) for outcome in outcomes), outcomes
        told = [upload for upload in outcomes if upload.is_previewed]
        won = [upload for upload in outcomes if upload.is_recorded]
        assert (len(told), len(won)) == (1, 1)
        kept = keeping.from_json(told[0].preview)
        assert kept.notice == working.OTHER_NOW
        assert all("not yet verified" in line.was for line in kept.comparison.lines)
        assert {figure.upload_id for figure in Figure.objects.standing()} == {won[0].pk}
        assert Figure.objects.standing().count() == 2
        undone(world)


def test_one_upload_in_two_workers_hands(world):
    for _ in range(ROUNDS):
        upload = asked(f"{HEAD}B2,2017-18 Q4,1389\nD1,2017-18 Q4,7\n", world.sam)
        outcomes = at_once(*(lambda pk=upload.pk: working.work(pk) for _ in range(2)))
        assert outcomes == [None, None]
        assert Figure.objects.filter(upload=upload).count() == 2
        undone(world)


def test_recording_against_a_figure_on_the_form(world):
    for _ in range(ROUNDS):
        upload = asked(f"{HEAD}B2,2017-18 Q4,1389\nD1,2017-18 Q4,7\n", world.sam)
        mine = Return.objects.get(indicator=world.reports)
        form = lambda mine=mine: actions.submit(  # noqa: E731
            mine, version=mine.version, numerator=Decimal(5), supplied_by=world.farida, by=world.farida
        )
        outcomes = at_once(lambda one=upload: work(one), form)
        upload.refresh_from_db()
        if upload.is_recorded:
            assert isinstance(outcomes[1], ValidationError)
            assert Figure.objects.standing().count() == 2
            undone(world)
        else:
            assert isinstance(outcomes[1], Figure)
            assert list(Figure.objects.standing()) == [outcomes[1]]
            return_ = Return.objects.get(indicator=world.reports)
            actions.send_back(
                return_, comment="Again.", due_again_on=timezone.localdate(), version=return_.version, by=world.sam
            )
            break


def test_recording_against_closing_the_quarter(world):
    upload = asked(f"{HEAD}B2,2017-18 Q4,1389\nD1,2017-18 Q4,7\n", world.sam)
    round_ = Round.objects.get()
    closed, _ = at_once(
        lambda: actions.close_round(round_, version=1, reason="All in.", by=world.sam), lambda: work(upload)
    )
    assert isinstance(closed, Round), closed
    upload.refresh_from_db()
    assert Figure.objects.count() == (2 if upload.is_recorded else 0)
    assert all(figure.recorded_at <= closed.closed_at for figure in Figure.objects.all())


def test_taking_back_against_verifying(world):
    for _ in range(ROUNDS):
        upload = work(asked(f"{HEAD}B2,2017-18 Q4,1389\nD1,2017-18 Q4,7\n", world.farida))
        assert upload.is_recorded
        mine = Return.objects.select_related("round", "indicator").get(indicator=world.reports)
        outcomes = at_once(
            lambda one=upload: actions.undo_upload(one, reason="Wrong.", by=world.farida),
            lambda mine=mine: actions.verify(mine, version=mine.version, by=world.sam),
        )
        assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1, outcomes
        figure = Figure.objects.get(upload=upload, for_return=mine)
        assert hasattr(figure, "withdrawal") != Verification.objects.filter(figure=figure).exists()
        if hasattr(figure, "verification"):
            assert Figure.objects.standing().filter(upload=upload).count() == 2
            break


def test_a_worker_that_dies_in_the_middle_leaves_nothing_and_the_sweep_finishes_it(world, monkeypatch):
    upload = asked(f"{HEAD}B2,2017-18 Q4,1389\nD1,2017-18 Q4,7\n", world.sam)

    def die(*_entries, **_more):
        assert Figure.objects.count() == 2  # written, in this transaction
        raise Killed

    monkeypatch.setattr(recording.audit, "record_several", die)
    with pytest.raises(Killed):
        working.work(upload.pk)
    monkeypatch.undo()
    upload.refresh_from_db()
    assert upload.job_state == Upload.JobState.RUNNING
    assert not Figure.objects.exists()
    assert set(Return.objects.values_list("status", "version")) == {("due", 1)}
    later = timezone.now() + dt.timedelta(minutes=1)
    Upload.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert actions.sweep_uploads(at=later, by=None) == 1
    upload.refresh_from_db()
    assert (upload.is_recorded, upload.attempts) == (True, 2)
    assert Figure.objects.count() == 2
