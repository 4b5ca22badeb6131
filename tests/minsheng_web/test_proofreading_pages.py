"""The proofreading pages: what is marked, how a form answers, with and without script."""

import html as html_module
import json
import re

import pytest

from minsheng_web.records.models import CorrectionRow, Document
from minsheng_web.records.queries.workspace import workspace

HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(house):
    return house.client("own")


def quantity(document: Document, text: str):
    for project in workspace(document).plan.projects:
        for found in project.quantities:
            if found.text == text:
                return found
    raise AssertionError(f"no quantity {text!r}")


def inputs(html: str) -> dict[str, str]:
    """The form's fields as a browser would post them (fields of the editor only)."""
    html = html[html.index('id="editor-form"') :]
    html = html[: html.index("</form>")]
    found = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            found[name[1]] = unescape(value[1]) if value else ""
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.DOTALL):
        found[name] = unescape(body)
    found.pop("csrfmiddlewaretoken", None)
    return found


def unescape(text: str) -> str:
    return html_module.unescape(text)


def editor(client, document, anchor: str) -> str:
    return client.get(f"/documents/{document.pk}/editor/", {"at": anchor}, headers=HTMX).content.decode()


def test_every_quantity_is_marked_in_its_line_and_listed_in_its_project(client, document):
    html = client.get(f"/documents/{document.pk}/").content.decode()
    space = workspace(document)
    anchors = [q.anchor for project in space.plan.projects for q in project.quantities]
    assert len(anchors) == 9
    for anchor in anchors:
        assert html.count(f'data-anchors="{anchor}"') == 1
        assert html.count(f'class="qr" href="?at={anchor}#editor"') == 1
    assert re.findall(r'<section class="pb[^"]*" id="(P\d+)"', html) == ["P1", "P2", "P3"]


def test_the_text_of_a_line_is_kept_to_the_character(client, document):
    html = client.get(f"/documents/{document.pk}/").content.decode()
    for number, line in enumerate(document.lines, 1):
        if not line.strip():
            continue
        body = re.search(rf'id="L{number}".*?<p class="tl-text">(.*?)</p>', html, re.DOTALL)[1]
        assert unescape(re.sub(r"<[^>]+>", "", body)) == line


def test_a_number_is_shown_as_printed_and_in_base_units(client, document):
    html = client.get(f"/documents/{document.pk}/").content.decode()
    assert (
        '<span class="qr-text"><small class="qr-line">4行</small>3.3万人以上</span><span class="qr-amount">≥ 33,000 人</span>'
        in html
    )


def test_without_script_the_address_chooses_and_the_form_is_there(client, document):
    anchor = quantity(document, "1.8万人").anchor
    html = client.get(f"/documents/{document.pk}/", {"at": anchor}).content.decode()
    assert inputs(html)["value"] == "18000"
    assert inputs(html)["region"] == "河东县"


def test_an_anchor_that_is_none_shows_the_page_without_a_form(client, document):
    for anchor in ("q:9999:0:1:0", "q:x", "p:99", "p:", "nonsense", "<script>"):
        response = client.get(f"/documents/{document.pk}/", {"at": anchor})
        assert response.status_code == 200
        assert "editor-form" not in response.content.decode()


def test_posting_a_form_as_it_was_shown_changes_nothing(client, document):
    space = workspace(document)
    anchors = ["head", *(project.anchor for project in space.plan.projects)]
    anchors += [q.anchor for project in space.plan.projects for q in project.quantities]
    for anchor in anchors:
        form = inputs(editor(client, document, anchor))
        response = client.post(f"/documents/{document.pk}/correct/", form)
        assert response.status_code == 302, anchor
    assert CorrectionRow.objects.count() == 0


def test_a_save_answers_with_everything_it_changed(client, document):
    found = quantity(document, "1.8万人")
    form = inputs(editor(client, document, found.anchor)) | {"value": "1.85万"}
    response = client.post(f"/documents/{document.pk}/correct/", form, headers=HTMX)
    html = response.content.decode()
    assert response.status_code == 200
    assert "已保存。" in html
    assert re.findall(r'id="(L\d+)"[^>]*hx-swap-oob', html) == ["L4"]
    assert re.findall(r'id="(P\d+)" hx-swap-oob', html) == ["P1"]
    assert "18,500 人" in html
    assert '<span id="corrections-count" hx-swap-oob="true">1</span>' in html
    assert "比" in html[html.index('id="findings"') :]  # the parts no longer make the total


def test_without_script_a_save_leads_back_to_the_same_thing(client, document):
    anchor = quantity(document, "1.8万人").anchor
    form = inputs(editor(client, document, anchor)) | {"value": "18500"}
    response = client.post(f"/documents/{document.pk}/correct/", form, follow=True)
    html = response.content.decode()
    assert "已保存。" in html
    assert inputs(html)["value"] == "18500"


