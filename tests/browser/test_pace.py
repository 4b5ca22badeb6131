"""Pace in a real browser: pages at both sizes, charts and their tables by keyboard, pictures, one A4 page."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
from playwright.sync_api import expect

from minsheng_web.records.actions.closing import close_period
from minsheng_web.records.models import (
    Allocation,
    Indicator,
    PaceCell,
    PlanVersion,
    Region,
    ReportLine,
    ReportPeriod,
    Unit,
)
from soundness import faults_of, wider_than_window

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize("context", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
AT = datetime(2025, 3, 2, 1, 0, tzinfo=UTC)
NAMES = (
    "城镇新增就业",
    "培训家政服务人员",
    "新增老年食堂",
    "改造老旧小区",
    "新增幼儿园学位",
    "实施适老化改造",
)
DONE = {2: (0.18, 0.10, 0.02), 3: (0.27, 0.17, None)}
"""What each of three counties has done of its part by February and by March; None: not reported."""


@pytest.fixture
def pace(office, document, publish) -> str:
    """Six targets over three counties, two months closed; the address of the pages."""
    _, city = office
    programme = PlanVersion.objects.get(programme=publish(document)).programme
    counties = list(Region.objects.filter(parent=city).order_by("path"))
    bureau = Unit.objects.create(region=city, name="云河市人力资源社会保障局")
    parts = []
    for number, name in enumerate(NAMES, 1):
        kind = "stages" if number == 4 else "count"
        indicator = Indicator.objects.create(
            programme=programme, project_number=number, project_headline=name, name=name, unit="个", kind=kind,
            category_name="就业创业" if number < 3 else "城乡建设", value=Decimal(3000), lead_unit=bureau,
            position=number,
        )  # fmt: skip
        root = Allocation.objects.create(
            indicator=indicator, region=city, reporting_unit=bureau, share=Decimal(3000), version=1
        )
        for county in counties:
            unit, _ = Unit.objects.get_or_create(region=county, name=f"{county.name}人社局", above=bureau)
            part = Allocation.objects.create(
                indicator=indicator, region=county, above=root, reporting_unit=unit, share=Decimal(1000)
            )
            parts.append((part, unit, counties.index(county), kind))
    for month, shares in DONE.items():
        period = ReportPeriod.objects.create(
            programme=programme, key=f"2025-M0{month}", name=f"2025年{month}月", start=date(2025, month, 1),
            end=date(2025, month, 28), due_on=date(2025, month, 28), closes_on=date(2025, month, 28), opened_at=AT,
        )  # fmt: skip
        for part, unit, county, kind in parts:
            report(period, part, unit, shares[county], kind)
        close_period(actor=None, period=period, at=AT)
    return f"/programmes/{programme.pk}/pace/"


def report(period, part, unit, share, kind):
    """The first target goes well; the others are at a third of that."""
    told = share is not None
    share = share if not told or part.indicator.position == 1 else share / 3
    ReportLine.objects.create(
        period=period,
        allocation=part,
        unit=unit,
        state="accepted" if told else "draft",
        amount=int(share * 500) if told and kind == "count" else None,
        cumulative=int(share * 1000) if told and kind == "count" else None,
        stages={"started": "2025-02-03"} if told and kind == "stages" else {},
        edited_at=AT if told else None,
    )


def drawn(page):
    """Wait until every chart of the page is there."""
    expect(page.locator("table[data-chart]:not([data-drawn])")).to_have_count(0)


@SIZES
def test_no_fault_at_any_size(desk, pace, tmp_path):
    root = Allocation.objects.filter(above=None).first()
    part = root.pk
    seen = {}
    for path in ("", "map/", "targets/", f"targets/{part}/", "lights/", "compare/", "unmoved/", "places/",
                 "leader/", "rules/", f"curves/{root.indicator_id}/"):  # fmt: skip
        page = desk.open(pace + path)
        drawn(page)
        wider = wider_than_window(page)
        faults = faults_of(page)
        failed = page.locator("table[data-drawn=failed]").count()
        if faults or wider or failed:
            seen[path] = (faults, wider, failed)
    assert seen == {}


def test_chart_and_table_by_keyboard(desk, pace):
    page = desk.open(f"{pace}lights/")
    drawn(page)
    first = page.locator("section.panel").first
    chart, table = first.locator(".chart-box"), first.locator(".table-scroll")
    expect(chart).to_be_visible()
    assert chart.get_attribute("role") == "img"
    assert "各期亮灯数" in chart.get_attribute("aria-label")
    first.get_by_role("button", name="表", exact=True).focus()
    page.keyboard.press("Enter")
    expect(table).to_be_hidden()
    expect(first.get_by_role("button", name="表", exact=True)).to_have_attribute("aria-pressed", "false")
    first.get_by_role("button", name="图", exact=True).focus()
    page.keyboard.press("Space")
    expect(chart).to_be_visible()  # the last one stays
    first.get_by_role("button", name="表", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(chart).to_be_hidden()
    expect(table).to_be_visible()


def test_a_row_copied_in_excel_is_pasted_in_one_go(desk, pace):
    page = desk.open(f"{pace}curves/{Indicator.objects.get(position=1).pk}/")
    page.locator("#way-own").check()
    page.evaluate(
        """() => {
            const held = new DataTransfer();
            held.setData("text/plain", "5%\\t10%\\t20%\\r\\n");
            const event = new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true });
            document.getElementById("share-2").dispatchEvent(event);
        }"""
    )
    assert [page.input_value(f"#share-{at}") for at in range(1, 6)] == ["8.33", "5%", "10%", "20%", "41.67"]


@pytest.mark.parametrize("path", ["", "map/", "lights/", "compare/"])
def test_a_chart_is_taken_along_as_a_picture(desk, pace, path):
    page = desk.open(pace + path)
    drawn(page)
    with page.expect_download() as caught:
        page.get_by_role("button", name="导出图片").first.click()
    assert caught.value.suggested_filename.endswith(".png")
    assert caught.value.path().read_bytes().startswith(b"\x89PNG")
    assert caught.value.path().stat().st_size > 10_000


def test_from_the_city_down_to_a_report_and_its_evidence(desk, pace):
    page = desk.open(pace)
    page.get_by_role("link", name="东原县").click()
    page.get_by_role("row", name=re.compile("城镇新增就业")).locator("td a").first.click()
    page.get_by_role("link", name="城镇新增就业").last.click()
    expect(page.locator(".verdict")).to_contain_text("截至3月底应完成25%（250个），实际完成270个（27%）")
    page.get_by_role("link", name="看上报").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert re.search(r"/reports/\d+/lines/\d+/$", page.url)


def test_a_real_city_is_drawn_as_a_map(desk, pace, office):
    _, city = office
    Region.objects.filter(pk=city.pk).update(code="341600")
    for county, code in zip(
        Region.objects.filter(parent=city).order_by("path"), ("341602", "341621", "341622"), strict=True
    ):
        Region.objects.filter(pk=county.pk).update(code=code)
    page = desk.open(f"{pace}map/")
    drawn(page)
    assert (
        page.evaluate(
            "echarts.getInstanceByDom(document.querySelector('.chart-box')).getOption().series[0].type"
        )
        == "map"
    )
    expect(page.get_by_text("没有审图号")).to_be_visible()


def crowd():
    """Thirty more regions and fourteen more categories: more than a sheet holds."""
    cell = PaceCell.objects.filter(snapshot__period__key="2025-M03").first()
    city = Region.objects.get(name="云河市")
    for number in range(30):
        region = Region.objects.create(
            name=f"新设第{number}功能区", full_name="x", parent=city, path=f"{city.path}新设第{number}功能区/"
        )
        Indicator.objects.create(
            programme=cell.snapshot.period.programme, project_number=number + 20, project_headline="项目",
            category_name=f"第{number % 14}类民生实事", name="指标", kind="count", position=number + 20,
        )  # fmt: skip
        for place in (region, city):
            PaceCell(
                snapshot=cell.snapshot, region=place, project_number=number + 20, nodes=3, red=1, orange=1, missing=1,
                category_name=f"第{number % 14}类民生实事", worst="red", parts=3, missing_parts=1,
            ).save()  # fmt: skip


def test_the_leaders_page_is_one_page_of_a4(desk, pace):
    crowd()
    page = desk.open(f"{pace}leader/")
    data = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "15mm"))
    paper = pypdfium2.PdfDocument(BytesIO(data))
    text = paper[0].get_textpage().get_text_range()
    assert len(paper) == 1
    assert "2025年民生实事进度" in text
    assert "按类别" in text
    assert "按地区" in text
    assert text.count("落后10至30个百分点为黄灯") == 4


def test_a_page_prints_its_picture_and_its_table(desk, pace):
    page = desk.open(f"{pace}lights/")
    drawn(page)
    page.get_by_role("button", name="表", exact=True).first.click()
    data = page.pdf(format="A4")
    paper = pypdfium2.PdfDocument(BytesIO(data))
    text = "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    assert text.count("填报期") == 1
    assert "2月" in text
    assert text.count("目标（个）") == 1  # the axis of the chart, drawn on paper as text


def test_without_scripts_the_tables_say_it_all(chromium, live_server, desk, pace):
    state = desk.page.context.storage_state()
    context = chromium.new_context(java_script_enabled=False, storage_state=state, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}{pace}lights/")
    expect(page.locator("table[data-chart=lights]")).to_be_visible()
    expect(page.get_by_role("button", name="导出图片")).to_have_count(0)
    context.close()
