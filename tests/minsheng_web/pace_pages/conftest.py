"""February and March closed: 河东县 reports both, 河西县 February alone."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from minsheng_web.records.actions.closing import close_period
from minsheng_web.records.models import Allocation, ReportLine, ReportPeriod

AT = datetime(2023, 4, 16, 1, 0, tzinfo=UTC)


@pytest.fixture
def spring(delivery):
    """河东县: 3000 of 18000 in February, 4500 in March. 河西县: 300 of 15000 in February, nothing in March."""
    february = ReportPeriod.objects.create(
        programme=delivery.version.programme,
        key="2023-M02",
        name="2023年2月",
        start=date(2023, 2, 1),
        end=date(2023, 2, 28),
        due_on=date(2023, 3, 5),
        closes_on=date(2023, 3, 15),
        opened_at=AT,
    )
    for part, done in ((delivery.east, 3000), (delivery.west, 300)):
        ReportLine.objects.create(
            period=february,
            allocation=part,
            unit=part.reporting_unit,
            state="accepted",
            amount=Decimal(done),
            cumulative=Decimal(done),
            edited_at=AT,
        )
    Allocation.objects.filter(pk__in=[delivery.east.pk, delivery.west.pk]).update(version=0)
    assert close_period(actor=None, period=february, at=AT).line_count == 2
    ReportLine.objects.filter(pk=delivery.line.pk).update(
        state="accepted", amount=1500, cumulative=4500, edited_at=AT, difficulty="缺师资"
    )
    assert close_period(actor=None, period=delivery.period, at=AT).line_count == 2
    return delivery


@pytest.fixture
def see(spring):
    """The text of a page of pace as somebody sees it."""

    def act(path="", who="own", status=200):
        answer = spring.house.client(who).get(f"/programmes/{spring.version.programme_id}/pace/{path}")
        assert answer.status_code == status
        return answer.content.decode() if "html" in answer["Content-Type"] else answer.content

    return act
