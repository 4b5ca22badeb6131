"""A made-up year, from a seed: one county among eight, a whole of four towns, three works, a rate of growth."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from minsheng.progress.model import Figures, Owed
from minsheng.progress.pace.curves import LINE, Curve, planned
from minsheng.progress.pace.judging import judge
from minsheng.progress.pace.measuring import leaf_facts
from minsheng.progress.pace.model import Facts, Standing
from minsheng.progress.pace.ranking import peers_of
from minsheng.progress.pace.rolling import combine
from minsheng.progress.pace.rules import LightRules
from minsheng.progress.periods import Period, periods_of

SEED, YEAR = 20260101, 2026
MONTHS = periods_of(YEAR, "month")
COUNTY = Owed("count", "人", Decimal(1200), date(YEAR, 12, 31))
TOWN = Owed("count", "人", Decimal(300), date(YEAR, 12, 31))
WORKS = Owed("stages", "所", Decimal(3), date(YEAR, 10, 31))
GROWTH = Owed("growth", "%", Decimal(5))
PLANNED = planned(
    {"started": date(YEAR, 3, 31), "completed": date(YEAR, 9, 30), "accepted": date(YEAR, 11, 30)}
)
ARRIVED = 600_000_000


@dataclass(frozen=True)
class Shown:
    """One month of one node."""

    period: Period
    standing: Standing
    owed: Owed


def a_count(random: Random, whole: int, missing: set[int], pace: tuple[float, float]) -> list[Figures | None]:
    """Slow until June, quicker from July; nothing reported in the months of ``missing``."""
    done, found = 0, []
    for month in range(1, 13):
        share = random.uniform(0.2, 1.0) * (pace[0] if month <= 6 else pace[1])
        done = whole if month == 12 else min(whole, done + round(whole / 12 * share))
        share = min(100, month * 14 + random.randint(-12, 12))
        money = {"arrived": ARRIVED, "spent": ARRIVED * share // 100, "paid": ARRIVED * done // whole}
        stages = {"accepted": date(YEAR, 12, 20)} if month == 12 else {}
        reported = Figures(cumulative=Decimal(done), stages=stages, money=money)
        found.append(None if month in missing else reported)
    return found


def the_works(random: Random) -> list[list[Figures | None]]:
    schools = []
    for school in range(3):
        days, day = {}, date(YEAR, 2, 20) + timedelta(days=random.randint(0, 60 + 60 * school))
        for stage, least, most in (
            ("started", 0, 0),
            ("completed", 150, 200),
            ("accepted", 20, 40),
            ("in_use", 5, 20),
        ):
            day += timedelta(days=random.randint(least, most))
            days[stage] = day
        schools.append(
            [Figures(stages={s: d for s, d in days.items() if d <= month.end}) for month in MONTHS]
        )
    schools[1][4] = None
    return schools


def levels(random: Random) -> list[Figures]:
    return [Figures(cumulative=Decimal(random.randint(-15, 85)).scaleb(-1)) for _ in MONTHS]


def folded(owed: Owed, reported: list[Figures | None], curve: Curve, rules: LightRules) -> list[Shown]:
    before, found = None, []
    for period, figures in zip(MONTHS, reported, strict=True):
        before = judge(leaf_facts(owed, figures, period), before, curve, rules, period)
        found.append(Shown(period, before, owed))
    return found


def rolled_up(
    whole: Owed, part: Owed, parts: list[list[Figures | None]], curve: Curve, rules: LightRules
) -> list[Shown]:
    children = [folded(part, reported, curve, rules) for reported in parts]
    before, found = None, []
    for at, period in enumerate(MONTHS):
        facts = combine(whole, [child[at].standing for child in children])
        before = judge(facts, before, curve, rules, period)
        found.append(Shown(period, before, whole))
    return found


def among(owed: Owed, all_reported: list[list[Figures | None]], rules: LightRules) -> list[Shown]:
    """The first of some siblings, each judged beside the others."""
    before: list[Standing | None] = [None] * len(all_reported)
    found = []
    for at, period in enumerate(MONTHS):
        facts = [leaf_facts(owed, reported[at], period) for reported in all_reported]
        before = together(facts, before, LINE, rules, period)
        found.append(Shown(period, before[0], owed))
    return found


def together(
    facts: list[Facts], before: list[Standing | None], curve: Curve, rules: LightRules, period: Period
) -> list[Standing]:
    first = [judge(one, earlier, curve, rules, period) for one, earlier in zip(facts, before, strict=True)]
    if not rules.needs_peers:
        return first
    peers = peers_of(facts[0].owed.kind, dict(enumerate(first)))
    return [
        judge(replace(one, peers=peers[at]), before[at], curve, rules, period) for at, one in enumerate(facts)
    ]


def year(rules: LightRules) -> dict[str, list[Shown]]:
    """Four nodes through the year, by their heading."""
    random = Random(SEED)
    counties = [a_count(random, 1200, {4, 8}, (0.9, 3.2))]
    counties += [a_count(random, 1200, set(), (random.uniform(1, 2), 1.8)) for _ in range(7)]
    towns = [
        a_count(random, 300, missing, (1.6, 1.9)) for missing in ({3}, {3, 9}, {1, 2, 3}, set(range(1, 7)))
    ]
    schools = the_works(random)
    growths = [levels(random) for _ in range(5)]
    for reported, county in zip(growths, counties, strict=False):
        for at, figures in enumerate(reported):
            spent = (county[at] or Figures()).money
            reported[at] = replace(figures, money=spent)
    return {
        "培训1200人，八个县中的一个，4月、8月没有上报": among(COUNTY, counties, rules),
        "四个乡镇合计1200人，各有月份没有上报，一个到7月才第一次上报": rolled_up(
            COUNTY, TOWN, towns, LINE, rules
        ),
        "新建3所学校，计划3月底开工、9月底完工、11月底验收，10月底到期": rolled_up(
            WORKS, replace(WORKS, value=Decimal(1)), schools, PLANNED, rules
        ),
        "比上年增长5%，五个县中的一个": among(GROWTH, growths, rules),
    }