def test_a_wrong_value_keeps_what_was_typed_and_says_why_at_the_field(client, document):
    anchor = quantity(document, "1.8万人").anchor
    form = inputs(editor(client, document, anchor)) | {"value": "一万八", "unit": "", "subject": "新说法"}
    for headers in ({}, HTMX):
        response = client.post(f"/documents/{document.pk}/correct/", form, headers=headers)
        html = response.content.decode()
        assert response.status_code == 200
        assert inputs(html)["value"] == "一万八"
        assert inputs(html)["subject"] == "新说法"
        assert re.search(r'id="e-value">请填写数字', html)
        assert re.search(r'id="e-unit">单位不能为空', html)
    assert CorrectionRow.objects.count() == 0


def test_an_upper_end_below_the_value_is_refused(client, document):
    anchor = quantity(document, "1.8万人").anchor
    form = inputs(editor(client, document, anchor)) | {"value_hi": "5"}
    html = client.post(f"/documents/{document.pk}/correct/", form, headers=HTMX).content.decode()
    assert "上限不能小于数值" in html
    assert CorrectionRow.objects.count() == 0


def test_the_second_of_two_sees_both_values_and_keeps_the_own(house, client, document):
    anchor = quantity(document, "1.8万人").anchor
    form = inputs(editor(client, document, anchor))
    colleague = house.client("colleague")
    colleague.post(f"/documents/{document.pk}/correct/", form | {"value": "18100"})
    late = client.post(f"/documents/{document.pk}/correct/", form | {"value": "18200"}, headers=HTMX)
    html = late.content.decode()
    assert "李建国已改为“18,100”，您打开时是“18,000”，您填写的是“18,200”" in html
    assert inputs(html)["value"] == "18200"
    assert "18,100 人" in html[html.index('id="P1" hx-swap-oob') :]
    assert CorrectionRow.objects.count() == 1
    again = client.post(f"/documents/{document.pk}/correct/", inputs(html), headers=HTMX)
    assert "已保存。" in again.content.decode()
    assert CorrectionRow.objects.order_by("-pk").first().old == 18100


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("correct", {}),
        ("correct", {"anchor": "p:99"}),
        ("correct", {"anchor": "q:a:b:c:d"}),
        ("correct", {"anchor": "head", "was_year": "{", "year": "2024"}),
        ("remove", {"anchor": "head"}),
        ("remove", {"anchor": "p:1"}),
        ("undo", {"correction": "x"}),
        ("undo", {"correction": "1;drop"}),
    ],
)
def test_a_form_no_page_of_ours_makes_is_a_bad_request_in_words(client, document, path, form):
    response = client.post(f"/documents/{document.pk}/{path}/", form)
    assert response.status_code == 400
    assert "回到工作台" in response.content.decode()
    assert CorrectionRow.objects.count() == 0


def test_mending_what_a_colleague_removed_says_so(house, client, document):
    anchor = quantity(document, "120场").anchor
    form = inputs(editor(client, document, anchor)) | {"value": "130"}
    house.client("colleague").post(f"/documents/{document.pk}/remove/", {"anchor": anchor})
    html = client.post(f"/documents/{document.pk}/correct/", form, headers=HTMX).content.decode()
    assert "已不在方案中" in html


def test_removing_takes_the_mark_away_and_ctrl_z_brings_it_back(client, document):
    anchor = quantity(document, "120场").anchor
    html = client.post(f"/documents/{document.pk}/remove/", {"anchor": anchor}, headers=HTMX).content.decode()
    assert 'id="L6"' in html
    assert anchor not in html[html.index('id="L6"') : html.index('id="P1"')]
    html = client.post(f"/documents/{document.pk}/undo/", headers=HTMX).content.decode()
    assert anchor in html[html.index('id="L6"') : html.index('id="P1"')]
    row = CorrectionRow.objects.get()
    assert row.undone_at is not None


def test_a_missed_quantity_is_marked_from_selected_text(client, document):
    anchor = quantity(document, "120场").anchor
    client.post(f"/documents/{document.pk}/remove/", {"anchor": anchor})
    start = document.lines[5].index("120场")
    html = client.get(
        f"/documents/{document.pk}/editor/", {"line": 6, "start": start, "end": start + 4}, headers=HTMX
    ).content.decode()
    form = inputs(html)
    assert (form["value"], form["unit"], form["project"], form["role"]) == ("120", "场", "1", "target")
    added = client.post(f"/documents/{document.pk}/add/", form, headers=HTMX).content.decode()
    assert "已保存。" in added
    assert quantity(document, "120场").value == 120


def test_a_missed_quantity_is_marked_by_typing_its_words(client, document):
    page = client.get(f"/documents/{document.pk}/", {"line": "6", "text": "每月"}).content.decode()
    form = inputs(page)
    assert (form["line"], form["project"]) == ("6", "1")
    form |= {"value": "1", "unit": "次/月", "role": "frequency"}
    assert client.post(f"/documents/{document.pk}/add/", form).status_code == 302
    assert CorrectionRow.objects.get().value["text"] == "每月"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"line": "6", "text": "没有的字"}, "第6行里没有“没有的字”"),
        ({"line": "6", "text": ""}, "请填写要补标的文字"),
        ({"line": "999", "text": "一"}, "请填写 1 到"),
        ({"line": "x", "text": "一"}, "请填写 1 到"),
    ],
)
def test_words_that_are_not_there_get_a_sentence(client, document, asked, sentence):
    assert sentence in client.get(f"/documents/{document.pk}/", asked).content.decode()
    assert sentence in client.post(f"/documents/{document.pk}/add/", asked, headers=HTMX).content.decode()
    assert CorrectionRow.objects.count() == 0


