"""The monthly grid in a real browser: keys, a pasted block, two people, a session that ends, a phone, paper."""

import os
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from minsheng_web.records.actions.people import add_user, give_post
from minsheng_web.records.actions.report_lines import save_cell
from minsheng_web.records.models import (
    Allocation,
    Indicator,
    Programme,
    ReportLine,
    ReportPeriod,
    Unit,
)
from soundness import faults_of, wider_than_window

PASSWORD = "yunhe-office-2025"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}
KINDS = ("count", "count", "at_least", "stages", "yes_no", "full_coverage", "standard", "growth")
SHOTS = os.environ.get("MINSHENG_SHOTS")


class Desk:
    """A county unit with a line of every kind, February accepted, March open."""

    def __init__(self, visitor, office, count: int = len(KINDS)):
        self.visitor = visitor
        _, city = office
        county = city.children.get(name="东原县")
        bureau = Unit.objects.create(region=city, name="市人力资源社会保障局")
        self.unit = Unit.objects.create(region=county, name="东原县人力资源社会保障局", above=bureau)
        self.people = {}
        for name, shown in (("dongyuan", "冯东"), ("mate", "何同")):
            self.people[name] = add_user(actor=None, username=name, display_name=shown, password=PASSWORD)
            give_post(actor=None, user=self.people[name], role="local", region=county, unit=self.unit)
        programme = Programme.objects.create(region=city, year=2026, title="云河市2026年民生实事实施方案")
        months = [(2, 28, timezone.now()), (3, 31, None)]
        before, self.period = (
            ReportPeriod.objects.create(
                programme=programme, key=f"2026-M0{month}", name=f"2026年{month}月", start=date(2026, month, 1),
                end=date(2026, month, last), due_on=date(2026, month + 1, 5), closes_on=date(2026, month + 1, 15),
                opened_at=timezone.now(), closed_at=closed,
            )
            for month, last, closed in months
        )  # fmt: skip
        self.lines = []
        for number in range(count):
            kind = KINDS[number % len(KINDS)]
            indicator = Indicator.objects.create(
                programme=programme, project_number=number // 2 + 1, project_headline=f"重点群体稳就业{number // 2 + 1}",
                name=f"城镇新增就业{number}", unit="人" if kind == "count" else "%" if kind == "at_least" else "",
                kind=kind, comparator="ge", value=None if kind in ("stages", "yes_no", "full_coverage") else Decimal(1200),
                lead_unit=bureau, position=number + 1,
            )  # fmt: skip
            part = Allocation.objects.create(
                indicator=indicator, region=county, reporting_unit=self.unit, share=indicator.value
            )
            ReportLine.objects.create(
                period=before, allocation=part, unit=self.unit, state="accepted",
                amount=Decimal(100) if kind == "count" else None,
                cumulative=Decimal(300) if kind in ("count", "at_least") else None,
                done=False if kind == "yes_no" else None, money_needed=120_000_000,
                stages={"started": "2026-02-01"} if kind == "stages" else {},
            )  # fmt: skip
            self.lines.append(ReportLine.objects.create(period=self.period, allocation=part, unit=self.unit))
        self.address = f"/reports/{self.period.pk}/{self.unit.pk}/"

    def sign_in(self, name: str = "dongyuan"):
        page = self.visitor.open("/sign-in/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{self.visitor.home}/")
        return self.visitor.open(self.address)

    def line(self, place: int) -> ReportLine:
        return ReportLine.objects.get(pk=self.lines[place].pk)

    def cell(self, page, place: int, field: str):
        return page.locator(f'#line-{self.lines[place].pk} [data-field="{field}"]')


@pytest.fixture
def grid(visitor, office) -> Desk:
    return Desk(visitor, office)


def state(page):
    return page.locator("#save-state")


def shot(page, name: str, **options) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", **options)


