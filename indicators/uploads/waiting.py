"""The figures that a file brought and that wait to be verified: how many, by whom, and all of them together."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from indicators import eyes
from indicators.models import Figure, Return, Revision, Upload

AT_ONCE = 300  # verified by one press of a button: each is verified by itself, which takes a while


@dataclass(frozen=True)
class Waiting:
    """Of one file. `count` leaves out the figures of `revisions`, which are verified as a whole on pages of their own.

    `others` may verify them where this reader had a part in them: "Lena Fox or Sam Carrick"; `refusal` says it where nobody may.
    """

    count: int
    revisions: tuple[Revision, ...]
    had_part: bool
    others: str
    refusal: str

    @property
    def headline(self) -> str:
        """ "28 figures wait to be verified."."""
        return "1 figure waits to be verified." if self.count == 1 else f"{self.count:,} figures wait to be verified."

    @property
    def button(self) -> str:
        if self.count > AT_ONCE:
            return f"Verify the first {AT_ONCE} of these figures"
        return "Verify the figure of this file" if self.count == 1 else f"Verify all {self.count} figures of this file"

    @property
    def elsewhere(self) -> str:
        """Whom it waits for instead of this reader."""
        if self.others:
            it = "It waits" if self.count + len(self.revisions) == 1 else "They wait"
            return f"{it} for somebody other than you: ask {self.others}."
        return self.refusal


def of(upload: Upload, user: User, on: dt.date) -> Waiting | None:
    """None when nothing of the file waits. Seven queries at most, however many do."""
    if not upload.is_recorded:
        return None
    waiting = _waiting().filter(upload=upload)
    first = waiting.select_related("supplied_by", "recorded_by").prefetch_related("confirmations").first()
    if first is None:
        return None
    whole = _whole(upload)
    revisions = Revision.objects.filter(pk__in=whole).select_related("indicator") if whole else ()
    verifiers = eyes.verifiers(on)
    return Waiting(
        count=waiting.exclude(revision__in=whole).count(),
        revisions=tuple(revisions),
        had_part=bool(eyes.share_in(first, user)),  # the same for all of a file
        others=verifiers.besides(first),
        refusal=verifiers.refusal(first, user),
    )


def to_verify(upload: Upload) -> list[tuple[Return, int]]:
    """The returns whose figure of this file waits, with their versions: at most `AT_ONCE`, by id, as everybody takes several."""
    waiting = _waiting().filter(upload=upload).exclude(revision__in=_whole(upload)).order_by("for_return")
    figures = waiting.select_related("for_return__round", "for_return__indicator")[:AT_ONCE]
    return [(figure.for_return, figure.for_return.version) for figure in figures]


def for_home(user: User) -> list[dict[str, Any]]:
    """The files of others of which several figures wait, oldest first: `upload`, `name`, `count` and `since`. One query."""
    theirs = _waiting().filter(upload__isnull=False).exclude(recorded_by=user).exclude(supplied_by=user)
    files = theirs.values("upload", "upload__file_name", "upload__ended_at").annotate(count=Count("pk"))
    return [
        {
            "upload": Upload(pk=row["upload"]),
            "name": row["upload__file_name"],
            "count": row["count"],
            "since": row["upload__ended_at"],
        }
        for row in files.filter(count__gt=1).order_by("upload__ended_at", "upload")
    ]


def _waiting() -> QuerySet[Figure]:
    """The latest figure of each return that waits to be verified."""
    later = Q(recorded_at__gt=OuterRef("recorded_at")) | Q(recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk"))
    replaced = Figure.objects.standing().filter(later, for_return=OuterRef("for_return"))
    sent = Figure.objects.standing().filter(for_return__status=Return.Status.SUBMITTED, verification__isnull=True)
    return sent.filter(~Exists(replaced)).order_by()


def _whole(upload: Upload) -> list[int]:
    """The revisions of which several figures wait: these are verified together."""
    revised = _waiting().filter(upload=upload, revision__isnull=False).values("revision").annotate(count=Count("pk"))
    return list(revised.filter(count__gt=1).values_list("revision", flat=True))
