"""What a number is for: promised, paid per case, a share, a sum, a criterion, the old value or a mere fact."""

import re
from dataclasses import replace

from minsheng.plans.lexing import Token, clause_before
from minsheng.plans.model import Role

_RISES = re.compile(
    r"^\s*[,]?\s*(?:逐步|全部|统一|分别|稳步)?(?:提高|提升|增加|增长|调整|上调|上升|下降|降低|下调|降|减少|压减|扩大|缩短|拓展)"
    r"(?:到|至|为)\s*(?:每[\u4e00-\u9fff]{1,3})*\s*$"
)
_MEASURED = re.compile(r"自付|收入|收益|销售?额|产值|费用|资产|医药费|利润|营业额|存款|缴费|损失|债务|价值")
_TOTAL = re.compile(
    r"投资|预算|筹集|筹措|设立|采购|规模|总额|投入|争取|落实.{0,6}资金|安排.{0,8}(?:资金|经费)|专项资金|奖补资金|下达|"
    r"募集|融资|贷款|债券"
)
_PER_CASE = re.compile(
    r"标准|补助|补贴|奖补|奖励|资助|救助|慰问|津贴|配套|发放|给予|收费|限额|封顶|报销|最高|支持|捐赠|启动资金"
)
_BY_RATE = re.compile(
    r"(?:按照?|由[^,]{0,8}承担|承担|分担|负担|报销|抽查|抽检|随机抽取|减免|下浮|上浮|贴息)(?![时期月季])[^,。;达]{0,18}$"
)
_RATE_AFTER = re.compile(
    r"^\s*(?:的)?\s*(?:标准|比例|额度)?\s*(?:给予|予以|合计|报销|补助|补贴|承担|分担|安排|计算|核定|配套|奖)"
)
_KNOWN = re.compile(
    r"目前|现有(?!渠道|资金|资源|政策)|现已|已有|已达|已建|已经|已完成|已成立|已设|截至|截止|原有|共有|依托(?!.*(?:开展|完成|建设|培训|新建|实施|组织|举办))|上年|去年|以来|累计已|去年底"
)
_QUALIFIES_AFTER = re.compile(r"^\s*(?:以上|及以上|以下)?(?:的)?(?:班建制|功能|以上功能|床位的|人口的|常住)")
_QUALIFIES_BEFORE = re.compile(r"(?:具备|连续|满|年满|拥有|超过?|年龄(?:在)?|未达到?|未完成)\s*$")
_NORM_BEFORE = re.compile(
    r"(?:一般不|人均|生均|户均|每班|每个?班|照片|标准[^,]{0,6}不)[^,。;]{0,14}$|随机抽查$|一般$"
)
_REACHES = re.compile(r"提升|确保|实现|保障|达到|延长")
_SHARE_RATE = re.compile(
    r"^\s*(?:由|以)?\s*(?:中央|省级?|市级?|县级?|区级?|财政|个人|单位)[^,]{0,8}(?:承担|分担|负担)"
)
_REACHED = re.compile(
    r"(?:稳定在|达到?|保持在?|提高到|提升到|下降到|降至|升至|实现|力争)\s*(?:不低于|不少于)?$"
)
_MANY_YUAN = 1_000_000
"""Yuan. With nothing else to go by, a sum this large is no single case's."""


