"""What was typed into any form outlives the session, a closed period, a line that moved and a second sign-in."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from browser.test_flow import PASSWORD, month, sign_in  # noqa: F401 (a fixture)
from minsheng_web.records.actions.closing import close_period
from minsheng_web.records.actions.people import add_user, give_post
from minsheng_web.records.models import Indicator, ReportLine

REASON = "与社保系统相差200人"


@pytest.fixture
def lead(visitor, month):  # noqa: F811
    """The lead unit's check page with a reason typed, one county ticked."""
    page = sign_in(visitor, "lead")
    page.goto(f"{visitor.home}/reports/{month.period.pk}/check/")
    page.get_by_label("选中 东原县 城镇新增就业").check()
    page.fill("#reason", REASON)
    return page


def sign_in_here(page, who="lead"):
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def kept(page) -> int:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('minsheng-typed:')).length")


@pytest.mark.parametrize("lost", ["sessionid", None], ids=["session", "all cookies"])
def test_a_reason_typed_when_the_session_ended_comes_back(lead, month, context, lost):  # noqa: F811
    context.clear_cookies(name=lost)
    lead.get_by_role("button", name="退回选中的").click()
    sign_in_here(lead)
    expect(lead.locator("#reason")).to_have_value(REASON)
    expect(lead.locator(".kept-note")).to_contain_text("已找回上次没有保存的")
    expect(lead.get_by_label("选中 东原县 城镇新增就业")).to_be_checked()
    lead.get_by_role("button", name="退回选中的").click()
    expect(lead.locator("main")).to_contain_text("已退回 1 项")
    assert ReportLine.objects.get(pk=month.lines[0].pk).return_reason == REASON
    assert kept(lead) == 0
    lead.reload()
    expect(lead.locator(".kept-note")).to_have_count(0)


def test_what_was_taken_is_not_brought_back(lead):
    lead.get_by_role("button", name="退回选中的").click()
    expect(lead.locator("main")).to_contain_text("已退回 1 项")
    assert kept(lead) == 0


def test_a_page_left_without_saving_brings_its_words_back_and_they_can_be_dropped(lead):
    address = lead.url
    lead.goto("about:blank")
    lead.goto(address)
    expect(lead.locator("#reason")).to_have_value(REASON)
    lead.get_by_role("button", name="不要了").click()
    expect(lead.locator("#reason")).to_have_value("")
    assert kept(lead) == 0


def test_a_second_sign_in_in_another_tab_spoils_nothing(lead, context, visitor):
    other = context.new_page()
    context.clear_cookies()
    other.goto(f"{visitor.home}/sign-in/")
    sign_in_here(other)
    other.wait_for_url(f"{visitor.home}/")
    lead.get_by_role("button", name="退回选中的").click()
    expect(lead.locator("main")).to_contain_text("已退回 1 项")


def test_a_line_handed_in_anew_meanwhile_leaves_the_reason_to_be_sent_again(lead, month):  # noqa: F811
    ReportLine.objects.filter(pk=month.lines[0].pk).update(revision=9)
    lead.get_by_role("button", name="退回选中的").click()
    expect(lead.locator("main")).to_contain_text("没有退回")
    expect(lead.locator("#reason")).to_have_value(REASON)


def test_a_period_closed_meanwhile_shows_the_words_to_be_copied(lead, month, office):  # noqa: F811
    close_period(actor=office[0], period=month.period, at=timezone.now())
    lead.get_by_role("button", name="退回选中的").click()
    expect(lead.locator(".kept-note")).to_contain_text(REASON)


def test_another_person_at_the_same_computer_sees_none_of_it(lead, month, visitor, office):  # noqa: F811
    address = lead.url
    lead.get_by_role("button", name="退出").click()
    mate = add_user(actor=None, username="mate", display_name="何同", password=PASSWORD)
    give_post(actor=None, user=mate, role="lead", region=office[1], unit=month.unit.above)
    sign_in(visitor, "mate")
    lead.goto(address)
    expect(lead.locator("#reason")).to_have_value("")
    expect(lead.locator(".kept-note")).to_have_count(0)


def test_an_indicator_form_comes_back_and_a_colleagues_change_is_not_overwritten(desk, month, context):  # noqa: F811
    jobs = Indicator.objects.get(pk=month.lines[0].allocation.indicator_id)
    page = desk.open(f"/programmes/{jobs.programme_id}/indicators/{jobs.pk}/")
    page.fill("[name=name]", "城镇新增就业人数")
    context.clear_cookies()
    Indicator.objects.filter(pk=jobs.pk).update(name="新增就业")
    page.locator("main form button[type=submit]").first.click()
    sign_in_here(page, "yunhe")
    expect(page.locator("[name=name]")).to_have_value("新增就业")
    expect(page.locator(".kept-note")).to_contain_text("您填的是“城镇新增就业人数”，现在是“新增就业”")


def test_a_breakdown_typed_and_then_loaded_anew(desk, month):  # noqa: F811
    root = month.lines[0].allocation.above
    page = desk.open(f"/breakdown/{root.pk}/")
    first = page.locator("[data-share]").first
    first.fill("17999")
    desk.open("/")
    desk.open(f"/breakdown/{root.pk}/")
    expect(first).to_have_value("17999")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator("[data-notice]")).to_contain_text("已保存草稿")
    assert kept(page) == 0
