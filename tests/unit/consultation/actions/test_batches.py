import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from consultation import asked
from consultation.actions import batches, receiving
from consultation.answers import Given
from consultation.models import Batch, Code, MonitoringCount, Quote, Response
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    NOON,
    BatchFactory,
    ChannelFactory,
    CodeFactory,
    ConsultationFactory,
    MonitoringCountFactory,
    QuoteFactory,
    ResponseFactory,
    whole,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2018, 7, 2)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def batch(sam):
    channel = whole().channels.get(key="paper")
    return batches.begin(channel.consultation, channel=channel, label=" Whitechapel ", expected=2, by=sam)


def take_in(batch, **given):
    form = asked.read(batch.consultation)
    fields = {"channel": batch.channel, "token": uuid.uuid4(), "at": NOON, "on": DAY, "by": batch.made_by}
    return receiving.receive(form, given=Given(**given), batch=batch, **fields)


def test_a_pile_is_begun(batch, sam):
    assert (batch.label, batch.state, batch.kind, batch.expected, batch.made_by) == (
        "Whitechapel",
        "open",
        "paper",
        2,
        sam,
    )
    event = AuditEvent.objects.get(kind="batch_begun")
    assert event.actor == sam


@pytest.mark.parametrize("state", ["draft", "analysed", "published"])
def test_none_is_begun_where_nothing_is_counted_any_more(state, sam):
    channel = ChannelFactory(way="paper", consultation=ConsultationFactory(state=state))
    with pytest.raises(ValidationError, match=f"This one is {state}: nothing was added to it"):
        batches.begin(channel.consultation, channel=channel, label="Pile", by=sam)


def test_none_is_begun_for_published_totals(sam):
    channel = ChannelFactory(way="paper", consultation=ConsultationFactory(totals_only=True, state="closed"))
    with pytest.raises(ValidationError, match="of published totals alone"):
        batches.begin(channel.consultation, channel=channel, label="Pile", by=sam)


def test_none_is_begun_once_responses_are_being_removed(sam):
    channel = ChannelFactory(way="paper", consultation=ConsultationFactory(state="closed", purge_begun_at=NOON))
    with pytest.raises(ValidationError, match="have been removed, so nothing can be added"):
        batches.begin(channel.consultation, channel=channel, label="Pile", by=sam)


def test_papers_come_after_the_last_day_too(sam):
    channel = ChannelFactory(way="paper", consultation=ConsultationFactory(state="closed"))
    assert batches.begin(channel.consultation, channel=channel, label="Pile", by=sam).pk


def test_of_another_consultation_and_without_a_name(sam):
    with pytest.raises(ValidationError) as refused:
        batches.begin(ConsultationFactory(), channel=ChannelFactory(), label=" ", by=sam)
    assert set(refused.value.message_dict) == {"channel", "label"}


def test_a_pile_is_finished_when_as_many_are_entered_as_were_counted(batch, sam):
    take_in(batch)
    take_in(batch)
    batches.finish(batch, version=1, by=sam)
    batch.refresh_from_db()
    assert (batch.state, batch.done_by, batch.version) == ("done", sam, 2)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (0, "0 are entered and 2 were counted: 2 too few. Look again, or tick that 0 is right."),
        (1, "1 is entered and 2 were counted: 1 too few. Look again, or tick that 1 is right."),
        (3, "3 are entered and 2 were counted: 1 too many. Look again, or tick that 3 is right."),
    ],
)
def test_another_number_is_looked_at_before_a_pile_is_finished(batch, sam, held, said):
    for _ in range(held):
        take_in(batch)
    with pytest.raises(ValidationError) as refused:
        batches.finish(Batch.objects.get(pk=batch.pk), version=1, by=sam)
    assert refused.value.message_dict == {"counted": [said]}
    assert Batch.objects.get(pk=batch.pk).state == "open"
    assert batches.finish(Batch.objects.get(pk=batch.pk), version=1, counted=True, by=sam).state == "done"


def test_one_nobody_counted_needs_no_tick(sam):
    batch = BatchFactory(expected=None)
    assert batches.finish(batch, version=1, by=sam).state == "done"


