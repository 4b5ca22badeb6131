"""Reading in the background: states, cancelling, a worker that dies, running twice."""

import re
import threading
import time
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from made_files import pdf_of, xlsx_of
from minsheng_web.records.actions import reading
from minsheng_web.records.actions.documents import (
    cancel_reading,
    read_again,
    requeue_stalled,
    upload_document,
)
from minsheng_web.records.actions.reading import run_reading
from minsheng_web.records.actions.states import MOVES, move
from minsheng_web.records.heartbeat import beating
from minsheng_web.records.models import AuditEvent, Document, PlanVersion, Reading
from minsheng_web.records.models.documents import DocumentState
from minsheng_web.records.queries.workspace import workspace

pytestmark = pytest.mark.django_db(transaction=True)  # the worker has connections of its own

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TEXT = """云岭市2023年2项民生实事实施方案
一、就业（2项）
（一）城镇新增就业3.3万人以上。（牵头单位：市人力资源社会保障局）
（二）建设零工市场6个。（牵头单位：市人力资源社会保障局）
"""


@pytest.fixture
def queue(settings):
    """The real queue in the database; nothing runs until a worker does."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def waiting(house, queue) -> Document:
    return upload_document(
        actor=house.people["own"], office=house.city, name="方案.txt", data=TEXT.encode(), at=NOW
    ).document


def work() -> None:
    """One worker that does what waits and ends."""
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)


def test_every_state_is_in_the_table_of_moves():
    assert set(MOVES) == set(DocumentState)
    assert {new for moves in MOVES.values() for new in moves} == set(DocumentState)


@pytest.mark.parametrize("old", DocumentState)
@pytest.mark.parametrize("new", DocumentState)
def test_only_declared_moves_happen(house, old, new):
    row = Document.objects.create(
        office=house.city, name="x", size=1, state=old, uploaded_by=house.people["own"], uploaded_at=NOW
    )
    if new in MOVES[old]:
        assert move(document_id=row.pk, attempt=0, old=old, new=new)
    else:
        with pytest.raises(ValueError, match="no move"):
            move(document_id=row.pk, attempt=0, old=old, new=new)
    row.refresh_from_db()
    assert row.state == (new if new in MOVES[old] else old)


def test_a_worker_reads_what_waits(waiting):
    assert (waiting.state, DBTaskResult.objects.count()) == ("received", 1)
    work()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.format, waiting.encoding) == ("read", "txt", "utf-8")
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert AuditEvent.objects.filter(action="document.read").count() == 1


def test_the_wait_is_shown_polled_and_ends_on_proofreading(house, waiting):
    client = house.client("own")
    page = client.get(f"/documents/{waiting.pk}/").content.decode()
    assert "等待识读" in page
    assert f'hx-get="/documents/{waiting.pk}/progress/"' in page
    assert "HX-Redirect" not in client.get(f"/documents/{waiting.pk}/progress/")
    work()
    response = client.get(f"/documents/{waiting.pk}/progress/")
    assert response["HX-Redirect"] == f"/documents/{waiting.pk}/"


def test_a_worker_that_is_away_is_told_of(house, waiting):
    page = house.client("own").get(f"/documents/{waiting.pk}/").content.decode()
    assert "后台识读程序没有响应" in page


def test_running_twice_reads_once(waiting):
    assert run_reading(document_id=waiting.pk, attempt=0) == "read"
    assert run_reading(document_id=waiting.pk, attempt=0) == "skipped"
    assert Reading.objects.count() == 1


def test_a_cancelled_reading_is_not_done(house, waiting):
    assert cancel_reading(actor=house.people["own"], document=waiting)
    work()
    waiting.refresh_from_db()
    assert (waiting.state, Reading.objects.count()) == ("cancelled", 0)
    assert not cancel_reading(actor=house.people["own"], document=waiting)


def test_cancelling_in_the_middle_stops_it(house, waiting, monkeypatch):
    def cancelled_meanwhile(plan_source):
        cancel_reading(actor=house.people["own"], document=waiting)
        return compile_plan(plan_source)

    compile_plan = reading.compile_plan
    monkeypatch.setattr(reading, "compile_plan", cancelled_meanwhile)
    assert run_reading(document_id=waiting.pk, attempt=0) == "skipped"
    waiting.refresh_from_db()
    assert (waiting.state, Reading.objects.count()) == ("cancelled", 0)


def test_a_cancelled_one_can_be_read_after_all(house, waiting):
    cancel_reading(actor=house.people["own"], document=waiting)
    waiting.refresh_from_db()
    assert read_again(actor=house.people["own"], document=waiting)
    work()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempt) == ("read", 1)


def test_what_a_killed_worker_left_is_read_by_the_next(waiting):
    """SIGKILL leaves the task RUNNING for ever and the document in ``reading`` with an old sign of life."""
    task = DBTaskResult.objects.get()
    task.claim("killed")
    move(document_id=waiting.pk, attempt=0, old="received", new="reading", heartbeat_at=NOW, progress=30)
    work()
    waiting.refresh_from_db()
    assert waiting.state == "reading"
    assert requeue_stalled(at=NOW + timedelta(seconds=10)) == 0
    assert requeue_stalled(at=NOW + timedelta(seconds=60)) == 1
    assert requeue_stalled(at=NOW + timedelta(seconds=60)) == 0
    work()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempt, Reading.objects.count()) == ("read", 1, 1)


def test_the_killed_workers_late_twin_does_no_harm(waiting):
    move(document_id=waiting.pk, attempt=0, old="received", new="reading", heartbeat_at=NOW)
    requeue_stalled(at=NOW + timedelta(seconds=60))
    assert run_reading(document_id=waiting.pk, attempt=0) == "skipped"
    assert run_reading(document_id=waiting.pk, attempt=1) == "read"


def test_a_bug_in_the_reader_is_a_sentence_and_the_file_stays(house, waiting, monkeypatch, caplog):
    def broken(_):
        raise RuntimeError("a bug")

    monkeypatch.setattr(reading, "compile_plan", broken)
    work()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.refusal_code) == ("refused", "reader_fault")
    assert "a bug" in caplog.text
    page = house.client("own").get(f"/documents/{waiting.pk}/").content.decode()
    assert "识读程序遇到内部错误" in page
    assert "a bug" not in page
    monkeypatch.undo()
    assert read_again(actor=house.people["own"], document=waiting)


@pytest.mark.parametrize("who", ["sister", "reader", "outsider", "administrator"])
def test_others_neither_cancel_nor_start(house, waiting, who):
    with pytest.raises(PermissionDenied):
        cancel_reading(actor=house.people[who], document=waiting)
    with pytest.raises(PermissionDenied):
        read_again(actor=house.people[who], document=waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempt) == ("received", 0)


def test_the_command_reads_again_what_another_version_read(house, document):
    def reread(*arguments: str) -> str:
        out = StringIO()
        call_command("reread", *arguments, stdout=out)
        return out.getvalue().strip()

    assert reread() == "queued: 0"
    document.readings.update(reader_version="0")
    assert reread() == "queued: 1"
    assert (reread(), reread("--all")) == ("queued: 0", "queued: 1")
    assert Reading.objects.count() == 3


def test_a_file_that_kills_every_worker_is_given_up_in_words(house, waiting):
    at = NOW
    for attempt in range(3):
        move(document_id=waiting.pk, attempt=attempt, old="received", new="reading", heartbeat_at=at)
        at += timedelta(minutes=1)
        requeue_stalled(at=at)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.refusal_code, waiting.attempt) == ("refused", "reader_killed", 2)
    assert read_again(actor=house.people["own"], document=waiting)
    work()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.deaths) == ("read", 0)


def test_a_long_reading_shows_that_it_is_alive():
    beats = []
    enough = threading.Event()

    def beat() -> None:
        beats.append(1)
        if len(beats) == 3:
            enough.set()

    with beating(beat, seconds=0.01):
        assert enough.wait(10)
    assert not any(thread.name == "heartbeat" for thread in threading.enumerate())
    seen = len(beats)
    time.sleep(0.05)
    assert len(beats) == seen


def test_a_beat_the_database_refuses_does_not_end_the_work(caplog):
    refused = threading.Event()

    def beat() -> None:
        refused.set()
        raise OperationalError("locked")

    with beating(beat, seconds=0.01):
        assert refused.wait(10)
    assert "sign of life" in caplog.text


def test_a_reading_that_fails_leaves_the_earlier_one_standing(house, document, monkeypatch):
    def broken(_):
        raise RuntimeError("a bug")

    monkeypatch.setattr(reading, "compile_plan", broken)
    assert read_again(actor=house.people["own"], document=document)
    document.refresh_from_db()
    assert (document.state, document.refusal_code, Reading.objects.count()) == ("read", "reader_fault", 1)
    page = house.client("own").get(f"/documents/{document.pk}/").content.decode()
    assert "重新识读没有成功，下面仍是上一次的识读结果" in page
    assert 'id="proof"' in page
    monkeypatch.undo()
    read_again(actor=house.people["own"], document=document)
    document.refresh_from_db()
    assert (document.refusal_code, document.refusal_message, Reading.objects.count()) == ("", "", 2)


def test_a_cancelled_rereading_leaves_the_earlier_one_standing(house, document, queue):
    read_again(actor=house.people["own"], document=document)
    document.refresh_from_db()
    assert document.state == "received"
    assert cancel_reading(actor=house.people["own"], document=document)
    document.refresh_from_db()
    assert document.state == "read"
    work()
    assert Reading.objects.count() == 1


LIST = [f"{number}\t第{number}户\t河东县\t1" for number in range(1, 50_001)]


def upload(house, name, data) -> Document:
    return upload_document(
        actor=house.people["own"], office=house.city, name=name, data=data, at=NOW
    ).document


@pytest.fixture
def pages() -> bytes:
    """A notice of a hundred pages."""
    return pdf_of([*TEXT.splitlines(), *(f"附件第{number}条：改造户厕一户。" for number in range(2_500))])


@pytest.fixture
def told(monkeypatch) -> list[int]:
    """Every progress that a reading writes, at once."""
    monkeypatch.setattr(reading, "WATCH_SECONDS", 0.0)
    seen: list[int] = []
    alive = reading._alive

    def noted(document_id, attempt, **values):
        seen.extend(values.values())
        return alive(document_id, attempt, **values)

    monkeypatch.setattr(reading, "_alive", noted)
    return seen


def test_the_pages_of_a_long_pdf_are_progress(house, queue, pages, told):
    document = upload(house, "方案.pdf", pages)
    assert run_reading(document_id=document.pk, attempt=0) == "read"
    assert told == sorted(told)
    assert len(set(told)) > 20
    assert (told[-2], told[-1]) == (60, 85)


def test_a_long_pdf_can_be_cancelled_between_two_pages(house, queue, pages, told, monkeypatch):
    document = upload(house, "方案.pdf", pages)
    alive = reading._alive

    def cancelled_at_30(document_id, attempt, **values):
        if values.get("progress", 0) >= 30:
            assert values["progress"] < 60
            document.refresh_from_db()
            cancel_reading(actor=house.people["own"], document=document)
        return alive(document_id, attempt, **values)

    monkeypatch.setattr(reading, "_alive", cancelled_at_30)
    assert run_reading(document_id=document.pk, attempt=0) == "skipped"
    document.refresh_from_db()
    assert (document.state, document.refusal_code, Reading.objects.count()) == ("cancelled", "", 0)


@pytest.mark.slow
def test_a_list_of_fifty_thousand_households_is_read_and_folded(house, queue):
    document = upload(house, "方案.xlsx", xlsx_of([*TEXT.splitlines(), *LIST]))
    assert run_reading(document_id=document.pk, attempt=0) == "read"
    client = house.client("own")
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert len(page) < 200_000
    assert "城镇新增就业" in page
    gap = re.search(r"展开其余 (\d+) 行（第(\d+)—(\d+)行）", page)
    count, first, last = (int(number) for number in gap.groups())
    assert count in (last - first + 1, last - first)  # one line of the text may be blank
    assert last == 50_004
    part = client.get(f"/documents/{document.pk}/lines/", {"first": first, "last": last}).content.decode()
    assert part.count('class="tl"') == 500
    assert f"展开其余 {count - 500} 行（第{first + 500}—50004行）" in part
    assert f'id="L{first}"' in part
    assert f'id="L{first}"' not in page
    text = client.get(f"/documents/{document.pk}/?line=40000&text=1").content.decode()
    assert 'id="L40000"' in text
    client.post(f"/documents/{document.pk}/publish/", {"number": "1", "state": workspace(document).state})
    path = f"/programmes/{PlanVersion.objects.get().programme_id}/text/"
    published = client.get(path).content.decode()
    assert len(published) < 200_000
    assert f"展开其余 {count} 行（第{first}—{last}行）" in published
    rest = client.get(path, {"first": first, "last": last}, headers={"HX-Request": "true"}).content.decode()
    assert rest.count("<li id=") == 500
    assert "<html" not in rest


@pytest.mark.parametrize(
    "query", [{}, {"first": "1"}, {"first": "x", "last": "2"}, {"first": "-1", "last": "2"}]
)
def test_lines_asked_for_badly(house, document, query):
    assert house.client("own").get(f"/documents/{document.pk}/lines/", query).status_code == 400


@pytest.mark.parametrize(("first", "last"), [(0, 3), (1, 99999999), (500, 600), (5, 2)])
def test_lines_beyond_the_text_are_none(house, document, first, last):
    query = {"first": first, "last": last}
    response = house.client("own").get(f"/documents/{document.pk}/lines/", query)
    assert response.status_code == 200
    assert "展开其余" not in response.content.decode()
