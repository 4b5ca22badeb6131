"""Which units count whole things, and in what steps a number in a unit is divided."""

from decimal import Decimal

from minsheng.plans.grammar.units import COUNT

_MEASURED = frozenset(
    {
        "公里", "千米", "米", "里", "平方公里", "平方千米", "平方米", "立方米",
        "万立方米", "公顷", "千公顷", "㎡", "亩", "丘", "吨", "公斤", "千克", "微克",
        "毫克", "千瓦时", "兆瓦时", "千瓦", "兆瓦", "千伏安", "兆伏安", "千伏", "小时",
        "分钟", "秒", "个百分点", "百分点", "倍", "元", "学分", "度", "年", "个月",
        "天", "日", "周",
    }
)  # fmt: skip
"""Units of measure, money and time: half of one exists."""

_WHOLE = frozenset(COUNT) - _MEASURED


def counts_whole_things(unit: str) -> bool:
    """Whether a number in this unit is whole: half a person is none, half a kilometre is.

    A unit that is not known, and one with 万 before it (2.2万人次), may have a fraction.
    """
    return unit in _WHOLE


def step_for(whole: Decimal, unit: str) -> Decimal:
    """The smallest step a number is divided in.

    Whole things are divided whole, and so is every whole number; what is stated with decimals is divided one
    digit finer, as annexes do: of 2.2万人次 a district has 0.23.
    """
    if counts_whole_things(unit) or whole == whole.to_integral_value():
        return Decimal(1)
    return Decimal(1).scaleb(int(whole.normalize().as_tuple().exponent) - 1)
