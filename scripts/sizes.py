"""Sizes of files, functions and classes, held by one rule. Exit 1 and a line a breach.

Files: nine in ten have at most 300 lines, none more than 600. Functions: median at most 10, nine in ten at
most 30, none more than 80. Classes: at most 300 lines and 20 methods. Migrations and tests do not count.
"""

import ast
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE_P90, FILE_MAX = 300, 600
FUNCTION_MEDIAN, FUNCTION_P90, FUNCTION_MAX = 10, 30, 80
CLASS_LINES, CLASS_METHODS = 300, 20
SHORTEST_FILE = 4  # an __init__ of a line says nothing about how code is cut

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("src", "scripts")

EXCEPTIONS: tuple[str, ...] = ()
"""Breaches that stand for now, as ``path::name``. The list may only shrink; a test holds its length."""


@dataclass(frozen=True, slots=True)
class Size:
    """Lines of a file, function or class; ``methods`` only of a class."""

    kind: str
    where: str
    lines: int
    methods: int = 0


def measure(files: Iterable[tuple[str, str]]) -> list[Size]:
    """Sizes in files, given as (path, source)."""
    return [size for path, source in files for size in _sizes(path, source)]


def breaches(sizes: Sequence[Size], exceptions: Sequence[str] = EXCEPTIONS) -> list[str]:
    """A sentence for every rule that does not hold."""
    files = [size.lines for size in sizes if size.kind == "file" and size.lines >= SHORTEST_FILE]
    functions = [size.lines for size in sizes if size.kind == "function"]
    shares = (
        ("files, nine in ten", _share(files, 0.9), FILE_P90),
        ("functions, median", _share(functions, 0.5), FUNCTION_MEDIAN),
        ("functions, nine in ten", _share(functions, 0.9), FUNCTION_P90),
    )
    found = [f"{name}: {lines} lines, more than {most}" for name, lines, most in shares if lines > most]
    found += [
        f"{size.where}: {size.kind} of {size.lines} lines, {size.methods} methods"
        for size in sizes
        if _is_too_large(size) and size.where not in exceptions
    ]
    too_large = {size.where for size in sizes if _is_too_large(size)}
    found += [f"{name}: no exception needed any more" for name in exceptions if name not in too_large]
    return found


def _is_too_large(size: Size) -> bool:
    if size.kind == "class":
        return size.lines > CLASS_LINES or size.methods > CLASS_METHODS
    return size.lines > (FILE_MAX if size.kind == "file" else FUNCTION_MAX)


def _sizes(path: str, source: str) -> Iterator[Size]:
    yield Size("file", path, len(source.splitlines()))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Size("function", f"{path}::{node.name}", _lines(node))
        elif isinstance(node, ast.ClassDef):
            methods = sum(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body)
            yield Size("class", f"{path}::{node.name}", _lines(node), methods)


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _share(values: Sequence[int], share: float) -> int:
    """The smallest value that this share of all values does not exceed; 0 of none."""
    return sorted(values)[math.ceil(len(values) * share) - 1] if values else 0


def project_files() -> Iterator[tuple[str, str]]:
    """Every Python file of the program, as (path, source), migrations left out."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def main() -> int:
    """Print the sizes of the project and every breach."""
    sizes = measure(project_files())
    files = [size.lines for size in sizes if size.kind == "file" and size.lines >= SHORTEST_FILE]
    functions = [size.lines for size in sizes if size.kind == "function"]
    for name, values in (("files", files), ("functions", functions)):
        median, high, most = _share(values, 0.5), _share(values, 0.9), max(values, default=0)
        print(f"{len(values)} {name}: median {median}, nine in ten {high}, longest {most} lines")
    found = breaches(sizes)
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
