"""On its day what single people answered is removed, and nothing of it is left anywhere; what was counted stays."""

import datetime as dt
import uuid

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import audit
from accounts.models import AuditEvent, Session
from accounts.scheduled import clear_sessions
from accounts.sessions import SessionStore
from consultation import models
from consultation.actions import purging
from consultation.imports.mapping import NO_ANSWER
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    AddressSeenFactory,
    AnswerFactory,
    BatchFactory,
    CodeFactory,
    CommentFactory,
    DisclosureFactory,
    MonitoringCountFactory,
    QuoteFactory,
    ResponseFactory,
    ResultFactory,
    SourceFactory,
    TagFactory,
    whole,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2019, 2, 12)  # on which they are to go
AT = dt.datetime(2019, 2, 12, 1, 20, tzinfo=dt.UTC)
LOST = "Saltmarsh"  # in everything that must not be found again
KEPT = "More light, please"
GOES = ("Response", "Answer", "Comment", "Comment_tags", "Code", "AddressSeen", "MonitoringCount")
STAYS = (
    "Consultation", "Channel", "Question", "Option", "Concern", "Language", "Translation", "Batch", "Source", "Tag", "Tally", "Result",
    "Quote", "Disclosure",
)  # fmt: skip


def answered(consultation, count=3):
    """So many responses with everything that can hang on one, a pile, a file, codes, addresses, quotes and a settled disclosure."""
    web, words = consultation.channels.get(key="web"), consultation.questions.get(key="words")
    pile = BatchFactory(
        channel=consultation.channels.get(key="paper"), state="done", done_by=consultation.opened_by, done_at=AT
    )
    file = BatchFactory(
        channel=consultation.channels.get(key="imported"), kind="import", file_name="answers.csv", mapping={"Q1": {LOST: 3}}
    )  # fmt: skip
    file.file.save("answers.csv", ContentFile(f"{LOST},1".encode()))
    safe = consultation.questions.get(key="safe").options.first()
    tag = TagFactory(consultation=consultation)
    concern = consultation.concerns.first()
    for number in range(count):
        standing = "held" if number == 0 else "counted"
        response = ResponseFactory(
            channel=web, first=concern, batch=(None, pile, file)[number % 3], standing=standing, respondent=f"{LOST}{uuid.uuid4()}"[:64]
        )  # fmt: skip
        AnswerFactory(response=response, option=safe)
        CommentFactory(response=response, question=words, text=f"{LOST} {number}").tags.add(tag)
    first, second, third = models.Comment.objects.filter(response__consultation=consultation).order_by("pk")[:3]
    passed_by = UserFactory(roles=["executive"])
    QuoteFactory(comment=first, text=KEPT, passed_by=passed_by, passed_at=AT)
    QuoteFactory(comment=second, text=LOST)
    DisclosureFactory(
        comment=third, owner=passed_by, settled_by=passed_by, settled_at=AT, outcome="Told the safeguarding team"
    )
    CodeFactory(consultation=consultation, value="K7M2X9QH", used_on=dt.date(2018, 7, 2), batch=pile)
    CodeFactory(consultation=consultation)
    AddressSeenFactory(consultation=consultation)
    age = consultation.questions.get(key="age").options.first()
    for batch in (None, pile):
        MonitoringCountFactory(option=age, batch=batch)
        MonitoringCountFactory(question=age.question, option=None, batch=batch)


def ready():
    """Analysed, with a result: nothing is in the way."""
    consultation = whole(state="analysed")
    answered(consultation)
    ResultFactory(consultation=consultation, counts={"responses": 2}, safe={"responses": 2})
    return consultation


@pytest.fixture
def analysed():
    return ready()


def rows(model, consultation):
    """How many of its rows are about the consultation."""
    roads = {
        "Answer": "response__consultation", "Comment": "response__consultation", "Comment_tags": "comment__response__consultation",
        "MonitoringCount": "question__consultation", "Option": "question__consultation", "Translation": "language__consultation",
    }  # fmt: skip
    name = model.__name__
    if name == "Consultation":
        return model.objects.filter(pk=consultation.pk).count()
    if name == "Source":
        return model.objects.count()
    return model.objects.filter(**{roads.get(name, "consultation"): consultation}).count()


def counted(consultation):
    found = apps.get_app_config("consultation").get_models(include_auto_created=True)
    return {model.__name__: rows(model, consultation) for model in found}


