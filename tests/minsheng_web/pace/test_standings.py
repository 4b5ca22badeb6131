"""Closing makes standings: those of the pure fold, red to yellow to green only, what is missing as missing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from minsheng.progress.model import Figures, Owed
from minsheng.progress.pace.curves import LINE
from minsheng.progress.pace.judging import judge
from minsheng.progress.pace.measuring import leaf_facts
from minsheng.progress.pace.presets import default_rules
from minsheng.progress.pace.rolling import combine
from minsheng.progress.periods import Period
from minsheng_web.records.actions.closing import close_period, correct_late
from minsheng_web.records.actions.pace_rules import NotAdopted, adopt_rules, set_curve
from minsheng_web.records.models import (
    AuditEvent,
    LightRuleSet,
    PaceCell,
    PaceSeal,
    ReportLine,
    ReportPeriod,
    Snapshot,
    Standing,
)
from minsheng_web.records.pace_rows import still_standing, value_of

AT = datetime(2023, 4, 16, 1, 0, tzinfo=UTC)
NAMES = ("云岭市", "河东县", "河西县")


@pytest.fixture
def year(delivery):
    """Closes month after month, with what the two counties have done by then; None: not handed in."""
    return Year(delivery)


class Year:
    def __init__(self, delivery):
        self.delivery = delivery

    def open(self, month: int) -> ReportPeriod:
        period = Period("month", 2023, month)
        row, _ = ReportPeriod.objects.get_or_create(
            programme=self.delivery.version.programme,
            key=period.key,
            defaults={
                "name": period.name, "start": period.start, "end": period.end, "due_on": period.end,
                "closes_on": period.end, "opened_at": AT,
            },
        )  # fmt: skip
        return row

    def close(self, month: int, east, west, **more) -> Snapshot:
        period = self.open(month)
        for part, done in ((self.delivery.east, east), (self.delivery.west, west)):
            values = {"cumulative": done, "state": "draft" if done is None else "accepted"} | more
            ReportLine.objects.update_or_create(
                period=period, allocation=part, unit=part.reporting_unit, defaults=values
            )
        made = close_period(actor=self.delivery.house.people["own"], period=period, at=AT)
        assert isinstance(made, Snapshot)
        return made


def lights(snapshot) -> list[str]:
    rows = Standing.objects.filter(snapshot=snapshot).order_by("pk")
    return [row.light for row in rows]


def test_closing_makes_what_the_fold_makes(year):
    months = [(1, 500, None), (2, 900, 4000), (3, None, None), (4, 9000, 5000)]
    rules, old = default_rules(), {}
    for month, east, west in months:
        snapshot = year.close(month, east, west)
        period = Period("month", 2023, month)
        wanted = {}
        for name, done, owes in (("河东县", east, 18000), ("河西县", west, 15000)):
            owed = Owed("count", "人", Decimal(owes))
            said = None if done is None else Figures(cumulative=Decimal(done))
            facts = leaf_facts(owed, said, period)
            wanted[name] = judge(facts, old.get(name), LINE, rules, period)
        whole = combine(Owed("count", "人", Decimal(33000)), [wanted["河东县"], wanted["河西县"]])
        wanted["云岭市"] = judge(whole, old.get("云岭市"), LINE, rules, period)
        rows = Standing.objects.filter(snapshot=snapshot).select_related("allocation__region")
        assert {row.allocation.region.name: value_of(row) for row in rows} == wanted
        old = wanted


def test_a_red_turns_yellow_before_green_and_missing_shows_as_missing(year):
    seen = [
        lights(year.close(month, east, 15000))
        for month, east in ((5, 100), (6, 18000), (7, None), (8, 18000))
    ]
    assert [row[1] for row in seen] == ["red", "yellow", "missing", "green"]
    assert [row[2] for row in seen] == ["green"] * 4 or [row[2] for row in seen] == ["blue"] * 4


def test_nothing_reported_is_missing_never_nought(year):
    snapshot = year.close(3, None, None)
    assert lights(snapshot) == ["missing"] * 3
    whole = Standing.objects.get(snapshot=snapshot, allocation__above=None)
    assert (whole.figure, whole.percent, whole.parts, whole.reported) == (None, None, 2, 0)


def test_digits_recompute_and_find_what_was_touched(year):
    first, second = year.close(1, 500, None), year.close(2, 900, 700)
    for snapshot in (first, second):
        assert still_standing(snapshot) == snapshot.pace.digest
    assert len({first.pace.digest, second.pace.digest}) == 2
    assert second.pace.before == first
    Standing.objects.filter(snapshot=first, light="missing")._raw_delete("default")
    assert still_standing(first) != first.pace.digest


def test_cells_count_what_stands(year):
    snapshot = year.close(6, 100, None, money_spent=5_000)
    cells = {cell.region.name: cell for cell in PaceCell.objects.filter(snapshot=snapshot)}
    assert sorted(cells) == sorted(NAMES)
    whole = cells["云岭市"]
    assert (whole.nodes, whole.red, whole.worst, whole.parts, whole.missing_parts) == (1, 1, "red", 2, 1)
    assert (whole.money_spent, whole.money_paid) == (5_000, None)
    assert (cells["河西县"].missing, cells["河西县"].worst) == (1, "missing")
    assert (whole.project_number, whole.category_name) == (1, "就业")
    assert whole.lead_unit == year.delivery.indicator.lead_unit


def test_a_late_correction_makes_new_standings_and_the_old_stay(year):
    closed = year.close(6, 100, 7500)
    old = list(Standing.objects.filter(snapshot=closed).order_by("pk").values())
    line = ReportLine.objects.get(period=closed.period, allocation=year.delivery.east)
    made = correct_late(
        actor=year.delivery.house.people["own"], period=closed.period, line=line,
        figures=Figures(period=Decimal(8900), cumulative=Decimal(9000)), reason="漏报", at=AT,
    )  # fmt: skip
    assert isinstance(made, Snapshot)
    assert lights(closed) == ["yellow", "red", "green"]
    assert lights(made) == ["green", "green", "green"]
    assert list(Standing.objects.filter(snapshot=closed).order_by("pk").values()) == old
    for snapshot in (closed, made):
        assert still_standing(snapshot) == PaceSeal.objects.get(snapshot=snapshot).digest
    cells = PaceCell.objects.filter(snapshot=made)
    assert [(cell.green, cell.red, cell.nodes) for cell in cells] == [(1, 0, 1)] * 3


def test_rules_hold_from_the_next_closing(year):
    programme, own = year.delivery.version.programme, year.delivery.house.people["own"]
    before = year.close(5, 100, 7500)
    stored = default_rules().to_json() | {"name": "从严"}
    made = adopt_rules(actor=own, programme=programme, rules=stored, reason="市政府办要求", at=AT, seen=0)
    assert isinstance(made, LightRuleSet)
    assert (made.number, made.name, made.reason) == (1, "从严", "市政府办要求")
    after = year.close(6, 200, 7500)
    assert (before.pace.rule_set, after.pace.rule_set) == (None, made)
    assert after.pace.rules["name"] == "从严"
    assert AuditEvent.objects.filter(action="light_rules.adopt").count() == 1
    again = adopt_rules(actor=own, programme=programme, rules=stored, reason="再次", at=AT, seen=0)
    assert isinstance(again, NotAdopted)
    assert "已采用第1套规则" in again.messages[0]


@pytest.mark.parametrize(
    ("rules", "reason", "words"),
    [(None, "有", "格式不对"), ({"name": "x", "ladder": ["green"]}, "有", "黄灯"), ("plain", " ", "请写明")],
)
def test_what_cannot_be_adopted_is_told(delivery, rules, reason, words):
    stored = default_rules().to_json() if rules == "plain" else rules
    found = adopt_rules(
        actor=delivery.house.people["own"], programme=delivery.version.programme, rules=stored,
        reason=reason, at=AT,
    )  # fmt: skip
    assert isinstance(found, NotAdopted)
    assert any(words in message for message in found.messages)
    assert not LightRuleSet.objects.exists()


def test_an_own_curve_asks_for_less_at_first(year):
    own = year.delivery.house.people["own"]
    shares = ["0"] * 5 + ["10", "20", "40", "60", "80", "90", "100"]
    curve = {"way": "own", "milestones": [], "shares": shares, "between": "even"}
    indicator = year.delivery.indicator
    refused = set_curve(actor=own, indicator=indicator, curve=curve, reason="", at=AT)
    assert isinstance(refused, NotAdopted)
    made = set_curve(actor=own, indicator=indicator, curve=curve, reason="下半年集中开工", at=AT)
    assert made.number == 1
    snapshot = year.close(6, 1800, 1500)
    asked = Standing.objects.filter(snapshot=snapshot).order_by("pk").values_list("scheduled", flat=True)
    assert list(asked) == [3300, 1800, 1500]
    assert lights(snapshot) == ["green"] * 3


def test_a_period_without_lines_is_closed_too(delivery):
    ReportLine.objects.all().delete()
    snapshot = close_period(actor=None, period=delivery.period, at=AT)
    assert (snapshot.line_count, snapshot.pace.standing_count) == (0, 3)
    assert delivery.period.end == date(2023, 3, 31)
