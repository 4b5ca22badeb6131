"""The late list and the snapshot as Excel files, read back."""

from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineWorkbook

from minsheng.papers.late_list_xlsx import LateList, LateRow, late_list_xlsx
from minsheng.papers.snapshot_xlsx import HEADS, SnapshotTable, snapshot_xlsx
from minsheng.progress.frozen import FrozenLine


def rows_of(data: bytes) -> list[tuple]:
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    )
    return [tuple(None if cell == "" else cell for cell in row) for row in rows]


def test_the_late_list():
    late = LateList(
        "未提交单位清单",
        "截止日期：2026-04-05",
        (
            LateRow("河东县", "=河东县民政局", 3, 1, 2, "2026-04-06 09:00"),
            LateRow("河西县", "河西县民政局", 1, 0, 2, ""),
        ),
    )
    title, note, heads, *rows = rows_of(late_list_xlsx(late))
    assert (title[0], note[0], heads[2]) == ("未提交单位清单", "截止日期：2026-04-05", "单位")
    assert rows == [
        (1, "河东县", "=河东县民政局", 3, 1, 2, "2026-04-06 09:00"),
        (2, "河西县", "河西县民政局", 1, 0, 2, None),
    ]


def test_a_snapshot_leaves_empty_what_was_not_reported():
    lines = [
        FrozenLine(4, "河东县", "河东县人社局", "城镇新增就业", Decimal(18000), "accepted", Decimal(0), Decimal("1700.5"),
                   None, {"started": "2026-03-02"}, {"spent": 12_500_000}, "缺师资"),
        FrozenLine(5, "河西县", "", "应补尽补", None, "draft", None, None, None, {}, {}, ""),
    ]  # fmt: skip
    table = SnapshotTable("快照", "校验码 abc", {"accepted": "已接收", "draft": "填报中"}, iter(lines))
    title, note, heads, east, west = rows_of(snapshot_xlsx(table))
    assert (title[0], note[0], heads) == ("快照", "校验码 abc", HEADS)
    assert east == (
        1, "城镇新增就业", "河东县", "河东县人社局", 18000, 0, 1700.5, None, "开工 2026-03-02",
        None, None, 12.5, None, "缺师资", "已接收",
    )  # fmt: skip
    assert west == (2, "应补尽补", "河西县", *[None] * 11, "填报中")


def test_an_empty_snapshot_is_a_file_too():
    assert len(rows_of(snapshot_xlsx(SnapshotTable("快照", "", {}, ())))) == 3