def with_roles(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Give every token its role, and the new value of a rise the case its old value was paid per."""
    result = list(tokens)
    for index, token in enumerate(result):
        if token.role is None:
            result[index] = replace(token, role=_role(text, token))
    for index in range(len(result) - 1):
        old, new = result[index], result[index + 1]
        if _is_rise(text, old, new):
            result[index] = replace(old, role="baseline")
            unit = old.unit if new.unit == old.unit.split("/")[0] else new.unit
            result[index + 1] = replace(
                new, unit=unit, role="standard" if unit.startswith("元") else "target"
            )
            _spread_rise(text, result, index)
    return _inherit_case(text, result)


def _spread_rise(text: str, tokens: list[Token], index: int) -> None:
    """分别从181元、243元提高到188元、252元: what stands beside the old value is old, beside the new one new."""
    for step, pattern in ((-1, index), (1, index + 1)):
        position = pattern
        while 0 <= position + step < len(tokens):
            known, other = tokens[position], tokens[position + step]
            left, right = sorted((known, other), key=lambda token: token.digits)
            gap = text[left.end : right.start]
            if (
                not re.fullmatch(r"\s*[、和及]\s*", gap)
                or other.unit.split("/")[0] != known.unit.split("/")[0]
            ):
                break
            tokens[position + step] = replace(other, unit=known.unit, role=known.role, per=known.per)
            position += step


def _is_rise(text: str, old: Token, new: Token) -> bool:
    if old.role in ("deadline", "frequency", "share") or old.unit.split("/")[0] != new.unit.split("/")[0]:
        return False
    return bool(_RISES.match(text[old.end : new.start] + _lead_in(text, new)))


def _lead_in(text: str, token: Token) -> str:
    """The words the quote took in before the digits (每人每年), as they stand."""
    return text[token.start : token.digits]


def _inherit_case(text: str, tokens: list[Token]) -> tuple[Token, ...]:
    """补助120元的标准…，其中…50元、…70元: the parts are paid per the same case as the whole."""
    result = list(tokens)
    whole: Token | None = None
    for index, token in enumerate(result):
        if whole is not None and re.search(r"[。;]", text[whole.end : token.digits]):
            whole = None
        if token.unit == "元" and token.role == "standard" and whole is not None:
            gap = text[whole.end : token.digits]
            if "其中" in gap or gap.count("(") > gap.count(")"):
                result[index] = replace(token, unit=whole.unit, per=True)
        elif token.unit.startswith("元/") and token.role == "standard":
            whole = token
    return tuple(result)


def _role(text: str, token: Token) -> Role:
    before, after = clause_before(text, token.start), text[token.end : token.end + 24]
    unit = token.unit.split("/")[0]
    if unit == "元":
        return _money_role(text, token, before, after)
    if unit in ("%", "‰"):
        return _rate_role(before, after)
    if unit in ("岁", "周岁", "级", "年"):
        return "criterion"
    if unit == "个月":
        return (
            "criterion"
            if "连续" in text[token.start : token.digits] or before.endswith(("连续", "满"))
            else "standard"
        )
    if unit == "小时":
        if token.comparator != "eq":
            return "standard"
        reach = re.search(r"不能", before[-6:]) is None and _REACHES.search(before)
        return "target" if reach else "criterion"
    if unit in ("分钟", "课时", "学时", "颗牙", "颗", "倍") or "/" in token.unit:
        return "standard"
    return _count_role(text, token, before, after)


def _money_role(text: str, token: Token, before: str, after: str) -> Role:
    bound = token.bounded_after or token.comparator in ("gt", "lt")
    if bound and (
        _MEASURED.search(before) or after.startswith("部分") or re.match(r"\s*的(?:家庭|企业|行政村)", after)
    ):
        return "criterion"
    if bound and re.search(r"元(?:\(含[^()]*\))?(?:以上|以下|以内)\s*[,、]\s*$", text[: token.start]):
        # The second bound of a tier: 5000元以上，30000元以下.
        return "criterion"
    if token.per:
        return "standard"
    near = re.split(r"[,。;]", after)[0]
    if re.search(r"标准|补贴|补助$|奖励|启动资金", near):
        return "standard"
    if _TOTAL.search(before) or re.match(r"\s*[^,。;]{0,8}(?:资金|项目|器材|设备|投资|经费)", after):
        return "budget"
    if _PER_CASE.search(before) or _PER_CASE.search(near):
        return "standard"
    return "budget" if token.value >= _MANY_YUAN else "standard"


def _rate_role(before: str, after: str) -> Role:
    if _SHARE_RATE.match(after):
        return "share"
    if before.endswith(("未达到", "未完成")):
        return "criterion"
    if _REACHED.search(before) and "按" not in before:
        return "target"
    if _BY_RATE.search(before) or _RATE_AFTER.match(after):
        return "standard"
    return "target"


def _count_role(text: str, token: Token, before: str, after: str) -> Role:
    if _QUALIFIES_AFTER.match(after) or _QUALIFIES_BEFORE.search(before):
        return "criterion"
    if _NORM_BEFORE.search(before + text[token.start : token.digits]):
        return "standard"
    if token.unit in ("种", "类") and re.search(r"其中有?$|等$", before):
        return "fact"
    if _KNOWN.search(before):
        return "fact"
    return "target"
