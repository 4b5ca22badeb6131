"""Renew the vendored browser files and the list of where they come from.

Usage: python scripts/vendor_browser_files.py            renew to the versions pinned below
       python scripts/vendor_browser_files.py --check    compare the files with ORIGIN.md, change nothing

Needs npm, only on the machine of the person who renews; installing and running the product never does.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "src" / "minsheng_web" / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Piece:
    """One file out of one npm package."""

    package: str
    version: str
    licence: str
    inside: str
    saved_as: str


PIECES = (
    Piece("bootstrap", "5.3.9", "MIT", "dist/css/bootstrap.min.css", "bootstrap.min.css"),
    Piece("htmx.org", "2.0.11", "0BSD", "dist/htmx.min.js", "htmx.min.js"),
)

SOURCE_MAP = re.compile(rb"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+")


def fetch(piece: Piece, folder: Path) -> bytes:
    """The file's bytes without its source map line (the map is not shipped, so the line would dangle)."""
    subprocess.run(
        ["npm", "pack", "--silent", f"{piece.package}@{piece.version}"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    archive = folder / f"{piece.package}-{piece.version}.tgz"
    with tarfile.open(archive) as tar:
        member = tar.extractfile(f"package/{piece.inside}")
        if member is None:
            raise SystemExit(f"{archive.name} has no {piece.inside}")
        return SOURCE_MAP.sub(b"", member.read()).rstrip() + b"\n"


def origin_table() -> str:
    """ORIGIN.md for the files as they are on disk."""
    rows = [
        f"| {piece.saved_as} | {piece.package} (npm) | {piece.version} | {piece.licence} | {piece.inside} | "
        f"{hashlib.sha256((VENDOR / piece.saved_as).read_bytes()).hexdigest()} |"
        for piece in PIECES
    ]
    return "\n".join(
        [
            "# Where these files come from",
            "",
            "Unmodified but for the source map line, which is cut off.",
            "Renewed by `scripts/vendor_browser_files.py`.",
            "",
            "| file | package | version | licence | path in the package | sha256 |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def renew() -> None:
    """Fetch every piece and rewrite ORIGIN.md."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        for piece in PIECES:
            (VENDOR / piece.saved_as).write_bytes(fetch(piece, Path(name)))
    (VENDOR / "ORIGIN.md").write_text(origin_table(), encoding="utf-8")


def main() -> int:
    """0 when done or equal, 1 when a file differs from ORIGIN.md."""
    if "--check" not in sys.argv[1:]:
        renew()
        return 0
    same = (VENDOR / "ORIGIN.md").read_text(encoding="utf-8") == origin_table()
    if not same:
        print("vendored files differ from ORIGIN.md", file=sys.stderr)
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
