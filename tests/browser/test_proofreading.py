"""The proofreading screen in a real browser: keys, selecting text, two people at once, a phone."""

import re

import pytest
from playwright.sync_api import expect

from minsheng_web.records.actions.corrections import set_fields
from minsheng_web.records.actions.people import add_user, give_post
from minsheng_web.records.models import CorrectionRow, Document
from minsheng_web.records.queries.workspace import workspace
from soundness import wider_than_window

PASSWORD = "yunhe-office-2025"
PHONE = {"width": 390, "height": 844}


def focused(page) -> str:
    """The anchor or the name of what has the focus."""
    return page.evaluate(
        "document.activeElement.dataset.anchor || document.activeElement.name || document.activeElement.tagName"
    )


def anchors(document) -> list[str]:
    plan = workspace(document).plan
    found = [q for project in plan.projects for q in project.quantities]
    return [q.anchor for q in sorted(found, key=lambda q: (q.source, q.ordinal))]


def test_everything_can_be_done_with_keys(desk, document):
    page = desk.open(f"/documents/{document.pk}/")
    first, second = anchors(document)[:2]
    page.focus("#text .mark >> nth=0")
    assert focused(page) == first
    page.keyboard.press("ArrowDown")
    assert focused(page) == second
    page.keyboard.press("Enter")
    expect(page.locator("#editor")).to_have_attribute("data-chosen", second)
    expect(page.locator("#panel-plan .is-chosen")).to_have_count(1)
    page.keyboard.press("Enter")
    assert focused(page) == "value"
    page.keyboard.type("9001")
    page.keyboard.press("Enter")
    expect(page.locator(".editor-notice")).to_have_text("已保存。")
    page.keyboard.press("Escape")
    expect(page.locator("#editor-form")).to_have_count(0)
    assert focused(page) == second
    page.keyboard.press("Control+z")
    expect(page.locator("#corrections-count")).to_have_text("0")
    expect(page.locator("#editor")).to_have_attribute("data-chosen", second)
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#editor")).not_to_have_attribute("data-chosen", second)
    row = CorrectionRow.objects.get()
    assert (row.anchor, row.value, row.undone_by.username) == (second, 9001, "yunhe")


def test_ctrl_z_in_an_input_is_the_inputs_own(desk, document):
    page = desk.open(f"/documents/{document.pk}/?at={anchors(document)[0]}")
    page.fill("#f-value", "77")
    page.locator("#editor-form .btn-primary").click()
    expect(page.locator("#corrections-count")).to_have_text("1")
    page.focus("#f-subject")
    page.keyboard.press("Control+z")
    page.wait_for_timeout(300)
    expect(page.locator("#corrections-count")).to_have_text("1")


def test_choosing_in_the_plan_shows_the_line(desk, document):
    page = desk.open(f"/documents/{document.pk}/")
    last = anchors(document)[-1]
    page.locator(f'#panel-plan .qr[data-anchor="{last}"]').click()
    mark = page.locator("#text .mark.is-chosen").first
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_attribute("data-anchor", last)


def test_one_click_on_a_finding_shows_its_lines(desk, document):
    page = desk.open(f"/documents/{document.pk}/?panel=findings")
    finding = workspace(document).findings[0]
    page.locator(".finding-main").first.click()
    expect(page.locator("#text .is-shown").first).to_be_in_viewport()
    shown = page.evaluate("[...document.querySelectorAll('#text .is-shown')].map(l => +l.dataset.line)")
    assert shown == sorted({source.line for source in finding.sources})


def test_selected_text_becomes_a_quantity(desk, document):
    page = desk.open(f"/documents/{document.pk}/")
    line = next(n for n, text in enumerate(document.lines, 1) if n > 10 and len(text) > 20)
    page.evaluate(
        """line => {
            const text = document.querySelector(`#L${line} .tl-text`).firstChild;
            text.parentElement.scrollIntoView({block: 'center'});
            const range = document.createRange();
            range.setStart(text, 1); range.setEnd(text, 5);
            const now = getSelection(); now.removeAllRanges(); now.addRange(range);
            document.dispatchEvent(new MouseEvent('mouseup', {bubbles: true}));
        }""",
        line,
    )
    page.get_by_role("button", name="补标所选文字").click()
    expect(page.locator(".editor-quote b")).to_have_text(document.lines[line - 1][1:5].strip())
    page.fill("#f-value", "3")
    page.fill("#f-unit", "个")
    page.get_by_role("button", name="补标", exact=True).click()
    expect(page.locator("#corrections-count")).to_have_text("1")
    added = CorrectionRow.objects.get().value
    assert (added["line"], added["value"], added["unit"]) == (line, 3, "个")
    assert document.lines[line - 1][added["start"] : added["end"]] == added["text"]


