"""The text of an expression, parsed once by sqlglot, with only the kinds of node that the notation allows."""

import re
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from minsheng.standards.refusal import RefusedExpression

DIALECT = "duckdb"
LONGEST, DEEPEST, MOST_BRACKETS = 2000, 60, 120

_ALLOWED: tuple[type[exp.Expr], ...] = (
    exp.Add,
    exp.And,
    exp.Anonymous,
    exp.Boolean,
    exp.Case,
    exp.Column,
    exp.DataType,
    exp.EQ,
    exp.GT,
    exp.GTE,
    exp.Identifier,
    exp.If,
    exp.In,
    exp.LT,
    exp.LTE,
    exp.Literal,
    exp.Mul,
    exp.NEQ,
    exp.Not,
    exp.Or,
    exp.Paren,
    exp.Placeholder,
    exp.Sub,
)
_KNOWN_TRAPS: tuple[tuple[type[exp.Expr], str, str], ...] = (
    (exp.Div, "除法没有说明怎样取整", "改用half_up(n, d)、up(n, d)或down(n, d)"),
    (exp.IntDiv, "除法没有说明怎样取整", "改用half_up(n, d)、up(n, d)或down(n, d)"),
    (exp.Mod, "不能用取余%", "用down(n, d)写明怎样取整"),
    (exp.Round, "取整只能写在half_up、up、down里", "改用half_up(n, d)、up(n, d)或down(n, d)"),
    (exp.Floor, "取整只能写在half_up、up、down里", "改用down(n, d)"),
    (exp.Ceil, "取整只能写在half_up、up、down里", "改用up(n, d)"),
    (exp.Least, "least遇到空值会取另一个数", "改用lesser(a, b)"),
    (exp.Greatest, "greatest遇到空值会取另一个数", "改用larger(a, b)"),
    (exp.Coalesce, "coalesce会把没填的值当成别的数", "去掉coalesce；可以缺的只有带?的参数，用at_least等写法"),
    (exp.Is, "不能判断是否为空：没填就是不能算", "去掉is null，没填的值会自动报为问题"),
    (exp.Null, "不能写null", "去掉null；不该算的行写在when里"),
    (exp.Between, "不写between", "写成a <= x and x <= b，界限条件写成a <= x <= b"),
    (exp.Neg, "不能写负数", "改用减法，并用larger(0, …)保证不低于0"),
    (exp.Sum, "不能跨行合计", "一行算一行；逐月相加用each_month(x)"),
    (exp.Query, "不能写查询", "只写一个算式"),
    (exp.Pow, "乘方要用整数", "改用ipow(b, n)"),
)
_STRANGE = re.compile(r"[^\w\s$()+\-*/%<>=!.,'|\u3000-\uffef“”‘’·—…]")
_SIGNS_IN_A_ROW = re.compile(r"(?:[-+!]\s*){3}|--|/\*")
_FULL_WIDTH = re.compile(r"[（），＜＞＝＋－×÷。；：！‘’“”]")


@lru_cache(maxsize=4096)
def parse(text: str) -> exp.Expr:
    """The parsed text. Raises RefusedExpression; the tree is shared, nobody changes it."""
    _check_letters(text)
    try:
        # As a condition, not as a statement: sqlglot would take an unknown statement for a command.
        found = sqlglot.parse_one(text, dialect=DIALECT, into=exp.Condition)
    except (
        SqlglotError,
        RecursionError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
    ) as error:
        raise _unreadable(text) from error
    _check_nodes(found, text)
    return found


def _unreadable(text: str) -> RefusedExpression:
    shown = text if len(text) <= 40 else text[:40] + "…"
    mend = "检查括号是否成对、词之间有没有漏写运算符或and、or，文字要加英文单引号"
    return RefusedExpression("not_read", f"算式“{shown}”读不懂", mend)


def _check_letters(text: str) -> None:
    outside = re.sub(r"'[^']*'", "''", text)
    if not text.strip():
        raise RefusedExpression("empty", "算式是空的", "写出条件或金额")
    if len(text) > LONGEST or outside.count("(") > MOST_BRACKETS or _words(outside, "not|case") > DEEPEST:
        raise RefusedExpression("too_long", "算式太长", "分成几个版本或几项标准")
    if _words(outside, "if"):
        raise RefusedExpression(
            "forbidden", "不写if", "用case when 条件 then 值 else 值 end，或if_true(条件, 值)"
        )
    full_width = _FULL_WIDTH.search(outside)
    if full_width:
        what = f"算式里有全角符号“{full_width.group()}”"
        raise RefusedExpression("full_width", what, "换成英文半角符号")
    strange = _STRANGE.search(outside)
    if strange or _SIGNS_IN_A_ROW.search(outside):
        shown = strange.group() if strange else "连着的运算符或注释"
        raise RefusedExpression("strange_sign", f"算式里不能有“{shown}”", "只用列名、$参数、整数和+ - * ( )")


def _words(text: str, pattern: str) -> int:
    return len(re.findall(rf"\b(?:{pattern})\b", text, re.IGNORECASE))


def _check_nodes(root: exp.Expr, text: str) -> None:
    for node in root.walk():
        for kind, what, mend in _KNOWN_TRAPS:
            if isinstance(node, kind):
                raise RefusedExpression("forbidden", what, mend)
        if isinstance(node, exp.Cast):
            if not _is_day(node):
                raise RefusedExpression("forbidden", "不能转换类型", "直接用列名；日期写成date '2023-01-01'")
        elif not isinstance(node, _ALLOWED):
            mend = "只用case、in、and、or、not、比较、加减乘和规定的函数"
            raise RefusedExpression("forbidden", f"算式里不能用{_shown(node, text)}", mend)


def _is_day(node: exp.Cast) -> bool:
    literal = node.this
    return node.to.is_type("date") and isinstance(literal, exp.Literal) and literal.is_string


def _shown(node: exp.Expr, text: str) -> str:
    name = node.sql_name().lower() if isinstance(node, exp.Func) else type(node).__name__
    return f"“{name}”" if name in text.lower() else "这种写法"
