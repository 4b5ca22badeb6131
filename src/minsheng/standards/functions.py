"""The named functions of the notation: what each means, and how an official reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

OWN, OWN_RATIO = "$local_standard_fen", "$local_ratio_bp"
MONTH_FROM, MONTH_TO = "month_from", "month_to"


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its arguments, its meaning in the notation (empty: built in), and its Chinese reading."""

    name: str
    arguments: tuple[str, ...]
    meaning: str
    reading: str
    is_inner: bool = False


def _table(*functions: Function) -> Mapping[str, Function]:
    return {function.name: function for function in functions}


FUNCTIONS: Mapping[str, Function] = _table(
    Function("half_up", ("n", "d"), "", "{n}除以{d}，四舍五入"),
    Function("up", ("n", "d"), "", "{n}除以{d}，进一取整"),
    Function("down", ("n", "d"), "", "{n}除以{d}，舍去尾数"),
    Function("lesser", ("a", "b"), "", "{a}与{b}中较小的"),
    Function("larger", ("a", "b"), "", "{a}与{b}中较大的"),
    Function("if_true", ("c", "x"), "", "{c}时{x}，否则0"),
    Function("ipow", ("b", "n"), "", "{b}的{n}次方"),
    Function("full_years", ("d",), "", "{d}至计算日的周岁"),
    Function("each_month", ("x",), "", "逐月计算：{x}"),
    Function("larger_if_given", ("a", "b"), "", "{a}与{b}中较大的", is_inner=True),
    Function("if_given", ("a", "b"), "", "{a}，未定的用{b}", is_inner=True),
    Function("is_child", (), "full_years(birth_date) < $child_age_below_years", "是儿童（未满规定年龄）"),
    Function(
        "of_working_age",
        (),
        "full_years(birth_date) >= $working_age_min_years and ("
        "(sex = 'male' and full_years(birth_date) <= $working_age_max_years_male) or "
        "(sex = 'female' and full_years(birth_date) <= $working_age_max_years_female))",
        "处于就业年龄段",
    ),
    Function(
        "care_disability",
        (),
        "(disability_kind in ('intellectual', 'mental') and disability_grade >= 1) or "
        "(disability_kind = 'limb' and disability_grade in (1, 2))",
        "智力、精神残疾或一、二级肢体残疾",
    ),
    Function(
        "line",
        (),
        "case hukou when 'urban' then $low_income_line_urban_fen_per_month "
        "when 'rural' then $low_income_line_rural_fen_per_month end",
        "按户口取的低保标准",
    ),
    Function("at_least", ("f",), f"larger_if_given(f, {OWN})", "本地自定标准（不低于{f}）"),
    Function("at_most_own", ("c",), f"lesser({OWN}, c)", "本地自定标准（不超过{c}）"),
    Function("own_between", ("a", "b"), f"lesser(larger({OWN}, a), b)", "本地自定标准（限在{a}与{b}之间）"),
    Function("in_principle", ("f",), f"if_given({OWN}, f)", "原则上{f}（本地自定的用本地的）"),
    Function(
        "ratio_at_least",
        ("cost", "bp"),
        f"up(cost * larger_if_given(bp, {OWN_RATIO}), 10000)",
        "{cost}乘以本地自定比例（不低于{bp}），进一取整",
    ),
)

PUBLIC: tuple[str, ...] = tuple(name for name, function in FUNCTIONS.items() if not function.is_inner)
