"""The page of a report line: files added, refused, taken and withdrawn; links to it; its queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence_files import JPG, PDF, give, sent
from minsheng_web.records.actions.closing import close_period
from minsheng_web.records.actions.evidence import withdraw_evidence
from minsheng_web.records.actions.report_lines import save_cell
from minsheng_web.records.file_store import _path
from minsheng_web.records.models import Evidence, ReportLine
from reporting import AT, more_lines


def text_of(response) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_several_files_at_once(delivery, path, house):
    client = house.client("local")
    form = {"file": [sent(), sent("现场.jpg", JPG)], "note": "食堂开门"}
    answer = client.post(path, form, follow=True)
    assert answer.redirect_chain == [(path, 302)]
    assert "已添加2个佐证材料。" in text_of(answer)
    rows = Evidence.objects.values_list("name", "note")
    assert list(rows) == [("验收单.pdf", "食堂开门"), ("现场.jpg", "食堂开门")]
    assert answer.content.decode().count("<img ") == 1


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([sent("空.pdf", b"")], "“空.pdf”是空文件"),
        ([sent("说明.txt", "说明".encode())], "“说明.txt”没有添加。内容不是可以作佐证的文件"),
        ([sent("大.pdf", PDF + bytes(2 * 1024 * 1024))], "“大.pdf”有 2.0 MB，超过每个 1 MB 的上限"),
        ([], "没有选择文件"),
    ],
)
def test_a_file_that_is_not_taken_costs_no_word(path, house, settings, files, words):
    settings.EVIDENCE_LIMIT_MB = 1
    answer = house.client("local").post(path, {"file": files, "note": "写了很久的说明"})
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert 'value="写了很久的说明"' in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_file_above_the_largest_upload_is_told_too(delivery, path, house, settings):
    settings.UPLOAD_LIMIT_MB = settings.EVIDENCE_LIMIT_MB = 1
    answer = house.client("local").post(path, {"file": sent("扫描.pdf", PDF + bytes(3 * 1024 * 1024))})
    assert (answer.status_code, Evidence.objects.count()) == (409, 0)
    assert "“扫描.pdf”有 3.0 MB，超过每个 1 MB 的上限" in answer.content.decode()


def test_the_good_files_of_a_form_are_taken(delivery, path, house):
    answer = house.client("local").post(path, {"file": [sent("空.pdf", b""), sent()], "note": "说明"})
    assert answer.status_code == 409
    assert "已添加1个佐证材料。" in text_of(answer)
    assert "“空.pdf”是空文件" in answer.content.decode()
    assert Evidence.objects.get().name == "验收单.pdf"


def test_the_same_file_again_is_told(delivery, path, house, local):
    give(local, delivery.line)
    answer = house.client("local").post(path, {"file": sent("改名.pdf")}, follow=True)
    words = "“改名.pdf”与冯东2023-04-0310:32添加的“验收单.pdf”内容完全相同，没有重复添加。"
    assert words in text_of(answer)
    assert Evidence.objects.count() == 1


def test_a_file_used_elsewhere_is_told_with_where(delivery, path, house, local):
    (other,) = more_lines(delivery, 1)
    give(local, other)
    answer = house.client("local").post(path, {"file": sent()}, follow=True)
    assert "请核对：“验收单.pdf”也是其他填报项的佐证" in text_of(answer)
    assert "同一文件还用在1处：2023年3月河东县指标2。" in text_of(answer)
    assert f'href="/reports/{other.period_id}/lines/{other.pk}/"' in answer.content.decode()


def test_a_county_is_not_told_of_a_file_used_in_another(delivery, path, house, local):
    give(house.people["west"], delivery.other)
    give(local, delivery.line)
    assert "同一文件" not in text_of(house.client("county").get(path))
    assert "同一文件还用在1处：2023年3月河西县城镇新增就业。" in text_of(house.client("own").get(path))


def test_a_download_is_never_a_page(delivery, path, house, local):
    one = give(local, delivery.line, "现场照片.jpg", JPG)
    for who in ("local", "county", "lead", "auditor", "leader", "own"):
        answer = house.client(who).get(f"{path}evidence/{one.pk}/")
        assert (answer.status_code, answer.content) == (200, JPG)
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")


@pytest.mark.parametrize("who", ["west", "sister", "outsider"])
def test_people_of_other_units_find_nothing(delivery, path, house, local, who):
    one = give(local, delivery.line)
    client = house.client(who)
    assert client.get(path).status_code == 404
    assert client.get(f"{path}evidence/{one.pk}/").status_code == 404
    assert client.post(f"{path}evidence/{one.pk}/withdraw/", {"reason": "不要"}).status_code == 404
    assert client.post(path, {"file": sent("b.jpg", JPG)}).status_code == 404


def test_a_file_has_one_address(delivery, house, local):
    one = give(local, delivery.line)
    (other,) = more_lines(delivery, 1)
    client = house.client("own")
    assert client.get(f"/reports/{delivery.period.pk}/lines/{other.pk}/evidence/{one.pk}/").status_code == 404
    assert client.get(f"/reports/999/lines/{delivery.line.pk}/evidence/{one.pk}/").status_code == 404
    assert client.get(f"/reports/999/lines/{delivery.line.pk}/").status_code == 404


def test_lost_bytes_are_told(delivery, path, house, local):
    one = give(local, delivery.line)
    _path(one.sha256).unlink()
    answer = house.client("local").get(f"{path}evidence/{one.pk}/", follow=True)
    assert answer.redirect_chain == [(path, 302)]
    assert "“验收单.pdf”的原件在服务器上找不到：请联系系统管理员从备份恢复。" in text_of(answer)


def test_withdrawn_is_shown_struck_out_with_its_reason(delivery, path, house, local):
    one = give(local, delivery.line, "现场.jpg", JPG)
    form = {"reason": "拍错了地方"}
    answer = house.client("local").post(f"{path}evidence/{one.pk}/withdraw/", form, follow=True)
    assert "已撤下“现场.jpg”，原件和理由留在记录里。" in text_of(answer)
    for who in ("local", "own", "auditor"):
        page = house.client(who).get(path)
        assert "佐证材料（0）" in text_of(page)
        assert re.search(r"<del><a [^>]+>现场\.jpg</a></del>", page.content.decode())
        assert "撤下，理由：拍错了地方" in text_of(page)
        assert "<img " not in page.content.decode()
        assert "/withdraw/" not in page.content.decode()
    assert house.client("auditor").get(f"{path}evidence/{one.pk}/").content == JPG


def test_who_may_not_change_it_is_shown_no_form(delivery, path, house, local):
    give(local, delivery.line)
    for who in ("county", "lead", "auditor", "leader", "reader"):
        page = house.client(who).get(path).content.decode()
        assert 'name="file"' not in page
        assert "/withdraw/" not in page
    assert 'name="file"' in house.client("local").get(path).content.decode()


def test_a_closed_period_asks_the_office_for_a_reason(delivery, path, house):
    close_period(actor=house.people["own"], period=delivery.period, at=AT)
    unit = house.client("local").get(path)
    assert 'name="file"' not in unit.content.decode()
    assert "已经关闭，不能再改" in text_of(unit)
    office = house.client("own")
    assert 'name="reason"' in office.get(path).content.decode()
    refused = office.post(path, {"file": sent(), "note": "核查", "reason": " "})
    assert refused.status_code == 409
    assert "补充佐证请写明理由" in refused.content.decode()
    told = office.post(path, {"file": sent(), "note": "核查", "reason": "现场核查"}, follow=True)
    assert "关闭后补充，理由：现场核查" in text_of(told)


def test_the_page_tells_what_the_line_says_and_who_did_what(delivery, path, house, local):
    for field, text in (("amount", "1234.5"), ("money.spent", "60"), ("difficulty", "场地没有落实")):
        line = ReportLine.objects.get(pk=delivery.line.pk)
        save_cell(actor=local, line=line, field=field, shown="", text=text, at=AT)
    one = give(local, delivery.line)
    withdraw_evidence(actor=local, evidence=one, reason="放错了", at=AT)
    page = house.client("own").get(path)
    assert [(deed.who, deed.word, deed.detail) for deed in page.context["page"].deeds] == [
        ("冯东", "撤下佐证", "验收单.pdf，理由：放错了"),
        ("冯东", "添加佐证", "验收单.pdf"),
        ("冯东", "填报", "本期完成：1,234.5，支出资金：60，困难问题：场地没有落实"),
    ]
    figures = {figure.label: figure.text for figure in page.context["page"].figures}
    assert figures == {"本期完成": "1,234.5", "累计完成": "", "支出资金（万元）": "60"}
    assert "场地没有落实" in text_of(page)
    assert "18,000" in text_of(page)


def test_an_untouched_line_shows_no_figure(delivery, path, house):
    page = house.client("own").get(path)
    assert page.context["page"].figures == ()
    assert "还没有填报" in text_of(page)
    assert "还没有人办理过" in text_of(page)


SAID = {
    "at_least": ({"cumulative": "95.5"}, {"现在达到": "95.5"}),
    "standard": ({"done": "是"}, {"是否达到标准": "是", "现在达到": ""}),
    "yes_no": ({"done": "否"}, {"是否完成": "否"}),
    "stages": (
        {"stages.started": "2023-03-05"},
        {"前期": "", "开工": "2023-03-05", "完工": "", "验收": "", "投用": ""},
    ),
}


@pytest.mark.parametrize("kind", SAID)
def test_lines_of_every_kind_say_their_own(delivery, house, local, kind):
    (line,) = more_lines(delivery, 1, kind)
    typed, shown = SAID[kind]
    for field, text in typed.items():
        save_cell(actor=local, line=line, field=field, shown="", text=text, at=AT)
    page = house.client("own").get(f"/reports/{delivery.period.pk}/lines/{line.pk}/").context["page"]
    assert {figure.label: figure.text for figure in page.figures} == shown


def test_the_grid_and_the_check_page_lead_to_it(delivery, path, house, local):
    give(local, delivery.line)
    give(local, delivery.line, "现场.jpg", JPG)
    gone = give(local, delivery.line, data=PDF + b"3")
    withdraw_evidence(actor=local, evidence=gone, reason="放错了", at=AT)
    for who, address in (
        ("local", f"/reports/{delivery.period.pk}/{delivery.line.unit_id}/"),
        ("lead", f"/reports/{delivery.period.pk}/check/?show=all"),
        ("own", f"/reports/{delivery.period.pk}/check/?show=all"),
    ):
        page = house.client(who).get(address).content.decode()
        link = re.search(rf'href="{path}">(.*?)</a>', page)
        assert link is not None, who
        assert link[1].endswith("佐证(2)")


def queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("where", ["grid", "check"])
def test_as_many_queries_for_one_line_as_for_three_hundred(delivery, house, local, where):
    give(local, delivery.line)
    grid = f"/reports/{delivery.period.pk}/{delivery.line.unit_id}/"
    address, who = {
        "grid": (grid, "local"),
        "check": (f"/reports/{delivery.period.pk}/check/?show=all", "own"),
    }[where]
    client = house.client(who)
    one = queries(client, address)
    lines = more_lines(delivery, 299)
    Evidence.objects.bulk_create(
        Evidence(
            line=line, sha256=f"{number:064}", name="a.pdf", kind="pdf", content_type="application/pdf",
            size=1, added_by=local, added_at=AT,
        )
        for number, line in enumerate(lines)
    )  # fmt: skip
    assert queries(client, address) == one


def test_as_many_queries_for_one_file_as_for_thirty(delivery, path, house, local):
    (other,) = more_lines(delivery, 1)
    give(local, delivery.line)
    give(local, other)
    client = house.client("own")
    one = queries(client, path)
    for number in range(29):
        data = PDF + bytes([number])
        give(local, delivery.line, data=data)
        give(local, other, data=data)
    assert queries(client, path) == one
