"""Renew the vendored browser files and the list of where they come from.

Usage: python scripts/vendor_browser_files.py            renew to the versions pinned below
       python scripts/vendor_browser_files.py --check    compare the files with ORIGIN.md, change nothing

Needs npm, only on the machine of the person who renews; installing and running the product never does.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "src" / "minsheng_web" / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Piece:
    """One file out of one npm package."""

    package: str
    version: str
    licence: str
    inside: str
    saved_as: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Parts of npm packages put together by esbuild from an entry file of ours; the first names it."""

    packages: tuple[tuple[str, str], ...]
    builder: str
    licence: str
    entry: str
    saved_as: str


PIECES = (
    Piece("bootstrap", "5.3.9", "MIT", "dist/css/bootstrap.min.css", "bootstrap.min.css"),
    Piece("htmx.org", "2.0.11", "0BSD", "dist/htmx.min.js", "htmx.min.js"),
    Piece("echarts", "6.1.0", "Apache-2.0", "LICENSE", "echarts-license.txt"),
    Piece("echarts", "6.1.0", "Apache-2.0", "NOTICE", "echarts-notice.txt"),
    Piece("echarts", "6.1.0", "BSD-3-Clause", "licenses/LICENSE-d3", "echarts-license-d3.txt"),
    Piece("zrender", "6.1.0", "BSD-3-Clause", "LICENSE", "zrender-license.txt"),
)
BUNDLES = (
    Bundle(
        (("echarts", "6.1.0"), ("zrender", "6.1.0"), ("tslib", "2.3.0")),
        "esbuild@0.28.2",
        "Apache-2.0, BSD-3-Clause, 0BSD",
        "echarts_entry.js",
        "echarts.min.js",
    ),
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


def build(bundle: Bundle, folder: Path) -> bytes:
    """The bundle's bytes, the same ones for the same versions."""
    (folder / "package.json").write_text(json.dumps({"private": True}), encoding="utf-8")
    pinned = [f"{name}@{version}" for name, version in bundle.packages]
    subprocess.run(
        ["npm", "install", "--silent", "--no-audit", "--no-fund", "--save-exact", bundle.builder, *pinned],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    entry = folder / bundle.entry
    entry.write_bytes((HERE / bundle.entry).read_bytes())
    name = bundle.packages[0][0]
    says = ", ".join(f"{package} {version}" for package, version in bundle.packages)
    subprocess.run(
        [
            str(folder / "node_modules" / ".bin" / "esbuild"),
            entry.name,
            "--bundle",
            "--minify",
            "--format=iife",
            f"--global-name={name}",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=error",
            '--define:process.env.NODE_ENV="production"',
            f"--banner:js=/* {says}; {bundle.licence}; licences beside this file */",
            f"--outfile={bundle.saved_as}",
        ],
        cwd=folder,
        check=True,
    )
    return (folder / bundle.saved_as).read_bytes()


def saved_files() -> tuple[str, ...]:
    """Names of every vendored file."""
    return tuple(piece.saved_as for piece in (*PIECES, *BUNDLES))


def digest(name: str) -> str:
    return hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()


def origin_table() -> str:
    """ORIGIN.md for the files as they are on disk."""
    rows = [
        f"| {piece.saved_as} | {piece.package} (npm) | {piece.version} | {piece.licence} | {piece.inside} | "
        f"{digest(piece.saved_as)} |"
        for piece in PIECES
    ]
    bundles = [
        f"| {bundle.saved_as} | {', '.join(f'{name} {version}' for name, version in bundle.packages)} | "
        f"{bundle.builder} | {bundle.licence} | scripts/{bundle.entry} | {digest(bundle.saved_as)} |"
        for bundle in BUNDLES
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
            "Put together from the parts the pages use; the sources are not changed:",
            "",
            "| file | packages (npm) | put together by | licence | from | sha256 |",
            "| --- | --- | --- | --- | --- | --- |",
            *bundles,
            "",
        ]
    )


def renew() -> None:
    """Fetch every piece, put every bundle together and rewrite ORIGIN.md."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        for piece in PIECES:
            (VENDOR / piece.saved_as).write_bytes(fetch(piece, Path(name)))
    for bundle in BUNDLES:
        with tempfile.TemporaryDirectory() as name:
            (VENDOR / bundle.saved_as).write_bytes(build(bundle, Path(name)))
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
