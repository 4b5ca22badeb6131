"""Mutate files of every format and read them: each must end in a plan or a refusal, within 30 s and 1 GB.

python scripts/fuzz_files.py [--number N] [--seed S] [--kinds docx,pdf,…] [--keep FOLDER]

Each mutation is drawn from the seed and its number, so that a fault can be made again. A worker reads one
after the other; the readers of pdf and workbooks are forked from it with the limits they have in service.
"""

import argparse
import os
import queue
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 30.0
MOST_MEGABYTES = 1024
_BOMB = b'<!DOCTYPE b [<!ENTITY a "%s"><!ENTITY c "&a;&a;&a;&a;&a;&a;&a;&a;">]>' % ("民生".encode() * 500)


# --- mutations ------------------------------------------------------------------------------------


def flipped(data: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.choice((1, 3, 20, 200))):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(1, len(data))]


def without_piece(data: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(data))
    return data[:start] + data[start + draw.choice((1, 10, 1000, 20_000)) :]


def doubled_piece(data: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(data))
    piece = data[start : start + draw.choice((10, 300, 5000))]
    return data[:start] + piece * draw.choice((2, 20, 200)) + data[start:]


def noise(data: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(data))
    return data[:start] + draw.randbytes(draw.choice((1, 16, 4000))) + data[start:]


def large_numbers(data: bytes, draw: random.Random) -> bytes:
    """Some digits become many: counts, spans and offsets no program reckons with."""
    places = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    changed = bytearray(data)
    for place in sorted(draw.sample(places, min(len(places), draw.choice((1, 5, 50)))), reverse=True):
        changed[place : place + 1] = draw.choice((b"999999999", b"-1", b"0", b"2147483648", b"1e99"))
    return bytes(changed)


PLAIN: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flipped, cut, without_piece, doubled_piece, noise, large_numbers,
)  # fmt: skip


def entity_bomb(data: bytes, _: random.Random) -> bytes:
    head, mark, rest = data.partition(b"?>")
    body = rest if mark else data
    return (head + mark if mark else b"") + _BOMB + body.replace(b"</", b"&c;</", 50)


def huge_cell(data: bytes, draw: random.Random) -> bytes:
    """One text becomes very long: a sentence over and over, or one sign."""
    words = draw.choice(
        ("新建站点120个以上，", "民", "3", "（一）", "城镇新增就业1.2万人。", "、市教育局")
    ).encode()
    place = data.find("个".encode(), draw.randrange(len(data)))
    return data[:place] + words * (draw.choice((2000, 60_000, 2_000_000)) // len(words)) + data[place:]


def deep(data: bytes, draw: random.Random) -> bytes:
    """One element within itself, thousands of times."""
    start = data.find(b"<", draw.randrange(len(data)))
    end = data.find(b">", start) + 1
    return data[:start] + data[start:end] * draw.choice((100, 5000, 100_000)) + data[end:]


def other_texts(data: bytes, draw: random.Random) -> bytes:
    """Texts between the tags change places, lose or gain characters; the tags stay."""
    pieces = data.split(b"<")
    for _ in range(draw.choice((3, 30))):
        place = draw.randrange(len(pieces))
        tag, mark, text = pieces[place].partition(b">")
        other = draw.choice(pieces).partition(b">")[2][:600].decode("utf-8", "ignore")
        own = text.decode("utf-8", "ignore")
        middle = draw.randrange(len(own) + 1)
        pieces[place] = (
            tag + mark + (own[:middle] + other * draw.choice((1, 1, 40)) + own[middle + 2 :]).encode()
        )
    return b"<".join(pieces)


def other_elements(data: bytes, draw: random.Random) -> bytes:
    """Whole elements go, come again, or change their names."""
    for _ in range(draw.choice((1, 5))):
        names = re.findall(rb"<([\w:]+)", data)
        if not names:
            break
        one, two = draw.choice(names), draw.choice(names)
        way = draw.randrange(3)
        if way == 0:
            data = re.sub(rb"<%s(?=[ />])" % one, b"<" + two, data)
            data = data.replace(b"</%s>" % one, b"</%s>" % two)
        else:
            found = re.search(rb"<%s[ >].{0,20000}?</%s>" % (one, one), data, re.DOTALL)
            if found:
                data = data[: found.start()] + found.group() * (way - 1) * 3 + data[found.end() :]
    return data


IN_XML = (large_numbers, other_texts, other_texts, other_elements, other_elements)
IN_PARTS = (*PLAIN, entity_bomb, huge_cell, deep)


def mutated_part(data: bytes, draw: random.Random) -> bytes:
    """A package of which one part is mutated and packed again: the fault lies deeper than the zip."""
    buffer = BytesIO()
    try:
        with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
            names = old.namelist()
            chosen = draw.choice(
                [name for name in names if "rels" not in name and "Types" not in name] or names
            )
            for name in names:
                content = old.read(name)
                new.writestr(name, _in_part(content, draw) if name == chosen else content)
    except BadZipFile:
        return data
    return buffer.getvalue()


def _in_part(content: bytes, draw: random.Random) -> bytes:
    return draw.choice(IN_XML if content.startswith(b"<") and draw.random() < 0.7 else IN_PARTS)(
        content, draw
    )


def nested(data: bytes, draw: random.Random) -> bytes:
    """A package as a part of itself, some times over."""
    for _ in range(draw.randrange(1, 5)):
        buffer = BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED) as new:
            new.writestr(
                draw.choice(("word/document.xml", "xl/workbook.xml", "通知.docx", "[Content_Types].xml")),
                data,
            )
        data = buffer.getvalue()
    return data


