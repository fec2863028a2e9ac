"""What is kept how long of consultations: this app's rows of the retention table. The day for single answers is each consultation's own."""

import datetime as dt

from django.utils import timezone

from consultation import retention
from consultation.actions import purging
from consultation.models import AddressSeen, Consultation, Response
from lib.kept import ACCOUNTABLE, FOR_GOOD, NOT_PERSONAL, SAFE, TASK, Kept, Purge, of


def _responses(at: dt.datetime) -> int:
    """Single answers that would go: of consultations whose day has come and where nothing is in the way."""
    due = Consultation.objects.to_purge(timezone.localdate(at))
    free = [one.pk for one in due if not retention.hindrance(one)]
    return Response.objects.filter(consultation__in=free).count()


def _purge(at: dt.datetime) -> int:
    return sum(one.removed for one in purging.purge_due(on=timezone.localdate(at), at=at))


def _addresses(at: dt.datetime) -> int:
    return AddressSeen.objects.filter(seen_at__lte=at - AddressSeen.FORGOTTEN_AFTER).count()


def rows() -> tuple[Kept, ...]:
    return (
        Kept(
            what="Consultations and what they ask, in which languages",
            models=of(
                "consultation",
                *("consultation", "language", "translation", "channel", "question", "option", "concern", "tag"),
                "tally",
            ),
            is_personal=False,
            how_long=FOR_GOOD,
            ground=NOT_PERSONAL,
            removed_by="Nothing: what was asked stays as it was asked. Who opened and closed them stays with them",
        ),
        Kept(
            what="Single answers to consultations, comments, imported files, codes on paper forms, counters of equality monitoring",
            models=of(
                "consultation",
                *("response", "answer", "comment", "comment_tags", "batch", "source", "code", "monitoringcount"),
            ),
            is_personal=True,
            how_long="Until the day that each consultation tells before its first question",
            ground=TASK,
            removed_by="By itself, in the night after that day, once the counts are kept",
            purge=Purge(_responses, _purge, "consultation.purge_responses"),
            in_notice="Single answers go on the day that each consultation tells before its first question; only counts stay, and words that were published.",
        ),
        Kept(
            what="Hashes of the internet addresses that public forms came from",
            models=of("consultation", "addressseen"),
            is_personal=True,
            how_long="24 hours",
            ground=SAFE,
            removed_by="By itself, every hour",
            purge=Purge(
                _addresses, lambda at: purging.forget_addresses(at=at, by=None), "consultation.forget_addresses"
            ),
            in_notice="The code made of the internet address that a form came from goes after 24 hours.",
        ),
        Kept(
            what="Results: counts, and what of them was published",
            models=of("consultation", "result"),
            is_personal=False,
            how_long=FOR_GOOD,
            ground=NOT_PERSONAL,
            removed_by="Nothing: they are on the record",
        ),
        Kept(
            what="Words of people that were published, without what could tell who wrote them",
            models=of("consultation", "quote"),
            is_personal=True,
            how_long=f"{FOR_GOOD}; those that nobody passed go with the single answers",
            ground=TASK,
            removed_by="By itself, with the single answers, where they were not passed",
            in_notice="Words that were published stay, without what could tell who wrote them.",
        ),
        Kept(
            what="That a comment may tell of harm, who saw to it and when; the comment itself goes with the single answers",
            models=of("consultation", "disclosure"),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by="Nothing: that somebody saw to it must be known",
            in_notice="That somebody saw to a comment which told of danger stays; the comment goes with the other answers.",
        ),
    )
