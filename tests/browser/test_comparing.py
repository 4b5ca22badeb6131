"""The comparison page in a real browser: axe at both sizes, filters in the address, deciding and undoing, the file."""

import re
from dataclasses import replace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from minsheng.plans.plan_json import plan_from_json
from minsheng_web.records.actions.population import state_population
from minsheng_web.records.actions.publishing import publish_plan
from minsheng_web.records.models import PlanVersion, ProjectPairing
from soundness import faults_of, wider_than_window

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
GROUP = ".group:has(.of-project:text-is('敬老服务站点建设'))"
SIZES = pytest.mark.parametrize("context", [DESK, PHONE], ids=["desk", "phone"], indirect=True)


@pytest.fixture
def versions(office, document, publish):
    """Two versions of the sample's programme and another year's; the address of the comparison of each."""
    official, city = office
    one = PlanVersion.objects.get(programme=publish(document))
    plan = plan_from_json(one.plan)
    first = plan.projects[0]
    target = replace(first.quantities[0], value=first.quantities[0].value + 20)
    changed = replace(first, quantities=(target, *first.quantities[1:]))
    later = replace(plan, projects=(changed, *plan.projects[1:-1]))
    renamed = replace(plan.projects[2], headline="敬老服务站点建设", quantities=())
    next_year = replace(
        later, head=replace(plan.head, year=2026), projects=(changed, plan.projects[1], renamed)
    )
    state_population(
        actor=official, region=city, population=5_300_000, source="统计公报，2024年末", seen=None
    )
    made = [one]
    for version_plan, reason in ((later, "市政府常务会议调整"), (next_year, "")):
        version = publish_plan(
            actor=official,
            region=city,
            plan=version_plan,
            lines=tuple(one.lines),
            at=timezone.now(),
            reason=reason,
        )
        assert isinstance(version, PlanVersion), version
        made.append(version)
    return made


def address(*versions, more=""):
    return "/compare/?" + "&".join(f"v={version.pk}" for version in versions) + more


@SIZES
def test_no_fault_at_any_size(desk, versions):
    one, two, other = versions
    seen = {}
    for path in (
        "/compare/",
        address(one, two),
        address(one, two, more="&changed=1"),
        address(one, other),
        address(one, two, other),
        "/regions/",
    ):
        page = desk.open(path)
        for box in page.locator(".pairing").all()[:2]:
            box.evaluate("box => box.open = true")
        wider = wider_than_window(page)
        faults = faults_of(page)
        if faults or wider:
            seen[path] = (faults, wider)
    assert seen == {}


def test_choosing_filtering_and_the_file(desk, versions):
    one, two, _ = versions
    page = desk.open("/compare/")
    page.select_option("#v1", str(one.pk))
    page.select_option("#v2", str(two.pk))
    page.get_by_role("button", name="对照", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("版本对照")
    everything = page.locator(".of-project").count()
    page.check("#only-changed")
    expect(page.locator(".of-project")).to_have_count(2)
    assert everything > 2
    expect(page).to_have_url(re.compile("changed=1"))
    with page.expect_download() as download:
        page.click("#compare-file")
    assert download.value.suggested_filename.endswith("版本对照.xlsx")
    page.reload()
    expect(page.locator(".of-project")).to_have_count(2)
    expect(page.locator("#only-changed")).to_be_checked()


def test_a_pairing_is_remembered_and_undone(desk, versions):
    one, _, other = versions
    page = desk.open(address(one, other))
    box = page.locator(GROUP).locator(".pairing")
    box.locator("summary").click()
    box.locator("select").select_option("4")
    box.get_by_role("button", name="记住这一认定").click()
    expect(page.locator(".decided")).to_have_text("云河市民生办认定")
    row = ProjectPairing.objects.get()
    assert (row.number_a, row.number_b, row.undone_at) == (4, 3, None)
    expect(page.locator(".group", has=page.locator(".decided")).locator(".pairing")).to_have_count(1)
    page.locator(".group", has=page.locator(".decided")).locator("summary").click()
    page.get_by_role("button", name="撤销云河市民生办的认定").click()
    expect(page.locator(".decided")).to_have_count(0)
    row.refresh_from_db()
    assert row.undone_at is not None
