"""What a plan promises as targets to follow, and which target of a newer plan is which."""

from dataclasses import replace
from decimal import Decimal

from minsheng.kernel.source import Source
from minsheng.plans.model import Category, Cell, Head, Plan, Project, Quantity, Table
from minsheng.progress.followed import Difference, Followed, differences, match
from minsheng.progress.stated_targets import stated_targets

D = Decimal


def quantity(value, unit="人", at=1, **more):
    return Quantity(Source(2, at, at + 2), f"{value}{unit}", D(value), unit, **more)


def project(*quantities, number=1, headline="就业", status="assigned", statement="城镇新增就业"):
    return Project(
        number, 1, Source(2), headline, statement, status, lead_units=("市人社局",), quantities=quantities
    )


def plan(*projects, tables=()):
    return Plan(Head(region="云岭市", year=2023), (Category(1, "就业", None, Source(1)),), projects, tables)


def table(indicator, unit, **cells):
    return Table("附件", Source(9), tuple(
        Cell(1, indicator, unit, region, D(value), str(value), Source(9)) for region, value in cells.items()
    ))  # fmt: skip


def test_a_whole_with_its_parts_is_one_target():
    (target,) = stated_targets(plan(project(
        quantity(33000, subject="新增就业", comparator="ge"),
        quantity(18000, at=9, subject="新增就业", region="河东县"),
        quantity(15000, at=15, subject="新增就业", region="河西县"),
        quantity(33000, at=30, subject="新增就业", comparator="ge"),
    )))  # fmt: skip
    assert (target.value, target.unit, target.comparator, target.anchor) == (33000, "人", "ge", "q:2:1:3:0")
    assert target.parts == {"河东县": 18000, "河西县": 15000}


def test_other_roles_are_no_targets_and_a_project_without_a_number_is_one():
    (target,) = stated_targets(
        plan(project(quantity(1500, "元/人", role="standard"), statement="困难群众应补尽补"))
    )
    assert (target.value, target.name, target.kind, target.anchor) == (None, "就业", "full_coverage", "")


def test_what_is_not_done_here_is_not_followed():
    assert stated_targets(plan(project(status="no_task"), project(number=2, status="upper_level"))) == ()


def test_what_every_region_owes_stands_apart_from_the_whole():
    whole, each = stated_targets(plan(project(
        quantity(2200, "个", subject="公益性岗位"), quantity(550, "个", at=9, subject="公益性岗位", region="each")
    )))  # fmt: skip
    assert (whole.value, whole.each, each.value, each.each) == (2200, False, 550, True)


def test_parts_of_another_name_join_the_whole_they_make():
    (target,) = stated_targets(plan(project(
        quantity(47, "个", subject="改造老旧小区"),
        quantity(27, "个", at=9, subject="改造老旧小", region="河东县"),
        quantity(20, "个", at=15, subject="改造老旧小", region="河西县"),
    )))  # fmt: skip
    assert (target.value, target.parts) == (47, {"河东县": 27, "河西县": 20})


def test_parts_that_make_no_whole_stay_apart():
    found = stated_targets(plan(project(
        quantity(47, "个", subject="改造老旧小区"), quantity(27, "个", at=9, subject="改造老旧小", region="河东县")
    )))  # fmt: skip
    assert [(target.value, target.parts) for target in found] == [(47, {}), (None, {"河东县": 27})]


def test_a_table_gives_the_parts_where_its_numbers_make_the_target():
    stated = project(quantity(33000, subject="新增就业"))
    (target,) = stated_targets(plan(stated, tables=(table("城镇就业", "万人", 河东县="1.8", 河西县="1.5"),)))
    assert target.parts == {"河东县": 18000, "河西县": 15000}
    (other,) = stated_targets(plan(stated, tables=(table("城镇就业", "万人", 河东县="1.8", 河西县="1.4"),)))
    assert other.parts == {}


def test_a_table_alone_gives_a_target():
    (target,) = stated_targets(
        plan(project(), tables=(table("新增就业", "人", 全市合计=30, 河东县=18, 河西县=12),))
    )
    assert (target.name, target.value, target.parts) == ("新增就业", 30, {"河东县": 18, "河西县": 12})


# --- a newer plan ------------------------------------------------------------------------------------


def followed(target, key=1):
    return Followed(
        key, target.anchor, target.project, target.headline, target.name, target.unit, target.value,
        target.comparator, target.each,
    )  # fmt: skip


ONE = stated_targets(plan(
    project(quantity(60, "场", subject="招聘会"), quantity(6, "个", at=9, subject="零工市场")),
    project(quantity(45, "个", at=20, subject="老年食堂"), number=2, headline="养老"),
))  # fmt: skip
HELD = [followed(target, key) for key, target in enumerate(ONE)]


def test_the_same_plan_changes_nothing():
    matching = match(HELD, ONE)
    assert [(held.key, target) for held, target in matching.pairs] == list(enumerate(ONE))
    assert (matching.new, matching.gone) == ((), ())
    assert [differences(held, target) for held, target in matching.pairs] == [(), (), ()]


def test_a_project_is_known_by_its_name_when_numbers_move():
    moved = replace(ONE[2], project=1, value=D(50))
    matching = match(HELD, (moved,))
    assert [held.key for held, _ in matching.pairs] == [2]
    assert [held.key for held in matching.gone] == [0, 1]
    assert differences(*matching.pairs[0]) == (
        Difference("目标数", "45", "50"),
        Difference("项目序号", "2", "1"),
    )


def test_reworded_but_the_only_one_of_its_unit_is_the_same():
    reworded = replace(ONE[0], name="举办招聘活动", anchor="q:7:1:2:0")
    matching = match(HELD[:2], (reworded, ONE[1]))
    assert [held.key for held, _ in matching.pairs] == [0, 1]
    assert differences(*matching.pairs[0]) == (Difference("指标名称", "招聘会", "举办招聘活动"),)


def test_two_reworded_of_one_unit_are_not_guessed():
    both = [replace(ONE[0], name=name, anchor=f"q:{at}:1:2:0") for at, name in ((7, "甲"), (8, "乙"))]
    matching = match(HELD[:1], both)
    assert matching.pairs == ()
    assert (len(matching.new), len(matching.gone)) == (2, 1)
