"""Lists of towns and villages: what is taken, and the sentence of every row that is not."""

from hypothesis import given
from hypothesis import strategies as st

from minsheng.progress.region_rows import Known, NewRegion, RowProblem, cells_of, read_code, read_region_rows

COUNTY = Known("county", "341621", "/亳州市/涡阳县/")
TOWN = Known("town", "341621102", "/亳州市/涡阳县/西阳镇/")


def read(text, under=COUNTY, below=None, codes=frozenset()):
    return read_region_rows(cells_of(text), under, below or {}, codes)


def test_pasted_columns_with_a_head_and_villages_under_their_towns():
    text = (
        "名称\t代码\t级别\t上级\n西阳镇\t341621102000\t乡级\t涡阳县\n\n王庄村\t341621102201\t村级\t西阳镇\n"
    )
    assert read(text) == (
        (
            NewRegion(2, "西阳镇", "341621102", "town", "/亳州市/涡阳县/"),
            NewRegion(4, "王庄村", "341621102201", "village", "/亳州市/涡阳县/西阳镇/"),
        ),
        (),
    )


def test_names_alone_blanks_and_commas():
    rows, problems = read("西阳镇\n义门镇,341621103\n城关街道 341621001")
    assert [(row.name, row.code, row.level) for row in rows] == [
        ("西阳镇", None, "town"),
        ("义门镇", "341621103", "town"),
        ("城关街道", "341621001", "town"),
    ]
    assert problems == ()


def test_an_empty_cell_between_commas_stays_empty():
    rows, _ = read("西阳镇,,乡级")
    assert rows == (NewRegion(1, "西阳镇", None, "town", COUNTY.path),)


def test_every_bad_row_is_told():
    text = "西阳镇,341602102\n义门镇,34162\n高炉镇,x1\n,341621105\n店集镇,341621106,省级\n李庄村,,村级,没有镇\n西阳镇2\n西阳镇2\n<b>镇"
    rows, problems = read(text, codes=frozenset())
    assert [row.name for row in rows] == ["西阳镇2"]
    assert problems == (
        RowProblem(1, "代码", "西阳镇：代码 341602102 不以上级的 341621 开头，请核对代码或上级。"),
        RowProblem(2, "代码", "义门镇：代码 34162 应为 9 位（或后面补 0 到 12 位），现有 5 位。"),
        RowProblem(3, "代码", "高炉镇：代码“x1”应全是数字。"),
        RowProblem(4, "名称", "没有填写名称。"),
        RowProblem(5, "级别", "店集镇：级别“省级”不认识，请填 县级、功能区、乡级 或 村级。"),
        RowProblem(6, "上级", "没有找到上级“没有镇”，请先添加它，或把它放在这一行前面。"),
        RowProblem(8, "名称", "“西阳镇2”在名单里出现了两次，请删去一行。"),
        RowProblem(9, "名称", "名称“<b>镇”里有不该有的字符，应是中文名称。"),
    )


def test_codes_in_use_and_levels_that_do_not_go_below():
    rows, problems = read("西阳镇,341621102\n蒙城县,,县级", codes=frozenset({"341621102"}))
    assert rows == ()
    assert [problem.message for problem in problems] == [
        "西阳镇：代码 341621102 已被别的地区使用，请核对。",
        "蒙城县：级别不能等于或高于上级地区，请核对级别或上级。",
    ]


def test_what_is_there_is_left_out_when_the_list_comes_twice():
    there = {"西阳镇": TOWN}
    assert read("西阳镇,341621102000\n西阳镇", below=there, codes=frozenset({"341621102"})) == ((), ())


def test_a_region_above_without_code_bounds_nothing():
    rows, problems = read("新镇,999999999", under=Known("county", None, "/某县/"))
    assert (rows[0].code, problems) == ("999999999", ())


def test_a_village_code_has_twelve_digits_and_begins_as_its_town():
    assert read_code("341621102201", "village", TOWN) == ("341621102201", "")
    assert (
        read_code("341621103201", "village", TOWN)[1]
        == "代码 341621103201 不以上级的 341621102 开头，请核对代码或上级。"
    )
    assert read_code("341621102", "village", TOWN)[1].startswith("代码 341621102 应为 12 位")


@given(st.text(max_size=200))
def test_no_text_raises_and_rows_stay_below(text):
    rows, problems = read(text)
    assert all(row.path.startswith(COUNTY.path) and len(row.path) <= 250 for row in rows)
    assert all(1 <= problem.row <= len(cells_of(text)) for problem in problems)
    assert len({row.path for row in rows}) == len(rows)
