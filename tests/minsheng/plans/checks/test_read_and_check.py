"""From bytes to findings: a made-up notice that agrees with itself, and every misprint in it."""

import random
import re

import pytest

from minsheng.kernel.problem import Problem
from minsheng.notices.document import Document
from minsheng.notices.reading import read_document
from minsheng.plans.checks.run import check_plan
from minsheng.plans.compile import compile_plan

NOTICE = """亳州市2031年6项民生实事实施方案

一、就业与养老（3项）

（一）扩大城镇就业，新增岗位1.2万个以上（其中：涡阳县3100个以上，蒙城县2900个以上，利辛县2800个以上，谯城区3200个以上）；设立招聘点不少于40个（每个县区不少于10个）。（牵头单位：市人社局）

推进措施：

1.举办招聘会，办好服务窗口。

（二）新建社区食堂96个（其中涡阳县21个、蒙城县24个、利辛县25个、谯城区26个）。（牵头单位：市民政局）

（三）为830名老年人提供上门照护。（牵头单位：市民政局）

推进措施：

1.为320名高龄老年人送餐。

2.为150名独居老年人安装呼叫器，为360名失能老年人助浴。

二、教育与卫生（3项）

（四）新开工教室210间、建成180间。其中，谯城区新开工60间、建成50间；涡阳县新开工50间、建成40间；蒙城县新开工55间、建成48间；利辛县新开工45间、建成42间。（牵头单位：市教育局）

（五）为2.7万人儿童检查视力（其中：涡阳县、蒙城县、利辛县各0.6万人，谯城区0.9万人）。（牵头单位：市卫生健康委）

推进措施：

1.每名儿童按90元（30元/次*3次）补助。

（六）新建阅览室35个、改造208个，累计开放243个。（牵头单位：市文旅局）
"""

IN_SUMS = (
    "5: 1.2 3100 2900 2800 3200 40 10|11: 96 21 24 25 26|13: 830|17: 320|19: 150 360"
    "|23: 210 180 60 50 50 40 55 48 45 42|25: 2.7 0.6 0.9|29: 90 30 3|31: 35 208 243"
)
"""``LINE: NUMBER …``: every number that takes part in a sum or product, in the order of its line."""


def findings(text: str) -> tuple[Problem, ...]:
    document = read_document(text.encode("utf-8"), "notice.txt")
    assert isinstance(document, Document)
    return check_plan(compile_plan(document), document.lines)


def numbers() -> list[tuple[int, int, str]]:
    """Line, place in the line and digits of every number in a sum."""
    lines = NOTICE.splitlines()
    found = []
    for row in IN_SUMS.split("|"):
        line, members = row.split(":")
        after = 0
        for number in members.split():
            match = re.compile(rf"(?<![\d.]){re.escape(number)}(?![\d.])").search(lines[int(line) - 1], after)
            assert match, (line, number)
            found.append((int(line), match.start(), number))
            after = match.end()
    return found


def misprinted(line: int, start: int, number: str, printed: str) -> str:
    lines = NOTICE.splitlines()
    text = lines[line - 1]
    lines[line - 1] = text[:start] + printed + text[start + len(number) :]
    return "\n".join(lines)


def other_digit(number: str, dice: random.Random) -> str:
    at = dice.choice([at for at, char in enumerate(number) if char.isdigit()])
    digits = [digit for digit in "0123456789" if digit != number[at] and (at or digit != "0")]
    return number[:at] + dice.choice(digits) + number[at + 1 :]


def test_a_notice_that_agrees_with_itself_has_no_findings() -> None:
    assert findings(NOTICE) == ()


@pytest.mark.parametrize(("line", "start", "number"), numbers())
def test_a_misprint_is_found_on_its_line(line: int, start: int, number: str) -> None:
    printed = other_digit(number, random.Random(line * 1000 + start))
    found = findings(misprinted(line, start, number, printed))
    assert [p for p in found if any(source.line == line for source in p.sources)] != [], printed


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("6项民生实事", "7项民生实事", "declared_total_differs", 1),
        ("就业与养老（3项）", "就业与养老（4项）", "category_count_differs", 3),
        ("（五）为", "（七）为", "project_number_missing", 25),
        ("2.为150名", "3.为150名", "measure_number_broken", 19),
        ("（牵头单位：市文旅局）", "", "lead_unit_missing", 31),
        ("新建阅览室35个、改造208个，累计开放243个", "改善阅览条件", "no_measurable_target", 31),
    ],
)
def test_what_is_changed_is_what_is_found(old: str, new: str, code: str, line: int) -> None:
    assert old in NOTICE
    assert (code, line) in {(p.code, p.sources[0].line) for p in findings(NOTICE.replace(old, new))}
