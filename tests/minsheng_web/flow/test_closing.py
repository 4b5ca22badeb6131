"""Closing freezes: what was not handed in stays missing, the digits stay for ever, corrections are new snapshots."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from minsheng.progress.frozen import differences
from minsheng.progress.model import Figures
from minsheng_web.records.actions.closing import (
    NotClosed,
    NotCorrected,
    close_period,
    correct_late,
    standing_of,
)
from minsheng_web.records.actions.freezing import still_digest
from minsheng_web.records.models import AuditEvent, ReportLine, ReportPeriod, Snapshot, SnapshotLine, Unit
from minsheng_web.records.models.immutable import ImmutableError
from minsheng_web.records.reported import frozen_value

AT = datetime(2023, 4, 16, 1, 0, tzinfo=UTC)


@pytest.fixture
def closed(delivery) -> Snapshot:
    """March with 河东县's accepted line; 河西县 typed something and never handed it in."""
    ReportLine.objects.filter(pk=delivery.line.pk).update(
        state="accepted",
        amount=500,
        cumulative=1700,
        money_spent=12_500_000,
        difficulty="缺师资",
        edited_at=AT,
    )
    ReportLine.objects.filter(pk=delivery.other.pk).update(amount=77, cumulative=77, edited_at=AT)
    snapshot = close_period(actor=delivery.house.people["own"], period=delivery.period, at=AT)
    assert isinstance(snapshot, Snapshot)
    return snapshot


def correct(delivery, cumulative=1650, reason="重复统计50人", who="own", **more):
    return correct_late(
        actor=delivery.house.people[who],
        period=delivery.period,
        line=delivery.line,
        figures=Figures(period=Decimal(450), cumulative=Decimal(cumulative), money={"spent": 12_500_000}),
        reason=reason,
        at=AT,
        **more,
    )


def contents() -> list:
    models = (ReportPeriod, ReportLine, Snapshot, SnapshotLine, AuditEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_what_was_not_handed_in_is_missing_never_nought(closed):
    east, west = closed.lines.all()
    assert (east.region_name, east.unit_name, east.indicator_name) == (
        "河东县", "河东县人力资源社会保障局", "城镇新增就业",
    )  # fmt: skip
    assert (east.state, east.owed, east.amount, east.cumulative) == ("accepted", 18000, 500, 1700)
    assert (east.money, east.difficulty) == ({"spent": 12_500_000}, "缺师资")
    assert (west.state, west.owed, west.amount, west.cumulative) == ("draft", 15000, None, None)


def test_the_digits_stay_the_same_whatever_is_renamed(closed, delivery):
    assert still_digest(closed) == closed.digest
    assert len(closed.digest) == 64
    Unit.objects.update(name="改名后的单位")
    ReportLine.objects.update(cumulative=1)
    delivery.indicator.name = "新名"
    delivery.indicator.save()
    assert still_digest(Snapshot.objects.get(pk=closed.pk)) == closed.digest


def test_a_snapshot_that_was_touched_is_found_out(closed):
    SnapshotLine.objects.filter(pk=closed.lines.first().pk)._raw_delete("default")
    assert still_digest(closed) != closed.digest


@pytest.mark.parametrize("act", [lambda line: line.save(), lambda line: line.delete()])
def test_frozen_lines_refuse_every_change(closed, act):
    with pytest.raises(ImmutableError):
        act(closed.lines.first())


@pytest.mark.parametrize(
    "who", ["county", "lead", "local", "finance", "auditor", "leader", "publisher", "administrator", "sister"]
)
def test_only_the_programmes_office_closes_and_corrects(delivery, who):
    before = contents()
    with pytest.raises(PermissionDenied):
        close_period(actor=delivery.house.people[who], period=delivery.period, at=AT)
    with pytest.raises(PermissionDenied):
        correct(delivery, who=who)
    assert contents() == before


def test_closing_twice_does_it_once(closed, delivery):
    before = contents()
    again = close_period(actor=delivery.house.people["own"], period=delivery.period, at=AT)
    assert isinstance(again, NotClosed)
    assert contents() == before


def test_what_changed_while_the_list_was_read_is_not_closed(delivery):
    seen = standing_of(delivery.period)
    assert seen == "draft:2"
    ReportLine.objects.filter(pk=delivery.line.pk).update(state="submitted")
    before = contents()
    outcome = close_period(actor=delivery.house.people["own"], period=delivery.period, at=AT, seen=seen)
    assert isinstance(outcome, NotClosed)
    assert "有变化" in outcome.message
    assert contents() == before


def test_helpers_lines_do_not_count_twice(delivery):
    helper = Unit.objects.create(region=delivery.house.city, name="市财政局")
    ReportLine.objects.create(period=delivery.period, allocation=delivery.east, unit=helper, cooperating=True)
    snapshot = close_period(actor=None, period=delivery.period, at=AT)
    assert snapshot.line_count == snapshot.lines.count() == 2


def test_a_late_correction_is_a_new_snapshot_and_both_stay(closed, delivery):
    old = [frozen_value(line) for line in closed.lines.all()]
    made = correct(delivery)
    assert isinstance(made, Snapshot)
    assert (made.number, made.reason, made.line_count) == (2, "重复统计50人", 2)
    assert made.digest != closed.digest
    assert still_digest(made) == made.digest
    assert still_digest(closed) == closed.digest
    new = [frozen_value(line) for line in made.lines.all()]
    (difference,) = differences(old, new)
    assert difference.changed == ("amount", "cumulative", "difficulty")
    assert (difference.before.cumulative, difference.after.cumulative) == (1700, 1650)
    delivery.line.refresh_from_db()
    assert (delivery.line.cumulative, delivery.line.correction) == (1650, "重复统计50人")
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.new["snapshot"]) == ("report.correct_late", 2)
    assert Decimal(event.old["cumulative"]) == 1700


