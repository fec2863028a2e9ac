"""The short way past figures that nothing would be asked about says the same as the long one."""

import random
from decimal import Decimal

from indicators import plausible
from indicators.aggregate import Numbers
from indicators.assessment import Series
from lib.quarters import Quarter

Q4 = Quarter.parse("2017-18-q4")


def test_the_short_way_asks_the_same(monkeypatch):
    rng, asked, short = random.Random(2017), 0, plausible._goes_unasked
    for _ in range(600):
        base = rng.choice([0, 3, 20, 200, 2000])
        spread = rng.choice([0, 1, 5, base // 4])
        before = Q4.previous.back_to(rng.choice([1, 3, 6, 13, 30]))
        figures = {one: Numbers(Decimal(max(0, base + rng.randint(-spread, spread)))) for one in before}
        rebases = (rng.choice(before),) if rng.random() < 0.3 else ()
        series = Series("count", "lower", "sum", figures=figures, rebases=rebases)
        now = Numbers(Decimal(max(0, base + rng.choice([1, 4]) * rng.randint(-3 * spread - 1, 3 * spread + 1))))
        replaced = Numbers(Decimal(base)) if rng.random() < 0.3 else None
        monkeypatch.setattr(plausible, "_goes_unasked", lambda *_: False)
        long = plausible.doubt(series, Q4, now, replaced=replaced)
        monkeypatch.setattr(plausible, "_goes_unasked", short)
        assert plausible.doubt(series, Q4, now, replaced=replaced) == long
        asked += long is not None
    assert asked > 30
