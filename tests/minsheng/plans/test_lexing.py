"""Single sentences: which numbers are quantities, and with which unit, comparator and role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.notices.document import Document
from minsheng.plans.compile import compile_plan
from minsheng.plans.lexing import lex
from minsheng.plans.roles import with_roles

SILENT = (
    "印发《关于做好2至3岁托班工作的通知》", "依据皖残联〔2021〕47号文件", "办好50项民生实事", "推动“15分钟阅读圈”建设",
    "在2023年实施", "面向2024届毕业生", "第十届文化惠民消费季", "“2+N”招聘活动", "执行GB/T37516-2019标准", "建设一支队伍",
    "落实两项补贴", "村(社区)三级体系", "开展一批活动", "12345热线", "自2023年7月份执行", "对2型糖尿病患者", "落实7×24小时要求",
    "教育局等5部门", "三年行动计划", "打造15分钟便民生活圈", "发放一次性补贴", "第三方检测机构", "每月工资", "按时足额发放",
)  # fmt: skip

STATED = (
    ("城镇新增就业3.3万人以上", "33000 人 ge target"),
    ("募集岗位不少于3265个", "3265 个 ge target"),
    ("至少建成1个服务机构", "1 个 ge target"),
    ("至少有1所诊疗机构", "1 所 ge target"),
    ("标准不低于当地低保标准的1.3倍", "1.3 倍 ge standard"),
    ("为超1.5万户老人家庭安装探测器", "15000 户 gt target"),
    ("运行门店190家左右", "190 家 about target"),
    ("婚检约28000人", "28000 人 about target"),
    ("新建示范机构2—3个".replace("—", "-"), "2~3 个 eq target"),
    ("3至6岁儿童", "3~6 岁 eq criterion"),
    ("为35岁至64岁妇女筛查", "35~64 岁 eq criterion"),
    ("60周岁(含)以上老年人", "60 周岁 ge criterion"),
    ("按1500元/人标准发放", "1500 元/人 eq standard"),
    ("每人每年补助1000元", "1000 元/人/年 eq standard"),
    ("每人80元/月", "80 元/人/月 eq standard"),
    ("按照40元每颗牙的标准", "40 元/颗牙 eq standard"),
    ("不低于600元/生·年", "600 元/生/年 ge standard"),
    ("每生每月200元", "200 元/生/月 eq standard"),
    ("户均补助6000元", "6000 元/户 eq standard"),
    ("每千人口不少于10个托位", "10 个/千人口 ge standard"),
    ("每场演出时长一般不少于100分钟", "100 分钟/场 ge standard"),
    ("个人自付费用5000元(含5000元)以上", "5000 元 ge criterion"),
    ("设立奖补资金200万元", "2000000 元 eq budget"),
    ("总投资1.35亿元", "135000000 元 eq budget"),
    ("省、市两级财政按7:3比例分担", "7~3 比 eq share"),
    ("10月底前完成", "10 月 le deadline"),
    ("不晚于11月底建成", "11 月 le deadline"),
    ("2023年底", "12 月 eq deadline"),
    ("应于30日内拨付", "30 日 le deadline"),
    ("三年合理工期内交付", "3 年 le deadline"),
    ("每季度开展一次检查", "1 次/季度 eq frequency"),
    ("每月报送完成情况", "1 次/月 eq frequency"),
    ("“每季一调度”模式", "1 次/季度 eq frequency"),
    ("资金按月足额发放", "1 次/月 eq frequency"),
    ("同等学历只资助一次", "1 次 le frequency"),
    ("每学期2次课", "2 次/学期 eq frequency"),
    ("连续12个月自付", "12 个月 eq criterion"),
    ("目前已建成5处站点", "5 处 eq fact"),
    ("改扩建一所老年学校", "1 所 eq target"),
    ("每个家长学校配备不少于一位兼职教师", "1 位 ge target"),
    ("推进五项经办服务事项办理", "5 项 eq target"),
    ("同比下降5%", "5 % eq target"),
    ("按自付费用20%的标准给予救助", "20 % eq standard"),
    ("住院费用报销比例稳定在75%左右", "75 % about target"),
    ("增长3个百分点", "3 个百分点 eq target"),
    ("新增床位1,200张", "1200 张 eq target"),
    ("帮扶企业10余家", "10 家 gt target"),
    ("提升40万农村居民饮水条件", "400000 人 eq target"),
    ("年度抽检不少于5.5批次/千人", "5.5 批次/千人 ge standard"),
    ("给予3万~10万元资助", "30000~100000 元 eq standard"),
)  # fmt: skip

SEVERAL = (
    ("由每人每年610元提高至640元", ["610 元/人/年 eq baseline", "640 元/人/年 eq standard"]),
    ("户均容量从3千伏安提高到3.1千伏安", ["3 千伏安 eq baseline", "3.1 千伏安 eq target"]),
    ("筛查率和覆盖率分别达到98%和95%以上", ["98 % ge target", "95 % ge target"]),
    (
        "标准分别从每人每月181元、243元提高到188元、252元",
        [
            "181 元/人/月 eq baseline",
            "243 元/人/月 eq baseline",
            "188 元/人/月 eq standard",
            "252 元/人/月 eq standard",
        ],
    ),
    ("月人均补助水平分别不低于240元、120元", ["240 元/人/月 ge standard", "120 元/人/月 ge standard"]),
    ("分别不超过0.3万元、0.5万元", ["3000 元 le standard", "5000 元 le standard"]),
    (
        "按160元(40元/颗牙*4颗牙)的标准补助",
        ["160 元 eq standard", "40 元/颗牙 eq standard", "4 颗 eq standard"],
    ),
    ("坚持日协调、周调度", ["1 次/日 eq frequency", "1 次/周 eq frequency"]),
)


def told(text: str) -> list[str]:
    found = []
    for token in with_roles(text, lex(text)):
        high = f"~{token.value_hi}" if token.value_hi is not None else ""
        found.append(f"{token.value}{high} {token.unit} {token.comparator} {token.role}")
    return found


@pytest.mark.parametrize("text", SILENT)
def test_no_quantity(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(("text", "quantity"), STATED)
def test_one_quantity(text: str, quantity: str) -> None:
    assert told(text) == [quantity]


@pytest.mark.parametrize(("text", "quantities"), SEVERAL)
def test_several_quantities(text: str, quantities: list[str]) -> None:
    assert told(text) == quantities


def test_years_end_is_a_deadline_but_a_comparison_with_it_is_none() -> None:
    assert told("较2021年底增加15%") == ["15 % eq target"]


WORDS = st.sampled_from(
    "一、 (一) 1. ① 新增 改造 3.3万 人以上 每人每年 610元 提高至 (其中: ) 。 ; , 牵头单位: 市民政局 附件 \n 不少于 7:3 10月底前 全市 涡阳县 各 "
    "每季度 % 98 — \t “ ” 《 》 万 亿 元/生·年 第 号 〔2021〕 推进措施:".split(" ")
)


@given(st.lists(WORDS, max_size=60).map("".join))
def test_any_text_ends_in_a_plan_with_true_spans(text: str) -> None:
    lines = tuple(text.split("\n"))
    plan = compile_plan(Document("any.txt", "txt", "utf-8", lines))
    for project in plan.projects:
        for quantity in project.quantities:
            source = quantity.source
            assert lines[source.line - 1][source.start : source.end] == quantity.text


@given(st.text(max_size=300))
def test_any_characters_end_in_a_plan(text: str) -> None:
    compile_plan(Document("any.txt", "txt", "utf-8", tuple(text.split("\n"))))
