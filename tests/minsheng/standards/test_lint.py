"""A right standard passes; each wrong one is refused at its line, with what is wrong and how to mend it."""

import pytest

from minsheng.standards.lint import lint
from minsheng.standards.loading import read_standards

NOTICE = "notice: demo-2023\ntitle: 示例\ncity: 云河市\nyear: 2023\nplan_year_start: 2023-01-01\n"
RIGHT = """notice: demo-2023
project: 6
category: 困难群体保障
standards:
  - id: demo-2023.p06.worker-aid
    name: 困难职工救助
    for_whom: 自付费用高的困难职工
    versions:
      - from: 2023-01-01
        to: 2023-12-31
        from_basis: plan_year
        sources: [{line: 10, to: 12, figures: ["5000元以上20%", "最高50000元、16000元"]}]
        when: worker_kind in ('deep', 'relative') and self_paid_fen >= 500000
        amount: lesser(half_up(20 * self_paid_fen, 100), case worker_kind when 'deep' then 5000000 else 1600000 end)
        form: [capped, share_split]
        bound: {kind: at_most, condition: "half_up(20 * self_paid_fen, 100) <= 5000000"}
        rounding: half_up
        period: 年
        payers: 市、区
        shares: {city: "down(due, 2)", county: rest}
        reads: {columns: [worker_kind, self_paid_fen], parameters: []}
      - from: 2024-01-01
        from_basis: stated
        sources: [{line: 14, figures: ["每人每月不低于1100元"]}]
        when: worker_kind = 'deep'
        amount: at_least(110000) * months_eligible
        form: [capped]
        bound: {kind: at_least, condition: "$local_standard_fen >= 110000"}
        rounding: none
        period: 月
        payers: 未列明
        reads: {columns: [worker_kind, months_eligible], parameters: ["local_standard_fen?"]}
    cases:
      - says: 深度困难，自付5000元：20%是1000元，市区各半
        as_of: 2023-01-01
        row: {worker_kind: deep, self_paid_fen: 500000}
        expect: {eligible: true, amount_fen: 100000, shares_fen: {city: 50000, county: 50000}, check: ok}
      - says: 自付差1分不到5000元：不符合
        as_of: 2023-12-31
        row: {worker_kind: deep, self_paid_fen: 499999}
        expect: {eligible: false, amount_fen: 0}
      - says: 2024年第一天起按月，本地没有自定：12个月13200元
        as_of: 2024-01-01
        row: {worker_kind: deep, months_eligible: 12}
        expect: {eligible: true, amount_fen: 1320000, check: ok}
      - says: 月数没有填：不能算
        as_of: 2024-01-01
        row: {worker_kind: deep}
        expect: {problem: months_eligible}
"""


def found(book_text, root, notice=NOTICE):
    vocabulary = (root / "standards" / "vocabulary.yaml").read_text(encoding="utf-8")
    texts = [
        ("vocabulary.yaml", vocabulary),
        ("demo-2023/notice.yaml", notice),
        ("demo-2023/p06.yaml", book_text),
    ]
    return lint(read_standards(texts))


@pytest.fixture
def root(request):
    return request.config.rootpath


def test_a_right_standard_has_no_fault(root):
    assert found(RIGHT, root) == ()


def test_the_standards_of_the_repository_have_no_fault(book):
    assert [str(fault) for fault in lint(book)] == []
    assert len(book.standards) == 120


