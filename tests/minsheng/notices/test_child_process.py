"""The process that reads with a program library: limits of memory and silence, cancelling, its end."""

import os
import subprocess
import sys
import time

import pytest

from made_files import xlsx_of
from minsheng.notices import child_process
from minsheng.notices.child_process import read_in_child
from minsheng.notices.document import Body, Refusal
from minsheng.notices.watch import Watch

SHEET = xlsx_of(["县区\t任务", "甲县\t3"])


@pytest.fixture
def job(monkeypatch, tmp_path):
    """A job of a program of our own in place of the reader."""

    def use(program: str) -> None:
        module = tmp_path / "made_job.py"
        module.write_text(
            "import sys\nfrom minsheng.notices import child_reader\n"
            f"def messages(job, path):\n    import os, time\n{program}\n"
            "child_reader.JOBS['sheets'] = (__name__, 300)\n"
            "sys.modules[__name__] = sys.modules.get(__name__, sys.modules['__main__'])\n"
            "child_reader.JOBS['sheets'] = ('__main__', 300)\n"
            "sys.exit(child_reader.main())\n"
        )
        real = subprocess.Popen

        def started(command, **options):
            return real([sys.executable, str(module), *command[3:]], **options)

        monkeypatch.setattr(child_process.subprocess, "Popen", started)

    return use


def read(**more) -> Body | Refusal:
    return read_in_child("sheets", SHEET, "表格", Watch(), **more)


def code(**more) -> str:
    refusal = read(**more)
    assert isinstance(refusal, Refusal)
    return refusal.code


def test_lines_and_problems_come_back():
    assert read() == Body(("县区\t任务", "甲县\t3"))


def test_a_reader_that_says_nothing_is_stopped(job):
    job("    time.sleep(60)\n    yield {}")
    start = time.monotonic()
    assert code(silence=1.0) == "reader_stopped"
    assert time.monotonic() - start < 15


def test_a_reader_that_takes_too_much_memory_is_stopped(job):
    job("    x = bytearray(2 << 30)\n    yield {}")
    assert code() == "reader_stopped"


def test_a_reader_that_dies_is_told_of(job):
    job("    yield {'lines': ['甲']}\n    os.abort()")
    assert code() == "reader_stopped"


def test_a_reader_that_raises_anything_calls_the_file_damaged(job):
    job("    yield {'lines': ['甲']}\n    raise BaseException('panic')")
    assert code() == "damaged_file"


def test_what_a_library_prints_is_no_message(job):
    job("    print('noise')\n    os.write(1, b'more noise')\n    yield {'lines': ['甲']}")
    assert read() == Body(("甲",))


def test_no_process_and_no_file_is_left_behind(job, tmp_path, monkeypatch):
    monkeypatch.setattr(child_process.tempfile, "tempdir", str(tmp_path))
    note = tmp_path / "pid"
    job(
        f"    open({str(note)!r}, 'w').write(str(os.getpid()))\n    yield {{'progress': [1, 2]}}\n    time.sleep(60)"
    )
    asked = iter([False, False, False, True])
    watch = Watch(cancelled=lambda: note.exists() and next(asked))
    assert read_in_child("sheets", SHEET, "表格", watch).code == "reading_cancelled"
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)
    assert not list(tmp_path.glob("minsheng-*"))
