"""A month's reports in a real browser: checking and sending back, closing, correcting; axe at both sizes."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from minsheng_web.records.actions.closing import close_period
from minsheng_web.records.actions.people import add_user, give_post
from minsheng_web.records.actions.reminders import remind
from minsheng_web.records.models import (
    Allocation,
    Indicator,
    PlanVersion,
    Region,
    ReportLine,
    ReportPeriod,
    Snapshot,
    Unit,
)
from soundness import faults_of, wider_than_window

PASSWORD = "yunhe-office-2025"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize("context", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
AT = datetime(2025, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class Month:
    """Jobs over three counties in one month: handed in alike, one sent back, and the month before."""

    period: ReportPeriod
    lines: list[ReportLine]
    unit: Unit


@pytest.fixture
def month(office, document, publish) -> Month:
    official, city = office
    programme = PlanVersion.objects.get(programme=publish(document)).programme
    counties = list(Region.objects.filter(parent=city).order_by("path"))
    bureau = Unit.objects.create(region=city, name="云河市人力资源社会保障局")
    units = [
        Unit.objects.create(region=c, name=f"{c.name}人力资源社会保障局", above=bureau) for c in counties
    ]
    for username, name, role, region, unit in (
        ("lead", "郑牵头", "lead", city, bureau),
        ("local", "冯县人社", "local", counties[0], units[0]),
    ):
        person = add_user(actor=None, username=username, display_name=name, password=PASSWORD)
        give_post(actor=None, user=person, role=role, region=region, unit=unit)
    jobs = Indicator.objects.create(
        programme=programme, project_number=1, project_headline="促进就业创业", name="城镇新增就业",
        unit="人", kind="count", value=Decimal(33000), lead_unit=bureau, position=1,
    )  # fmt: skip
    whole = Allocation.objects.create(
        indicator=jobs, region=city, reporting_unit=bureau, share=Decimal(33000), version=1
    )
    today = timezone.localdate()
    periods = [
        ReportPeriod.objects.create(
            programme=programme, key=f"2025-M0{number}", name=f"2025年{number}月",
            start=date(2025, number, 1), end=date(2025, number, 27),
            due_on=today - timedelta(days=3), closes_on=today + timedelta(days=7), opened_at=AT,
        )
        for number in (2, 3)
    ]  # fmt: skip
    lines = []
    for county, unit, share in zip(counties, units, (18000, 9000, 6000), strict=True):
        part = Allocation.objects.create(
            indicator=jobs, region=county, above=whole, reporting_unit=unit, share=Decimal(share)
        )
        ReportLine.objects.create(
            period=periods[0], allocation=part, unit=unit, state="accepted", amount=Decimal(600),
            cumulative=Decimal(1200), edited_at=AT, accepted_region=city,
        )  # fmt: skip
        lines.append(
            ReportLine.objects.create(
                period=periods[1],
                allocation=part,
                unit=unit,
                state="submitted",
                amount=Decimal(500),
                cumulative=Decimal(1700),
                edited_at=AT,
                revision=4,
            )
        )
    close_period(actor=official, period=periods[0], at=AT)
    return Month(periods[1], lines, units[0])


def sign_in(watched, who):
    page = watched.open("/sign-in/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{watched.home}/")
    return page


@SIZES
def test_no_fault_at_any_size(desk, month, office):
    official, _ = office
    ReportLine.objects.filter(pk=month.lines[1].pk).update(state="draft", edited_at=None)
    ReportLine.objects.filter(pk=month.lines[2].pk).update(state="verified")
    snapshot = Snapshot.objects.get()
    remind(actor=official, period=month.period, units=[month.lines[1].unit_id], at=timezone.now())
    seen = {}
    key = month.period.pk
    for path in (
        "/",
        f"/reports/{key}/check/?show=all",
        f"/reports/{key}/{month.unit.pk}/submit/",
        f"/programmes/{month.period.programme_id}/periods/",
        f"/periods/{key}/",
        f"/periods/{key}/close/",
        f"/snapshots/{snapshot.pk}/",
        f"/periods/{snapshot.period_id}/compare/",
        f"/periods/{snapshot.period_id}/lines/{snapshot.period.lines.first().pk}/correct/",
    ):
        page = desk.open(path)
        wider = wider_than_window(page)
        faults = faults_of(page)
        if faults or wider:
            seen[path] = (faults, wider)
    assert seen == {}


def test_the_lead_unit_sends_back_and_verifies_and_the_office_accepts(visitor, month):
    page = sign_in(visitor, "lead")
    page.get_by_role("link", name=re.compile("3 项待审核")).click()
    expect(page.get_by_text("个地区的累计都是 1,700人")).to_be_visible()  # an average was filled in
    page.get_by_label("选中 东原县 城镇新增就业").check()
    page.get_by_label("选中 南浦区 城镇新增就业").uncheck()
    page.get_by_label("选中 西坪县 城镇新增就业").uncheck()
    page.get_by_role("button", name="退回选中的").click()
    expect(page.get_by_role("status")).to_contain_text("请写明理由")
    for name in ("南浦区", "西坪县"):
        page.get_by_label(f"选中 {name} 城镇新增就业").uncheck()
    page.get_by_label("选中 东原县 城镇新增就业").check()
    page.fill("#reason", "与社保系统相差200人")
    page.get_by_role("button", name="退回选中的").click()
    expect(page.get_by_role("status")).to_contain_text("已退回 1 项")
    for name in ("南浦区", "西坪县"):
        page.get_by_label(f"选中 {name} 城镇新增就业").check()
    page.get_by_role("button", name="审核通过选中的").click()
    expect(page.get_by_role("status")).to_contain_text("已审核通过 2 项")
    states = dict(
        ReportLine.objects.filter(period=month.period).values_list("allocation__region__name", "state")
    )
    assert states == {"东原县": "returned", "南浦区": "verified", "西坪县": "verified"}
    page.get_by_role("button", name="退出").click()
    page = sign_in(visitor, "local")
    expect(page.locator(".waits")).to_contain_text("郑牵头：与社保系统相差200人")
    page.goto(f"{visitor.home}/reports/{month.period.pk}/{month.unit.pk}/submit/")
    page.get_by_role("button", name="提交选中的").click()
    expect(page.get_by_role("status")).to_contain_text("已提交 1 项")


def test_closing_names_what_is_missing_and_a_correction_keeps_both(desk, month):
    ReportLine.objects.filter(pk=month.lines[0].pk).update(state="accepted")
    ReportLine.objects.filter(pk=month.lines[2].pk).update(state="draft", edited_at=None)
    page = desk.open("/")
    page.locator(".waits").get_by_role("link", name=re.compile("还有 2 项没有接收")).click()
    name = month.lines[2].unit.name
    expect(page.get_by_role("region", name="还没有提交的单位（表）")).to_contain_text(name)
    page.get_by_role("button", name="确认关闭2025年3月").click()
    expect(page.get_by_text("校验一致")).to_be_visible()
    first = Snapshot.objects.get(period=month.period)
    missing = page.get_by_role("row", name=re.compile(name))
    expect(missing).to_contain_text("未报")
    page.get_by_role("row", name=re.compile(month.lines[0].unit.name)).get_by_role("link").click()
    page.fill("#amount", "450")
    page.fill("#cumulative", "1650")
    page.fill("#reason", "重复统计50人，见市人社局核查单")
    page.get_by_role("button", name="更正并形成新快照").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2025年3月第2次快照")
    page.get_by_role("link", name="与第1次对照").click()
    expect(page.get_by_role("region", name="两次快照的不同之处（表）")).to_contain_text("1,700")
    expect(page.get_by_role("region", name="两次快照的不同之处（表）")).to_contain_text("1,650")
    page.goto(f"{desk.home}/snapshots/{first.pk}/")
    expect(page.get_by_text("校验一致")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载（Excel）").click()
    assert download.value.suggested_filename.endswith("第1次快照.xlsx")
