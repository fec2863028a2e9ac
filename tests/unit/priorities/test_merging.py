"""Two people at one page: nobody's words are lost, and nobody's are put back by accident."""

from priorities.merging import merged, merged_rows


def row(token: str, text: str, theme: str = "") -> dict[str, str]:
    return {"token": token, "text": text, "theme": theme, "remove": ""}


A, B, C = row("1", "alpha"), row("2", "beta"), row("3", "gamma")
OPENED = [A, B, C]


def words(rows: list[dict[str, str]]) -> list[str]:
    return [one["text"] for one in rows]


def test_an_untouched_box_takes_the_newer_words_and_a_touched_one_keeps_the_typing():
    opened, typed, saved = row("1", "old", "x"), row("1", "mine", "x"), row("1", "theirs", "y")
    assert merged(opened, typed, saved) == row("1", "mine", "y")


def test_both_changed_different_entries():
    together = merged_rows(OPENED, [A, row("2", "mine"), C], [row("1", "theirs"), B, C])
    assert words(together) == ["theirs", "mine", "gamma"]


def test_the_other_added_one_and_so_did_i():
    together = merged_rows(OPENED, [*OPENED, row("new-1", "mine")], [*OPENED, row("4", "theirs")])
    assert words(together) == ["alpha", "beta", "gamma", "theirs", "mine"]


def test_what_the_other_took_out_goes_unless_i_changed_it():
    assert words(merged_rows(OPENED, OPENED, [A, C])) == ["alpha", "gamma"]
    together = merged_rows(OPENED, [A, row("2", "mine"), C], [A, C])
    assert together[2] == row("new-2", "mine")
    assert words(together) == ["alpha", "gamma", "mine"]


def test_what_i_ticked_to_go_stays_ticked():
    ticked = A | {"remove": "on"}
    assert merged_rows(OPENED, [ticked, B, C], [row("1", "theirs"), B, C])[0] == row("1", "theirs") | {"remove": "on"}


def test_the_order_is_that_of_whoever_changed_it():
    assert words(merged_rows(OPENED, OPENED, [C, A, B])) == ["gamma", "alpha", "beta"]
    assert words(merged_rows(OPENED, [B, A, C], OPENED)) == ["beta", "alpha", "gamma"]
    # Both: mine, and what the other added comes last.
    assert words(merged_rows(OPENED, [B, A, C], [C, A, B, row("4", "theirs")])) == ["beta", "alpha", "gamma", "theirs"]


def test_when_the_opening_is_unknown_all_typing_is_kept():
    assert words(merged_rows([], [row("1", "mine"), B, C], [row("1", "theirs"), B, C])) == ["mine", "beta", "gamma"]
