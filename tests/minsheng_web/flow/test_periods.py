"""The calendar of a programme: its rule, what is opened when, and the lines a period has."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

from minsheng_web.records.actions.calendar import first_visit, keep_calendar
from minsheng_web.records.actions.periods import NotSet, open_periods, set_rule
from minsheng_web.records.models import (
    Allocation,
    AuditEvent,
    DivisionVersion,
    Indicator,
    ReportingRule,
    ReportLine,
    ReportPeriod,
    Snapshot,
    Unit,
)

AT = datetime(2023, 4, 3, 1, 0, tzinfo=UTC)


def rule(delivery, who="own", *, cadence="month", due=5, close=15, first_day=date(2023, 3, 1), at=AT):
    return set_rule(
        actor=delivery.house.people[who],
        programme=delivery.version.programme,
        cadence=cadence,
        due_days=due,
        close_days=close,
        first_day=first_day,
        at=at,
    )


def lines_of(period) -> list[tuple[str, str, bool]]:
    rows = ReportLine.objects.filter(period=period).select_related("allocation__region", "unit")
    return [(row.allocation.region.name, row.unit.name, row.cooperating) for row in rows]


BOTH = [("河东县", "河东县人力资源社会保障局", False), ("河西县", "河西县人力资源社会保障局", False)]


@pytest.mark.parametrize("who", ["county", "lead", "local", "auditor", "leader", "administrator", "sister"])
def test_only_the_programmes_office_sets_the_rule(delivery, who):
    with pytest.raises(PermissionDenied):
        rule(delivery, who)
    assert ReportingRule.objects.count() == 0
    with pytest.raises(PermissionDenied):
        open_periods(
            programme=delivery.version.programme,
            today=date(2023, 4, 1),
            at=AT,
            actor=delivery.house.people[who],
        )


@pytest.mark.parametrize(
    "values",
    [
        {"cadence": "year"},
        {"due": 9, "close": 8},
        {"due": -1},
        {"close": 91},
        {"first_day": date(2022, 12, 31)},
    ],
)
def test_a_rule_that_cannot_be_is_told_in_words(delivery, values):
    outcome = rule(delivery, **values)
    assert isinstance(outcome, NotSet)
    assert outcome.message.endswith("。")
    assert ReportingRule.objects.count() == 0


def test_setting_the_rule_opens_what_has_begun_and_moves_open_days(delivery):
    assert not isinstance(rule(delivery, due=8, close=20), NotSet)
    march, april = ReportPeriod.objects.order_by("start")
    assert (march.pk, march.due_on, march.closes_on) == (
        delivery.period.pk,
        date(2023, 4, 8),
        date(2023, 4, 20),
    )
    assert (april.key, april.due_on, april.closes_on) == ("2023-M04", date(2023, 5, 8), date(2023, 5, 20))
    assert lines_of(april) == BOTH
    event = AuditEvent.objects.get(action="period.rule")
    assert (event.old["due_days"], event.new["due_days"]) == (5, 8)


def test_opening_twice_does_it_once(delivery):
    rule(delivery)
    before = (ReportPeriod.objects.count(), ReportLine.objects.count(), AuditEvent.objects.count())
    programme = delivery.version.programme
    assert open_periods(programme=programme, today=date(2023, 4, 3), at=AT) == ()
    assert (ReportPeriod.objects.count(), ReportLine.objects.count(), AuditEvent.objects.count()) == before


def test_months_nobody_looked_are_opened_together_in_order(delivery):
    rule(delivery)
    opened = open_periods(programme=delivery.version.programme, today=date(2023, 7, 2), at=AT)
    assert [period.key for period in opened] == ["2023-M05", "2023-M06", "2023-M07"]
    assert all(lines_of(period) == BOTH for period in opened)


@pytest.mark.parametrize(("today", "last"), [(date(2022, 12, 31), None), (date(2024, 3, 1), "2023-M12")])
def test_a_programme_reports_in_its_own_year(delivery, today, last):
    ReportingRule.objects.create(programme=delivery.version.programme, first_day=date(2023, 3, 1))
    opened = open_periods(programme=delivery.version.programme, today=today, at=AT)
    assert (opened[-1].key if opened else None) == last


def test_reports_begin_with_the_month_of_the_first_issue(delivery):
    ReportLine.objects.all().delete()
    ReportPeriod.objects.all().delete()
    programme = delivery.version.programme
    assert open_periods(programme=programme, today=date(2023, 5, 1), at=AT) == ()  # issued in 2026
    DivisionVersion.objects.all()._raw_delete("default")
    DivisionVersion(
        node=delivery.root, number=1, whole=Decimal(33000), parts=[], reserve=Decimal(0),
        proposed_by=delivery.house.people["own"], issued_at=datetime(2023, 3, 20, tzinfo=UTC),
    ).save()  # fmt: skip
    opened = open_periods(programme=programme, today=date(2023, 5, 1), at=AT)
    assert [period.key for period in opened] == ["2023-M03", "2023-M04", "2023-M05"]
    assert ReportingRule.objects.count() == 0  # the usual rule needs no row
    assert opened[0].due_on == date(2023, 4, 5)


def test_a_quarter_begins_after_the_last_month(delivery):
    rule(delivery)
    assert not isinstance(rule(delivery, cadence="quarter", at=datetime(2023, 7, 2, tzinfo=UTC)), NotSet)
    assert list(ReportPeriod.objects.order_by("start").values_list("key", flat=True)) == [
        "2023-M03",
        "2023-M04",
        "2023-Q3",
    ]


def test_a_new_line_starts_from_what_was_handed_in_last(delivery):
    """A draft is nobody's word: 河西县's typed but unsubmitted figures are not carried on."""
    ReportLine.objects.filter(pk=delivery.line.pk).update(
        state="accepted",
        amount=500,
        cumulative=1700,
        money_spent=12_500_000,
        edited_at=AT,
        difficulty="缺师资",
    )
    ReportLine.objects.filter(pk=delivery.other.pk).update(amount=9, cumulative=9, edited_at=AT)
    rule(delivery)
    east, west = ReportLine.objects.filter(period__key="2023-M04").order_by("allocation__region__path")
    assert (east.amount, east.cumulative, east.money_spent, east.difficulty) == (None, 1700, 12_500_000, "")
    assert (east.state, east.revision, east.edited_at) == ("draft", 0, None)
    assert (west.amount, west.cumulative) == (None, None)


def test_a_late_breakdown_adds_to_the_running_period_only(delivery):
    rule(delivery)
    canteens = Indicator.objects.create(
        programme=delivery.version.programme, project_number=3, project_headline="新建老年食堂",
        name="老年食堂", unit="个", kind="count", value=Decimal(45), position=2,
    )  # fmt: skip
    bureau = Unit.objects.create(region=delivery.house.city, name="市民政局")
    Allocation.objects.create(
        indicator=canteens, region=delivery.house.city, reporting_unit=bureau, share=Decimal(45)
    )
    assert keep_calendar(today=date(2023, 4, 10), at=AT) == 0
    march, april = ReportPeriod.objects.order_by("start")
    assert lines_of(march) == BOTH
    assert lines_of(april) == [*BOTH, ("云岭市", "市民政局", False)]
    assert AuditEvent.objects.filter(action="period.lines").latest("pk").new["added"] == 1


def test_who_reports_what(delivery):
    """A part broken down further is not asked again; a rate is, on every level; helpers report to the lead unit."""
    city, bureau = delivery.house.city, delivery.root.reporting_unit
    finance = Unit.objects.create(region=city, name="市财政局")
    delivery.indicator.cooperating_units.add(finance)  # its whole is broken down: nothing to merge into
    rate = Indicator.objects.create(
        programme=delivery.version.programme, project_number=1, project_headline="帮扶就业", name="就业率",
        unit="%", kind="at_least", value=Decimal(90), lead_unit=bureau, position=2,
    )  # fmt: skip
    rate.cooperating_units.add(finance, bureau)
    whole = Allocation.objects.create(
        indicator=rate, region=city, reporting_unit=bureau, share=Decimal(90), version=1
    )
    Allocation.objects.create(indicator=rate, region=delivery.east.region, above=whole)  # no unit yet
    rule(delivery)
    assert lines_of(ReportPeriod.objects.get(key="2023-M04")) == [
        *BOTH,
        ("云岭市", "市人力资源社会保障局", False),
        ("云岭市", "市财政局", True),
    ]


def test_what_is_reported_elsewhere_now_leaves_no_empty_line_but_nothing_typed_goes(delivery):
    rule(delivery)
    ReportLine.objects.filter(period__key="2023-M04", allocation=delivery.west).update(edited_at=AT, amount=3)
    Allocation.objects.filter(pk__in=[delivery.east.pk, delivery.west.pk]).update(version=1)
    keep_calendar(today=date(2023, 4, 4), at=AT)
    assert lines_of(ReportPeriod.objects.get(key="2023-M04")) == BOTH[1:]
    assert AuditEvent.objects.filter(action="period.lines").latest("pk").new["dropped"] == [
        [delivery.east.pk, delivery.line.unit_id]
    ]


def test_the_calendar_opens_and_closes(delivery):
    rule(delivery)
    assert keep_calendar(today=date(2023, 4, 15), at=AT) == 0  # the closing day itself is still open
    assert keep_calendar(today=date(2023, 4, 16), at=AT) == 1
    delivery.period.refresh_from_db()
    assert (delivery.period.closed_at, delivery.period.closed_by) == (AT, None)
    assert Snapshot.objects.get().made_by is None
    assert keep_calendar(today=date(2023, 5, 1), at=AT) == 1
    assert ReportPeriod.objects.filter(key="2023-M05").exists()


def test_the_first_page_of_a_day_opens_and_closes_nothing(delivery):
    ReportingRule.objects.create(programme=delivery.version.programme, first_day=date(2023, 3, 1))
    cache.clear()
    first_visit(today=date(2023, 5, 2), at=AT)
    assert list(ReportPeriod.objects.order_by("start").values_list("key", flat=True)) == [
        "2023-M03",
        "2023-M04",
        "2023-M05",
    ]
    assert not ReportPeriod.objects.exclude(closed_at=None).exists()
    ReportPeriod.objects.filter(key="2023-M05").update(name="x")
    first_visit(today=date(2023, 5, 2), at=AT)
    cache.clear()
