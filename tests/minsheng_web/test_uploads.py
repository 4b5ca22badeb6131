"""Files taken in through the page, good and bad: each ends in a state with a sentence, none in a stack trace."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from minsheng_web.records.actions.documents import upload_document
from minsheng_web.records.file_store import fetch
from minsheng_web.records.models import AuditEvent, CorrectionRow, Document, PlanVersion, Reading

TEXT = """云岭市2023年2项民生实事实施方案
一、就业（2项）
（一）城镇新增就业3.3万人以上。（牵头单位：市人力资源社会保障局）
（二）建设零工市场6个。（牵头单位：市人力资源社会保障局）
"""
MEGABYTE = 1024 * 1024


def docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()


BAD = {
    "empty.txt": (b"", "empty_file"),
    "binary.txt": (bytes(range(256)) * 40, None),
    "word renamed.txt": (docx(), "damaged_file"),
    "photo.txt": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, None),
    "wrong encoding.txt": (TEXT.encode("gbk")[:40] + b"\xff\xfe\x81" + TEXT.encode()[10:], None),
    "no plan.html": (
        "<html><body><h1>新闻</h1><p>今天召开会议，学习有关文件。</p></body></html>".encode(),
        "no_plan",
    ),
    "cut.txt": (TEXT.encode()[:30], None),
    "blank.txt": ("　\n \n".encode(), "no_text"),
    "many.txt": (TEXT.encode() + "（三）建设驿站6个。\n".encode() * 10_001, "too_many"),
    "long.txt": (TEXT.encode() + "名单\n".encode() * 100_001, "too_long"),
    "one paragraph.txt": (TEXT.encode() + "建设驿站6个，".encode() * 600, "too_long"),
    "english.txt": (b"Minutes of the meeting, nothing else. " * 20, "no_chinese_text"),
}


@pytest.fixture
def client(house):
    return house.client("own")


def post(client: Client, name: str, data: bytes, **more):
    return client.post("/documents/", {"file": SimpleUploadedFile(name, data), **more}, follow=True)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_stays_listed_with_its_reason(client, name):
    data, code = BAD[name]
    response = post(client, name, data)
    assert response.status_code == 200
    found = Document.objects.get()
    assert (found.state, found.name, found.size) == ("refused", name, len(data))
    assert found.refusal_message.endswith("。")
    if code:
        assert found.refusal_code == code
    listed = client.get("/documents/").content.decode()
    own = client.get(f"/documents/{found.pk}/").content.decode()
    for html in (response.content.decode(), listed, own):
        assert found.refusal_message in html
        assert "Traceback" not in html
    assert (Reading.objects.count(), PlanVersion.objects.count()) == (0, 0)
    assert client.get(f"/documents/{found.pk}/publish/").status_code == 404


def test_html_with_scripts_is_read_without_them(client):
    page = (
        "<html><head><script>alert(1)</script><style>p{color:red}</style></head><body onload='x()'>"
        + "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
        + "<script>document.write('（二）假项目9个。')</script></body></html>"
    )
    post(client, "页面.html", page.encode("gb18030"))
    found = Document.objects.get()
    assert (found.state, found.format) == ("read", "html")
    assert not any("alert" in line or "假项目" in line for line in found.lines)
    html = client.get(f"/documents/{found.pk}/").content.decode()
    assert "alert(1)" not in html


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_good_file_lands_on_proofreading_in_any_encoding(client, encoding):
    response = post(client, "方案.txt", TEXT.encode(encoding))
    found = Document.objects.get()
    assert response.redirect_chain[-1][0] == f"/documents/{found.pk}/"
    assert 'id="proof"' in response.content.decode()
    assert found.state == "read"
    assert fetch(found.sha256) == TEXT.encode(encoding)


def test_a_file_beyond_the_limit_is_refused_without_being_kept(client, settings):
    settings.UPLOAD_LIMIT_MB = 1
    response = post(client, "大.txt", b"x" * (3 * MEGABYTE))
    found = Document.objects.get()
    assert (found.state, found.refusal_code, found.size) == ("refused", "too_large", 3 * MEGABYTE)
    assert found.sha256 == ""
    assert "3.0 MB，超过 1 MB 的上限" in response.content.decode()
    assert AuditEvent.objects.filter(action="document.refuse").count() == 1


def test_a_file_of_exactly_the_limit_is_read(client, settings):
    settings.UPLOAD_LIMIT_MB = 1
    data = TEXT.encode()
    post(client, "满.txt", data + b"\n" * (MEGABYTE - len(data)))
    assert Document.objects.get().state == "read"


def test_a_hundred_megabytes_end_in_a_sentence(client):
    response = post(client, "百兆.txt", b"\0" * (100 * MEGABYTE))
    assert f"超过 {settings.UPLOAD_LIMIT_MB} MB 的上限" in response.content.decode()
    assert Document.objects.get().state == "refused"


def test_a_file_the_browser_did_not_send_is_listed_by_name_and_size(client):
    form = {"large_name": "百兆.txt", "large_size": str(100 * MEGABYTE)}
    response = client.post("/documents/", form, follow=True)
    found = Document.objects.get()
    assert (found.name, found.size, found.state) == ("百兆.txt", 100 * MEGABYTE, "refused")
    assert found.refusal_message in response.content.decode()


@pytest.mark.parametrize("size", ["", "x", "5", "-1"])
def test_a_made_up_size_lists_nothing(client, size):
    response = client.post("/documents/", {"large_name": "x.txt", "large_size": size}, follow=True)
    assert Document.objects.count() == 0
    assert "没有选择文件" in response.content.decode()


def test_no_file_at_all_gets_a_sentence(client):
    assert "没有选择文件" in client.post("/documents/", {}, follow=True).content.decode()


def test_the_same_file_again_leads_to_the_first_and_loses_nothing(client):
    post(client, "方案.txt", TEXT.encode())
    found = Document.objects.get()
    client.post(
        f"/documents/{found.pk}/correct/",
        {"anchor": "p:1", "was_status": '"assigned"', "status": "local"},
    )
    response = post(client, "方案（副本）.txt", TEXT.encode())
    assert response.redirect_chain[-1][0] == f"/documents/{found.pk}/"
    assert "内容完全相同，没有重复导入" in response.content.decode()
    assert Document.objects.count() == 1
    assert CorrectionRow.objects.count() == 1


def test_another_office_has_its_own_copy(house, client):
    post(client, "方案.txt", TEXT.encode())
    post(house.client("sister"), "方案.txt", TEXT.encode())
    assert {document.office.name for document in Document.objects.all()} == {"云岭市", "青川市"}


def test_several_files_at_once_are_each_taken_in(client):
    files = [
        SimpleUploadedFile("一.txt", TEXT.encode()),
        SimpleUploadedFile("二.txt", b""),
    ]
    response = client.post("/documents/", {"file": files}, follow=True)
    assert response.redirect_chain[-1][0] == "/documents/"
    assert sorted(Document.objects.values_list("name", "state")) == [
        ("一.txt", "read"),
        ("二.txt", "refused"),
    ]


def test_a_long_name_is_kept_to_its_end(client):
    post(client, "很" * 300 + ".txt", TEXT.encode())
    found = Document.objects.get()
    assert len(found.name) <= 255
    assert found.name.endswith(".txt")


def test_an_upload_is_audited_with_its_sum(house):
    from datetime import UTC, datetime

    at = datetime(2026, 3, 2, tzinfo=UTC)
    uploaded = upload_document(
        actor=house.people["own"], office=house.city, name="方案.txt", data=TEXT.encode(), at=at
    )
    event = AuditEvent.objects.get(action="document.upload")
    assert event.actor == house.people["own"]
    assert event.new == {
        "name": "方案.txt",
        "size": len(TEXT.encode()),
        "sha256": uploaded.document.sha256,
    }


def test_a_plan_cut_in_the_middle_is_read_and_says_so(client):
    whole = TEXT.encode()
    post(client, "断.txt", whole[: whole.rindex("零工".encode()) + 4])
    found = Document.objects.get()
    assert found.state == "read"
    html = client.get(f"/documents/{found.pk}/", {"panel": "findings"}).content.decode()
    assert "最后一个字只有一半" in html