def test_a_county_that_was_missing_is_put_in_late(closed, delivery):
    made = correct_late(
        actor=delivery.house.people["own"], period=delivery.period, line=delivery.other,
        figures=Figures(period=Decimal(90), cumulative=Decimal(90)), reason="补报", at=AT,
    )  # fmt: skip
    west = made.lines.get(region_name="河西县")
    assert (west.state, west.cumulative) == ("accepted", 90)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": "  "}, "请写明更正理由"),
        ({"seen": 2}, "已有第1次快照"),
        ({"cumulative": -5}, "有错误"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(closed, delivery, values, words):
    before = contents()
    outcome = correct(delivery, **values)
    assert isinstance(outcome, NotCorrected)
    assert words in outcome.message
    assert contents() == before


def test_the_same_figures_again_are_no_correction(closed, delivery):
    correct(delivery)
    before = contents()
    outcome = correct(delivery, reason="重复统计50人")
    assert isinstance(outcome, NotCorrected)
    assert "完全相同" in outcome.message
    assert contents() == before


def test_an_open_period_is_corrected_in_its_grid(delivery):
    outcome = correct(delivery)
    assert isinstance(outcome, NotCorrected)
    assert "还没有关闭" in outcome.message


def test_the_next_period_follows_a_correction_where_nobody_has_typed(closed, delivery):
    april = ReportPeriod.objects.create(
        programme=delivery.version.programme, key="2023-M04", name="2023年4月", start=date(2023, 4, 1),
        end=date(2023, 4, 30), due_on=date(2023, 5, 5), closes_on=date(2023, 5, 15), opened_at=AT,
    )  # fmt: skip
    line = ReportLine.objects.create(
        period=april, allocation=delivery.east, unit=delivery.line.unit, cumulative=1700
    )
    correct(delivery)
    line.refresh_from_db()
    assert line.cumulative == 1650


def test_many_lines_are_frozen_in_few_questions(delivery, django_assert_max_num_queries):
    units = Unit.objects.bulk_create(
        Unit(region=delivery.house.county, name=f"单位{number}") for number in range(300)
    )
    ReportLine.objects.bulk_create(
        ReportLine(period=delivery.period, allocation=delivery.east, unit=unit) for unit in units
    )
    with django_assert_max_num_queries(20):
        snapshot = close_period(actor=None, period=delivery.period, at=AT)
    assert snapshot.line_count == 302
