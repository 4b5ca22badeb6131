"""Short ways to a Standing."""

from datetime import date
from decimal import Decimal

import pytest

from minsheng.progress.model import Figures, Owed
from minsheng.progress.pace.curves import LINE
from minsheng.progress.pace.judging import judge
from minsheng.progress.pace.measuring import leaf_facts
from minsheng.progress.periods import Period


@pytest.fixture
def fold():
    """Standings of one leaf through the months from January; None: not reported."""

    def folded(rules, owed, reported, curve=LINE):
        before, found = None, []
        for number, figures in enumerate(reported, 1):
            period = Period("month", 2026, number)
            before = judge(leaf_facts(owed, figures, period), before, curve, rules, period)
            found.append(before)
        return found

    return folded


@pytest.fixture
def done():
    """The report of a cumulative figure."""

    def figures(amount, **more):
        return None if amount is None else Figures(cumulative=Decimal(str(amount)), **more)

    return figures


@pytest.fixture
def whole():
    """1000 人 by the year's end."""
    return Owed("count", "人", Decimal(1000), date(2026, 12, 31))