def test_the_second_of_two_keeps_what_was_typed(desk, document, office):
    _, city = office
    colleague = add_user(actor=None, username="li", display_name="李建国", password="another-lantern-9")
    give_post(actor=None, user=colleague, role="office", region=city)
    anchor = anchors(document)[0]
    page = desk.open(f"/documents/{document.pk}/?at={anchor}")
    was = float(page.input_value("#f-value"))
    set_fields(
        actor=colleague,
        document=document,
        anchor=anchor,
        changes={"value": (int(was), 111)},
        at=document.uploaded_at,
    )
    page.fill("#f-value", "222")
    page.locator("#editor-form .btn-primary").click()
    expect(page.locator(".field-dispute")).to_contain_text("李建国已改为“111”")
    expect(page.locator("#f-value")).to_have_value("222")
    page.locator("#editor-form .btn-primary").click()
    expect(page.locator(".editor-notice")).to_have_text("已保存。")
    assert [row.value for row in CorrectionRow.objects.order_by("pk")] == [111, 222]


def test_only_what_needs_looking_at(desk, document):
    page = desk.open(f"/documents/{document.pk}/")
    doubtful = {f.project for f in workspace(document).findings if f.project}
    assert doubtful
    page.check("#only-doubtful")
    shown = page.locator(".pb:visible").evaluate_all("blocks => blocks.map(b => +b.id.slice(1))")
    assert set(shown) == doubtful


def test_a_role_can_be_switched_off(desk, document):
    page = desk.open(f"/documents/{document.pk}/")
    rows = page.locator('#panel-plan li[data-role="target"]')
    expect(rows.first).to_be_visible()
    page.uncheck('[data-role-filter="target"]')
    expect(rows.first).to_be_hidden()


def test_a_dropped_file_is_taken_in_and_a_huge_one_is_not_sent(desk, tmp_path):
    page = desk.open("/documents/")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(25 * 1024 * 1024)], '大.txt'));
            document.getElementById('drop-zone').dispatchEvent(
                new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(page.locator(".alert-error")).to_contain_text("超过 20 MB 的上限")
    found = Document.objects.get()
    assert (found.name, found.state, found.sha256) == ("大.txt", "refused", "")
    expect(page.locator("#document-rows")).to_contain_text("超过 20 MB 的上限")


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_on_a_phone_one_side_at_a_time(desk, document):
    page = desk.open(f"/documents/{document.pk}/")
    expect(page.locator("#text")).to_be_visible()
    expect(page.locator("#panel-plan")).to_be_hidden()
    page.get_by_role("button", name="方案").click()
    expect(page.locator("#panel-plan")).to_be_visible()
    expect(page.locator("#text")).to_be_hidden()
    page.get_by_role("button", name="原文").click()
    page.locator("#text .mark").first.click()
    expect(page.locator("#editor-form")).to_be_in_viewport()
    expect(page.locator("#text .mark.is-chosen").first).to_be_in_viewport()
    assert wider_than_window(page) == 0


def test_the_page_names_what_it_marks(desk, document):
    page = desk.open(f"/documents/{document.pk}/")
    mark = page.locator("#text .mark").first
    assert re.search("目标|标准|期限|条件|频次|资金|情况|原值|分担比例", mark.get_attribute("title"))
    assert (
        mark.evaluate("m => getComputedStyle(m, '::after').content")
        == f'"{mark.get_attribute("data-letter")}"'
    )


def test_a_session_that_ended_loses_nothing_that_was_typed(desk, document):
    page = desk.open(f"/documents/{document.pk}/?at={anchors(document)[0]}")
    page.fill("#f-value", "4321")
    page.context.clear_cookies(name="sessionid")
    page.locator("#editor-form .btn-primary").click()
    box = page.locator("#request-failed")
    expect(box).to_contain_text("登录已过期，请重新登录后再保存")
    expect(page.locator("#f-value")).to_have_value("4321")
    # The browser and htmx each write a 401 on the console.
    assert all("401" in fault for fault in desk.faults)
    assert len(desk.faults) == 2
    desk.faults.clear()
    with page.context.expect_page() as opened:
        box.get_by_role("link").click()
    beside = opened.value
    beside.fill("[name=username]", "yunhe")
    beside.fill("[name=password]", PASSWORD)
    beside.click("main button[type=submit]")
    beside.wait_for_url(f"{desk.home}/documents/{document.pk}/?at=*")
    beside.close()
    page.locator("#editor-form .btn-primary").click()
    expect(page.locator(".editor-notice")).to_have_text("已保存。")
    expect(box).to_be_hidden()
    assert CorrectionRow.objects.get().value == 4321
