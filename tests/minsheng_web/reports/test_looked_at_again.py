"""A grid that is looked at again: what changed meanwhile is seen at once, and nothing else is made anew."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from evidence_files import give
from minsheng_web.office.screens.grid_html import rows_html
from minsheng_web.office.screens.grid_lines import grid_of
from minsheng_web.records.bulk import exact
from minsheng_web.records.models import (
    Allocation,
    Indicator,
    Region,
    ReportLine,
    ReportPeriod,
    Snapshot,
    Unit,
    User,
)
from minsheng_web.records.queries.report_lines import unit_lines
from reporting import AT, february, give_colleague, more_lines


@pytest.fixture
def reported(delivery):
    """A month before, and five more lines."""
    february(delivery)
    more_lines(delivery, 5)
    return delivery


def grid(delivery, who="local"):
    person = delivery.house.people[who]
    return grid_of(unit_lines(person, delivery.period.pk, delivery.line.unit_id), person)


def look(delivery, who="local"):
    return {row.line.key: row for row in grid(delivery, who).rows}


def page(delivery, who="local") -> str:
    address = f"/reports/{delivery.period.pk}/{delivery.line.unit_id}/"
    return delivery.house.client(who).get(address).content.decode()


def made_anew(before, after) -> set:
    return {key for key in after if after[key] is not before.get(key)}


def test_what_stands_is_not_made_again_and_two_of_a_unit_share_it(reported):
    first = look(reported)
    assert len(first) == 6
    assert made_anew(first, look(reported)) == set()
    reported.house.people["mate"] = give_colleague(reported)
    assert made_anew(first, look(reported, "mate")) == set()


def test_a_line_somebody_changed_is_the_only_one_made(reported):
    first = look(reported)
    ReportLine.objects.filter(pk=reported.line.pk).update(amount=7, cumulative=3007, edited_at=AT)
    second = look(reported)
    assert made_anew(first, second) == {reported.line.pk}
    assert [cell.text for cell in second[reported.line.pk].progress] == ["7", "3,007"]


def test_the_grid_is_the_same_until_something_changes(reported):
    first = grid(reported)
    assert grid(reported) is first
    Indicator.objects.filter(pk=reported.indicator.pk).update(name="新增就业")
    assert grid(reported) is not first
    assert grid(reported) is grid(reported)


@pytest.mark.parametrize(("who", "writes"), [("local", True), ("lead", False), ("auditor", False)])
def test_who_looks_decides_what_can_be_typed(reported, who, writes):
    look(reported), look(reported, "lead"), look(reported, "auditor")
    assert {row.writes for row in look(reported, who).values()} == {writes}


def test_the_page_of_who_may_type_is_not_shown_to_others(reported):
    assert "data-cells-url" in page(reported)
    assert "data-cells-url" not in page(reported, "lead")
    assert "data-cells-url" in page(reported)


def test_the_body_is_drawn_once(reported, monkeypatch):
    drawn = []

    def draw(*given):
        drawn.append(given)
        return render_to_string(*given)

    monkeypatch.setattr("minsheng_web.office.views.reports.render_to_string", draw)
    assert page(reported).count('<tr class="line') == 6
    assert page(reported).count('<tr class="line') == 6
    assert len(drawn) == 1


CHANGES = {
    "the period was closed": (
        lambda d: ReportPeriod.objects.filter(pk=d.period.pk).update(closed_at=AT),
        lambda row: "已经关闭" in row.line.lock,
    ),
    "the indicator got another name": (
        lambda d: Indicator.objects.filter(pk=d.indicator.pk).update(name="新增就业"),
        lambda row: row.line.name == "新增就业",
    ),
    "the part owes more": (
        lambda d: Allocation.objects.filter(pk=d.east.pk).update(asked=Decimal(24000)),
        lambda row: "24,000" in row.target,
    ),
    "the lead unit got another name, and holds the line": (
        lambda d: (
            ReportLine.objects.filter(pk=d.line.pk).update(state="submitted"),
            Unit.objects.filter(pk=d.indicator.lead_unit_id).update(name="市就业局"),
        ),
        lambda row: "市就业局" in row.line.lock,
    ),
    "the unit's county got another name, and holds the line": (
        lambda d: (
            ReportLine.objects.filter(pk=d.line.pk).update(state="verified"),
            Region.objects.filter(pk=d.house.county.pk).update(name="河阳县"),
        ),
        lambda row: "河阳县民生办" in row.line.lock,
    ),
    "another unit helps and handed in": (
        lambda d: ReportLine.objects.create(
            period=d.period,
            allocation=d.east,
            unit=Unit.objects.create(region=d.house.county, name="县财政局"),
            cooperating=True,
            state="submitted",
        ),
        lambda row: row.line.helpers == (1, 1),
    ),
    "it was typed into, as it stood": (
        lambda d: ReportLine.objects.filter(pk=d.line.pk).update(edited_at=AT),
        lambda row: row.line.touched,
    ),
    "the unit above got another name, and holds the line": (
        lambda d: (
            ReportLine.objects.filter(pk=d.line.pk).update(state="submitted"),
            Unit.objects.filter(pk=d.line.unit.above_id).update(name="市社保局"),
        ),
        lambda row: "市社保局" in row.line.lock,
    ),
    "the region that accepted got another name": (
        lambda d: (
            ReportLine.objects.filter(pk=d.line.pk).update(
                state="accepted", accepted_region=d.house.city, accepted_at=AT
            ),
            Region.objects.filter(pk=d.house.city.pk).update(name="河阳市"),
        ),
        lambda row: "河阳市民生办" in row.line.lock,
    ),
    "who sent the line back got another name": (
        lambda d: (
            ReportLine.objects.filter(pk=d.line.pk).update(
                state="returned", return_reason="数字不对", returned_by=d.house.people["lead"], returned_at=AT
            ),
            User.objects.filter(pk=d.house.people["lead"].pk).update(display_name="郑新"),
        ),
        lambda row: row.line.returned[0] == "郑新",
    ),
    "the line was sent back": (
        lambda d: ReportLine.objects.filter(pk=d.line.pk).update(
            state="returned", return_reason="数字不对", returned_by=d.house.people["lead"], returned_at=AT
        ),
        lambda row: row.line.return_reason == "数字不对" and row.line.returned[0] == "郑牵",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_row_depends_on_is_seen_when_it_changes(reported, change):
    make, is_seen = CHANGES[change]
    assert not is_seen(look(reported)[reported.line.pk])
    make(reported)
    assert is_seen(look(reported)[reported.line.pk])


ON_THE_PAGE = {
    "a figure was typed": (
        lambda d: ReportLine.objects.filter(pk=d.line.pk).update(amount=7, cumulative=3007, edited_at=AT),
        'value="3,007"',
    ),
    "the unit got another name": (
        lambda d: Unit.objects.filter(pk=d.line.unit_id).update(name="县就业局"),
        "<h1>县就业局",
    ),
    "reports are due later": (
        lambda d: ReportPeriod.objects.filter(pk=d.period.pk).update(due_on="2023-06-17"),
        "6月17日前提交",
    ),
    "a line is gone": (
        lambda d: ReportLine.objects.exclude(pk=d.line.pk).filter(period=d.period, unit=d.line.unit).delete(),
        "/ 1 行",
    ),
}


@pytest.mark.parametrize("change", ON_THE_PAGE)
def test_the_page_shows_what_changed(reported, change):
    make, seen = ON_THE_PAGE[change]
    assert seen not in page(reported)
    assert seen not in page(reported)
    make(reported)
    assert seen in page(reported)


def test_the_page_grows_late_without_a_change(reported, monkeypatch):
    monkeypatch.setattr("minsheng_web.office.views.reports.timezone.localdate", lambda: date(2023, 4, 5))
    assert "已经逾期" not in page(reported)
    monkeypatch.setattr("minsheng_web.office.views.reports.timezone.localdate", lambda: date(2023, 4, 6))
    assert "已经逾期" in page(reported)


def test_two_of_a_unit_share_what_is_shown_and_each_is_told_who_they_are(reported):
    reported.house.people["mate"] = give_colleague(reported)
    first, second = page(reported), page(reported, "mate")
    bodies = [text[text.index("<main") : text.index("</main>")] for text in (first, second)]
    assert bodies[0] == bodies[1]
    assert grid(reported, "mate") is grid(reported)
    for text, who in ((first, "local"), (second, "mate")):
        assert f'<meta name="person" content="{reported.house.people[who].pk}">' in text


def test_a_file_that_is_added_is_counted(reported):
    assert look(reported)[reported.line.pk].line.evidence == 0
    give(reported.house.people["local"], reported.line)
    assert look(reported)[reported.line.pk].line.evidence == 1


def test_a_late_correction_of_the_month_before_is_seen(reported):
    old = ReportPeriod.objects.get(key="2023-M02")
    Snapshot(period=old, number=1, made_at=AT, digest="1" * 64, line_count=1).save()
    assert look(reported)[reported.line.pk].last == "3,000"
    ReportLine.objects.filter(period=old).update(cumulative=Decimal(2900))
    Snapshot(period=old, number=2, made_at=AT, digest="2" * 64, line_count=1, reason="重复统计").save()
    assert look(reported)[reported.line.pk].last == "2,900"


def test_an_open_month_before_is_read_each_time(reported):
    ReportPeriod.objects.filter(key="2023-M02").update(closed_at=None)
    assert look(reported)[reported.line.pk].last == "3,000"
    assert grid(reported) is grid(reported)
    ReportLine.objects.filter(period__key="2023-M02").update(cumulative=Decimal(2900))
    assert look(reported)[reported.line.pk].last == "2,900"


def test_what_another_region_reports_meanwhile_is_compared_with(reported):
    now = {"state": "submitted", "edited_at": AT, "cumulative": Decimal(3100)}
    ReportLine.objects.filter(pk=reported.line.pk).update(**now)
    assert look(reported, "lead")[reported.line.pk].line.beside == ()
    ReportLine.objects.filter(pk=reported.other.pk).update(**now)
    (beside,) = look(reported, "lead")[reported.line.pk].line.beside
    assert (beside[0], exact(beside[2])) == ("河西县", Decimal(3100))
    assert look(reported)[reported.line.pk].line.beside == ()


def test_nothing_is_read_of_a_line_but_what_is_compared(reported):
    """A column read afterwards would be asked for line by line, and kept without anybody seeing it change."""
    helper = Unit.objects.create(region=reported.house.county, name="县财政局")
    states = ("draft", "submitted", "returned", "verified", "accepted")
    told = {"return_reason": "数字不对", "returned_by": reported.house.people["lead"], "returned_at": AT}
    for line, state in zip(more_lines(reported, 5), states, strict=True):
        ReportLine.objects.filter(pk=line.pk).update(
            state=state, edited_at=AT, cumulative=5, accepted_region=reported.house.city, **told
        )
        ReportLine.objects.create(
            period=line.period, allocation=line.allocation, unit=helper, cooperating=True
        )
    for who in ("local", "lead"):
        person = reported.house.people[who]
        sheet = unit_lines(person, reported.period.pk, reported.line.unit_id)
        before = [deferred(line) for line in sheet.lines]
        with CaptureQueriesContext(connection) as queries:
            rows = grid_of(sheet, person).rows
            rows_html(rows, reported.period.pk, reported.line.unit_id, one_lock=False)
        assert len(rows) == 11
        assert len(queries) <= 3
        assert [deferred(line) for line in sheet.lines] == before


def deferred(line) -> list[set[str]]:
    """Columns that were not read, of the line and all it points to."""
    part = line.allocation
    others = (part, part.indicator, part.indicator.lead_unit, part.region)
    told = (line.accepted_region, line.returned_by)
    return [one.get_deferred_fields() for one in (line, *others, *told) if one is not None]


def test_a_part_of_another_region_is_named_also_after_a_single_line_was_asked_for(reported):
    west = Allocation.objects.get(indicator=reported.indicator, region__name="河西县")
    ReportLine.objects.create(period=reported.period, allocation=west, unit=reported.line.unit)
    lead = reported.house.people["lead"]
    sheet = unit_lines(lead, reported.period.pk, reported.line.unit_id)
    assert len(sheet.lines) == 7
    (row,) = grid_of(sheet.only({reported.line.pk}), lead).rows
    assert row.line.region == "河东县"
    assert {one.line.region for one in grid_of(sheet, lead).rows} == {"河东县", "河西县"}