def test_an_addition_with_nothing_filled_in_keeps_the_form(client, document):
    form = inputs(client.get(f"/documents/{document.pk}/", {"line": "6", "text": "招聘会"}).content.decode())
    assert form["value"] == ""
    html = client.post(f"/documents/{document.pk}/add/", form, headers=HTMX).content.decode()
    assert "数值不能为空" in html
    assert "单位不能为空" in html
    assert CorrectionRow.objects.count() == 0


def test_all_corrections_are_listed_with_who_and_what(client, document):
    anchor = quantity(document, "1.8万人").anchor
    client.post(
        f"/documents/{document.pk}/correct/",
        inputs(editor(client, document, anchor)) | {"value": "18500"},
    )
    client.post(f"/documents/{document.pk}/undo/")
    html = client.get(f"/documents/{document.pk}/corrections/").content.decode()
    assert "18,000" in html
    assert "18,500" in html
    assert "王秀英 于" in html


def test_who_may_only_look_gets_no_buttons(house, document):
    html = house.client("administrator").get(f"/documents/{document.pk}/", {"at": "p:1"}).content.decode()
    assert "保存</button>" not in html
    assert "发布…" not in html
    assert "撤销</button>" not in html


def test_text_with_markup_is_shown_and_never_run(client, document):
    lines = [*document.lines, '<script>alert(1)</script>"><img src=x onerror=alert(1)>']
    Document.objects.filter(pk=document.pk).update(lines=lines, name="<script>名.txt")
    form = inputs(editor(client, document, "p:1")) | {"headline": "<b>粗</b>", "lead_units": "<i>局</i>"}
    client.post(f"/documents/{document.pk}/correct/", form)
    pages = ("", "?at=p:1", "?panel=corrections", "corrections/", "publish/")
    for page in (*(f"/documents/{document.pk}/{page}" for page in pages), "/documents/"):
        html = client.get(page).content.decode()
        for markup in ("<script>alert", "<script>名", "<img", "<b>粗", "<i>局"):
            assert markup not in html, (page, markup)
    assert "&lt;script&gt;alert(1)" in client.get(f"/documents/{document.pk}/").content.decode()


def test_no_page_of_ours_carries_inline_style_or_script(client, document):
    pages = [
        f"/documents/{document.pk}/?at=p:1",
        f"/documents/{document.pk}/publish/",
        f"/documents/{document.pk}/corrections/",
        "/documents/",
    ]
    for page in pages:
        html = client.get(page).content.decode()
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", html), page
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html)), page


def test_the_text_read_by_another_version_offers_another_reading(client, document):
    assert "程序已更新" not in client.get(f"/documents/{document.pk}/").content.decode()
    document.readings.update(reader_version="0")
    assert "程序已更新" in client.get(f"/documents/{document.pk}/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_many_questions_for_one_as_for_thirty(
    house, client, django_assert_num_queries, count
):
    for number in range(count):
        Document.objects.create(
            office=house.city,
            name=f"{number}.txt",
            sha256=f"{number:064}",
            size=10,
            state="read",
            uploaded_by=house.people["own"],
            uploaded_at="2026-03-02T09:00Z",
        )
    client.get("/documents/")
    with django_assert_num_queries(5):
        response = client.get("/documents/")
    assert response.content.decode().count("待核对") == count


def test_the_screen_asks_as_many_questions_however_many_corrections(
    house, client, document, django_assert_max_num_queries
):
    for project in workspace(document).plan.projects:
        for q in project.quantities:
            form = inputs(editor(client, document, q.anchor)) | {"subject": "改过的说法"}
            client.post(f"/documents/{document.pk}/correct/", form)
    assert CorrectionRow.objects.count() == 9
    with django_assert_max_num_queries(8):
        client.get(f"/documents/{document.pk}/")


def test_the_was_of_a_form_is_json_of_what_stands(client, document):
    found = quantity(document, "1.8万人")
    form = inputs(editor(client, document, found.anchor))
    assert json.loads(form["was_value"]) == 18000
    assert json.loads(form["was_region"]) == "河东县"


def test_a_project_moved_to_another_category_has_the_page_made_anew(client, document):
    form = inputs(editor(client, document, "p:3")) | {"category": "1"}
    response = client.post(f"/documents/{document.pk}/correct/", form, headers=HTMX)
    assert response["HX-Redirect"] == f"/documents/{document.pk}/?at=p%3A3#editor"
    assert workspace(document).project(3).category == 1
