"""What one county does not see of another: over every page, file, count, list, search and piece of background work."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from every_route import NOW, PERMISSIONS, address
from minsheng_web.records.actions.calendar import keep_calendar
from minsheng_web.records.actions.closing import close_period
from minsheng_web.records.actions.reminders import remind
from minsheng_web.records.models import AuditEvent, Reminder, ReportLine, SheetBatch
from permissions.rows import OK, WHO
from report_sheets import typed

EAST, WEST = "河东县人力资源社会保障局", "河西县人力资源社会保障局"
DIFFICULTY, DONE = "西边场地没有落实", "8765"
MARKS = (WEST, DIFFICULTY, "8,765", DONE, "陈西")
"""What only those who reach 河西县 may read. Its name and its share stand in the plan, which is open to the county."""

BOTH, ONE, NONE = (EAST, WEST), (EAST,), ()
REACH = {
    "visitor": NONE, "outsider": NONE, "sister": NONE, "county": ONE, "local": ONE, "lead": BOTH, "finance": BOTH,
    "auditor": BOTH, "leader": BOTH, "publisher": BOTH, "reader": BOTH, "administrator": BOTH, "own": BOTH,
}  # fmt: skip
"""Whose reports each person reaches."""


def test_everybody_is_in_the_table():
    assert tuple(sorted(REACH)) == tuple(sorted(WHO))


@pytest.fixture
def told(delivery):
    """河西县 has handed in, with figures and a difficulty nobody else has."""
    ReportLine.objects.filter(pk=delivery.other.pk).update(
        state="submitted",
        amount=Decimal(DONE),
        cumulative=Decimal(DONE),
        difficulty=DIFFICULTY,
        edited_at=NOW,
    )
    return delivery


def text_of(response) -> str:
    """What a person reads of an answer: a workbook's cells, or the page."""
    if "spreadsheet" not in response.get("Content-Type", ""):
        return response.content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "\n".join(f"{cell:g}" if isinstance(cell, float) else str(cell) for row in rows for cell in row)


@pytest.mark.parametrize("name", PERMISSIONS)
def test_no_page_and_no_file_tells_a_county_of_another(house, document, told, name):
    row = PERMISSIONS[name]
    if row.prepare:
        row.prepare(told)
    path = address(name, document, told)
    for who in (who for who in WHO if WEST not in REACH[who]):
        text = text_of(house.client(who).get(path))
        assert [mark for mark in MARKS if mark in text] == [], who


SHOWN = ("report-check", "period", "period-late-xlsx", "snapshot", "snapshot-xlsx", "unit-list", "people")


@pytest.mark.parametrize("name", SHOWN)
def test_whoever_reaches_both_is_shown_both(house, document, told, name):
    """So that the silence above says something."""
    row = PERMISSIONS[name]
    if name == "period-late-xlsx":
        ReportLine.objects.filter(pk=told.other.pk).update(state="draft")
    if row.prepare:
        row.prepare(told)
    path = address(name, document, told)
    text = text_of(house.client("lead" if name == "report-check" else "own").get(path))
    assert any(mark in text for mark in MARKS)


@pytest.mark.parametrize("who", WHO)
def test_the_file_of_who_is_late_holds_the_units_in_reach(house, delivery, who):
    response = house.client(who).get(f"/periods/{delivery.period.pk}/late.xlsx")
    text = text_of(response) if response.status_code == OK else ""
    assert tuple(unit for unit in (EAST, WEST) if unit in text) == REACH[who]


@pytest.mark.parametrize("who", WHO)
def test_the_file_of_a_snapshot_holds_the_lines_in_reach(house, told, who):
    snapshot = close_period(actor=None, period=told.period, at=NOW)
    response = house.client(who).get(f"/snapshots/{snapshot.pk}/table.xlsx")
    text = text_of(response) if response.status_code == OK else ""
    assert tuple(unit for unit in (EAST, WEST) if unit in text) == REACH[who]


