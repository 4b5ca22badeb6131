"""A month lived through by five people: broken down, reported, sent back, corrected, verified, accepted, closed."""

import os
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from minsheng.papers.report_form import FIRST_ROW, FORM_SHEET, HEAD_ROW
from minsheng_web.records.actions.documents import upload_document
from minsheng_web.records.actions.people import add_user, give_post
from minsheng_web.records.models import (
    Allocation,
    Document,
    Region,
    ReportLine,
    ReportPeriod,
    Snapshot,
    SnapshotLine,
    Unit,
)
from soundness import faults_of, wider_than_window

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PASSWORD = "yunhe-office-2025"
NOTICE = Path(__file__).parents[2] / "samples" / "notices" / "yunhe-2025.txt"
SHOTS = os.environ.get("MINSHENG_SHOTS")
REASON = "与适老化改造验收单相差30户，请核对后重报"


@dataclass
class Person:
    """One person at a browser of their own. Every page looked at is asked for its faults."""

    watched: Any
    name: str
    seen: dict = field(default_factory=dict)

    @property
    def page(self) -> Page:
        return self.watched.page

    def sign_in(self) -> None:
        self.watched.open("/sign-in/")
        self.page.fill("[name=username]", self.name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(f"{self.watched.home}/")

    def look(self, shot: str, *, phone: bool = False) -> Page:
        """The page as it stands is sound at its size; a picture of it where one is asked for."""
        for size, name in ((DESK, shot), *([(PHONE, f"{shot}-phone")] if phone else ())):
            self.page.set_viewport_size(size)
            wider = wider_than_window(self.page)
            faults = faults_of(self.page)
            if faults or wider:
                self.seen[name] = (faults, wider)
            if SHOTS:
                self.page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
        self.page.set_viewport_size(DESK)
        return self.page

    def home(self, shot: str, *, phone: bool = False) -> Page:
        self.watched.open("/")
        return self.look(shot, phone=phone)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()


@dataclass
class Month:
    """The people by name, and the city."""

    city: Region
    people: dict[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


@pytest.fixture
def document(office) -> Document:
    """The sample notice of the year the test runs in: the calendar opens periods whatever the day."""
    official, city = office
    text = NOTICE.read_text(encoding="utf-8").replace("2025", str(timezone.localdate().year))
    uploaded = upload_document(
        actor=official, office=city, name="方案.txt", data=text.encode(), at=timezone.now()
    )
    return Document.objects.get(pk=uploaded.document.pk)


@pytest.fixture
def month(watch, office):
    _, city = office
    names = ("yunhe", "lead", "local", "county", "leader")
    people = {name: Person(watch(), name) for name in names}
    yield Month(city, people)
    assert {name: person.seen for name, person in people.items() if person.seen} == {}


def appoint(month: Month) -> None:
    """The people of the units the office has just set up."""
    county = Region.objects.get(name="东原县")
    bureau = Unit.objects.get(region=month.city, name__endswith="市民政局")
    local = Unit.objects.get(region=county, above=bureau)
    for name, shown, role, region, unit in (
        ("lead", "郑牵头", "lead", month.city, bureau),
        ("local", "冯东原", "local", county, local),
        ("county", "赵县办", "office", county, None),
        ("leader", "蒋市长", "leader", month.city, None),
    ):
        person = add_user(actor=None, username=name, display_name=shown, password=PASSWORD)
        give_post(actor=None, user=person, role=role, region=region, unit=unit)


def set_up(office: Person, programme: int) -> None:
    """Units of the plan, their counterparts below, and the targets as indicators."""
    page = office.watched.open(f"/units/from-plan/{programme}/")
    office.look("01-units-from-plan")
    office.press("登记勾选的单位")
    expect(page.get_by_role("status").first).to_contain_text("新增")
    office.look("02-counterparts", phone=True)
    office.press("登记勾选的单位")
    office.look("03-counterparts-done")
    office.watched.open(f"/programmes/{programme}/indicators/")
    office.press("列为跟踪指标")
    office.look("04-indicators", phone=True)


def break_down(office: Person) -> Allocation:
    """860 in all, 850 given by the notice: refused until the ten that are missing have a place."""
    whole = Allocation.objects.get(indicator__project_number=4, above=None)
    page = office.watched.open(f"/breakdown/{whole.pk}/")
    shares = page.locator("[data-share]")
    assert [box.input_value() for box in shares.all()] == ["300", "290", "260"]
    expect(page.locator("[data-difference]")).to_have_text("比目标少 10")
    office.press("下达")
    expect(page.locator("[data-notice]")).to_contain_text("没有下达")
    office.look("05-breakdown-refused")
    office.watched.faults[:] = [fault for fault in office.watched.faults if "409" not in fault]
    office.press("把差额计入预留")
    office.press("下达")
    expect(page.locator("[data-notice]")).to_contain_text("已下达第1版，共3个地区")
    expect(page.locator("[data-notice]")).to_contain_text("起按此填报")
    office.look("06-breakdown-issued", phone=True)
    page.get_by_role("link", name="核对填报规则和填报期").click()
    office.look("07-periods")
    page.fill("#due-days", "8")
    page.fill("#close-days", "20")
    office.press("保存规则")
    expect(page.get_by_role("status").first).to_contain_text("已保存填报规则")
    whole.refresh_from_db()
    assert (whole.share, whole.reserve, whole.version) == (Decimal(860), Decimal(10), 1)
    return whole


def fill_and_submit(local: Person, line: ReportLine, figure: str) -> None:
    """By the keyboard, in the grid; then handed in."""
    page = local.page
    page.locator(f'#line-{line.pk} [data-field="amount"]').focus()
    page.keyboard.type(figure)
    page.keyboard.press("Tab")
    page.keyboard.type(figure)
    page.keyboard.press("Tab")
    expect(page.locator("#save-state")).to_contain_text("已保存")
    expect(page.locator(f'#line-{line.pk} [data-field="cumulative"]')).to_have_value(figure)


def take_in_and_hand_in(office: Person, line: ReportLine, figure: int, folder: Path) -> None:
    """A county without anybody at the site sends its workbook: the office takes it in and hands it in."""
    page = office.watched.open(f"/reports/?period={line.period_id}")
    office.look("45-reports", phone=True)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(f"^下载{line.unit.name}")).click()
    path = folder / "sheet.xlsx"
    download.value.save_as(path)
    book = load_workbook(path)
    sheet = book[FORM_SHEET]
    for cell in sheet[HEAD_ROW + 1]:
        if cell.value in ("本期完成", "累计完成"):
            sheet.cell(FIRST_ROW + 1, cell.column).value = figure
    book.save(path)
    page.get_by_role("link", name="交回 Excel 填报表").click()
    office.look("46-sheets")
    page.set_input_files("#file", path)
    office.press("交回")
    office.look("47-batch", phone=True)
    page = office.home("48-home-office-taken-in")
    page.locator(".waits").get_by_role("link", name=re.compile("已收填报表 1 项，待代为提交")).click()
    expect(page.get_by_role("row", name=re.compile("西坪县民政局"))).to_contain_text("已收填报表，未提交")
    office.look("49-check-taken-in", phone=True)
    page.go_back()
    page.go_back()
    office.press("代为提交 1 项（表格报送）")
    expect(page.get_by_role("status").first).to_contain_text("已代为提交 1 项")
    office.look("49-batch-handed-in")
    line.refresh_from_db()
    assert (line.cumulative, line.state, line.taken_in_by.username) == (Decimal(figure), "submitted", "yunhe")


def test_a_month_lived_through_by_five(month, document, publish, tmp_path):
    office = month["yunhe"]
    programme = publish(document)
    office.sign_in()
    office.home("00-home-office-before")
    set_up(office, programme)
    appoint(month)
    whole = break_down(office)
    period = ReportPeriod.objects.get()
    today = timezone.localdate()
    assert (period.key, (period.due_on - period.end).days) == (f"{today.year}-M{today.month:02}", 8)
    line = ReportLine.objects.get(allocation__above=whole, allocation__region__name="东原县")
    assert (line.allocation.share, line.unit.name, line.state) == (Decimal(300), "东原县民政局", "draft")

    local, lead = month["local"], month["lead"]
    for person in month.people.values():
        if person is not office:
            person.sign_in()
    page = local.home("10-home-local-before", phone=True)
    expect(page.locator(".waits")).to_contain_text("1 项待填报")
    page.locator(".waits").get_by_role("link").click()
    local.look("11-grid-empty", phone=True)
    fill_and_submit(local, line, "210")
    local.look("12-grid-filled")
    page.locator("#submit-link").click()
    expect(page.locator("tbody tr")).to_contain_text("210")
    local.look("13-hand-in", phone=True)
    local.press("提交选中的")
    expect(page.get_by_role("status")).to_contain_text("已提交 1 项")
    page = local.home("14-home-local-after")
    expect(page.locator("main")).to_contain_text("没有等您处理的事")

    page = lead.home("20-home-lead-before", phone=True)
    page.locator(".waits").get_by_role("link", name=re.compile("1 项待审核")).click()
    expect(page.get_by_role("row", name=re.compile("东原县"))).to_contain_text("70%")
    lead.look("21-check", phone=True)
    page.get_by_label(re.compile("^选中 东原县")).check()
    page.fill("#reason", REASON)
    lead.press("退回选中的")
    expect(page.get_by_role("status")).to_contain_text("已退回 1 项")
    lead.look("22-sent-back")

    page = local.home("23-home-local-returned", phone=True)
    expect(page.locator(".waits")).to_contain_text(f"郑牵头：{REASON}")
    page.locator(".waits").get_by_role("link").first.click()
    expect(page.locator(f"#line-{line.pk}")).to_contain_text("退回")
    expect(page.locator(f'#line-{line.pk} [data-field="amount"]')).to_have_value("210")
    expect(page.locator("main")).to_contain_text(REASON)
    local.look("24-grid-returned", phone=True)
    fill_and_submit(local, line, "180")
    page.locator("#submit-link").click()
    local.press("提交选中的")
    expect(page.get_by_role("status")).to_contain_text("已提交 1 项")
    local.look("25-handed-in-again")

    lead.page.goto(f"{lead.watched.home}/reports/{period.pk}/check/")
    lead.page.get_by_label(re.compile("^选中 东原县")).check()
    lead.press("审核通过选中的")
    expect(lead.page.get_by_role("status")).to_contain_text("已审核通过 1 项")

    county = month["county"]
    page = county.home("30-home-county-before")
    page.locator(".waits").get_by_role("link", name=re.compile("1 项待接收")).click()
    county.look("31-county-check")
    page.get_by_label(re.compile("^选中 东原县")).check()
    county.press("接收选中的")
    expect(page.get_by_role("status")).to_contain_text("已接收 1 项")
    county.look("32-county-accepted")
    line.refresh_from_db()
    assert (line.amount, line.cumulative, line.state) == (Decimal(180), Decimal(180), "accepted")
    assert line.accepted_region.name == "东原县"

    leader = month["leader"]
    leader.home("40-home-leader", phone=True)
    page = leader.watched.open(f"/reports/{period.pk}/check/?show=all")
    row = page.get_by_role("row", name=re.compile("^东原县"))
    expect(row).to_contain_text("180")
    expect(row).to_contain_text("60%")
    expect(page.get_by_role("checkbox")).to_have_count(0)
    leader.look("41-leader-check", phone=True)
    page = leader.watched.open(f"/reports/{period.pk}/{line.unit_id}/")
    expect(page.locator("#grid input, #grid textarea")).to_have_count(0)
    leader.look("42-leader-grid")

    take_in_and_hand_in(office, ReportLine.objects.get(unit__name="西坪县民政局"), 95, tmp_path)
    page = office.home("50-home-office-month")
    page = office.watched.open(f"/periods/{period.pk}/")
    office.look("51-period", phone=True)
    page.get_by_role("link", name="关闭本期").click()
    missing = page.get_by_role("region", name="还没有提交的单位（表）")
    expect(missing).to_contain_text("南浦区民政局")
    expect(missing).not_to_contain_text("西坪县民政局")
    expect(page.locator(".alert-warning")).to_contain_text("未审核或未接收")
    expect(missing).not_to_contain_text("东原县民政局")
    office.look("52-close", phone=True)
    office.press(f"确认关闭{period.name}")
    expect(page.get_by_text("校验一致")).to_be_visible()
    office.look("53-snapshot", phone=True)
    snapshot = Snapshot.objects.get(period=period)
    frozen = SnapshotLine.objects.get(snapshot=snapshot, allocation=line.allocation)
    assert (frozen.owed, frozen.cumulative, frozen.state) == (Decimal(300), Decimal(180), "accepted")
    expect(page.get_by_role("row", name=re.compile("东原县民政局"))).to_contain_text("180")
    expect(page.locator("main")).to_contain_text(snapshot.digest[:16])
    frozen = SnapshotLine.objects.filter(snapshot=snapshot)
    unreported = frozen.get(unit_name="南浦区民政局")
    assert (unreported.cumulative, unreported.state) == (None, "draft")
    by_sheet = frozen.get(unit_name="西坪县民政局")
    assert (by_sheet.cumulative, by_sheet.state) == (Decimal(95), "submitted")
    for person in (office, local, lead, county):
        page = person.home(f"60-home-{person.name}-closed")
        expect(page.locator("main")).not_to_contain_text(re.compile("待填报|待审核|待接收"))
