"""The made-up city's year: every light and every way a year can go, and each closed month as it was seen then.

``MINSHENG_UPDATE_GOLDENS=1`` writes the table of lights anew; the difference is what to look at.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from minsheng_web.records.actions import demo_delivery
from minsheng_web.records.actions.demo_delivery import deliver_demo
from minsheng_web.records.actions.freezing import still_digest
from minsheng_web.records.actions.people import add_user
from minsheng_web.records.models import Evidence, LightRuleSet, OwnCurve, ReportPeriod, Snapshot, Standing
from minsheng_web.records.pace_rows import still_standing
from minsheng_web.records.queries.pace_cells import heat_map
from minsheng_web.records.queries.pace_scope import PaceAsked, find_view

ROOT = Path(__file__).parents[3]
NOTICE = ROOT / "samples" / "notices" / "yunhe-2025.txt"
GOLDEN = ROOT / "tests" / "golden" / "demo_year.txt"
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
SIGNS = {
    "blue": "蓝",
    "green": "绿",
    "yellow": "黄",
    "orange": "橙",
    "red": "红",
    "missing": "缺",
    "none": "—",
}


def told(programme, person, key):
    """The heat map of one month, as the office opens it."""
    view = find_view(person, programme, PaceAsked(period=key))
    assert view.period.key == key
    return heat_map(view)


def table() -> str:
    """A row for every part, a column for every closed month."""
    rows = {}
    standings = Standing.objects.select_related("indicator", "allocation__region").order_by(
        "indicator__position", "allocation__region__path", "snapshot__period__start"
    )
    for one in standings:
        indicator = one.indicator
        name = f"{indicator.project_number:>2} {indicator.name[:14]}　{one.allocation.region.name}"
        rows.setdefault(name, []).append(SIGNS[one.light])
    head = "每行一项任务，每列一个月（1月起）：蓝 绿 黄 橙 红，缺 是未报，— 是不评"
    return "\n".join([head, *(f"{''.join(lights)}　{name}" for name, lights in rows.items())]) + "\n"


@pytest.mark.django_db
def test_each_closed_month_is_kept_as_the_office_saw_it(monkeypatch, tmp_path, settings):
    settings.DATA_FOLDER = tmp_path
    office, units = (add_user(actor=None, username=name, display_name=name, password="x") for name in "ab")
    seen, close = {}, demo_delivery.close_period

    def looked_at(*, actor, period, at):
        snapshot = close(actor=actor, period=period, at=at)
        seen[period.key] = told(period.programme, office, period.key), snapshot.digest, snapshot.pace.digest
        return snapshot

    monkeypatch.setattr(demo_delivery, "close_period", looked_at)
    programme = deliver_demo(notice=NOTICE, office=office, units=units, at=AT)
    assert list(seen) == [f"2026-M{month:02}" for month in range(1, 11)]
    for key, (map_then, lines, pace) in seen.items():
        assert told(programme, office, key) == map_then
        snapshot = Snapshot.objects.get(period__key=key)
        assert (still_digest(snapshot), still_standing(snapshot)) == (lines, pace)
    assert ReportPeriod.objects.get(closed_at=None).key == "2026-M11"
    if os.environ.get("MINSHENG_UPDATE_GOLDENS"):
        GOLDEN.write_text(table(), encoding="utf-8")
    assert table() == GOLDEN.read_text(encoding="utf-8")
    (rules,) = LightRuleSet.objects.all()
    assert (rules.number, rules.reason[:3], rules.made_at.month) == (1, "演示用", 1)
    assert OwnCurve.objects.count() == 3
    assert {one.kind for one in Evidence.objects.all()} == {"png", "pdf"}


def test_the_golden_year_has_every_light_and_red_comes_back_through_yellow():
    lights = [line.split("　")[0] for line in GOLDEN.read_text(encoding="utf-8").splitlines()[1:]]
    assert set("".join(lights)) == set(SIGNS.values())
    assert any("红红橙黄绿" in row for row in lights)
    assert not any(jump in row for row in lights for jump in ("红绿", "红蓝", "红缺绿", "橙绿"))
