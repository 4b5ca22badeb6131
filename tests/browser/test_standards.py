"""Benefit standards in a real browser: axe at both sizes, one person tried, cities side by side, a simulation."""

import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from minsheng_web.records.actions.people import add_region, give_post
from minsheng_web.records.models import Simulation
from soundness import faults_of, wider_than_window
from standards_of_cities import LIVING, ORPHAN, REHAB

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize("context", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
PICTURES = os.environ.get("MINSHENG_PICTURES")


def looked_at(page, name):
    """No fault of axe; nothing wider than the window; a picture where somebody asked for one."""
    assert faults_of(page) == []
    assert wider_than_window(page) == 0
    if PICTURES:
        size = page.viewport_size["width"]
        page.screenshot(path=Path(PICTURES) / f"standards-{name}-{size}.png", full_page=True)


@SIZES
def test_reading_trying_comparing_and_simulating(desk):
    page = desk.open("/standards/")
    page.fill("#words", "孤儿")
    page.click("form[role=search] button[type=submit]")
    expect(page.locator(".standards-list tbody tr")).to_have_count(5)
    looked_at(page, "list")

    page.click(f'a[href="/standards/{ORPHAN}/"]')
    expect(page.locator("h1")).to_have_text("社会散居孤儿基本生活费")
    looked_at(page, "one")

    page.click("text=试算一个人")
    page.fill("#as_of", "2023-06-01")
    page.select_option("#row-child_kind", "orphan_scattered")
    page.fill("#row-months_eligible", "12")
    page.fill("#figure-local_standard_fen", "1130.5")
    page.click("main button[type=submit]")
    expect(page.locator("#verdict")).to_have_text("符合条件，应发13566元。")
    looked_at(page, "try")

    desk.open(f"/standards/compare/?s={REHAB[0]}&s={REHAB[1]}")
    expect(page.locator(".side-by-side thead th")).to_have_count(3)
    looked_at(page, "compare")

    desk.open(f"/standards/{LIVING}/simulate/")
    page.select_option("#figure", "fen:8000")
    page.fill("#value", "90")
    page.fill("#as_of", "2023-06-01")
    page.check("#source-counts")
    for row, (place, cases, grade) in enumerate((("谯城区", "52000", "1"), ("涡阳县", "31000", "3"))):
        page.fill(f"[name=c{row}-region]", place)
        page.fill(f"[name=c{row}-cases]", cases)
        page.select_option(f"[name=c{row}-hardship_kind]", "low_income")
        page.fill(f"[name=c{row}-disability_grade]", grade)
        page.fill(f"[name=c{row}-months_eligible]", "12")
    looked_at(page, "ask")
    page.click("main form button:text-is('开始测算')")
    expect(page.locator("#payers-head")).to_be_visible()
    expect(page.locator("table[data-drawn]")).to_have_count(3)
    looked_at(page, "simulation")


@SIZES
def test_one_figure_is_changed_and_a_fault_is_told_above_the_text(desk, office):
    official, city = office
    give_post(
        actor=None, user=official, role="office", region=add_region(actor=None, name="亳州市", parent=city)
    )
    page = desk.open(f"/standards/{ORPHAN}/edit/")
    looked_at(page, "edit-new")
    page.select_option("#figure", "fen:110000")
    page.fill("#value", "1200")
    page.fill("#from_day", "2026-01-01")
    page.fill("#figure-reason", "省里提高标准")
    page.click("#figure-form button")
    expect(page.locator("section[aria-labelledby=check] .chip")).to_have_text("没有错误，案例全部相符")
    expect(page.locator("section[aria-labelledby=words] .money").first).to_have_text(
        "本地自定标准（不低于1200元）×保障月数"
    )
    looked_at(page, "edit-draft")
    page.fill("#yaml", page.input_value("#yaml").replace("at_least(120000)", "at_least(120000.5)"))
    page.click("text=保存草稿并核对")
    expect(page.locator(".edit-faults")).to_contain_text("amount: at_least(120000.5) * months_eligible")
    looked_at(page, "edit-fault")


def test_a_simulation_under_way_shows_how_far_it_is(desk, office):
    official, _ = office
    row = Simulation.objects.create(
        standard=LIVING,
        name="80元改为90元",
        asked={"as_of": "2023-06-01"},
        edition="",
        asked_by=official,
        asked_at=timezone.now(),
        state="running",
        progress=45,
        step="逐行计算",
        roster_name="名册.csv",
        heartbeat_at=timezone.now(),
    )
    page = desk.open(f"/simulations/{row.pk}/")
    expect(page.locator("progress")).to_have_attribute("value", "45")
    expect(page.locator("#progress h2")).to_have_text("正在计算：逐行计算")
    looked_at(page, "progress")
    Simulation.objects.filter(pk=row.pk).update(progress=70)
    expect(page.locator("progress")).to_have_attribute("value", "70")
    page.click("text=取消")
    expect(page.locator("#progress h2")).to_have_text("已取消")