def mutate(data: bytes, draw: random.Random) -> bytes:
    if data.startswith(b"PK"):
        way = draw.choices((mutated_part, nested, draw.choice(PLAIN)), (75, 3, 22))[0]
    else:
        way = draw.choice((*PLAIN, huge_cell)) if data.startswith(b"%PDF") else _in_part
    data = way(data, draw) or b"\0"
    return draw.choice(PLAIN)(data, draw) if draw.random() < 0.1 and len(data) > 1 else data


# --- one worker -----------------------------------------------------------------------------------


def seeds(kinds: list[str]) -> dict[str, list[bytes]]:
    """Sound files of each kind, made from our own notices."""
    sys.path.insert(0, str(ROOT / "tests"))
    made = import_module("made_files")
    texts = [
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/golden/plans").glob("*/in.txt"))
    ]
    lists = [text.split("\n") for text in texts]
    numbers = made.numbering(made.level(0, "chineseCounting", "%1、"), made.level(1, "decimal", "%2."))
    listed = made.docx(
        "".join(made.numbered(line, level=number % 2) for number, line in enumerate(lists[0])),
        numbering=numbers,
    )
    makers: dict[str, Callable[[], list[bytes]]] = {
        "txt": lambda: [text.encode(codec) for text in texts for codec in ("utf-8", "gb18030", "utf-16")],
        "html": lambda: [made.html_of(lines) for lines in lists],
        "docx": lambda: [listed, *(made.docx_of(lines) for lines in lists)],
        "pdf": lambda: [made.pdf_of(lines) for lines in lists],
        "xlsx": lambda: [made.xlsx_of(lines) for lines in lists],
    }
    return {kind: makers[kind]() for kind in kinds}


def mutation(sources: dict[str, list[bytes]], seed: int, number: int) -> tuple[str, bytes]:
    """Kind and bytes of the mutation with this number."""
    draw = random.Random(f"{seed}-{number}")  # noqa: S311 - to be drawn again, not to be secret
    kind = draw.choice(list(sources))
    return kind, mutate(draw.choice(sources[kind]), draw)


def work(arguments: argparse.Namespace) -> None:
    """Read mutations one after the other and say a line for each."""
    sources = seeds(arguments.kinds)
    for module in ("minsheng.notices.pdf_text", "minsheng.notices.sheet_text", "pdfplumber.table"):
        import_module(module)
    child_process: Any = import_module("minsheng.notices.child_process")
    child_process._started = forked  # noqa: SLF001 - the same limits, without the time a start takes
    reading, compiling = import_module("minsheng.notices.reading"), import_module("minsheng.plans.compile")
    document_type = import_module("minsheng.notices.document").Document
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEGABYTES << 20, MOST_MEGABYTES << 20))
    for number in range(arguments.first, arguments.number):
        kind, data = mutation(sources, arguments.seed, number)
        print("begin", number, kind, len(data), flush=True)
        start = time.monotonic()
        read = reading.read_document(data, f"{number}.{kind}")
        end = read.code if not isinstance(read, document_type) else ""
        middle = time.monotonic()
        if not end:
            end = "plan" if compiling.compile_plan(read).projects else "no plan"
        finish = time.monotonic()
        print(
            "end",
            number,
            kind,
            end.replace(" ", "_"),
            f"{middle - start:.3f} {finish - middle:.3f}",
            flush=True,
        )
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
          resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, flush=True)  # fmt: skip