def paste(page, text: str) -> None:
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def test_a_month_is_typed_with_the_keyboard_alone(grid):
    page = grid.sign_in()
    grid.cell(page, 0, "amount").focus()
    page.keyboard.type("120")
    page.keyboard.press("Enter")
    expect(grid.cell(page, 1, "amount")).to_be_focused()
    expect(state(page)).to_contain_text("已保存")
    expect(grid.cell(page, 0, "cumulative")).to_have_value("420")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    expect(grid.cell(page, 0, "cumulative")).to_be_focused()
    page.keyboard.type("999")
    page.keyboard.press("Escape")
    expect(grid.cell(page, 0, "cumulative")).to_have_value("420")
    page.keyboard.press("F2")
    page.keyboard.type("0")
    page.keyboard.press("Tab")
    expect(grid.cell(page, 0, "cumulative")).to_have_value("4,200")
    expect(grid.cell(page, 0, "amount")).to_have_value("3,900")
    assert grid.line(0).cumulative == Decimal(4200)
    # What is odd is told beside the row.
    expect(page.locator(f"#notes-{grid.lines[0].pk}")).to_contain_text("超过目标任务")


def test_what_carries_on_is_grey_until_it_is_touched(grid):
    page = grid.sign_in()
    money = grid.cell(page, 0, "money.needed")
    assert (money.input_value(), money.get_attribute("placeholder")) == ("", "120")
    grid.cell(page, 0, "next_step").fill("办招聘会")
    page.keyboard.press("Tab")
    expect(money).to_have_value("120")
    assert grid.line(0).money_needed == 120_000_000


def test_a_block_from_excel_is_pasted_and_checked_cell_by_cell(grid):
    page = grid.sign_in()
    grid.cell(page, 0, "amount").focus()
    paste(page, "10\t310\t120\r\n很多\t320\t130\r\n")
    expect(page.locator(".is-refused")).to_have_count(1)
    expect(grid.cell(page, 1, "amount")).to_have_value("很多")
    expect(page.locator(f"#notes-{grid.lines[1].pk}")).to_contain_text("“很多”不是数字")
    expect(state(page)).to_contain_text("有 1 处未保存")
    assert (grid.line(0).amount, grid.line(0).cumulative, grid.line(0).money_needed) == (10, 310, 120_000_000)
    assert (grid.line(1).amount, grid.line(1).cumulative, grid.line(1).money_needed) == (
        None,
        320,
        130_000_000,
    )
    page.keyboard.press("Escape")
    grid.cell(page, 1, "amount").fill("20")
    page.keyboard.press("Enter")
    expect(page.locator(".is-refused")).to_have_count(0)


def test_a_block_is_copied_as_excel_takes_it(grid):
    page = grid.sign_in()
    grid.cell(page, 0, "amount").focus()
    paste(page, "10\t310\n20\t320\n")
    expect(grid.cell(page, 1, "cumulative")).to_have_value("320")
    expect(state(page)).to_contain_text("已保存")
    grid.cell(page, 0, "amount").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    text = page.evaluate(
        """() => {
            const data = new DataTransfer();
            const event = new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
            return data.getData('text/plain');
        }"""
    )
    assert text == "10\t310\n20\t320"


def test_the_second_of_two_sees_both_values(grid):
    page = grid.sign_in()
    save_cell(
        actor=grid.people["mate"], line=grid.lines[0], field="amount", shown="", text="77", at=timezone.now()
    )
    grid.cell(page, 0, "amount").fill("88")
    page.keyboard.press("Enter")
    notes = page.locator(f"#notes-{grid.lines[0].pk}")
    expect(notes).to_contain_text("何同")
    expect(notes).to_contain_text("已填“77”，您填的是“88”")
    expect(grid.cell(page, 0, "amount")).to_have_value("88")
    assert grid.line(0).amount == Decimal(77)
    notes.get_by_role("button", name="用我填的").click()
    expect(page.locator(".is-refused")).to_have_count(0)
    expect(state(page)).to_contain_text("已保存")
    assert grid.line(0).amount == Decimal(88)


def test_a_session_that_ends_while_typing_loses_nothing(grid):
    page = grid.sign_in()
    page.context.clear_cookies(name="sessionid")
    grid.cell(page, 0, "amount").fill("45")
    page.keyboard.press("Enter")
    expect(state(page)).to_contain_text("登录已过期，有 1 处未保存")
    expect(grid.cell(page, 0, "amount")).to_have_value("45")
    assert all("401" in fault for fault in grid.visitor.faults)
    grid.visitor.faults.clear()
    page.once("dialog", lambda dialog: dialog.accept())
    # The same window: the page is left and comes back with what was typed.
    grid.sign_in()
    expect(grid.cell(page, 0, "amount")).to_have_value("45")
    expect(state(page)).to_contain_text("已保存")
    assert grid.line(0).amount == Decimal(45)
    assert page.evaluate("localStorage.length") == 0


