"""Small made-up files for the demo's reports: a picture of a building, a PDF of one line."""

import struct
import zlib
from collections.abc import Collection
from datetime import datetime

from minsheng_web.records.actions.evidence import add_evidence
from minsheng_web.records.models import ReportLine, User
from minsheng_web.records.queries.report_lines import lines_in_reach

WIDTH, HEIGHT = 64, 48
NOTE = "演示材料，自拟"


def add_demo_evidence(*, units: User, lines: Collection[ReportLine], at: datetime) -> int:
    """A photo for each line, and a paper for every second; how many files."""
    wanted = {line.pk for line in lines}
    count = 0
    for place, line in enumerate(lines_in_reach(units).filter(pk__in=wanted).order_by("pk")):
        month = line.period.start.month
        name = f"{line.allocation.region.name}{month}月现场.png"
        data = photo(line.pk, month)
        add_evidence(actor=units, line=line, name=name, data=data, note=NOTE, at=at)
        count += 1
        if place % 2:
            paper = pdf(f"minsheng demo {line.period.key} line {line.pk}")
            add_evidence(actor=units, line=line, name=f"{month}月台账.pdf", data=paper, note=NOTE, at=at)
            count += 1
    return count


def photo(key: int, month: int) -> bytes:
    """A PNG: ground and sky, a building that grows with the months."""
    sky, ground, wall = (150, 190, 225), (120, 140, 90), (170 + key % 60, 120, 90)
    top = HEIGHT - 8 - 2 * month
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)
        for x in range(WIDTH):
            inside = WIDTH // 4 <= x < WIDTH * 3 // 4 and top <= y < HEIGHT - 8
            rows += bytes(wall if inside else ground if y >= HEIGHT - 8 else sky)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pdf(words: str) -> bytes:
    """A PDF of one page with one line of plain letters."""
    shown = f"BT /F1 14 Tf 40 140 Td ({words}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
