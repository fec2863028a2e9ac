from reporting.told import wording


def test_counts_with_what_they_are_of():
    assert wording.of_all(339, 1389) == "339 of 1,389 (24.4%)"  # as printed in the plan, page 5
    assert wording.of_all(0, 0) == "0"
    assert wording.share(None, 10) == wording.share(3, None) == wording.share(0, 0) == ""
    assert wording.count(None) == "not shown"


def test_an_interval_by_hand():
    """Wilson's for 81 of 263 is 0.2553 to 0.3662: R. G. Newcombe, Statistics in Medicine 17 (1998), table I."""
    assert wording.interval(81, 263) == "25.5% to 36.6%"
    assert wording.interval(None, 263) == wording.interval(0, 0) == ""
