"""Where the standards are, read and compiled for a command."""

import argparse
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from minsheng.commands.refused import CommandRefused
from minsheng.standards.asked import Bench
from minsheng.standards.compiled import compile_book
from minsheng.standards.loading import VOCABULARY_FILE, StandardBook, load_standards

STANDARDS = Path(__file__).resolve().parents[3] / "standards"


@dataclass(frozen=True, slots=True)
class Ready:
    """The standards of a folder, ready to answer."""

    book: StandardBook
    bench: Bench


def configure_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--standards", type=Path, default=STANDARDS, metavar="DIR", help="标准所在的文件夹，不给则用自带的"
    )


def ready_standards(folder: Path) -> Ready:
    """Read and compile. Standards with a fault are left out: ``minsheng standards lint`` tells of them."""
    book = read_folder(folder)
    compiled, _faults = compile_book(book)
    return Ready(book, Bench(compiled, book.vocabulary))


def read_folder(folder: Path) -> StandardBook:
    """Read the files. Raises CommandRefused where there is no such folder."""
    if not (folder / VOCABULARY_FILE).is_file():
        raise CommandRefused(
            f"没有找到标准：{folder} 里没有{VOCABULARY_FILE}。请用 --standards 指出标准所在的文件夹。"
        )
    return load_standards(folder)


def require_standard(ready: Ready, standard_id: str) -> None:
    """Raises CommandRefused where there is no such standard, or it has a fault."""
    if ready.bench.knows(standard_id):
        return
    if standard_id in ready.book.standards:
        raise CommandRefused(f"标准{standard_id}有错，不能用：请先运行 minsheng standards lint。")
    close = get_close_matches(standard_id, ready.book.standards, 1)
    hint = f"是不是“{close[0]}”？" if close else "编号如 bozhou-2023.p06.orphan-scattered。"
    raise CommandRefused(f"没有编号为“{standard_id}”的标准：{hint}")
