"""The process that reads one file with a program library.

``python -m minsheng.notices.child_reader JOB FILE`` speaks JSON, one message a line: ``lines``, ``progress``,
``problem``, ``refusal`` with ``facts``, ``done``.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from typing import Any

JOBS: dict[str, tuple[str, int]] = {
    "pdf": ("minsheng.notices.pdf_text", 900),
    "pdf_without_tables": ("minsheng.notices.pdf_text", 900),
    "sheets": ("minsheng.notices.sheet_text", 900),
    "scan": ("minsheng.notices.scan_text", 4000),
}
"""The module whose ``messages(job, path)`` does the job, and the megabytes of memory it may take."""

Message = dict[str, Any]


def main() -> int:
    """Do the job named on the command line. 0 whenever a last word was said."""
    job, path = sys.argv[1:3]
    module, megabytes = JOBS[job]
    _limit_memory(megabytes)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no message
    try:
        for message in _messages(module, job, path):
            out.write(json.dumps(message, ensure_ascii=True, default=asdict) + "\n")
            out.flush()
    except BrokenPipeError:
        return 1
    return 0


def _messages(module: str, job: str, path: str) -> Iterator[Message]:
    try:
        yield from import_module(module).messages(job, path)
    except MemoryError:
        yield {"refusal": "reader_stopped", "facts": {}}
    except (KeyboardInterrupt, SystemExit, GeneratorExit, BrokenPipeError):
        raise
    except BaseException as fault:  # noqa: BLE001 - a library may raise anything; Rust's panics are no Exception
        sys.stderr.write(f"{fault!r}\n")
        yield {"refusal": "damaged_file", "facts": {}}
    else:
        yield {"done": True}


def _limit_memory(megabytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
