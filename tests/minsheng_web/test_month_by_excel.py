"""A month of 102 county units that never open the site: every form goes out, is filled with Excel and comes back."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from minsheng.papers.report_form import FIRST_ROW, FORM_SHEET, HEAD_ROW
from minsheng_web.records.actions.breakdown import issue
from minsheng_web.records.actions.documents import upload_document
from minsheng_web.records.actions.people import add_region, add_user, give_post
from minsheng_web.records.actions.publish_document import publish_document
from minsheng_web.records.models import (
    Allocation,
    AuditEvent,
    Programme,
    ReportLine,
    ReportPeriod,
    SheetBatch,
    Snapshot,
    Unit,
    User,
)
from minsheng_web.records.queries.division import mark_of, open_proposal

YEAR = timezone.localdate().year
TEXT = f"""云河市{YEAR}年3项民生实事实施方案

一、就业（2项）
（一）帮扶就业，城镇新增就业3400人。（牵头单位：市人力资源社会保障局）
（二）培训家政服务人员6800人次。（牵头单位：市商务局）
二、养老（1项）
（三）新建老年食堂680个。（牵头单位：市民政局）
"""
COUNTIES = [f"{first}{second}县" for first in "东西南北上下" for second in "山河湖原田林"][:34]
UNITS = ("人力资源社会保障局", "商务局", "民政局")
SHARES = (100, 200, 20)
BACK = "与养老机构台账相差1个，请核对"


def signed_in(name: str) -> Client:
    client = Client()
    user = User.objects.get(username=name)
    client.force_login(user)
    return client


def person(name: str, shown: str, role: str, region, unit=None):
    made = add_user(actor=None, username=name, display_name=shown, password="kite-lantern-88")
    give_post(actor=None, user=made, role=role, region=region, unit=unit)
    return made


@pytest.fixture
def programme(db) -> Programme:
    """Published, its units and their counterparts in 34 counties set up, its targets followed."""
    city = add_region(actor=None, name="云河市", parent=add_region(actor=None, name="江岭省"))
    for name in COUNTIES:
        add_region(actor=None, name=name, parent=city)
    official = person("office", "云河市民生办", "office", city)
    now = timezone.now()
    document = upload_document(
        actor=official, office=city, name="方案.txt", data=TEXT.encode(), at=now
    ).document
    made = publish_document(actor=official, document=document, at=now, expected_number=1).programme
    office = signed_in("office")
    office.post(f"/units/from-plan/{made.pk}/", {"name": [f"市{name}" for name in UNITS]})
    rows = {
        f"{unit.pk}-{county.pk}": f"{county.name}{unit.name.removeprefix('市')}"
        for unit in Unit.objects.filter(region=city)
        for county in city.children.all()
    }
    names = {f"name-{key}": name for key, name in rows.items()}
    office.post(f"/units/counterparts/{city.pk}/", {"take": list(rows), **names})
    assert Unit.objects.count() == 3 + 102
    office.post(f"/programmes/{made.pk}/indicators/take-up/")
    person("lead", "郑牵头", "lead", city, Unit.objects.get(name="市民政局"))
    return made


def changed(data: bytes, *cells: tuple[str, int, int, object]) -> bytes:
    """The workbook with cells typed over: sheet, row and column counted from one, value."""
    book = load_workbook(BytesIO(data))
    for sheet, row, column, value in cells:
        book[sheet].cell(row, column).value = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_of(data: bytes):
    return load_workbook(BytesIO(data)).worksheets[0]


def issue_by_annex(office: Client, programme: Programme) -> None:
    """The annex form comes back with every county's share; then the three breakdowns are issued."""
    city = programme.region
    data = office.get(f"/programmes/{programme.pk}/breakdown/{city.pk}/form.xlsx").content
    sheet = sheet_of(data)
    rows = {row[1].value: row[1].row for row in sheet.iter_rows() if row[1].value in COUNTIES}
    heads = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value}
    columns = [heads["城镇新增就业"], heads["培训家政服务人员"], heads["新建老年食堂"]]
    cells = [
        (sheet.title, row, column, share)
        for row in rows.values()
        for column, share in zip(columns, SHARES, strict=True)
    ]
    file = SimpleUploadedFile("分解表.xlsx", changed(data, *cells))
    page = office.post(f"/programmes/{programme.pk}/breakdown/{city.pk}/upload/", {"file": file})
    assert page.status_code == 200
    official = AuditEvent.objects.get(action="indicators.take_up").actor
    for node in Allocation.objects.filter(above=None).order_by("pk"):
        mark = mark_of(open_proposal(node))
        version = issue(actor=official, node=node, seen=mark, at=timezone.now())
        assert (version.number, len(version.parts)) == (1, 34)


def figure(line: ReportLine) -> int:
    """Every county's own: 1 to 34 and so on, within its share."""
    return (
        COUNTIES.index(line.allocation.region.name) % 17
        + 1
        + UNITS.index(line.unit.name.removeprefix(line.allocation.region.name))
    )


def filled(office: Client, line: ReportLine, value: object) -> SimpleUploadedFile:
    """The unit's sheet as it goes out, and as it comes back."""
    data = office.get(f"/reports/{line.period_id}/{line.unit_id}/sheet.xlsx").content
    heads = {cell.value: cell.column for cell in load_workbook(BytesIO(data))[FORM_SHEET][HEAD_ROW + 1]}
    typed = [(FORM_SHEET, FIRST_ROW + 1, heads[head], value) for head in ("本期完成", "累计完成")]
    return SimpleUploadedFile(f"{line.unit.name}.xlsx", changed(data, *typed))