def everything_written():
    """Every text in every table of the database."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(str(cell) for cell in row)


def places_of(word):
    return {table for table, written in everything_written() if word in written}


def test_every_table_of_consultations_is_known_to_go_or_to_stay():
    found = {model.__name__ for model in apps.get_app_config("consultation").get_models(include_auto_created=True)}
    assert found == {*GOES, *STAYS}


def test_nothing_of_a_response_is_left_in_any_table_and_no_file(analysed):
    other = whole(state="analysed")  # whose day has not come
    models.Consultation.objects.filter(pk=other.pk).update(purge_on=DAY + dt.timedelta(days=1))
    answered(other)
    before, of_other = counted(analysed), counted(other)
    assert all(before[name] for name in GOES)
    files = [batch.file.name for batch in analysed.batches.exclude(file="")]
    models.Comment.objects.filter(response__consultation=other).update(text="Quay")
    models.Response.objects.filter(consultation=other).update(respondent="")
    models.Batch.objects.filter(consultation=other).update(mapping={})
    models.Quote.objects.filter(consultation=other).update(text="Quay")
    models.Code.objects.filter(consultation=other, batch__isnull=False).update(value="QUAY")

    [done] = purging.purge_due(on=DAY, at=AT)
    assert (done.consultation, done.removed, done.is_done) == (analysed, 3, True)
    after = counted(analysed)
    assert {name: after[name] for name in GOES} == dict.fromkeys(GOES, 0)
    assert {name: after[name] for name in STAYS} == {**{name: before[name] for name in STAYS}, "Quote": 1}
    assert counted(other) == of_other
    assert places_of(LOST) == set()
    assert places_of("K7M2X9QH") == set()
    assert len(files) == 1
    assert not default_storage.exists(files[0])
    analysed.refresh_from_db()
    assert (analysed.purge_begun_at, analysed.purged_at) == (AT, AT)


def test_what_was_counted_quoted_and_settled_stays(analysed):
    purging.purge_due(on=DAY, at=AT)
    assert analysed.results.get().counts == {"responses": 2}
    quote, disclosure = analysed.quotes.get(), analysed.disclosures.get()
    assert (quote.text, quote.comment) == (KEPT, None)
    assert (disclosure.outcome, disclosure.comment) == ("Told the safeguarding team", None)


def test_the_trail_says_how_many_there_were_and_nothing_of_what_they_said(analysed):
    purging.purge_due(on=DAY, at=AT)
    begun, done = audit.history(analysed).order_by("pk")
    assert (begun.kind, begun.scheduled, done.kind) == ("purge_begun", True, "responses_purged")
    assert [(each["what"], each["was"], each["now"]) for each in begun.changes] == [
        ("Counted", "2", "0"),
        ("Held back until somebody has looked", "1", "0"),
    ]
    assert [(each["what"], each["was"]) for each in done.changes] == [
        ("Files", "1"),
        ("Codes on paper forms", "2"),
        ("Codes that were used", "1"),
    ]


def test_nothing_goes_before_its_day(analysed):
    assert purging.purge_due(on=DAY - dt.timedelta(days=1), at=AT) == []
    with pytest.raises(ValidationError, match="kept until 12 February 2019"):
        purging.purge_some(analysed, on=DAY - dt.timedelta(days=1), at=AT, by=None)
    assert analysed.responses.count() == 3


def test_a_day_that_was_missed_is_made_good_later(analysed):
    assert purging.purge_due(on=DAY + dt.timedelta(days=40), at=AT)[0].is_done


@pytest.mark.parametrize("state", ["open", "closed"])
def test_without_an_analysis_all_stays_and_the_trail_says_so_once(state):
    consultation = whole(state=state)
    answered(consultation)
    for _ in range(3):
        [put_off] = purging.purge_due(on=DAY, at=AT)
        assert (put_off.removed, put_off.is_done) == (0, False)
        assert put_off.because == "The answers have not been analysed. Nothing is removed before their counts are kept."
    assert consultation.responses.count() == 3
    told = audit.history(consultation).get()
    assert (told.kind, told.comment) == ("purge_put_off", put_off.because)


def test_a_state_without_its_result_removes_nothing():
    consultation = whole(state="analysed")
    answered(consultation)
    assert "have not been analysed" in purging.purge_due(on=DAY, at=AT)[0].because


def test_a_disclosure_that_nobody_has_settled_keeps_all(analysed):
    comment = models.Comment.objects.filter(response__consultation=analysed).first()
    waiting = DisclosureFactory(comment=comment)
    sentence = "One comment told of harm to somebody and waits for a person to see to it."
    assert purging.purge_due(on=DAY, at=AT)[0].because == sentence
    models.Disclosure.objects.filter(pk=waiting.pk).update(
        settled_at=AT, settled_by=waiting.owner, outcome="Rang the school"
    )
    assert purging.purge_due(on=DAY, at=AT)[0].is_done


def test_one_that_is_put_off_holds_up_no_other(analysed):
    waiting = whole(state="closed")
    found = {one.consultation: one.is_done for one in purging.purge_due(on=DAY, at=AT)}
    assert found == {waiting: False, analysed: True}


def test_drafts_and_published_totals_hold_nothing_to_remove():
    whole(draft=True)
    totals = whole(state="published", holds_responses=False, published_at=AT, published_by=UserFactory())
    assert purging.purge_due(on=DAY, at=AT) == []
    with pytest.raises(ValidationError, match="only totals"):
        purging.purge_some(totals, on=DAY, at=AT, by=None)


def test_a_run_that_is_killed_half_way_goes_on_where_it_stopped(analysed, monkeypatch):
    monkeypatch.setattr(purging, "CHUNK", 1)
    assert purging.purge_some(analysed, on=DAY, at=AT, by=None) == 1  # and then the process is gone
    analysed.refresh_from_db()
    assert (analysed.responses.count(), analysed.purge_begun_at, analysed.purged_at) == (2, AT, None)
    later = AT + dt.timedelta(hours=1)
    [done] = purging.purge_due(on=DAY, at=later)
    assert (done.removed, done.is_done) == (2, True)
    analysed.refresh_from_db()
    assert (analysed.purge_begun_at, analysed.purged_at) == (AT, later)
    assert AuditEvent.objects.filter(kind="purge_begun").count() == 1
    assert purging.purge_due(on=DAY, at=later) == []
    assert purging.purge_some(analysed, on=DAY, at=later, by=None) == 0


def test_a_run_ends_when_its_time_is_over(analysed):
    [none] = purging.purge_due(on=DAY, at=AT, seconds=0)
    assert (none.removed, none.is_done, none.because) == (0, False, "")


def test_a_file_that_the_storage_keeps_is_tried_again(analysed, monkeypatch):
    def refuses(name):
        raise OSError("no")

    monkeypatch.setattr(default_storage, "delete", refuses)
    assert not purging.purge_due(on=DAY, at=AT)[0].is_done
    assert analysed.batches.exclude(file="").count() == 1
    monkeypatch.undo()
    assert purging.purge_due(on=DAY, at=AT)[0].is_done


def test_as_many_statements_for_a_chunk_of_ten_as_of_sixty(analysed):
    """Each table is emptied by the chunk and not by the row."""

    answered_more = whole(state="analysed")
    answered(answered_more, count=60)
    ResultFactory(consultation=answered_more)
    with CaptureQueriesContext(connection) as few:
        purging.purge_some(analysed, on=DAY, at=AT, by=None)
    with CaptureQueriesContext(connection) as many:
        purging.purge_some(answered_more, on=DAY, at=AT, by=None)
    assert len(many) == len(few)


def test_addresses_are_forgotten_when_they_are_24_hours_old():
    consultation = whole()
    for minutes in (0, 1, 24 * 60 - 1, 24 * 60):
        AddressSeenFactory(consultation=consultation, seen_at=AT - dt.timedelta(minutes=minutes))
    assert purging.forget_addresses(at=AT, by=None) == 1
    assert purging.forget_addresses(at=AT + dt.timedelta(minutes=1), by=None) == 1
    assert models.AddressSeen.objects.count() == 2


def test_what_was_begun_and_not_sent_goes_with_its_session():
    draft = SessionStore()
    draft["answers"] = LOST
    draft.set_expiry(3600)
    draft.save()
    Session.objects.update(expire_date=AT)
    clear_sessions()
    assert not Session.objects.exists()


def test_a_source_keeps_how_it_is_read_and_forgets_what_may_be_somebodys_words(analysed):
    """Long answers, and those that stand for "other" or for none."""
    long = "gangs " * 10 + "x"  # 61 characters
    told = {"concerns": {"gangs": "concern-3", f"{LOST} road": "other", f"{LOST} lane": NO_ANSWER, long: "concern-3"}}
    source = SourceFactory(mapping={"columns": {"Q1": "first"}, "answers": told})
    other = SourceFactory(mapping={"answers": {"concerns": {"dogs": "other"}}})  # no file of this consultation
    analysed.batches.filter(kind="import").update(source=source)
    purging.purge_due(on=DAY, at=AT)
    source.refresh_from_db()
    other.refresh_from_db()
    assert source.mapping == {"columns": {"Q1": "first"}, "answers": {"concerns": {"gangs": "concern-3"}}}
    assert other.mapping == {"answers": {"concerns": {"dogs": "other"}}}