def test_finished_once_only(batch, sam):
    mine, theirs = Batch.objects.get(pk=batch.pk), Batch.objects.get(pk=batch.pk)
    batches.finish(mine, version=1, counted=True, by=sam)
    with pytest.raises(Stale):
        batches.finish(theirs, version=1, counted=True, by=sam)
    with pytest.raises(Stale):
        batches.finish(mine, version=2, counted=True, by=sam)


def test_undone_as_a_whole(batch, sam):
    code = CodeFactory(consultation=batch.consultation, used_on=DAY, batch=batch)
    form = asked.read(batch.consultation)
    (age,) = form.monitoring
    kept, aside = (
        take_in(batch, options={age.pk: (age.options[0].pk,)}),
        take_in(batch, options={age.pk: (age.options[1].pk,)}),
    )
    Response.objects.filter(pk=aside.pk).update(standing="set_aside", set_aside_because="Looks copied")
    elsewhere = ResponseFactory(channel=batch.channel)
    web = MonitoringCountFactory(option_id=age.options[0].pk, question_id=age.pk, count=7)

    batches.undo(batch, because=" Keyed twice ", version=1, by=sam)

    assert set(Response.objects.filter(standing="undone")) == {kept, aside}
    assert Response.objects.get(standing="counted") == elsewhere
    assert list(MonitoringCount.objects.all()) == [web]
    code.refresh_from_db()
    assert (code.used_on, code.batch) == (None, None)
    batch.refresh_from_db()
    assert (batch.state, batch.undone_by, batch.undone_because) == ("undone", sam, "Keyed twice")
    assert AuditEvent.objects.get(kind="batch_undone").changes == [{"what": "Counted", "was": "2", "now": "none"}]


def test_what_was_quoted_from_an_undone_pile_waits_to_be_passed_again(batch, sam):
    """Otherwise it would be public again once the responses are removed: nobody could tell then that its own did not count."""
    of_pile, elsewhere = (
        QuoteFactory(comment__response=response, passed_by=sam, passed_at=NOON)
        for response in (take_in(batch), ResponseFactory(channel=batch.channel))
    )
    batches.undo(batch, because="Keyed twice", version=1, by=sam)
    Response.objects.all().delete()
    assert list(Quote.objects.published()) == [elsewhere]
    of_pile.refresh_from_db()
    assert of_pile.passed_by is None


def test_a_finished_one_can_be_undone_after_the_analysis_but_not_after_the_responses_went(batch, sam):
    batches.finish(batch, version=1, counted=True, by=sam)
    consultation = batch.consultation
    type(consultation).objects.filter(pk=consultation.pk).update(state="published", purge_begun_at=NOON)
    with pytest.raises(ValidationError, match="have been removed"):
        batches.undo(batch, because="Twice", version=2, by=sam)
    type(consultation).objects.filter(pk=consultation.pk).update(state="analysed", purge_begun_at=None)
    assert batches.undo(Batch.objects.get(pk=batch.pk), because="Twice", version=2, by=sam).state == "undone"


@pytest.mark.parametrize("because", ["", "  ", "x" * 201])
def test_a_reason_is_needed_and_short(batch, sam, because):
    with pytest.raises(ValidationError) as refused:
        batches.undo(batch, because=because, version=1, by=sam)
    assert list(refused.value.message_dict) == ["because"]
    assert Batch.objects.get(pk=batch.pk).state == "open"


def test_undone_once_only(batch, sam):
    batches.undo(batch, because="Twice", version=1, by=sam)
    with pytest.raises(Stale):
        batches.undo(batch, because="Twice", version=2, by=sam)


def test_nothing_is_added_to_one_that_is_entered_or_undone(batch, sam):
    batches.finish(batch, version=1, counted=True, by=sam)
    with pytest.raises(ValidationError, match="Sam Carrick said that all of “Whitechapel” is entered"):
        batches.holding_open(batch)
    batches.undo(batch, because="Keyed twice.", version=2, by=sam)
    with pytest.raises(ValidationError, match="“Whitechapel” was undone by Sam Carrick: Keyed twice. Begin another"):
        batches.holding_open(batch)
    assert Code.objects.count() == 0
