"""Import contracts hold, and each is broken by a breach planted for it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# A line planted in a file, and the contract it must break.
BREACHES = {
    "pure imports Django": ("minsheng/kernel/source.py", "import django", "pure-knows-no-framework"),
    "pure opens a database": ("minsheng/plans/model.py", "import sqlite3", "pure-knows-no-framework"),
    "pure imports the web": ("minsheng/commands/read.py", "import minsheng_web", "pure-knows-no-web"),
    "kernel imports plans": ("minsheng/kernel/problem.py", "import minsheng.plans.model", "pure-layers"),
    "notices import plans": ("minsheng/notices/reading.py", "import minsheng.plans.model", "pure-layers"),
    "standards import plans": (
        "minsheng/standards/tree.py",
        "import minsheng.plans.model",
        "standards-know-no-plans",
    ),
    "plans import standards": (
        "minsheng/plans/model.py",
        "import minsheng.standards.model",
        "plans-know-no-standards",
    ),
    "web opens DuckDB": ("minsheng_web/records/access/posts.py", "import duckdb", "only-engine-opens-duckdb"),
    "records import office": (
        "minsheng_web/records/access/posts.py",
        "import minsheng_web.office",
        "web-layers",
    ),
    "portal imports records": (
        "minsheng_web/portal/__init__.py",
        "import minsheng_web.records.access",
        "web-layers",
    ),
    "plans parse html": ("minsheng/plans/model.py", "import selectolax", "only-notices-parses-html"),
}


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    program = (
        "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports_command as c; c()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo", *chosen],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_contracts_hold(root):
    run = lint(root)
    assert run.returncode == 0, run.stdout + run.stderr
    assert ", 0 broken." in run.stdout


@pytest.fixture
def copy(root, tmp_path) -> Path:
    """The program's imports, to be broken."""
    for source in (root / "src").rglob("*.py"):
        target = tmp_path / source.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    shutil.copyfile(root / ".importlinter", tmp_path / ".importlinter")
    return tmp_path


@pytest.mark.parametrize(("file", "line", "contract"), BREACHES.values(), ids=BREACHES)
def test_a_planted_breach_is_found(copy, file, line, contract):
    path = copy / "src" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{text}\n{line}\n", encoding="utf-8")
    run = lint(copy, contract)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "1 broken." in run.stdout
