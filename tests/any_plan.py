"""Any reasonable plan, by throwing dice: what an office could mean, whatever words it would choose.

A reasonable plan keeps the rules of its own language: sums are in 元, ages are criteria, an old value is followed
by the new one, a part by region belongs to the whole before it.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from minsheng.kernel import gazetteer
from minsheng.kernel.source import Source
from minsheng.plans.model import (
    EACH,
    Category,
    Cell,
    Head,
    Measure,
    Plan,
    Project,
    Quantity,
    Table,
)

T = TypeVar("T")

PREFECTURES = (
    "亳州市",
    "合肥市",
    "临沂市",
    "马鞍山市",
    "遵义市",
    "苏州市",
    "赣州市",
    "宝鸡市",
    "桂林市",
    "绵阳市",
)
COUNT_UNITS = (
    "人",
    "人次",
    "名",
    "户",
    "个",
    "家",
    "所",
    "座",
    "处",
    "套",
    "件",
    "场",
    "公里",
    "亩",
    "平方米",
    "张",
    "台",
    "辆",
    "千伏安",
    "千瓦",
    "条",
    "株",
    "吨",
    "立方米",
)
CASES = ("人", "户", "人/月", "人/年", "生/年", "生/学期", "颗牙", "个", "亩", "户/年", "张", "人/次")
WORKS = ("新增", "改造", "培训", "建设", "资助", "救助", "完成", "开展", "新建", "提升", "开发", "配备")
THINGS = (
    "托位", "老旧小区", "养老护理员", "农村公路", "城乡老年食堂", "残疾人康复服务", "公益性岗位", "困难职工帮扶",
    "适龄妇女两癌筛查", "口袋公园", "公办幼儿园学位", "法律援助案件", "充电桩", "村卫生室", "燃气管网", "高标准农田",
    "送戏进万村演出", "困难家庭适老化", "家政服务人员", "社区食堂", "农村改厕", "就业见习岗位",
)  # fmt: skip
RATES = (
    "儿童窝沟封闭覆盖率",
    "农村生活污水治理率",
    "行政村快递通达率",
    "高校毕业生就业率",
    "听力障碍筛查率",
    "自来水普及率",
)
PAID = (
    "求职创业补贴",
    "重度残疾人护理补贴",
    "城乡居民医保政府补助",
    "孤儿基本生活费",
    "家庭医生签约补助",
    "学生资助金",
)
BODIES = (
    "人力资源社会保障",
    "民政",
    "教育",
    "卫生健康",
    "住房城乡建设",
    "交通运输",
    "农业农村",
    "财政",
    "文化旅游",
    "退役军人事务",
    "城市管理",
    "司法",
    "商务",
)
KINDS = ("局", "委", "办公室", "支队", "中心")
OTHERS = (
    "残联",
    "总工会",
    "妇联",
    "数据资源局",
    "国网供电公司",
    "各县（市、区）人民政府",
    "邮政管理局",
    "团委",
    "公积金中心",
)
TOWNS = ("古井镇", "十河镇", "城关街道", "薛阁街道", "双沟镇", "龙山乡", "淝河镇", "经济开发区", "柳湖办事处")
HEADINGS = (
    "就业促进",
    "社会保障",
    "困难群体救助",
    "教育惠民",
    "卫生健康",
    "环境保护",
    "交通出行",
    "文体服务",
    "城乡建设",
    "公共安全",
)
MEASURES = (
    "加强部门协同，定期会商研判", "建立台账，逐项销号管理", "公开办事流程，接受群众监督", "压实属地责任，强化资金保障",
    "组织专业力量上门服务", "把好工程质量关，按程序组织验收",
)  # fmt: skip
COMPARATORS = ("eq", "eq", "eq", "ge", "gt", "le", "lt", "about")
STATUSES = (*("assigned",) * 5, "upper_level", "no_task", "pending", "local")

Dice = random.Random


def some(dice: Dice, of: Sequence[T], least: int, most: int) -> list[T]:
    """A few different ones."""
    return dice.sample(list(of), min(dice.randint(least, most), len(of)))


def number(dice: Dice) -> Decimal:
    whole = dice.randint(1, 99_999)
    forms = (whole, whole % 900 + 1, whole * 100, whole * 10_000, (whole % 999 + 1) * 10**7)
    return Decimal(dice.choice(forms))


def made(value: Decimal | int, unit: str, **more: Any) -> Quantity:
    return Quantity(source=Source(1), text=f"{value}{unit}", value=Decimal(value), unit=unit, **more)


def targets(dice: Dice, places: Sequence[str]) -> list[Quantity]:
    """A count with, it may be, its parts by county; or what every county does."""
    unit, value = dice.choice(COUNT_UNITS), number(dice)
    comparator, aspiration = dice.choice(COMPARATORS), dice.random() < 0.25
    subject = dice.choice(WORKS) + dice.choice(THINGS)
    high = value * dice.randint(2, 9) if dice.random() < 0.1 else None
    comparator = "eq" if high is not None else comparator
    whole = made(value, unit, subject=subject, value_hi=high, comparator=comparator, aspiration=aspiration)
    part = {"aspiration": aspiration, "comparator": dice.choice(("eq", comparator)), "subject": subject}
    match dice.choice(("whole", "whole", "parts", "parts", "each", "one")):
        case "whole":
            return [whole]
        case "each":
            every = made(dice.randint(1, 999), unit, region=EACH, **part)
            return dice.choice(([every], [whole, every]))
        case "one":
            return [made(number(dice), unit, region=dice.choice(places), **part)]
    return [whole, *(made(number(dice), unit, region=name, **part) for name in some(dice, places, 1, 4))]


def rates(dice: Dice) -> list[Quantity]:
    value, aspiration = Decimal(dice.randint(1, 1000)) / 10, dice.random() < 0.5
    subject, comparator = dice.choice(RATES), dice.choice(COMPARATORS)
    return [made(value, "%", subject=subject, comparator=comparator, aspiration=aspiration)]


def standards(dice: Dice) -> list[Quantity]:
    subject = dice.choice(PAID)
    if dice.random() < 0.25:
        ratio = Decimal(dice.randint(11, 50)) / 10
        forms = (("%", dice.randint(1, 100)), ("倍", ratio), ("分钟", dice.randint(5, 90)), ("学时", 40))
        unit, value = dice.choice(forms)
        return [made(value, unit, role="standard", subject=subject)]
    value = Decimal(dice.randint(1, 9_999)) / dice.choice((1, 10, 100))
    unit = "元/" + dice.choice(CASES)
    return [made(value, unit, role="standard", subject=subject, comparator=dice.choice(COMPARATORS))]


def raised(dice: Dice) -> list[Quantity]:
    """由610元提高到640元: an old value and the new one."""
    if dice.random() < 0.5:
        unit, subject, role = "元/" + dice.choice(CASES), dice.choice(PAID), "standard"
        old = Decimal(dice.randint(1, 9999))
        new = old + dice.randint(1, 999)
    else:
        unit, subject, role = "%", dice.choice(RATES), "target"
        old = Decimal(dice.randint(1, 500)) / 10
        new = old + dice.randint(1, 49)
    comparator = dice.choice(("eq", "eq", "ge"))
    before = made(old, unit, role="baseline", subject=subject)
    return [before, made(new, unit, role=role, subject=subject, comparator=comparator)]


def budget(dice: Dice, thing: str) -> Quantity:
    value = dice.randint(1, 99_999) * dice.choice((10_000, 100_000, 100_000_000))
    return made(value, "元", role="budget", subject=thing, comparator=dice.choice(COMPARATORS))


def share(dice: Dice, thing: str) -> Quantity:
    if dice.random() < 0.5:
        high = Decimal(dice.randint(1, 9))
        return made(dice.randint(1, 9), "比", value_hi=high, role="share", subject=thing)
    return made(dice.randint(1, 100), "%", role="share", subject=thing)


def frequency(dice: Dice, thing: str) -> Quantity:
    unit = "次/" + dice.choice(("月", "季度", "年", "周", "半年", "学期"))
    comparator = dice.choice(("eq", "ge"))
    return made(dice.randint(1, 12), unit, role="frequency", subject=thing, comparator=comparator)


def deadline(dice: Dice, thing: str) -> Quantity:
    if dice.random() < 0.5:
        comparator = dice.choice(("eq", "le"))
        return made(dice.randint(1, 12), "月", role="deadline", subject=thing, comparator=comparator)
    unit = dice.choice(("日", "天", "工作日", "小时"))
    return made(dice.randint(1, 60), unit, role="deadline", subject=thing, comparator="le")


def criterion(dice: Dice, thing: str) -> Quantity:
    low, unit = Decimal(dice.randint(3, 60)), dice.choice(("岁", "周岁"))
    if dice.random() < 0.5:
        return made(low, unit, role="criterion", subject=thing, value_hi=low + dice.randint(1, 30))
    return made(low, unit, role="criterion", subject=thing, comparator=dice.choice(("ge", "le", "eq")))


def fact(dice: Dice, thing: str) -> Quantity:
    return made(dice.randint(1, 99_999), dice.choice(COUNT_UNITS), role="fact", subject=thing)


def others(dice: Dice) -> list[Quantity]:
    kind = dice.choice((budget, share, frequency, deadline, criterion, fact))
    return [kind(dice, dice.choice(THINGS))]


def units_in_charge(dice: Dice, level: str) -> tuple[str, ...]:
    names = [level + body + dice.choice(KINDS) for body in some(dice, BODIES, 0, 3)]
    names += [name if name[0] in "各国" else level + name for name in some(dice, OTHERS, 0, 1)]
    return tuple(names)


def project(dice: Dice, at: int, category: int | None, places: Sequence[str]) -> Project:
    said: list[Quantity] = []
    for _ in range(dice.randint(0, 4)):
        kind = dice.choice((targets, targets, rates, standards, raised, others))
        said += kind(dice, places) if kind is targets else kind(dice)
    source = Source(at * 100)
    measures = tuple(
        Measure(index, Source(source.line + index), text)
        for index, text in enumerate(some(dice, MEASURES, 0, 3), 1)
    )
    kept = [replace(q, source=source, ordinal=index) for index, q in enumerate(dict.fromkeys(said))]
    if measures and dice.random() < 0.5:
        kept += [replace(q, source=measures[-1].source) for q in rates(dice)]
    return Project(
        at, category, source, dice.choice(WORKS) + dice.choice(THINGS), "", dice.choice(STATUSES),
        units_in_charge(dice, "市"), units_in_charge(dice, "市"), measures, tuple(kept),
    )  # fmt: skip


def table(dice: Dice, numbers: Sequence[int], places: Sequence[str]) -> Table:
    columns = [
        (number, dice.choice(WORKS) + thing, dice.choice(COUNT_UNITS))
        for number in sorted(some(dice, numbers, 1, 3))
        for thing in some(dice, THINGS, 1, 2)
    ]
    cells = [
        Cell(at, indicator, unit, name, value, str(value), Source(1), dice.choice(("eq", "eq", "ge", "le")))
        for name in some(dice, places, 1, 4)
        for at, indicator, unit in columns
        for value in [Decimal(dice.randint(0, 99_999)) / dice.choice((1, 1, 100))]
    ]
    return Table("目标任务分解表", Source(1), tuple(cells))


def any_plan(dice: Dice) -> Plan:
    """Any reasonable plan of a city with its counties, or of a county with its towns."""
    city = dice.choice(PREFECTURES)
    places: Sequence[str] = [division.name for division in gazetteer.counties_of(city)]
    if dice.random() < 0.2:
        city, places = dice.choice(places), TOWNS
    else:
        places = [*places, "经开区", "高新区", "市本级"]
    year = dice.randint(2012, 2028)
    chapters = dice.choice((0, 1, 2, 2, 3))
    counts = [dice.randint(1, 2) for _ in range(chapters)] or [dice.randint(2, 5)]
    if chapters == 1:
        # Without its count a single heading is a chapter (重点任务), no category.
        counts = [dice.randint(2, 4)]
    declares, names = chapters == 1 or dice.random() < 0.5, some(dice, HEADINGS, 4, 4)
    categories: list[Category] = []
    projects: list[Project] = []
    for index, count in enumerate(counts, 1):
        if chapters:
            categories.append(Category(index, names[index - 1], count if declares else None, Source(1)))
        for _ in range(count):
            at = (projects[-1].number if projects else 0) + (2 if dice.random() < 0.05 else 1)
            projects.append(project(dice, at, index if chapters else None, places))
    head = Head(
        title=f"{city}{year}年民生实事实施方案", region=city, year=year,
        issuer=dice.choice((None, f"{city}人民政府办公室")),
        doc_number=dice.choice((None, f"政办〔{year}〕3号")),
        issued_on=dice.choice((None, f"{year}-03-05")),
        declared_total=dice.choice((None, len(projects))),
    )  # fmt: skip
    numbers = [one.number for one in projects]
    annexes = (table(dice, numbers, places),) if dice.random() < 0.3 else ()
    return Plan(head, tuple(categories), tuple(projects), annexes)


plans = st.randoms(use_true_random=True).map(any_plan)
"""Plans by hypothesis. A failing plan is known by the seed of its dice; smaller ones are not sought."""
