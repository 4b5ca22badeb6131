"""What tests of reports share: a last period, a colleague at the same desk, many lines."""

from datetime import UTC, date, datetime
from decimal import Decimal

from minsheng_web.records.actions.people import add_user, give_post
from minsheng_web.records.models import Allocation, Indicator, ReportLine, ReportPeriod, User

AT = datetime(2023, 4, 3, 2, 32, tzinfo=UTC)


def february(delivery, *, state="accepted", cumulative=Decimal(3000), **values) -> ReportLine:
    """河东县's report of the period before: 1200 in February, 3000 since January."""
    period, _ = ReportPeriod.objects.get_or_create(
        programme=delivery.version.programme,
        key="2023-M02",
        defaults={
            "name": "2023年2月",
            "start": date(2023, 2, 1),
            "end": date(2023, 2, 28),
            "due_on": date(2023, 3, 5),
            "closes_on": date(2023, 3, 15),
            "opened_at": AT,
            "closed_at": AT,
        },
    )
    return ReportLine.objects.create(
        period=period,
        allocation=delivery.east,
        unit=delivery.line.unit,
        state=state,
        amount=Decimal(1200),
        cumulative=cumulative,
        **values,
    )


def give_colleague(delivery, password="another-lantern-9") -> User:
    """A second person of 河东县's unit."""
    colleague = add_user(actor=None, username="mate", display_name="何同", password=password)
    give_post(actor=None, user=colleague, role="local", region=delivery.house.county, unit=delivery.line.unit)
    return colleague


def more_lines(delivery, count: int, kind: str = "count") -> list[ReportLine]:
    """So many more indicators with a line of 河东县's unit each."""
    start = Indicator.objects.order_by("-position").first().position
    lines = []
    for number in range(start + 1, start + count + 1):
        indicator = Indicator.objects.create(
            programme=delivery.version.programme,
            project_number=number // 3 + 2,
            project_headline=f"项目{number // 3 + 2}",
            name=f"指标{number}",
            unit="个" if kind == "count" else "",
            kind=kind,
            value=Decimal(120) if kind == "count" else None,
            lead_unit=delivery.indicator.lead_unit,
            position=number,
        )
        part = Allocation.objects.create(
            indicator=indicator,
            region=delivery.house.county,
            reporting_unit=delivery.line.unit,
            share=indicator.value,
        )
        lines.append(
            ReportLine.objects.create(period=delivery.period, allocation=part, unit=delivery.line.unit)
        )
    return lines
