"""What is kept how long of indicators, returns and files: this app's rows of the retention table."""

import datetime as dt

from indicators import actions
from indicators.models import Upload
from lib.kept import ACCOUNTABLE, FOR_GOOD, NOT_PERSONAL, TASK, Kept, Purge, days, of


def _files(at: dt.datetime) -> int:
    return Upload.objects.with_old_files(at).count()


def rows() -> tuple[Kept, ...]:
    kept = days(Upload.KEPT_FOR.days)
    return (
        Kept(
            what="Indicators, where the plan uses them, what they mean, and published sources",
            models=of(
                "indicators",
                *("indicator", "placement", "placement_commitments", "placement_outcomes", "baseline"),
                *("feed", "feedseries", "monthlyfigure"),
            ),
            is_personal=False,
            how_long=FOR_GOOD,
            ground=NOT_PERSONAL,
            removed_by="Nothing: they are on the record",
        ),
        Kept(
            what="Who leads which indicator, from when to when",
            models=of("indicators", "lead"),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by="An erasure that two people decide on",
            in_notice="Which indicators you led, from when to when, stays with them.",
        ),
        Kept(
            what="Figures and their commentary, targets and definitions, with who gave, recorded, verified or sent them back",
            models=of(
                "indicators",
                *("round", "return", "figure", "verification", "withdrawal", "confirmation", "sendback"),
                *("commentary", "revision", "target", "definition", "rebase", "datednote"),
            ),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by="Words in it: an erasure that two people decide on. A figure is never overwritten or removed",
            in_notice="Who gave, explained, verified or sent back a figure stays as long as the figure: it shows that the reports can be trusted.",
        ),
        Kept(
            what="Files of figures that were uploaded; who uploaded what and when stays",
            models=of("indicators", "upload"),
            is_personal=True,
            how_long=f"The file {kept}, the row for as long as the figures it brought",
            ground=TASK,
            removed_by="By itself, every night",
            purge=Purge(_files, lambda at: actions.forget_files(at=at, by=None), "indicators.forget_files"),
            in_notice=f"Files of figures that you upload go after {kept}; what was recorded from them stays.",
        ),
    )
