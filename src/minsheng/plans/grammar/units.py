"""Units of count, measure, money and time as notices print them, and the cases money is paid per."""

import re

COUNT = (
    "人次", "人(次)", "户次", "场次", "批次", "班次", "车次", "周岁", "微克", "毫克", "个工作日", "工作日", "个月", "个百分点", "百分点",
    "套(间)", "套、间", "张次", "公里", "千米", "平方公里", "平方千米", "平方米", "立方米", "万立方米", "公顷", "千公顷",
    "千瓦时", "兆瓦时", "千瓦", "兆瓦", "千伏安", "兆伏安", "千伏", "公斤", "千克", "小时", "分钟", "课时", "学时", "学分",
    "人", "名", "位", "户", "个", "家", "所", "座", "处", "套", "间", "张", "件", "场", "批", "条", "项", "种", "类", "台",
    "辆", "部", "艘", "株", "棵", "亩", "吨", "米", "度", "倍", "年", "天", "日", "周", "岁", "级", "次", "期", "班", "门",
    "颗牙", "颗", "只", "头", "支", "片", "块", "册", "本", "份", "篇", "例", "起", "宗", "栋", "幢", "盏", "孔", "口", "眼",
    "对", "组", "队", "档", "节", "集", "部门", "趟", "轮", "列", "架", "樘", "床", "尾", "羽", "桩", "枚", "盒", "袋", "箱",
    "瓶", "面", "根", "段", "串", "丘", "里", "村", "镇", "乡", "县", "街道", "社区", "小区", "㎡", "秒", "字", "元",
)  # fmt: skip
"""Everything that can follow a number. A longer word wins over a shorter one it begins with."""

_NOT_BEFORE = {
    "人": "(?!均|口|大|民|力|才|工|员|社)", "级": "(?!以上)", "日": "(?!常|照|间|益)", "年": "(?!级|度|龄|均|代|初|货)",
    "门": "(?!诊|店)", "部": "(?!门|署|分)", "本": "(?!级|市|县|地|科|专)", "期": "(?!间|限)", "队": "(?!伍)",
    "口": "(?!腔|袋)", "节": "(?!约|点)", "度": "(?!假)", "里": "(?!程)", "面": "(?!向|积)", "段": "(?!时)", "头": "(?!部)",
    "级别": "", "例": "(?!外|如)", "组": "(?!织|建)", "位": "(?!于)", "集": "(?!中|体)", "起": "(?!来|草)", "对": "(?!接|象|于)",
    "片": "(?!区)", "根": "(?!据)", "只": "(?!有|需)", "列": "(?!入)", "字": "(?!号)", "项": "(?!目)", "轮": "(?!换)",
    "县": "(?!级|域|区)", "镇": "", "乡": "(?!村|镇)", "村": "(?!级|民|集)", "社区": "(?!(?:教育|矫正))", "套": "(?!餐)",
    "类": "(?!别)", "次": "(?!数)", "班": "(?!子)", "处": "(?!理|置)", "间": "(?!接)", "台": "(?!账|阶)", "条": "(?!件|例)",
    "家": "(?!庭|长|政|校|门|园|属|教)", "支": "(?!持|付|出)", "张": "(?!贴)", "场": "(?!所|地|馆)", "周": "(?!边|期)",
}  # fmt: skip
"""A unit is none where it is the first character of another word: 3家庭, 2部门, 5年级."""


def _unit_pattern() -> str:
    words = sorted(dict.fromkeys(COUNT), key=len, reverse=True)
    return "|".join(re.escape(word) + _NOT_BEFORE.get(word, "") for word in words)


UNIT = rf"(?:{_unit_pattern()})"
PERCENT = r"(?:%|‰)"

_SUFFIX_NOUN = (
    r"(?:千人口|千人|万人|人次|人|生|名|月|年|学年|学期|天|日|户|家庭|家|个|件|村|床|张|颗牙|颗|亩|公里|平方米|㎡|套|座|处|所|场|"
    r"次|学分|课时|车|辆|台|院|站|店|班|期|项|校|街道|镇|乡|社区|吨|度|小时|立方米|千瓦时|千瓦|间|栋|部|岁|孩|例|对|只|头|株)"
)
PER_SUFFIX = rf"(?:\s*(?:[/·]|每)\s*{_SUFFIX_NOUN})*"
"""/人/月, /生·年, 每颗牙 after a unit."""

_CANONICAL = {
    "人(次)": "人次", "套(间)": "套", "套、间": "套", "㎡": "平方米", "千米": "公里", "平方千米": "平方公里",
    "百分点": "个百分点", "个工作日": "工作日", "颗牙": "颗",
}  # fmt: skip


def canonical_unit(unit: str, suffix: str = "") -> str:
    """The unit as the plan keeps it: ``元`` + ``/生·年`` is ``元/生/年``.

    >>> canonical_unit("元", "每颗牙"), canonical_unit("套(间)")
    ('元/颗牙', '套')
    """
    suffix = re.sub(r"\s|人口(?=$)", lambda m: m.group() if m.group() == "人口" else "", suffix)
    return _CANONICAL.get(unit, unit) + suffix.replace("·", "/").replace("每", "/")


_PER_WORD = (
    r"千人口|万人口|万人|百户|户|人次|人|生|村|院|校|站|店|班|孩|家庭|床|车|亩|公里|平方米|颗牙|"
    r"学年|学期|季度|半年|年|月|季|周|天|日|次|"
    r"(?:个|名|位|件|张|台|辆|座|所|处|家|场|套|颗|间|栋|例|条|部|户|项|对|只|头|株)"
)
PER = re.compile(
    rf"每(?:新增|增加|培训|救助|建成|新建)?\d?\s*(?P<noun>{_PER_WORD})|(?P<mean_time>[月年])?(?P<mean>[人户生村])均(?!收入)"
)
"""The case something is given per: 每人, 每生, 每个普惠性托位, 每年; 户均."""

_TIME = ("学年", "学期", "季度", "半年", "年", "月", "季", "周", "天", "日", "次")


def per_unit(unit: str, nouns: list[str]) -> str:
    """``unit`` per the cases named before the number, time last: 元 and [年, 人] is 元/人/年."""
    nouns = list(dict.fromkeys(nouns))
    ordered = [noun for noun in nouns if noun not in _TIME] + [noun for noun in nouns if noun in _TIME]
    return "/".join([unit, *ordered])


def is_time(noun: str) -> bool:
    """Whether a per-case noun is a span of time (每年), not a beneficiary."""
    return noun in _TIME
