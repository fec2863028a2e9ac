"""What is kept how long of the plan: this app's rows of the retention table."""

from lib.kept import ACCOUNTABLE, FOR_GOOD, NOT_PERSONAL, Kept, of


def rows() -> tuple[Kept, ...]:
    return (
        Kept(
            what="The plan: priorities, focus points, commitments, outcomes and sections",
            models=of(
                "priorities",
                *("plan", "section", "sectionitem", "linkedstrategy", "priority", "theme", "focuspoint"),
                *("commitment", "outcome"),
            ),
            is_personal=False,
            how_long=FOR_GOOD,
            ground=NOT_PERSONAL,
            removed_by="Nothing: it is a public document. Changes stay as amendments",
        ),
        Kept(
            what="Amendments of the plan, with who made them",
            models=of("priorities", "amendment"),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by="Words in it: an erasure that two people decide on. Rows are never removed, nor changed otherwise",
            in_notice="Who amended the plan stays with the amendment.",
        ),
    )
