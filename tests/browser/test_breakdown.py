"""Breaking targets down in a real browser: the sum as typed, ways to fill, issuing, approval, keys, the annex form."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from minsheng_web.records.actions.indicators import take_up_targets
from minsheng_web.records.actions.people import add_user, give_post
from minsheng_web.records.models import Allocation, DivisionProposal, DivisionVersion, PlanVersion
from soundness import faults_of, wider_than_window

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize("context", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
PASSWORD = "yunhe-office-2025"


@pytest.fixture
def programme(office, document, publish):
    """The sample's programme with its targets taken up, and a colleague in the office."""
    official, city = office
    version = PlanVersion.objects.get(programme=publish(document))
    take_up_targets(actor=official, programme=version.programme, at=timezone.now())
    colleague = add_user(actor=None, username="colleague", display_name="李建国", password=PASSWORD)
    give_post(actor=None, user=colleague, role="office", region=city)
    return version.programme


@pytest.fixture
def drafted(programme) -> Allocation:
    """A part whose county shares the notice itself states."""
    return DivisionProposal.objects.order_by("node__indicator__position").first().node


@SIZES
def test_no_fault_at_any_size(desk, programme, drafted, tmp_path):
    indicator = drafted.indicator_id
    seen = {}
    for path in (
        f"/programmes/{programme.pk}/indicators/",
        f"/programmes/{programme.pk}/indicators/{indicator}/",
        f"/programmes/{programme.pk}/breakdown/",
        f"/programmes/{programme.pk}/breakdown/inflated/",
        f"/breakdown/{drafted.pk}/",
        f"/breakdown/{drafted.pk}/proposal/",
    ):
        page = desk.open(path)
        wider = wider_than_window(page)
        faults = faults_of(page)
        if faults or wider:
            seen[path] = (faults, wider)
    assert seen == {}


def test_the_sum_follows_what_is_typed_and_the_server_decides(desk, drafted):
    page = desk.open(f"/breakdown/{drafted.pk}/")
    told = page.locator("[data-difference]")
    expect(told).to_have_text("等于目标")
    first = page.locator("[data-share]").first
    was = first.input_value()
    first.fill(str(int(was) - 5))
    expect(told).to_have_text("比目标少 5")
    page.get_by_role("button", name="下达", exact=True).click()
    expect(page.locator("[data-notice]")).to_contain_text("没有下达")
    expect(page.locator("#division-problems")).to_be_visible()
    expect(page.locator("[data-share]").first).to_have_value(str(int(was) - 5))
    assert not DivisionVersion.objects.exists()
    page.get_by_role("button", name="把差额计入预留").click()
    expect(page.locator("[data-difference]")).to_have_text("等于目标")
    page.get_by_role("button", name="下达", exact=True).click()
    expect(page.locator("[data-notice]")).to_contain_text("已下达第1版")
    assert DivisionVersion.objects.get().reserve == 5


def test_keys_go_down_the_column_and_enter_sends_nothing(desk, drafted):
    page = desk.open(f"/breakdown/{drafted.pk}/")
    shares = page.locator("[data-share]")
    shares.first.focus()
    page.keyboard.press("Enter")
    expect(shares.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(shares.first).to_be_focused()
    page.keyboard.type("abc")
    expect(page.locator("[data-difference]")).to_have_text("有读不出的数，请改成数字")
    expect(shares.first).to_have_attribute("aria-invalid", "true")
    assert DivisionProposal.objects.get(node=drafted).parts[0]["share"] != "abc"


def test_filling_evenly_and_saving(desk, drafted):
    page = desk.open(f"/breakdown/{drafted.pk}/")
    page.select_option("#way", "evenly")
    page.get_by_role("button", name="填入", exact=True).click()
    expect(page.locator("[data-notice]")).to_contain_text("已填入")
    values = [int(box.input_value()) for box in page.locator("[data-share]").all()]
    assert max(values) - min(values) <= 1
    assert sum(values) == drafted.share


def test_a_session_that_ends_while_typing_loses_nothing(desk, drafted, context):
    page = desk.open(f"/breakdown/{drafted.pk}/")
    first = page.locator("[data-share]").first
    first.fill("7")
    context.clear_cookies()
    page.get_by_role("button", name="保存草稿").click()
    failed = page.locator("#request-failed")
    expect(failed).to_contain_text("登录已过期")
    expect(first).to_have_value("7")
    desk.faults.clear()  # the browser names the 401 itself
    with context.expect_page() as opened:
        failed.get_by_role("link").click()
    other = opened.value
    other.fill("[name=username]", "yunhe")
    other.fill("[name=password]", PASSWORD)
    other.click("main button[type=submit]")
    other.wait_for_url(f"{desk.home}/breakdown/{drafted.pk}/")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator("[data-notice]")).to_contain_text("已保存草稿")
    expect(page.locator("[data-share]").first).to_have_value("7")


def test_a_change_is_sent_up_and_approved_by_a_second_person(desk, drafted, context, chromium):
    page = desk.open(f"/breakdown/{drafted.pk}/")
    page.get_by_role("button", name="下达", exact=True).click()
    expect(page.locator("[data-notice]")).to_contain_text("已下达第1版")
    shares = page.locator("[data-share]")
    shares.nth(0).fill(str(int(shares.nth(0).input_value()) - 1))
    shares.nth(1).fill(str(int(shares.nth(1).input_value()) + 1))
    page.fill("#reason", "据实调整")
    page.fill("#document-number", "云民生办〔2025〕7号")
    page.get_by_role("button", name="报上级审批").click()
    expect(page.locator("[data-notice]")).to_contain_text("已报批")
    page.goto(f"{desk.home}/breakdown/{drafted.pk}/proposal/")
    expect(page.get_by_role("button", name="同意，立即生效")).to_have_count(0)
    other = chromium.new_context(locale="zh-CN")
    second = other.new_page()
    second.goto(f"{desk.home}/sign-in/")
    second.fill("[name=username]", "colleague")
    second.fill("[name=password]", PASSWORD)
    second.click("main button[type=submit]")
    second.goto(f"{desk.home}/programmes/{drafted.indicator.programme_id}/breakdown/")
    second.locator("section", has_text="待您审批").get_by_role("link").first.click()
    expect(second.locator(".changed tbody tr")).to_have_count(2)
    assert faults_of(second) == []
    second.get_by_role("button", name="同意，立即生效").click()
    expect(second.locator(".alert-success")).to_contain_text("第2版")
    second.get_by_role("link", name="第2版").click()
    expect(second.locator(".compared")).to_contain_text("与第1版的不同")
    assert faults_of(second) == []
    other.close()


def test_the_annex_form_there_and_back(desk, programme, tmp_path):
    page = desk.open(f"/programmes/{programme.pk}/breakdown/")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载云河市分解表").click()
    path = tmp_path / "annex.xlsx"
    download.value.save_as(path)
    page.set_input_files("#annex", path)
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator(".alert-info")).to_contain_text("完全相同，没有改动")
    assert faults_of(page) == []
