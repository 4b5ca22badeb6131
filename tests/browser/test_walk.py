"""From a file to a running programme, as an official does it: import, correct, publish, look, take away."""

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from minsheng_web.records.models import CorrectionRow, PlanVersion

NOTICE = Path(__file__).parents[2] / "samples" / "notices" / "yunhe-2025.txt"


def import_notice(desk):
    """Home → 导入文件 → the proofreading screen."""
    page = desk.page
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="导入文件").click()
    page.set_input_files("input[type=file]", NOTICE)
    page.get_by_role("button", name="上传").click()
    page.wait_for_url(re.compile(r"/documents/"))
    if page.locator("#proof").count() == 0:
        page.get_by_role("link", name=NOTICE.name).click()
    expect(page.locator("#text")).to_contain_text("860户")
    return page


def mend_the_total(page):
    """The whole says 860, its parts add up to 850: mend it as the check advises."""
    page.get_by_role("link", name=re.compile("^疑点")).click()
    expect(page.locator("#findings")).to_contain_text("850户")
    page.locator("#text .mark", has_text="860户").click()
    value = page.get_by_label("数值", exact=True)
    expect(value).to_have_value("860")
    value.fill("850")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#corrections-count")).to_have_text("1")
    expect(page.locator("#findings")).not_to_contain_text("850户")


def test_a_notice_becomes_a_programme_one_can_take_away(desk):
    page = import_notice(desk)
    mend_the_total(page)
    correction = CorrectionRow.objects.get()
    assert (correction.anchor, correction.by.username) == ("q:40:4:8:0", "yunhe")

    page.get_by_role("link", name=re.compile("^发布")).click()
    page.get_by_role("button", name="发布第 1 版").click()
    page.wait_for_url(re.compile(r"/programmes/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("云河市2025年民生实事")
    expect(page.locator(".figures")).to_contain_text("12 项")
    version = PlanVersion.objects.get()
    assert (version.number, version.published_by.username) == (1, "yunhe")

    page.get_by_role("link", name="任务分解", exact=True).click()
    row = page.locator("tr", has=page.get_by_text("适老化改造（户）"))
    expect(row.locator("td")).to_have_text(["850", "300", "260", "290"])
    expect(page.locator("#matrix")).not_to_contain_text("差")

    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载任务分解表").click()
    download = waiting.value
    assert download.suggested_filename == "云河市2025年12项民生实事目标任务分解表（第1版）.xlsx"
    table = read_sheet(Path(download.path()).read_bytes())
    assert [cells[0] for cells in table[5:]] == ["全市合计", "东原县", "西坪县", "南浦区"]
    column = next(at for at, head in enumerate(table[4]) if "适老化改造" in head)
    assert [cells[column] for cells in table[5:]] == [850.0, 300.0, 260.0, 290.0]


def read_sheet(data):
    return (
        CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    )


def test_a_correction_that_is_undone_leaves_what_was_read(desk):
    page = import_notice(desk)
    mend_the_total(page)
    page.locator("#undo-form button").click()
    expect(page.locator("#corrections-count")).to_have_text("0")
    assert CorrectionRow.objects.get().undone_by.username == "yunhe"
    page.get_by_role("link", name=re.compile("^发布")).click()
    page.get_by_role("button", name="发布第 1 版").click()
    page.wait_for_url(re.compile(r"/programmes/\d+/$"))
    target = PlanVersion.objects.get().targets.get(anchor="q:40:4:8:0")
    assert target.value == Decimal(860)
    page.get_by_role("link", name="任务分解", exact=True).click()
    expect(page.locator("#matrix")).to_contain_text("合计与分项差10")


def test_search_finds_as_one_types_and_the_address_can_be_shared(desk, document, publish):
    publish(document)
    page = desk.open("/search/")
    page.get_by_label(re.compile("检索词")).press_sequentially("老年食堂 南浦区")
    expect(page.locator("#results")).to_contain_text("南浦区")
    expect(page.locator("#results mark").first).to_be_visible()
    expect(page).to_have_url(re.compile("q="))
    page.reload()
    row = page.locator("#results tr").filter(has=page.get_by_role("cell", name="18个", exact=True))
    expect(row).to_have_count(1)
    expect(row).to_contain_text("第32行")


def test_the_keyboard_reaches_the_text_first(desk):
    page = desk.open("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_filters_work_without_leaving_the_page(desk, document, publish):
    programme = publish(document)
    page = desk.open(f"/programmes/{programme}/")
    expect(page.locator("#project-rows tbody th[scope=row]")).to_have_count(12)
    page.get_by_label("项目、内容或单位").press_sequentially("市残联")
    expect(page.locator("#project-rows tbody th[scope=row]")).to_have_count(2)
    page.get_by_role("link", name="清除").click()
    expect(page.locator("#project-rows tbody th[scope=row]")).to_have_count(12)
