"""Reading an upload: the background work, its signs of life, and starting it again."""

import logging
import time
from datetime import datetime, timedelta
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from minsheng.notices.document import Document as NoticeText
from minsheng.notices.document import Refusal
from minsheng.notices.reading import read_document
from minsheng.notices.watch import Watch
from minsheng.plans.checks.run import check_plan
from minsheng.plans.compile import READER_VERSION, compile_plan
from minsheng.plans.model import Plan
from minsheng.plans.plan_json import plan_to_json, problem_to_json
from minsheng_web.records.actions.states import move, without_reading
from minsheng_web.records.audit import record
from minsheng_web.records.file_store import fetch
from minsheng_web.records.heartbeat import beating
from minsheng_web.records.models import Document, Reading
from minsheng_web.records.models.documents import DocumentState

log = logging.getLogger(__name__)

MOST_LINES = 100_000
"""Lines with text that a file may have: a list of 50,000 households beside its notice is read in seconds."""

LONGEST_LINE = 4_000
"""Characters that a paragraph may have; the longest known has some 400. Time grows with their square."""

MOST_QUANTITIES = 10_000
"""Quantities a plan may have. Beyond it every look at the proofreading page would cost seconds."""

TOO_LONG = (
    f"文件的文字超过 {MOST_LINES:,} 行，或者有一段超过 {LONGEST_LINE:,} 字，"
    "不像一份通知。请只导入通知正文，去掉附带的名单、数据或多份合并的内容。"
)
TOO_MANY = (
    f"从文件里读出的数量超过 {MOST_QUANTITIES:,} 个，无法逐个核对。"
    "请确认是否把多份方案合在了一起，分开后再导入。"
)

READ_FROM, READ_TO, COMPILED = 5, 60, 85
"""Progress in percent: where reading the file begins and ends, and where the plan is made."""

WATCH_SECONDS = 1.0
"""Pause between two signs of a long reading; each asks the database once."""


def run_reading(*, document_id: int, attempt: int) -> str:
    """Read the document; how it ended: the new state, or ``skipped`` where there was nothing to do.

    Idempotent: an attempt that is running, done, cancelled or replaced by a later one does nothing.
    """
    begun = move(
        document_id=document_id,
        attempt=attempt,
        old=DocumentState.RECEIVED,
        new=DocumentState.READING,
        heartbeat_at=timezone.now(),
        progress=READ_FROM,
    )
    if not begun:
        return "skipped"
    try:
        with beating(lambda: _alive(document_id, attempt)):
            return _read(document_id, attempt)
    except Exception:
        log.exception("reading of document %s failed", document_id)
        return _refuse(
            document_id,
            attempt,
            Refusal(
                "reader_fault",
                "识读程序遇到内部错误，文件已保存、没有丢失。请稍后点“重新识读”；仍不行请把文件名告诉系统管理员。",
            ),
        )


def _read(document_id: int, attempt: int) -> str:
    started = time.monotonic()
    row = Document.objects.only("sha256", "name").get(pk=document_id)
    data = fetch(row.sha256)
    watch = _Watching(document_id, attempt).watch()
    # Its size was judged when it was uploaded.
    text = read_document(data, PurePath(row.name).name, limit=len(data), watch=watch)
    if isinstance(text, Refusal):
        return _refuse(document_id, attempt, text)
    if _is_too_long(text):
        return _refuse(document_id, attempt, Refusal("too_long", TOO_LONG))
    if not _alive(document_id, attempt, progress=READ_TO):
        return "skipped"
    plan = compile_plan(text)
    if not plan.projects:
        return _refuse(document_id, attempt, _no_plan(plan))
    if sum(len(project.quantities) for project in plan.projects) > MOST_QUANTITIES:
        return _refuse(document_id, attempt, Refusal("too_many", TOO_MANY))
    if not _alive(document_id, attempt, progress=COMPILED):
        return "skipped"
    return _finish(document_id, attempt, text, plan, started)


