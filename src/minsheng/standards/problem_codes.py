"""What a row's problem is called, ``CODE:NAME``, and how it is told."""

from minsheng.standards.vocabulary import Vocabulary

MISSING, DOMAIN, PARAMETER, OVERFLOW, UNDECIDED = "missing", "domain", "parameter", "overflow", "undecided"
AMOUNT = "amount_fen"


def missing_column(name: str) -> str:
    return f"{MISSING}:{name}"


def outside_domain(name: str) -> str:
    return f"{DOMAIN}:{name}"


def missing_parameter(name: str) -> str:
    return f"{PARAMETER}:{name}"


TOO_LARGE = f"{OVERFLOW}:{AMOUNT}"
NOT_DECIDED = f"{UNDECIDED}:{AMOUNT}"
"""No branch of a case fits. The lint keeps such a rule out, so a row meets it only in a rule not linted."""


def named(problem: str) -> str:
    """The column or parameter that a problem names."""
    return problem.partition(":")[2]


def told(problem: str, vocabulary: Vocabulary) -> str:
    """The problem in one Chinese sentence."""
    code, _, name = problem.partition(":")
    chinese = vocabulary.chinese(name)
    if code == MISSING:
        return f"“{chinese}”（{name}）没有填，不能算：请补填"
    if code == DOMAIN:
        allowed = _allowed(name, vocabulary)
        return f"“{chinese}”（{name}）的值超出允许范围，不能算：请核对改正{allowed}"
    if code == PARAMETER:
        return f"没有当时有效的参数“{chinese}”（{name}），不能算：请补登这一参数"
    if code == OVERFLOW:
        return "算出的金额大得不合情理，不能用：请核对各项数值"
    return "没有一种情形适用，不能算：请核对标准"


def _allowed(name: str, vocabulary: Vocabulary) -> str:
    """What a column may hold, for whom it is not plain."""
    column = vocabulary.columns.get(name)
    if column is None:
        return ""
    if column.type == "word":
        return f"，只能是{'、'.join(f'{word}（{chinese}）' for word, chinese in column.words.items())}"
    if column.type == "int" and column.most is not None:
        return f"，只能是{column.low}至{column.most}的整数"
    if column.type in {"date", "month"}:
        shape = "2023-06-01" if column.type == "date" else "2023-06"
        return f"，写成{shape}这样" + (f"（{column.note}）" if column.note else "")
    return ""
