"""Evidence of a report line in a real browser: added, looked at, withdrawn; axe at both sizes."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from evidence_files import PDF, give
from minsheng_web.records.actions.people import add_user, give_post
from minsheng_web.records.actions.report_lines import save_cell
from minsheng_web.records.models import (
    Allocation,
    Evidence,
    Indicator,
    PlanVersion,
    Region,
    ReportLine,
    ReportPeriod,
    Unit,
)
from soundness import faults_of, wider_than_window

PASSWORD = "yunhe-office-2025"
AT = datetime(2025, 3, 2, 1, 0, tzinfo=UTC)
SIZES = pytest.mark.parametrize(
    "context",
    [{"width": 1366, "height": 768}, {"width": 390, "height": 844}],
    ids=["desk", "phone"],
    indirect=True,
)


@pytest.fixture
def lines(document, publish) -> list[ReportLine]:
    """Two targets of a county's unit in one open month; the first has figures."""
    programme = PlanVersion.objects.get(programme=publish(document)).programme
    county = Region.objects.get(name="东原县")
    unit = Unit.objects.create(region=county, name="东原县民政局")
    local = add_user(actor=None, username="local", display_name="冯县民政", password=PASSWORD)
    give_post(actor=None, user=local, role="local", region=county, unit=unit)
    today = timezone.localdate()
    period = ReportPeriod.objects.create(
        programme=programme, key="2025-M03", name="2025年3月", start=date(2025, 3, 1), end=date(2025, 3, 31),
        due_on=today + timedelta(days=3), closes_on=today + timedelta(days=9), opened_at=AT,
    )  # fmt: skip
    lines = []
    for place, name in enumerate(("新建老年食堂", "改造居家适老化家庭"), 1):
        indicator = Indicator.objects.create(
            programme=programme, project_number=3, project_headline="养老服务", name=name, unit="个",
            kind="count", value=Decimal(45), position=place,
        )  # fmt: skip
        part = Allocation.objects.create(
            indicator=indicator, region=county, reporting_unit=unit, share=Decimal(45)
        )
        lines.append(ReportLine.objects.create(period=period, allocation=part, unit=unit))
    for field, text in (("cumulative", "12"), ("difficulty", "西街食堂的场地还没有落实，正与街道商量")):
        save_cell(actor=local, line=lines[0], field=field, shown="", text=text, at=AT)
    give(local, lines[1], "竣工验收单.pdf", PDF)
    return lines


def photo(colour: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def file(name: str, data: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def sign_in(watched):
    page = watched.open("/sign-in/")
    page.fill("[name=username]", "local")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{watched.home}/")
    return page


@SIZES
def test_a_photo_from_the_grid_to_the_record(visitor, lines):
    page, line = sign_in(visitor), lines[0]
    page.goto(f"{visitor.home}/reports/{line.period_id}/{line.unit_id}/")
    page.get_by_role("link", name=re.compile("新建老年食堂：.*佐证")).click()
    expect(page.get_by_text("这一项还没有佐证材料。")).to_be_visible()
    good = [file("东街食堂 开门.jpg", photo("steelblue")), file("竣工验收单.pdf", PDF)]
    page.locator("#file").set_input_files([*good, file("录音.amr", b"#!AMR\n")])
    page.get_by_label("说明什么").fill("东街食堂竣工")
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("“录音.amr”没有添加。")
    visitor.faults.clear()  # the browser names the 409 itself
    expect(page.get_by_role("heading", name="佐证材料（2）")).to_be_visible()
    expect(page.get_by_label("说明什么")).to_have_value("东街食堂竣工")
    expect(page.get_by_text("同一文件还用在 1 处")).to_be_visible()
    page.locator("summary", has_text="看图").press("Enter")
    expect(page.locator(".evidence-list img")).to_have_js_property("naturalWidth", 640)
    with page.expect_download() as download:
        page.get_by_role("link", name="东街食堂 开门.jpg").click()
    assert download.value.suggested_filename == "东街食堂 开门.jpg"
    last = page.locator(".evidence-list > li").last
    last.locator("summary", has_text="撤下").press("Enter")
    last.get_by_label("撤下的理由").fill("与适老化改造的验收单放混了")
    last.get_by_label("撤下的理由").press("Enter")
    expect(page.get_by_role("heading", name="佐证材料（1）")).to_be_visible()
    expect(page.locator("del")).to_have_text("竣工验收单.pdf")
    assert Evidence.objects.filter(line=line, withdrawn_at=None).get().note == "东街食堂竣工"
    assert faults_of(page) == []
    assert wider_than_window(page) == 0
