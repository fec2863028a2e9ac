"""Build a pack here and now, without a worker: `manage.py build_pack 2017-18-q4 --edition executive --output pack.pdf`."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from lib.govuk_tags import file_size, moment
from lib.quarters import Quarter
from priorities.models import Plan
from reporting import terms
from reporting.actions import building
from reporting.builds import pack_files, packs
from reporting.models import Pack


class Command(BaseCommand):
    help = "Build the pack for a quarter, keep it as the next issue, and write the PDF to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("quarter", help="the quarter, like 2017-18-q4")
        parser.add_argument(
            "--edition",
            default=str(Pack.Edition.EXECUTIVE),
            help="executive (the default), or public: made from the newest executive one of the quarter",
        )
        parser.add_argument("--output", type=Path, help="where to write the PDF; without it, it is only kept")
        parser.add_argument(
            "--as-at", help="show what was known then: 2018-05-14 (the end of that day) or 2018-05-14T10:31"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.check(databases=["default"])  # with what the database holds: production builds nothing from samples
        quarter = _quarter(options["quarter"])
        edition = _edition(options["edition"])
        as_at = _as_at(options["as_at"])
        if as_at and edition == Pack.Edition.PUBLIC:
            raise CommandError(
                "A public edition shows what the executive one does that it is made from: leave --as-at out."
            )
        output: Path | None = options["output"]
        if output and not output.resolve().parent.is_dir():
            raise CommandError(f"There is no folder {output.resolve().parent} to write {output.name} into.")
        plan = terms.plan_of(quarter)
        if plan is None:
            raise CommandError(terms.refusal(quarter))
        try:
            pack = building.request_pack(
                plan,
                quarter,
                edition=edition,
                made_from=_made_from(plan, quarter) if edition == Pack.Edition.PUBLIC else None,
                as_at=as_at,
                queue=False,
                by=None,
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        packs.build(pack.pk)
        pack.refresh_from_db()
        if not pack.is_ready:
            raise CommandError(pack.failure or f"{pack} is being built by a worker; see how far it is on its page.")
        self._say(pack, output)

    def _say(self, pack: Pack, output: Path | None) -> None:
        if output:
            output.write_bytes(pack_files.read(pack))
        self.stdout.write(
            f"{pack}: {output or pack.pdf.name}\n"
            f"{pack.pages} pages, {file_size(pack.pdf_bytes)}, figures as at {moment(pack.as_at)}\n"
            f"SHA-256 {pack.pdf_sha256}"
        )


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except ValueError:
        raise CommandError(f"{text!r} is not a quarter. Write it like 2017-18-q4.") from None


def _edition(text: str) -> str:
    if text not in Pack.Edition.values:
        raise CommandError(f"There is no edition {text!r}. Write --edition executive or --edition public.")
    return text


def _made_from(plan: Plan, quarter: Quarter) -> Pack | None:
    """The newest executive edition of the quarter that is ready and no draft; None without one, which `request_pack` refuses."""
    builds = Pack.objects.of(plan, quarter, Pack.Kind.PACK, Pack.Edition.EXECUTIVE).ready()
    return builds.exclude(standing__in=[Pack.Standing.DRAFT, Pack.Standing.WITHDRAWN]).order_by("-pk").first()


def _as_at(text: str | None) -> dt.datetime | None:
    if not text:
        return None
    try:
        day, then = parse_date(text), parse_datetime(text)
    except ValueError:
        day = then = None
    if day:
        then = dt.datetime.combine(day, dt.time.max)
    if then is None:
        raise CommandError(f"{text!r} is not a moment. Write it like 2018-05-14 or 2018-05-14T10:31.")
    then = timezone.make_aware(then) if timezone.is_naive(then) else then
    if then > timezone.now():
        raise CommandError(f"{text} has not come yet. Figures can only be shown as they were known at a moment past.")
    return then
