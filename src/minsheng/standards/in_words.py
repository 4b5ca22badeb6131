"""A rule in plain Chinese: when, how much, who pays, how the figure binds, and where it stands."""

from collections.abc import Mapping

from minsheng.standards.chinese import day, phrase
from minsheng.standards.compiled import Rule
from minsheng.standards.model import Basis, BoundKind
from minsheng.standards.vocabulary import Vocabulary

BASES: Mapping[Basis, str] = {
    "stated": "",
    "plan_year": "（通知未写明日期，按计划年度）",
    "settled": "（通知未写明日期，另行约定）",
}
BOUNDS: Mapping[BoundKind, str] = {
    "exact": "按规定的数",
    "at_least": "不低于",
    "at_most": "不超过",
    "range": "在规定的范围内",
    "in_principle": "原则上，本地可以另定",
    "about": "左右，只作参考",
}
ROUNDINGS: Mapping[str, str] = {
    "none": "不用取整",
    "half_up": "四舍五入到分",
    "up": "进一取整到分",
    "down": "舍去尾数到分",
    "mixed": "按算式各处写明的取整",
}


def rule_in_words(rule: Rule, vocabulary: Vocabulary) -> Mapping[str, str]:
    """The rule, one line a heading."""
    version = rule.version
    until = f"至{day(version.last_day)}" if version.last_day else "起"
    bound = BOUNDS[version.bound.kind]
    if rule.condition is not None:
        bound += f"（核对：{phrase(rule.condition)}）"
    lines = {
        "执行": f"{day(version.first_day)}{until}" + BASES[version.basis],
        "条件": phrase(rule.when) if rule.when.text != "true" else "各行都算",
        "金额": phrase(rule.amount, is_money=True),
        "约束": bound,
        "取整": ROUNDINGS[version.rounding],
        "计发": f"每{version.period}" if len(version.period) == 1 else version.period,
        "出资": version.payers,
    }
    if rule.shares:
        lines["分担"] = "；".join(
            f"{vocabulary.payers.get(share.payer, share.payer)}："
            + ("其余" if share.amount is None else phrase(share.amount, is_money=True))
            for share in rule.shares
        )
    lines["依据"] = "；".join(f"{source}：{'、'.join(source.figures)}" for source in version.sources)
    return lines