def hand_back(client: Client, period: ReportPeriod, files: list) -> SheetBatch:
    answer = client.post(f"/reports/{period.pk}/sheets/", {"file": files})
    batch = SheetBatch.objects.latest("pk")
    assert answer.url == f"/reports/{period.pk}/sheets/{batch.pk}/"
    assert batch.state == "done"
    return batch


def hand_in(client: Client, batch: SheetBatch) -> str:
    page = f"/reports/{batch.period_id}/sheets/{batch.pk}/"
    return client.post(f"{page}hand-in/", follow=True).content.decode()


def states(period: ReportPeriod) -> dict[str, int]:
    rows = list(ReportLine.objects.filter(period=period).values_list("state", flat=True))
    return {state: rows.count(state) for state in set(rows)}


def decide(client: Client, period: ReportPeriod, act: str, lines, reason: str = "") -> None:
    keys = [f"{pk}:{revision}" for pk, revision in lines.values_list("pk", "revision")]
    client.post(f"/reports/{period.pk}/check/decide/", {"act": act, "line": keys, "reason": reason})


def test_a_month_through_excel_files_only(programme):
    office, lead = signed_in("office"), signed_in("lead")
    issue_by_annex(office, programme)
    period = ReportPeriod.objects.get()
    lines = list(
        ReportLine.objects.select_related("unit", "allocation__region").order_by("allocation_id", "pk")
    )
    assert len(lines) == 102
    assert {line.allocation.share for line in lines} == {Decimal(share) for share in SHARES}

    # Two never come back; one comes back with a word where a number belongs.
    missing = [line for line in lines if line.unit.name in ("东山县商务局", "东河县商务局")]
    wrong = next(line for line in lines if line.unit.name == "东山县民政局")
    back = [line for line in lines if line not in missing]
    files = [filled(office, line, "很多" if line == wrong else figure(line)) for line in back]
    batch = hand_back(office, period, files)
    assert len(batch.results) == 100
    assert sum(one["taken"] for one in batch.results) == 100
    told = next(one for one in batch.results if one["unit"] == wrong.unit.name)
    assert "“很多”" in told["problems"][0]["message"]
    page = office.get(f"/reports/{period.pk}/sheets/{batch.pk}/").content.decode()
    assert "代为提交 99 项（表格报送）" in page
    assert "已收填报表 99 项，待代为提交" in office.get("/").content.decode()
    assert states(period) == {"draft": 102}
    assert "已代为提交 99 项" in hand_in(office, batch)
    # 市民政局 has somebody who verifies; the other two lead units have nobody, so the office takes theirs.
    assert states(period) == {"draft": 3, "submitted": 33, "verified": 66}
    again = hand_back(office, period, [filled(office, wrong, figure(wrong))])
    assert "已代为提交 1 项" in hand_in(office, again)

    # The lead unit sends one back; its sheet goes out once more, and the lead unit takes it in itself.
    first = ReportLine.objects.filter(unit__name="东河县民政局")
    decide(lead, period, "send_back", first, BACK)
    assert states(period) == {"draft": 2, "submitted": 33, "returned": 1, "verified": 66}
    line = first.select_related("unit", "allocation__region").get()
    assert line.return_reason == BACK
    corrected = hand_back(lead, period, [filled(lead, line, figure(line) - 1)])
    assert "已代为提交 1 项" in hand_in(lead, corrected)
    page = lead.get(f"/reports/{period.pk}/check/").content.decode()
    assert page.count("代为提交（表格报送）") == 34
    assert "郑牵头代为提交（表格报送）" in page
    decide(lead, period, "verify", ReportLine.objects.filter(state="submitted"))
    decide(office, period, "accept", ReportLine.objects.filter(state="verified"))
    assert states(period) == {"draft": 2, "accepted": 100}

    # Who is late, as a file; then the period is closed and its snapshot is a file.
    late = sheet_of(office.get(f"/periods/{period.pk}/late.xlsx").content)
    cells = [[cell.value for cell in row] for row in late.iter_rows()]
    assert [row[2] for row in cells if row[2] in {line.unit.name for line in lines}] == [
        "东山县商务局",
        "东河县商务局",
    ]
    form = office.get(f"/periods/{period.pk}/close/")
    assert "东山县商务局" in form.content.decode()
    office.post(f"/periods/{period.pk}/close/", {"seen": form.context["seen"]})
    snapshot = Snapshot.objects.get(period=period)
    frozen = sheet_of(office.get(f"/snapshots/{snapshot.pk}/table.xlsx").content)
    rows = [[cell.value for cell in row] for row in frozen.iter_rows()]
    head = next(row for row in rows if "累计完成" in row)
    unit, total = head.index("填报单位"), head.index("累计完成")
    read = {row[unit]: row[total] for row in rows if row[unit] in {line.unit.name for line in lines}}
    expected = {line.unit.name: figure(line) for line in back} | {"东河县民政局": figure(line) - 1}
    assert {name: value for name, value in read.items() if name in expected} == expected
    assert [read[line.unit.name] in (None, "未报") for line in missing] == [True, True]
    state = head.index("状态")
    words = [row[state] for row in rows if row[unit] in read]
    assert (words.count("已接收"), words.count("未报")) == (100, 2)
    assert any(snapshot.digest in str(value) for row in rows for value in row)
    assert AuditEvent.objects.filter(action="report.submit_for").count() == 101
