"""Made-up returned report sheets, for measuring: the same seed gives the same files."""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minsheng.papers.report_merge import Expected
from minsheng.papers.report_xlsx import ReportLine, ReportSheet, report_xlsx
from minsheng.progress.model import STAGES, Figures, Kind, MoneyStage, Owed, Stage
from minsheng.progress.periods import Period

PROGRAMME, UNITS_EACH = "p1", 13
_PERIOD = Period("month", 2026, 5)
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("count", "人"), ("count", "个"), ("count", "户"), ("count", "公里"), ("at_least", "%"), ("yes_no", ""),
    ("stages", "座"),
)  # fmt: skip
_TEXTS = ("", "", "", "部分乡镇资金未到位，正在协调。", "受连日降雨影响，施工进度放缓。")


def expected_places(files: int) -> Expected:
    """Who was asked: thirteen units of each region."""
    places = {place(number): f"第{number + 1}个单位" for number in range(files)}
    return Expected(PROGRAMME, _PERIOD.key, places)


def place(number: int) -> tuple[str, str]:
    region, unit = divmod(number, UNITS_EACH)
    return f"u{unit + 1}", f"r{region + 1}"


def returned_sheets(files: int, targets: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file, filled in all its lines."""
    for number in range(files):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 - made-up figures, no secret
        unit, region = place(number)
        lines = tuple(_line(chance, f"{unit}-{region}-{target}", target) for target in range(targets))
        sheet = ReportSheet(
            PROGRAMME, "样例市2026年民生实事", _PERIOD, unit, f"单位{unit}", region, f"地区{region}", lines
        )
        yield f"{region}-{unit}.xlsx", report_xlsx(sheet)


def _line(chance: random.Random, key: str, target: int) -> ReportLine:
    kind, unit = _KINDS[target % len(_KINDS)]
    step = Decimal("0.001") if unit == "公里" else Decimal(1)
    period, last = chance.randrange(400) * step, chance.randrange(5000) * step
    sums = kind == "count"
    level = last + period if sums else Decimal(chance.randrange(60, 100)) if kind == "at_least" else None
    needed = chance.randrange(10_000) * 10_000
    money: dict[MoneyStage, int] = {"needed": needed, "arrived": needed * 4 // 5, "spent": needed // 2}
    stages: dict[Stage, date] = {
        stage: date(2026, month + 1, chance.randrange(1, 28))
        for month, stage in enumerate(STAGES[: chance.randrange(1, 5)])
    }
    now = Figures(
        period=period if sums else None,
        cumulative=level,
        done=chance.random() < 0.5 if kind == "yes_no" else None,
        stages=stages if kind == "stages" else {},
        money=money | {"paid": needed // 4},
        difficulty=chance.choice(_TEXTS),
        next_step=f"{chance.randrange(6, 12)}月底前完成{chance.randrange(10, 90)}%，继续推进。",
    )
    return ReportLine(
        key=key,
        target=f"t{target}",
        project=f"{target // 10 + 1}、第{target // 10 + 1}个项目",
        indicator=f"第{target + 1}个指标",
        owed=Owed(
            kind,
            unit,
            Decimal(chance.randrange(1000, 9000)) * step if kind not in ("yes_no", "stages") else None,
        ),
        before=Figures(cumulative=last) if sums else None,
        now=now,
    )