class _Watching:
    """Carries what a reader tells of its pages to the row people look at, and their cancelling back."""

    def __init__(self, document_id: int, attempt: int) -> None:
        self._key = (document_id, attempt)
        self._asked = time.monotonic()
        self._percent = READ_FROM
        self._stopped = False

    def watch(self) -> Watch:
        return Watch(progress=self._progress, cancelled=self._cancelled)

    def _progress(self, done: int, total: int) -> None:
        share = min(done, total) / total if total > 0 else 0
        self._percent = READ_FROM + int(share * (READ_TO - READ_FROM))
        self._look()

    def _cancelled(self) -> bool:
        self._look()
        return self._stopped

    def _look(self) -> None:
        now = time.monotonic()
        if not self._stopped and now - self._asked >= WATCH_SECONDS:
            self._asked = now
            self._stopped = not _alive(*self._key, progress=self._percent)


def _is_too_long(text: NoticeText) -> bool:
    """Whether the text would keep a worker busy for minutes and be no notice in the end."""
    held = [len(line) for line in text.lines if line.strip()]
    return len(held) > MOST_LINES or max(held, default=0) > LONGEST_LINE


def _no_plan(plan: Plan) -> Refusal:
    for problem in plan.problems:
        if problem.code == "no_plan":
            return Refusal("no_plan", problem.message)
    return Refusal(
        "no_plan",
        "文件里没有找到实事项目。请确认上传的是民生实事实施方案或任务分解通知的正文，而不是新闻或目录页。",
    )


def _alive(document_id: int, attempt: int, **values: int) -> bool:
    """Leave a sign of life; False where somebody cancelled or a later attempt has taken over."""
    rows = Document.objects.filter(pk=document_id, attempt=attempt, state=DocumentState.READING)
    return rows.update(heartbeat_at=timezone.now(), **values) == 1


def give_up(*, document_id: int, attempt: int) -> None:
    """Refuse a document whose reading killed its worker again and again."""
    sentence = "识读这份文件时程序多次中断，已停止重试。文件可能过大或已损坏，请核对原文件后重新导入。"
    _refuse(document_id, attempt, Refusal("reader_killed", sentence))


def _refuse(document_id: int, attempt: int, refusal: Refusal) -> str:
    state = without_reading(document_id, DocumentState.REFUSED)
    with transaction.atomic():
        moved = move(
            document_id=document_id,
            attempt=attempt,
            old=DocumentState.READING,
            new=state,
            refusal_code=refusal.code,
            refusal_message=refusal.message,
            heartbeat_at=None,
            progress=100,
        )
        if moved:
            row = Document.objects.only("pk").get(pk=document_id)
            record(actor=None, action="document.refuse", row=row, new={"code": refusal.code})
    return state.value if moved else "skipped"


def _finish(document_id: int, attempt: int, text: NoticeText, plan: Plan, started: float) -> str:
    findings = check_plan(plan, text.lines)
    with transaction.atomic():
        moved = move(
            document_id=document_id,
            attempt=attempt,
            old=DocumentState.READING,
            new=DocumentState.READ,
            format=text.format,
            encoding=text.encoding,
            lines=list(text.lines),
            refusal_code="",
            refusal_message="",
            heartbeat_at=None,
            progress=100,
            deaths=0,
        )
        if moved:
            reading = Reading.objects.create(
                document_id=document_id,
                reader_version=READER_VERSION,
                plan=plan_to_json(plan),
                findings=[problem_to_json(problem) for problem in findings],
                seconds=round(time.monotonic() - started, 3),
                created_at=timezone.now(),
            )
            record(
                actor=None,
                action="document.read",
                row=reading,
                new={
                    "document": document_id,
                    "reader_version": READER_VERSION,
                    "projects": len(plan.projects),
                },
            )
    return DocumentState.READ.value if moved else "skipped"


def stalled(*, at: datetime, seconds: int) -> list[tuple[int, int, int]]:
    """Documents being read that gave no sign of life for so long: (id, attempt, deaths before this)."""
    rows = Document.objects.filter(
        state=DocumentState.READING, heartbeat_at__lt=at - timedelta(seconds=seconds)
    )
    return list(rows.values_list("pk", "attempt", "deaths"))
