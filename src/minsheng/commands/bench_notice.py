"""A made-up notice of any length, in the form real ones have, for measuring."""

_CATEGORIES = ("就业促进", "社会保障", "困难帮扶", "教育惠民", "卫生健康", "交通出行")
_COUNTIES = ("东山县", "南河县", "西湖区", "北岭区")
_NUMERALS = "一二三四五六七八九"


def made_up_notice(projects: int) -> str:
    """A plan of this many projects (1 to 99) in six categories; figures differ from project to project."""
    lines = [f"样例市2023年{projects}项民生实事实施方案", ""]
    per_category = -(-projects // len(_CATEGORIES))
    for number in range(1, projects + 1):
        category, place = divmod(number - 1, per_category)
        if place == 0:
            count = min(per_category, projects - number + 1)
            lines += [f"{chinese(category + 1)}、{_CATEGORIES[category]}（{count}项）", ""]
        lines += _project(number)
    return "\n".join(lines) + "\n"


def _project(number: int) -> list[str]:
    total = 400 + number * 40
    shares = ",".join(f"{county}{total // 4}个以上" for county in _COUNTIES)
    return [
        f"（{chinese(number)}）建设第{chinese(number)}类便民站点，全市新建站点{total}个以上（其中：{shares}）；"
        f"按{500 + number}元/人标准发放补贴；站点开放率达到{60 + number % 40}%。（牵头单位：市民政局，"
        f"配合单位：市财政局、市教育局）",
        "",
        "推进措施：",
        "",
        f"1.{number % 9 + 1}月底前完成选址，每季度调度一次，年内服务{number * 3}万人次。",
        "",
        f"2.对面积不足{number + 20}平方米的站点予以扩建，争取覆盖{number % 30 + 5}个街道。",
        "",
    ]


def chinese(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    text = (_NUMERALS[tens - 1] if tens > 1 else "") + "十" if tens else ""
    return text + (_NUMERALS[ones - 1] if ones else "")
