"""The made-up promise: projects of ten targets each, and the lines of a notice that state them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from minsheng.kernel.source import Source
from minsheng.plans.checks.units import plain
from minsheng.plans.model import Category, Head, Plan, Project, Quantity
from minsheng.progress.model import Kind
from minsheng_web.records.actions.demo_scale.names import DEPARTMENTS, unit_name
from minsheng_web.records.actions.demo_scale.shape import Shape

CATEGORIES = ("就业创业", "社会保障", "教育惠民", "卫生健康", "养老托育", "城乡人居", "交通出行", "文化体育",
              "食品安全", "生态环境")  # fmt: skip
THEMES = (
    "零工市场", "创业工坊", "技能培训站", "招聘服务点", "青年驿站", "老年食堂", "适老化家庭", "社区养老站",
    "康复救助点", "儿童之家", "普惠托位", "课后服务点", "校园食堂", "心理辅导站", "城乡学校", "村卫生室",
    "急救站点", "妇幼服务点", "慢病管理点", "健康小屋", "老旧小区", "便民停车场", "农贸市场", "公共厕所",
    "口袋公园", "农村公路", "公交站台", "危桥", "安全岛", "客运站点", "文化礼堂", "农家书屋", "健身广场",
    "百姓舞台", "流动影厅", "饮水工程", "污水管网", "垃圾分类点", "河道岸线", "绿色村庄", "食品快检点",
    "明厨亮灶点", "放心粮店", "药品服务点", "电梯救援站", "法律援助站", "退役军人站", "残疾人之家",
    "无障碍设施", "便民服务站",
)  # fmt: skip
_TURNS: tuple[tuple[Kind, str, str], ...] = (
    ("full_coverage", "符合条件对象应补尽补", "人"),
    ("standard", "补助达到规定标准", "元/月"),
    ("growth", "服务人次比上年增长", "%"),
    ("at_most", "办理时限控制在", "天"),
)
_COUNTED = (
    ("新建{}", "个"),
    ("改造{}", "个"),
    ("{}服务群众", "人次"),
    ("{}培训人员", "人"),
    ("{}入户走访", "户"),
    ("{}开展活动", "场"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One target. ``value`` None where none is stated; ``deep``: broken down to the towns."""

    position: int
    project: int
    name: str
    unit: str
    kind: Kind
    value: Decimal | None
    deep: bool
    money: bool

    @property
    def comparator(self) -> str:
        return "le" if self.kind == "at_most" else "ge"


def targets(shape: Shape) -> tuple[Wanted, ...]:
    """Every target in order. Those counted go deep first, in turn over the projects."""
    return tuple(_targets(shape))


def _targets(shape: Shape) -> Iterator[Wanted]:
    for project in range(shape.projects):
        theme = THEMES[project % len(THEMES)]
        for place in range(shape.targets):
            name, unit, kind = _said(theme, place, project)
            deep = place * shape.projects + project < shape.deep
            position = project * shape.targets + place + 1
            money = (position * 7) % 10 < 4
            yield Wanted(position, project, name, unit, kind, _value(kind, position, shape), deep, money)


def _said(theme: str, place: int, project: int) -> tuple[str, str, Kind]:
    place %= 10
    if place < len(_COUNTED):
        words, unit = _COUNTED[place]
        return words.format(theme), unit, "count"
    if place == 6:
        return f"{theme}示范工程建设", "座", "stages"
    if place == 7:
        return f"建立{theme}长效管护机制", "", "yes_no"
    if place == 8:
        return f"{theme}群众满意率", "%", "at_least"
    kind, words, unit = _TURNS[project % len(_TURNS)]
    return f"{theme}{words}", unit, kind


def _value(kind: Kind, position: int, shape: Shape) -> Decimal | None:
    """Large enough that every town of a deep one has something to do."""
    if kind == "count":
        return Decimal((shape.towns + shape.counties) * (6 + position * 37 % 90) + position % 17)
    known: dict[Kind, int] = {
        "at_least": 90 + position % 8,
        "standard": 600 + position % 9 * 20,
        "growth": 5 + position % 6,
        "at_most": 10 + position % 11,
    }
    return Decimal(known[kind]) if kind in known else None


def department_of(project: int) -> str:
    return DEPARTMENTS[project % len(DEPARTMENTS)]


def plan_of(shape: Shape, wanted: tuple[Wanted, ...], top: str, year: int) -> tuple[Plan, tuple[str, ...]]:
    """The plan as if it had been read, and the lines it was read from: every number stands in its line."""
    title = f"{top}{year}年{shape.projects}项民生实事（演示数据）"
    lines = [title]
    projects = []
    level = "city" if shape.scale == "city" else "province"
    for number in range(shape.projects):
        own = [one for one in wanted if one.project == number]
        lines.append(_line(number, own))
        lead = unit_name(department_of(number), level, top)
        projects.append(_project(number, own, len(lines), lines[-1], lead))
    names = dict.fromkeys(_category(number) for number in range(shape.projects))
    categories = tuple(Category(n + 1, CATEGORIES[n], None, Source(1)) for n in names)
    head = Head(title=title, region=top, year=year, declared_total=shape.projects)
    return Plan(head, categories, tuple(projects)), tuple(lines)


def headline_of(project: int) -> str:
    return f"实施{THEMES[project % len(THEMES)]}提升行动"


def category_of(project: int) -> str:
    return CATEGORIES[_category(project)]


def _category(project: int) -> int:
    return project // 5 % len(CATEGORIES)


def _printed(one: Wanted) -> str:
    return f"{plain(one.value)}{one.unit}" if one.value is not None else ""


def _line(number: int, own: list[Wanted]) -> str:
    said = "；".join(f"{one.name}{_printed(one)}" for one in own)
    return f"（{number + 1}）{headline_of(number)}，{said}。"


def _project(number: int, own: list[Wanted], at: int, line: str, lead: str) -> Project:
    quantities = []
    for one in own:
        printed = _printed(one)
        if one.value is None:
            continue
        start = line.index(f"{one.name}{printed}") + len(one.name)
        source = Source(at, start, start + len(printed))
        quantities.append(
            Quantity(
                source,
                printed,
                one.value,
                one.unit,
                "le" if one.kind == "at_most" else "ge",
                subject=one.name,
            )
        )
    return Project(
        number=number + 1,
        category=_category(number) + 1,
        source=Source(at, 0, len(line)),
        headline=headline_of(number),
        statement=line,
        lead_units=(lead,),
        quantities=tuple(quantities),
        lines=(at,),
    )
