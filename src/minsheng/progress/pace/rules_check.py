"""Whether a rule set can be used: what is wrong with it, in sentences that say what to do."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from minsheng.progress.model import MONEY_STAGES, MONEY_WORDS, STAGES
from minsheng.progress.pace.model import ASPECT_WORDS, LIGHT_WORDS, LIGHTS, Light
from minsheng.progress.pace.rules import (
    COUNTED,
    MEASURES,
    PARTS,
    REQUIRED,
    DeadlineRule,
    DoneRule,
    GrowthRule,
    LevelRule,
    LightRules,
    MissingRule,
    MoneyRule,
    ProgressRule,
    RankRule,
    StartRule,
    TaskRule,
)


def read_rules(value: object) -> tuple[LightRules | None, tuple[str, ...]]:
    """A rule set somebody edited, and what is wrong with it; None where it is not even one."""
    if not isinstance(value, Mapping):
        return None, ("亮灯规则的格式不对，请从现有规则复制一份再修改。",)
    unknown = sorted(str(key) for key in value if key not in (*PARTS, "name", "ladder", "combine"))
    if unknown:
        return None, (f"亮灯规则里有不认识的部分：{'、'.join(unknown)}，请删去。",)
    if value.get("combine", "worst") != "worst":
        return None, ("几项规则合在一起时只能取最差的一项（worst），请改回。",)
    try:
        rules = LightRules.from_json(value)
        return rules, check_rules(rules)
    except KeyError as missing:
        return None, (f"亮灯规则缺少“{missing.args[0]}”一项，请对照现有规则补齐。",)
    except (TypeError, ValueError, AttributeError, InvalidOperation):
        return None, ("亮灯规则里有写法不对的内容，请对照现有规则修改。",)


def check_rules(rules: LightRules) -> tuple[str, ...]:
    """What is wrong with a set, in sentences; nothing where it can be adopted."""
    return tuple(dict.fromkeys((*_of_the_set(rules), *_of_the_parts(rules))))


def _of_the_set(rules: LightRules) -> Iterator[str]:
    if not rules.name.strip():
        yield "请给这套规则起个名称。"
    if list(rules.ladder) != sorted(set(rules.ladder) & set(LIGHTS), key=LIGHTS.index):
        yield "所用灯色应从最好到最差排列，每种一次：蓝、绿、黄、橙、红。"
    if "yellow" not in rules.ladder:
        yield "所用灯色里必须有黄灯：红灯补上以后先转黄灯。"
    if all(getattr(rules, name) is None for name in PARTS):
        yield "这套规则没有一项内容，任何指标都亮不了灯，请至少保留一项。"
    for light in lights_used(rules):
        if light not in rules.ladder:
            yield f"规则里用了{LIGHT_WORDS.get(light, light)}，但所用灯色里没有它，请加上或改用别的灯色。"


def lights_used(rules: LightRules) -> tuple[Light, ...]:
    """Every light that a part of the set can give, in the order of the parts."""
    return tuple(dict.fromkeys(light for name in PARTS for light in _lights(getattr(rules, name))))


def _lights(part: object) -> Iterator[Light]:
    match part:
        case ProgressRule(bounds=bounds) | MoneyRule(bounds=bounds):
            yield "green"
            yield from (bound.light for bound in bounds)
        case TaskRule(runs=runs) | LevelRule(runs=runs) | StartRule(runs=runs):
            yield "green"
            yield from (light for light, _ in runs)
        case DeadlineRule(days=runs):
            yield "green"
            yield from (light for light, _ in runs)
        case MissingRule(runs=runs):
            yield from (light for light, _ in runs)
        case GrowthRule():
            yield from ("green", part.short, part.falling)
        case DoneRule():
            yield part.light
        case RankRule():
            yield part.lead_light
            if part.middle is not None:
                yield part.middle
            yield from (light for light, _ in part.tails)
        case _:
            return


def _of_the_parts(rules: LightRules) -> Iterator[str]:
    if rules.progress is not None:
        yield from _order("progress", [(one.light, one.over) for one in rules.progress.bounds])
        if rules.progress.measure not in MEASURES:
            yield "进度规则要写明按百分点、按比例还是按完成比例。"
        yield from _known_month(rules.progress)
    for name in ("task", "level", "start", "missing_run"):
        part = getattr(rules, name)
        if part is not None:
            yield from _order(name, [(light, Decimal(number)) for light, number in part.runs])
            if any(number < 1 for _, number in part.runs):
                yield f"{_word(name)}规则里的期数至少是1。"
    if rules.start is not None and not set(rules.start.stages) <= set(STAGES):
        yield "节点规则里有不认识的工程节点。"
    if rules.start is not None and not rules.start.stages:
        yield "节点规则没有选工程节点，请至少选一个，或去掉这一项。"
    if rules.money is not None:
        yield from _money(rules.money)
    if rules.deadline is not None:
        yield from _order("deadline", [(light, Decimal(-days)) for light, days in rules.deadline.days])
    if rules.rank is not None:
        yield from _rank(rules.rank)


def _order(name: str, bounds: list[tuple[Light, Decimal]]) -> Iterator[str]:
    """The worst first, and the worse the light the farther its bound; of ``done`` it is the lower."""
    lights = [LIGHTS.index(light) for light, _ in bounds if light in LIGHTS]
    if not bounds:
        yield f"{_word(name)}规则没有写界限，请补上或去掉这一项。"
    if lights != sorted(lights, reverse=True) or len(set(lights)) != len(bounds):
        yield f"{_word(name)}规则应从最差的灯写起，每种灯一条。"
    numbers = [number for _, number in bounds]
    if numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
        yield f"{_word(name)}规则的界限有交叉，请核对数字。"


def _known_month(rule: ProgressRule) -> Iterator[str]:
    numbers = [one.over for one in rule.bounds]
    lower_is_worse = rule.measure == "done"
    if numbers != sorted(numbers, reverse=not lower_is_worse):
        yield "进度规则的界限方向不对：灯越差，落后应越多（按完成比例时完成应越少）。"
    if rule.stated_month is not None and not 1 <= rule.stated_month <= 12:
        yield "进度规则所注的月份应在1至12之间。"


def _money(rule: MoneyRule) -> Iterator[str]:
    yield from _order("money", [(one.light, one.over) for one in rule.bounds])
    if rule.stage not in MONEY_STAGES or rule.against not in MONEY_STAGES or rule.stage == rule.against:
        yield f"资金规则要写明两个不同的资金阶段（{'、'.join(MONEY_WORDS.values())}）。"
    if rule.required not in REQUIRED:
        yield "资金规则要写明应达到的比例从哪里来：固定比例、按月数均匀，还是按指标进度。"
    if rule.required == "months" and (rule.months is None or rule.months < 1):
        yield "资金规则按月数均匀支出，但没有写几个月，请补上。"


def _rank(rule: RankRule) -> Iterator[str]:
    yield from _order("rank", [(light, -number) for light, number in rule.tails])
    if rule.by not in COUNTED:
        yield "位次规则要写明按名次还是按占比。"
    if rule.lead < 0 or any(number <= 0 for _, number in rule.tails):
        yield "位次规则里的名额应大于0。"


def _word(name: str) -> str:
    return ASPECT_WORDS[name]  # type: ignore[index]  # parts are named after aspects