AMOUNT_1 = (
    "lesser(half_up(20 * self_paid_fen, 100), case worker_kind when 'deep' then 5000000 else 1600000 end)"
)
AMOUNT_2 = "at_least(110000) * months_eligible"
WHEN_2 = "when: worker_kind = 'deep'"
# name: (what stands, what is written instead, code, line, part of what, part of how to mend)
WRONG = {
    "unknown column": (AMOUNT_2, "at_least(110000) * months_eligble", "unknown_column", 26, "months_eligble", "months_eligible"),
    "column with a table": (AMOUNT_2, "at_least(110000) * roster.months_eligible", "unknown_column", 26, "roster.months", "不加表名"),
    "key column": (WHEN_2, "when: person_id = '1'", "key_column", 25, "person_id", "换成"),
    "parameter without sign": (AMOUNT_2, "larger(110000, local_standard_fen)", "unknown_column", 26, "是参数", "$local_standard_fen"),
    "unknown parameter": (AMOUNT_2, "$local_standard", "unknown_parameter", 26, "$local_standard", "local_standard_fen"),
    "optional parameter used as it is": (AMOUNT_2, "larger(110000, $local_standard_fen)", "optional", 26, "带?", "at_least"),
    "own figure that must be there in at_least": ('"local_standard_fen?"', "local_standard_fen", "optional", 26, "必有", "local_standard_fen?"),
    "unknown function": (AMOUNT_2, "at_lest(110000) * months_eligible", "unknown_function", 26, "at_lest", "at_least"),
    "inner function": (AMOUNT_2, "larger_if_given(110000, $local_standard_fen)", "unknown_function", 26, "larger_if_given", ""),
    "arguments of a function": (AMOUNT_2, "at_least(110000, 2) * months_eligible", "argument_count", 26, "1个参数", "at_least(f)"),
    "unknown word": (WHEN_2, "when: worker_kind = 'depe'", "unknown_word", 25, "'depe'", "deep"),
    "unknown word in a list": ("in ('deep', 'relative')", "in ('deep', 'relativ')", "unknown_word", 13, "'relativ'", "relative"),
    "word twice in a list": ("in ('deep', 'relative')", "in ('deep', 'deep')", "repeated_word", 13, "重复", "只写一次"),
    "word against a number": (WHEN_2, "when: worker_kind = 3", "wrong_type", 25, "不能这样比较", "列 = '值'"),
    "number against a word": (WHEN_2, "when: months_eligible = 'deep'", "wrong_type", 25, "不是词", "同类"),
    "two words compared": (WHEN_2, "when: worker_kind = child_kind", "wrong_type", 25, "不能这样比较", "列 = '值'"),
    "order of words": (WHEN_2, "when: worker_kind >= 'deep'", "wrong_type", 25, "不能这样比较", "列 = '值'"),
    "truth compared": (WHEN_2, "when: insured = true", "wrong_type", 25, "是与否", "直接写条件"),
    "condition that is a number": (WHEN_2, "when: months_eligible", "wrong_type", 25, "应当是条件", "比较"),
    "and with a number": (WHEN_2, "when: insured and months_eligible", "wrong_type", 25, "要用条件", "比较"),
    "amount that is a condition": (AMOUNT_2, "insured", "wrong_type", 26, "不是钱", "金额"),
    "amount that is a count": (AMOUNT_2, "months_eligible", "wrong_type", 26, "不是钱", "乘上"),
    "money plus a count": (AMOUNT_2, "at_least(110000) + months_eligible", "wrong_type", 26, "相加", "单价"),
    "money times money": (AMOUNT_2, "at_least(110000) * self_paid_fen", "wrong_type", 26, "钱乘钱", "个数或比例"),
    "money against a count": (WHEN_2, "when: self_paid_fen > months_eligible", "wrong_type", 25, "比较", "同是"),
    "age of a number": (WHEN_2, "when: full_years(months_eligible) > 3", "wrong_type", 25, "要用日期", "birth_date"),
    "fraction": (AMOUNT_2, "1.5 * self_paid_fen", "float", 26, "1.5", "half_up"),
    "fraction with an exponent": (AMOUNT_2, "1e5 * months_eligible", "float", 26, "1e5", "分"),
    "division": (AMOUNT_2, "at_least(110000) / 2", "forbidden", 26, "怎样取整", "half_up"),
    "whole division": (AMOUNT_2, "at_least(110000) // 2", "forbidden", 26, "怎样取整", "down"),
    "remainder": (AMOUNT_2, "at_least(110000) % 2", "forbidden", 26, "取余", "down"),
    "round": (AMOUNT_2, "round(at_least(110000))", "forbidden", 26, "取整", "half_up"),
    "greatest": (AMOUNT_2, "greatest(110000, self_paid_fen)", "forbidden", 26, "空值", "larger"),
    "least": (AMOUNT_2, "least(110000, self_paid_fen)", "forbidden", 26, "空值", "lesser"),
    "coalesce": (AMOUNT_2, "coalesce(self_paid_fen, 0)", "forbidden", 26, "coalesce", "去掉"),
    "is null": (WHEN_2, "when: worker_kind is null", "forbidden", 25, "是否为空", "去掉is null"),
    "null": (AMOUNT_2, "if_true(insured, null)", "forbidden", 26, "null", "when"),
    "between": (WHEN_2, "when: months_eligible between 1 and 3", "forbidden", 25, "between", "<="),
    "query": (AMOUNT_2, "(select max(self_paid_fen) from roster)", "forbidden", 26, "查询", "算式"),
    "statement": (AMOUNT_2, "drop table roster", "not_read", 26, "读不懂", "运算符"),
    "if": (AMOUNT_2, "if(insured, 110000, 0)", "forbidden", 26, "不写if", "case when"),
    "a list": (AMOUNT_2, "at_least(110000), 2", "not_read", 26, "读不懂", "运算符"),
    "negative figure": (AMOUNT_2, "self_paid_fen + -5", "forbidden", 26, "负数", "减法"),
    "two expressions": (AMOUNT_2, "1; 2", "strange_sign", 26, ";", "列名"),
    "comment": (AMOUNT_2, '"110000 -- 每月"', "strange_sign", 26, "注释", "列名"),
    "full-width sign": (AMOUNT_2, "at_least（110000）", "full_width", 26, "（", "半角"),
    "open bracket": (AMOUNT_2, "at_least(110000", "not_read", 26, "读不懂", "括号"),
    "empty": (AMOUNT_2, "' '", "shape", 26, "amount", "算式"),
    "date that is none": (WHEN_2, "when: as_of < date '2023-02-30'", "wrong_date", 25, "2023-02-30", "2023-01-01"),
    "due in the amount": (AMOUNT_2, "due * 2", "due", 26, "due", "金额"),
    "month in a month": (AMOUNT_2, "each_month(each_month(line()))", "each_month", 26, "each_month", "一层"),
    "amount below nothing": (AMOUNT_2, "self_paid_fen - 500000", "negative", 26, "负数", "larger(0, …)"),
    "negative dividend": (AMOUNT_2, "half_up(self_paid_fen - 500000, 100)", "negative_dividend", 26, "负数", "larger(0, …)"),
    "divisor of nothing": (AMOUNT_2, "down(self_paid_fen, months_eligible)", "zero_divisor", 26, "除数", "大于0"),
    "too large": (AMOUNT_2, "self_paid_fen * headcount * headcount * headcount", "overflow", 26, "37位", "减少连乘"),
    "power too high": (AMOUNT_2, "1000 * ipow(2, headcount)", "overflow", 26, "超出范围", "40"),
    "chain that turns": ('"$local_standard_fen >= 110000"', '"1 <= $local_standard_fen >= 110000"', "chained", 28, "连着比较", "a <= x <= b"),
    "gap between versions": ("to: 2023-12-31", "to: 2023-12-30", "gap", 22, "没有版本", "2023-12-31"),
    "overlap of versions": ("to: 2023-12-31", "to: 2024-01-01", "overlap", 22, "同时有效", "2023-12-31"),
    "version without end before another": ("        to: 2023-12-31\n", "", "overlap", 21, "同时有效", "2023-12-31"),
    "version that ends before it starts": ("to: 2023-12-31", "to: 2022-12-31", "backwards", 9, "早于起始日", "不早于"),
    "plan year that is another day": ("from: 2023-01-01", "from: 2023-02-01", "plan_year", 9, "plan_year", "stated"),
    "tier no row reaches": ("then 5000000 else", "then 5000000 when 'deep' then 100000 else", "tier", 14, "谁也到不了", "去掉"),
    "tier the condition shuts out": ("when 'deep' then 5000000", "when 'none' then 5000000", "tier", 14, "谁也到不了", "去掉"),
    "tiers of an amount out of order": (
        "case worker_kind when 'deep' then 5000000 else 1600000 end",
        "case when self_paid_fen >= 500000 then 5000000 when self_paid_fen >= 5000000 then 1600000 else 0 end",
        "tier", 14, "谁也到不了", "先后",
    ),
    "else no row reaches": ("when 'deep' then 5000000 else", "when 'deep' then 5000000 when 'relative' then 1600000 else", "tier", 14, "else", "去掉else"),
    "tiers that leave a row out": ("else 1600000 end", "end", "tier", 14, "没有包括", "else"),
    "condition that cannot hold": ("worker_kind in ('deep', 'relative') and", "worker_kind = 'deep' and worker_kind = 'relative' and", "never", 13, "矛盾", "or"),
    "figure without a source": ("at_least(110000)", "at_least(120000)", "figures", 26, "120000", "行号"),
    "percentage without a source": ("half_up(20 *", "half_up(25 *", "figures", 14, "25", "行号"),
    "no figures at all": ('figures: ["每人每月不低于1100元"]', "figures: []", "figures", 22, "没有写出", "照抄"),
    "column not said to be read": ("columns: [worker_kind, months_eligible]", "columns: [worker_kind]", "reads", 22, "months_eligible", "补上"),
    "column said to be read and not": ("columns: [worker_kind, self_paid_fen]", "columns: [worker_kind, self_paid_fen, sex]", "reads", 9, "sex", "去掉"),
    "parameter said to be read and not": ("self_paid_fen], parameters: []", "self_paid_fen], parameters: [child_age_below_years]", "reads", 9, "child_age", "去掉"),
    "shares without rest": ("county: rest", "county: 'down(due, 2)'", "shares", 9, "rest", "最后一方"),
    "rest that is not last": ('city: "down(due, 2)", county: rest', 'county: rest, city: "down(due, 2)"', "shares", 9, "rest", "最后一方"),
    "shares of one": ('city: "down(due, 2)", county: rest', "county: rest", "shares", 9, "一方", "各方"),
    "form without share_split": ("[capped, share_split]", "[capped]", "form", 9, "share_split", "都有"),
    "rounding that is not done": ("rounding: none", "rounding: up", "rounding", 22, "rounding写up", "none"),
    "rounding that is not said": ("rounding: half_up", "rounding: none", "rounding", 9, "half_up", "rounding改成"),
    "floor without condition": ('bound: {kind: at_least, condition: "$local_standard_fen >= 110000"}', "bound: {kind: at_least}", "bound", 22, "没有condition", "补上"),
    "exact figure with condition": ("bound: {kind: at_least,", "bound: {kind: exact,", "bound", 22, "却写了", "去掉"),
    "floor with a ceiling's condition": ('"$local_standard_fen >= 110000"', '"$local_standard_fen <= 110000"', "bound", 28, "对不上", "x >= 下限"),
    "three cases": (RIGHT[RIGHT.index("      - says: 月数没有填") :], "", "few_cases", 5, "至少要4个", "界限两边"),
    "no case with a value missing": ("{problem: months_eligible}", "{eligible: true, amount_fen: 0, check: ok}", "cases_lack", 5, "没有填", "problem"),
    "case that fails": ("amount_fen: 1320000", "amount_fen: 1320001", "case_fails", 42, "1320000", "对照通知"),
    "case whose problem is another": ("{problem: months_eligible}", "{problem: worker_kind}", "case_fails", 46, "missing:months_eligible", "对照通知"),
    "case without a sentence": ("says: 月数没有填：不能算", "says: case 4", "case_sentence", 46, "一句话", "什么人"),
    "case said twice": ("says: 月数没有填：不能算", "says: 自付差1分不到5000元：不符合", "case_repeated", 46, "说的一样", "改写"),
    "case with an unknown column": ("row: {worker_kind: deep}", "row: {worker_kind: deep, month_eligible: 3}", "case_column", 46, "month_eligible", "months_eligible"),
    "case with an unknown parameter": ("row: {worker_kind: deep}", "row: {worker_kind: deep}\n        parameters: {local_standard: 3}", "case_parameter", 46, "local_standard", "local_standard_fen"),
    "case without shares": (" shares_fen: {city: 50000, county: 50000},", "", "case_expect", 34, "分担", "shares_fen"),
    "case that expects nothing": ("{problem: months_eligible}", "{eligible: true}", "case_expect", 46, "没有说清", "problem"),
    "key that is not known": ("rounding: none", "rouding: none", "unknown_key", 29, "rouding", "rounding"),
    "key that lacks": ("        period: 月\n", "", "missing_key", 22, "period", "补上"),
    "word that is none of the list": ("rounding: none", "rounding: nearest", "unknown_word", 29, "nearest", "half_up"),
    "text where a day belongs": ("from: 2024-01-01", "from: 明年", "shape", 22, "日期", "2023-01-01"),
    "list that is none": ("form: [capped]", "form: capped", "shape", 27, "列表", "- "),
    "key written twice": ("        rounding: none\n", "        rounding: none\n        rounding: none\n", "repeated_key", 30, "两次", "一处"),
    "reference to another place": ("form: [capped]", "form: &f [capped]\n        note: *f", "alias", 27, "引用", "完整"),
    "yaml that cannot be read": ("form: [capped]", "form: [capped", "yaml", 28, "YAML", "缩进"),
    "id of another notice": ("id: demo-2023.p06", "id: other-2023.p06", "id", 5, "other-2023", "demo-2023.p06"),
    "id of another project": ("id: demo-2023.p06", "id: demo-2023.p07", "id", 5, "demo-2023.p07", "demo-2023.p06"),
    "file of another project": ("project: 6", "project: 7", "file", 5, "p06.yaml", "p07.yaml"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_is_refused_with_its_line_and_its_mend(name, root):
    stands, instead, code, line, what, mend = WRONG[name]
    assert stands in RIGHT
    text = RIGHT.replace(stands, instead, 1)
    faults = found(text, root)
    hits = [fault for fault in faults if fault.code == code and fault.line == line]
    assert hits, "\n".join(f"{fault.code} {fault}" for fault in faults)
    assert any(what in fault.what and mend in fault.mend for fault in hits), [str(fault) for fault in hits]
    assert all(fault.file == "demo-2023/p06.yaml" for fault in hits)


def test_there_are_many_wrong_rules():
    assert len(WRONG) >= 100


def test_the_same_id_twice_is_refused(root):
    entry = RIGHT[RIGHT.index("  - id:") :]
    assert [fault.code for fault in found(RIGHT + entry, root)] == ["repeated_id"]


def test_a_notice_without_its_head_is_told(root):
    faults = found(RIGHT, root, notice=NOTICE.replace("demo-2023", "other-2023"))
    assert [(fault.code, fault.line) for fault in faults] == [("unknown_notice", 5)]


def test_a_fault_in_one_standard_leaves_the_others(root):
    entry = (
        RIGHT[RIGHT.index("  - id:") :].replace("worker-aid", "other-aid").replace("period: 月", "perid: 月")
    )
    vocabulary = (root / "standards" / "vocabulary.yaml").read_text(encoding="utf-8")
    texts = [
        ("vocabulary.yaml", vocabulary),
        ("demo-2023/notice.yaml", NOTICE),
        ("demo-2023/p06.yaml", RIGHT + entry),
    ]
    book = read_standards(texts)
    assert list(book.standards) == ["demo-2023.p06.worker-aid"]
    assert {fault.code for fault in book.faults} == {"missing_key", "unknown_key"}


def test_a_file_that_cannot_be_read_is_told():
    assert [fault.code for fault in lint(read_standards([("demo-2023/p06.yaml", None)]))] == ["unreadable"]
