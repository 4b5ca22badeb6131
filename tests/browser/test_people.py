"""People, units, regions and one's own account in the browser: every page, and a colleague's first day."""

import time

import pytest
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from minsheng_web.records.actions.units import add_unit, rename_unit
from minsheng_web.records.models import Post, Region, Unit
from soundness import faults_of, wider_than_window

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize("context", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
PAGES = (
    "/people/",
    "/people/?q=没有这样的人",
    "/people/invite/",
    "/people/{person}/",
    "/posts/{post}/",
    "/account/",
    "/account/password/",
    "/second-factor/set-up/",
    "/units/",
    "/units/{unit}/",
    "/units/from-plan/{programme}/",
    "/units/counterparts/{city}/",
    "/regions/",
    "/regions/{city}/",
    "/regions/{city}/below/",
    "/invitations/no-such-token/",
)


@SIZES
def test_every_page(desk, office, document, publish):
    official, city = office
    programme = publish(document)
    unit = add_unit(actor=official, region=city, name="市民政局")
    rename_unit(
        actor=official, unit=unit, name="市社会事务局", reason="机构改革", seen="市民政局", at=timezone.now()
    )
    keys = {
        "person": official.pk,
        "post": Post.objects.get().pk,
        "unit": unit.pk,
        "programme": programme,
        "city": city.pk,
    }
    seen = {}
    for path in PAGES:
        page = desk.open(path.format(**keys))
        faults = faults_of(page)
        wider = wider_than_window(page)
        if faults or wider:
            seen[path] = (faults, wider)
    assert seen == {}


def test_units_of_the_plan_go_down_to_the_counties(desk, document, publish):
    programme = publish(document)
    page = desk.open(f"/units/from-plan/{programme}/")
    page.click("button:has-text('登记勾选的单位')")
    page.wait_for_url("**/units/counterparts/**")
    page.click("button:has-text('登记勾选的单位')")
    page.wait_for_selector("text=个单位。")
    east = Region.objects.get(name="东原县")
    civil = Unit.objects.get(region=east, name="东原县民政局")
    assert civil.above.name == "市民政局"


def test_a_colleague_is_invited_and_begins_with_a_code(desk, context):
    page = desk.open("/people/invite/")
    page.fill("#display_name", "林新")
    page.select_option("#seat-role", "reader")
    page.select_option("#seat-region", label="江岭省云河市东原县")
    page.click("button:has-text('生成邀请链接')")
    link = page.input_value("#link")
    page.click("main a:has-text('已复制')")
    page.wait_for_selector("text=未使用的邀请")
    page.click(".site-user button")
    page.goto(link)
    page.fill("#username", "linxin")
    page.fill("#password", "river-boat-4711")
    page.fill("#again", "river-boat-4711")
    page.click("button:has-text('开通账号')")
    page.wait_for_url("**/sign-in/")
    page.fill("[name=username]", "linxin")
    page.fill("[name=password]", "river-boat-4711")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk.home}/")
    page = desk.open("/second-factor/set-up/")
    page.click("button:has-text('开始设置')")
    page.wait_for_selector(".qr")
    page.wait_for_load_state("load")
    assert page.evaluate("document.querySelector('.qr').naturalWidth") > 100
    assert faults_of(page) == []
    totp = TOTP(TOTPDevice.objects.get().bin_key)
    totp.time = time.time()
    page.fill("#code", f"{totp.token():06}")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=恢复码只显示这一次")
    recovery = page.locator(".recovery li").first.inner_text()
    assert faults_of(page) == []
    page.click(".site-user button")
    page.goto(f"{desk.home}/sign-in/")
    page.fill("[name=username]", "linxin")
    page.fill("[name=password]", "river-boat-4711")
    page.keyboard.press("Enter")
    page.wait_for_url("**/second-factor/**")
    assert faults_of(page) == []
    page.fill("#code", recovery)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk.home}/")
    assert page.locator(".site-user").inner_text().startswith("林新")
