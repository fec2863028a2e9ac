"""A file of 10,000 figures previewed and recorded, by us and by django-import-export, each into the same tables and then rolled back.

`python -m bench.uploads ours|theirs ROUNDS` prints seconds of each round and the most memory held, as JSON. Both read the same CSV. Theirs is
set up for speed as its documentation says (bulk, no diffs, no look-ups row by row), and moves returns and writes the trail as well.
"""

import csv
import datetime as dt
import io
import json
import resource
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import django

INDICATORS, QUARTERS = 250, 40
SIZE = INDICATORS * QUARTERS


def setting_up() -> tuple[Any, bytes]:
    """Returns of 250 indicators and 40 quarters that are due, and the file with a figure for each."""
    from accounts.models import User
    from indicators.models import Indicator, Return, Round
    from lib.quarters import Quarter

    by = User.objects.get(email="sam.carrick@example.org")
    owner = by.organisation
    made = [
        Indicator(
            slug=f"bench-{number}",
            name=f"Number of things of kind {number}",
            measure="count",
            polarity="lower",
            year_to_date="sum",
            unit="things",
            question="How many?",
            owner=owner,
        )
        for number in range(INDICATORS)
    ]
    indicators = Indicator.objects.bulk_create(made)
    day = dt.date(2030, 4, 1)
    days = {"opens_on": day, "due_on": day, "verify_by": day, "closes_on": day}
    rounds = Round.objects.bulk_create(
        [Round(quarter=quarter, **days) for quarter in Quarter(1999, 4).back_to(QUARTERS)]
    )
    Return.objects.bulk_create(
        [Return(indicator=indicator, round=round_) for indicator in indicators for round_ in rounds], batch_size=1000
    )
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(["Indicator", "Quarter", "Figure", "Source"])
    for number, indicator in enumerate(indicators):
        for place, round_ in enumerate(rounds):
            sheet.writerow([indicator.slug, str(round_.quarter), 1000 + number * 7 + place, "A system"])
    return by, text.getvalue().encode()


def ours(by: Any, content: bytes) -> None:
    """As the two jobs do it, without the broker between them."""
    from indicators import actions
    from indicators.models import Upload
    from indicators.uploads import working

    def done(upload: Upload) -> Upload:
        working.work(upload.pk)
        upload.refresh_from_db()
        return upload

    upload = done(actions.add_upload(content, name="figures.csv", by=by))
    assert upload.is_previewed, upload.failure
    done(actions.record_upload(upload, fingerprint=upload.fingerprint, by=by))
    assert upload.is_recorded, upload.preview[-300:]


def theirs(by: Any, content: bytes) -> None:
    """A dry run, which is its preview, then the import."""
    import tablib
    from import_export import fields, resources
    from import_export.widgets import DecimalWidget

    from accounts.models import AuditEvent
    from indicators.models import Figure, Return

    class FigureResource(resources.ModelResource):
        numerator = fields.Field(attribute="numerator", column_name="Figure", widget=DecimalWidget())
        source = fields.Field(attribute="source", column_name="Source")

        class Meta:
            model = Figure
            fields = ("numerator", "source")
            import_id_fields = ()
            force_init_instance = True
            use_bulk = True
            batch_size = 1000
            skip_diff = True
            skip_html_diff = True
            use_transactions = True

        def before_import(self, dataset: Any, **kwargs: Any) -> None:
            due = Return.objects.filter(status__in=Return.AWAITED, round__closed_at__isnull=True)
            self.returns = {
                (one.indicator.slug, str(one.round.quarter)): one for one in due.select_related("indicator", "round")
            }
            self.moved: list[Return] = []

        def before_save_instance(self, instance: Figure, row: Any, **kwargs: Any) -> None:
            return_ = self.returns[row["Indicator"], row["Quarter"]]
            instance.for_return = return_
            instance.route, instance.supplied_by, instance.recorded_by = "upload", by, by
            instance.supplied_by_name = by.name
            return_.status, return_.version = "submitted", return_.version + 1
            return_.submitted_at, return_.submitted_by = instance.recorded_at, by
            self.moved.append(return_)

        def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
            if kwargs.get("dry_run"):
                return
            moving = ["status", "version", "submitted_at", "submitted_by"]
            Return.objects.bulk_update(self.moved, moving, batch_size=1000)
            events = [
                AuditEvent(
                    kind="return_submitted",
                    actor=by,
                    actor_label=by.label,
                    subject_type="indicators.return",
                    subject_id=str(return_.pk),
                    subject_label=str(return_)[:250],
                    subject_version=return_.version,
                    changes=[{"what": "State", "was": "Due", "now": "Not yet verified"}],
                )
                for return_ in self.moved
            ]
            AuditEvent.objects.bulk_create(events, batch_size=1000)

    for dry_run in (True, False):
        dataset = tablib.Dataset().load(content.decode(), format="csv")
        result = FigureResource().import_data(dataset, dry_run=dry_run, raise_errors=True)
        assert not result.has_errors()


def check(by: Any) -> None:
    """Whoever loaded them: as many figures, returns and events as rows."""
    from accounts.models import AuditEvent
    from indicators.models import Figure, Return

    figures = Figure.objects.filter(for_return__indicator__slug__startswith="bench-")
    assert figures.count() == SIZE, figures.count()
    assert figures.order_by("pk").first().numerator == Decimal(1000)
    assert Return.objects.filter(indicator__slug__startswith="bench-", status="submitted", version=2).count() == SIZE
    assert (
        AuditEvent.objects.filter(kind="return_submitted", subject_label__startswith="Number of things").count() == SIZE
    )


def main(who: str, rounds: int) -> None:
    from django.db import transaction

    load: Callable[[Any, bytes], None] = {"ours": ours, "theirs": theirs}[who]
    took = []
    for _ in range(rounds):
        with transaction.atomic():
            by, content = setting_up()
            began = time.perf_counter()
            load(by, content)
            took.append(time.perf_counter() - began)
            check(by)
            transaction.set_rollback(True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # told in kilobytes
    print(json.dumps({"seconds": took, "megabytes": peak}))


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], int(sys.argv[2]))