class Forked:
    """What ``child_process`` needs of a process."""

    def __init__(self, job: str, path: Path) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            self._be_child(job, path, writing)
        os.close(writing)
        self.stdout: IO[bytes] = os.fdopen(reading, "rb")

    def _be_child(self, job: str, path: Path, writing: int) -> None:
        os.setsid()
        os.dup2(writing, 1)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 2)
        sys.argv = ["child_reader", job, str(path)]
        code = 1
        try:
            code = import_module("minsheng.notices.child_reader").main()
        finally:
            os._exit(code)

    def wait(self) -> None:
        os.waitpid(self.pid, 0)


@contextmanager
def forked(job: str, path: Path) -> Iterator[Forked]:
    process = Forked(job, path)
    try:
        yield process
    finally:
        import_module("minsheng.notices.child_process").stop(process)


# --- the whole ------------------------------------------------------------------------------------


def main() -> int:
    """Run the workers, print how the mutations ended. 1 when one crashed, hung or took too much."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--number", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--kinds", type=lambda text: text.split(","), default=["txt", "html", "docx", "pdf", "xlsx"]
    )
    parser.add_argument("--keep", type=Path, help="write the files that failed here")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        work(arguments)
        return 0
    ends: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    faults: list[str] = []
    first = arguments.first
    while first < arguments.number:
        first = _run_worker(arguments, first, ends, slowest, faults)
    print(f"{sum(ends.values())} mutations, {len(faults)} faults")
    for end, count in ends.most_common():
        print(f"  {count:6} {end}")
    print(
        "slowest:",
        *(f"{seconds:.1f} s {name}" for seconds, name in sorted(slowest, reverse=True)[:8]),
        sep="\n  ",
    )
    print(*faults, sep="\n")
    return 1 if faults else 0


def _run_worker(
    arguments: argparse.Namespace,
    first: int,
    ends: Counter[str],
    slowest: list[tuple[float, str]],
    faults: list[str],
) -> int:
    """Read from the ``first`` mutation to the end or to the first fault; the number to go on with."""
    command = [
        sys.executable, __file__, "--worker", "--first", str(first), "--number", str(arguments.number),
        "--seed", str(arguments.seed), "--kinds", ",".join(arguments.kinds),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    lines: queue.Queue[str | None] = queue.Queue()
    Thread(target=_pump, args=(process, lines), daemon=True).start()
    number, kind, patience = first, "", 120.0
    while True:
        try:
            line = lines.get(timeout=patience)
        except queue.Empty:
            process.kill()
            faults.append(f"{number} ({kind}): more than {MOST_SECONDS} s")
            break
        if line is None:
            if process.wait() == 0:
                return int(arguments.number)
            faults.append(f"{number} ({kind}): the worker ended with {process.returncode}")
            break
        word, *rest = line.split()
        patience = MOST_SECONDS
        if word == "peak":
            print(f"peak memory: reader {rest[0]} MB, forked {rest[1]} MB")
            continue
        number, kind = int(rest[0]), rest[1]
        if word == "end":
            ends[f"{kind} {rest[2]}"] += 1
            slowest.append(
                (float(rest[3]) + float(rest[4]), f"{number} {kind} {rest[2]}: {rest[3]} + {rest[4]}")
            )
            if number % 500 == 0:
                print(number, flush=True)
    process.wait()
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        _, data = mutation(seeds(arguments.kinds), arguments.seed, number)
        (arguments.keep / f"{number}.{kind}").write_bytes(data)
    return number + 1


def _pump(process: "subprocess.Popen[str]", lines: "queue.Queue[str | None]") -> None:
    for line in process.stdout or ():
        lines.put(line)
    lines.put(None)


if __name__ == "__main__":
    sys.exit(main())
