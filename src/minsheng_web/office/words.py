"""What codes are called on pages: one Chinese word a code, for every closed list of the plan model."""

from minsheng.plans.model import EACH, Role, Status

ROLE_WORDS: dict[Role, str] = {
    "target": "目标",
    "standard": "标准",
    "share": "分担比例",
    "budget": "资金",
    "frequency": "频次",
    "deadline": "期限",
    "criterion": "条件",
    "baseline": "原值",
    "fact": "情况",
}
STATUS_WORDS: dict[Status, str] = {
    "assigned": "承担任务",
    "upper_level": "属上级任务",
    "no_task": "无任务",
    "pending": "待认定",
    "local": "自定",
}
SEVERITY_WORDS = {"error": "错误", "warning": "提醒", "notice": "提示"}


def region_word(region: str | None) -> str:
    """A quantity's region as pages name it; empty for the plan's own region."""
    return "每个地区" if region == EACH else region or ""