def test_a_line_that_breaks_is_tried_again(grid):
    page = grid.sign_in()
    page.context.set_offline(True)
    grid.cell(page, 0, "amount").fill("45")
    page.keyboard.press("Enter")
    expect(state(page)).to_contain_text("连不上服务器，有 1 处未保存")
    page.context.set_offline(False)
    expect(state(page)).to_contain_text("已保存", timeout=10_000)
    assert grid.line(0).amount == Decimal(45)
    grid.visitor.faults.clear()


def test_a_period_closed_while_the_form_is_open(grid):
    page = grid.sign_in()
    ReportPeriod.objects.filter(pk=grid.period.pk).update(closed_at=timezone.now())
    grid.cell(page, 0, "amount").fill("45")
    page.keyboard.press("Enter")
    expect(page.locator(f"#notes-{grid.lines[0].pk}")).to_contain_text("2026年3月已经关闭，不能再改")
    expect(grid.cell(page, 0, "amount")).to_have_value("45")
    assert grid.line(0).amount is None
    page.once("dialog", lambda dialog: dialog.accept())


def test_rows_without_a_change_in_one_click(grid):
    page = grid.sign_in()
    page.get_by_role("button", name="没有变化的都与上期相同").click()
    expect(grid.cell(page, 0, "amount")).to_have_value("0")
    expect(grid.cell(page, 0, "cumulative")).to_have_value("300")
    expect(grid.cell(page, 3, "stages.started")).to_have_value("2026-02-01")
    expect(grid.cell(page, 4, "done")).to_have_value("否")
    assert grid.line(2).cumulative == Decimal(300)


@pytest.mark.parametrize("context", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
def test_the_pages_have_no_fault_axe_can_find(grid):
    page = grid.sign_in()
    grid.cell(page, 0, "cumulative").fill("100")
    page.keyboard.press("Tab")
    expect(page.locator(f"#notes-{grid.lines[0].pk}")).to_contain_text("累计只增不减")
    seen = {}
    width = page.viewport_size["width"]
    for path in (grid.address, "/reports/", f"/reports/{grid.period.pk}/sheets/"):
        page = grid.visitor.open(path)
        wider = wider_than_window(page)
        shot(page, f"{path.strip('/').replace('/', '-')}-{width}", full_page=True)
        faults = faults_of(page)
        if faults or wider:
            seen[path] = (faults, wider)
    assert seen == {}


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_on_a_phone_a_card_is_typed_into(grid):
    page = grid.sign_in()
    grid.cell(page, 1, "amount").click()
    page.keyboard.type("33")
    grid.cell(page, 2, "cumulative").click()
    expect(state(page)).to_contain_text("已保存")
    assert grid.line(1).amount == Decimal(33)


def test_on_paper_the_grid_is_a_table(grid):
    page = grid.sign_in()
    grid.cell(page, 0, "difficulty").fill("缺场地，正在找")
    page.keyboard.press("Tab")
    expect(state(page)).to_contain_text("已保存")
    page.emulate_media(media="print")
    expect(page.locator(".print-text").first).to_have_text("缺场地，正在找")
    expect(page.locator(".print-text").first).to_be_visible()
    expect(page.locator(".save-bar")).to_be_hidden()
    shot(page, "paper")


def test_three_hundred_rows_answer_at_once(visitor, office):
    grid = Desk(visitor, office, count=300)
    page = grid.sign_in()
    last = grid.cell(page, 296, "amount")
    last.focus()
    started = page.evaluate("performance.now()")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(grid.cell(page, 296, "cumulative")).to_have_value("312")
    spent = page.evaluate("performance.now()") - started
    assert spent < 5000, spent
    typing = page.evaluate(
        """() => {
            const cell = document.querySelector('#grid .cell');
            cell.focus();
            const begun = performance.now();
            for (let n = 0; n < 20; n += 1) {
                cell.value = String(n);
                cell.dispatchEvent(new Event('input', {bubbles: true}));
                cell.offsetWidth;
            }
            return (performance.now() - begun) / 20;
        }"""
    )
    page.keyboard.press("Escape")
    assert typing < 50, typing