@pytest.mark.parametrize("who", WHO)
def test_regions_offered_for_checking_are_those_in_reach(house, told, who):
    response = house.client(who).get(f"/reports/{told.period.pk}/check/?show=all")
    names = [name for _, name in response.context["regions"]] if response.status_code == OK else []
    assert [f"{name}人力资源社会保障局" for name in names] == list(REACH[who])
    if names:
        assert response.context["page"].paginator.count == len(REACH[who])


@pytest.mark.parametrize("who", WHO)
def test_units_and_regions_offered_when_inviting_are_those_in_reach(house, delivery, who):
    response = house.client(who).get("/people/invite/")
    if response.status_code != OK:
        assert PERMISSIONS["invite"].get[who] != OK
        return
    options = re.findall(r"<option[^>]*>([^<]*)", response.content.decode())
    offered = [unit for unit in (EAST, WEST) if any(unit in option for option in options)]
    assert set(offered) <= set(REACH[who])
    assert any("河西县" in option for option in options) <= (WEST in REACH[who])


@pytest.mark.parametrize("who", [who for who in WHO if not REACH[who]])
@pytest.mark.parametrize(
    "path", ["/search/?q=食堂", "/search/?q=人力资源", "/", "/programmes/", "/reports/", "/compare/"]
)
def test_lists_and_search_of_who_reaches_nothing(house, delivery, who, path):
    text = house.client(who).get(path, follow=True).content.decode()
    assert not any(word in text for word in ("云岭市2023年", "市人力资源社会保障局", EAST, WEST))


def sheet(house, delivery, who, line) -> bytes:
    path = f"/reports/{delivery.period.pk}/{line.unit_id}/sheet.xlsx"
    return typed(house.client(who).get(path).content, f"{line.pk}.0", "本期完成", 55)


@pytest.mark.parametrize("who", [who for who in WHO if PERMISSIONS["report-sheets"].post[who] == 302])
def test_a_batch_writes_only_what_its_sender_reaches(house, delivery, who, settings):
    """Sent by a county with another county's sheet among its own: that one is refused, word for word unread."""
    files = [
        SimpleUploadedFile(f"{line.unit}.xlsx", sheet(house, delivery, "own", line))
        for line in (delivery.line, delivery.other)
    ]
    house.client(who).post(f"/reports/{delivery.period.pk}/sheets/", {"file": files})
    written = ReportLine.objects.filter(amount=55).order_by("pk").values_list("unit__name", flat=True)
    assert tuple(written) == REACH[who]
    refused = [one for one in SheetBatch.objects.get().results if not one["taken"]]
    assert len(refused) == 2 - len(REACH[who])
    assert all("不是您能办理的单位的" in one["message"] for one in refused)
    assert AuditEvent.objects.filter(action="report.sheet").count() == len(REACH[who])


@pytest.mark.parametrize("who", ["lead", "county", "own"])
def test_a_reminder_reaches_the_units_in_reach(house, delivery, who):
    units = [delivery.line.unit_id, delivery.other.unit_id]
    if WEST not in REACH[who]:
        with pytest.raises(PermissionDenied):
            remind(actor=house.people[who], period=delivery.period, units=units, at=NOW)
        assert not Reminder.objects.exists()
        units = [delivery.line.unit_id]
    remind(actor=house.people[who], period=delivery.period, units=units, at=NOW)
    sent = Reminder.objects.order_by("unit").values_list("unit__name", flat=True)
    assert tuple(sent) == REACH[who]


def test_the_calendar_closes_for_nobody_in_particular(told):
    keep_calendar(today=date(2023, 4, 16), at=NOW)
    told.period.refresh_from_db()
    assert (told.period.closed_at, told.period.closed_by) == (NOW, None)
    event = AuditEvent.objects.get(action="period.close")
    assert event.actor is None
    frozen = told.period.snapshots.get().lines.order_by("unit_name").values_list("unit_name", "cumulative")
    assert list(frozen) == [(EAST, None), (WEST, Decimal(DONE))]
