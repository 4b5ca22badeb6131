"""What a simulation found, as tables: the page, the chart and both papers show these same figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from minsheng.engine.simulation_result import Band, Cost, Outcome

Cell = str | int | Decimal


@dataclass(frozen=True, slots=True)
class Column:
    """A head; ``series``: a chart draws this column."""

    text: str
    series: bool = False
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class SimulationTable:
    """A table with its title; ``unit`` is that of the columns a chart draws, empty where none is drawn.

    The last row of ``sums`` tables is what the others add up to.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit: str = ""
    has_sum: bool = False


@dataclass(frozen=True, slots=True)
class SimulationPaper:
    """A paper: title, sentences of what was tried and found, tables, and a line of when and from what."""

    title: str
    sentences: Sequence[str]
    tables: Sequence[SimulationTable]
    note: str


def yuan(fen: int) -> Decimal:
    """Fen as yuan, exactly."""
    return Decimal(fen).scaleb(-2)


def money(fen: int) -> str:
    """A sum of money in a sentence."""
    return f"{yuan(fen):,.2f}元"


def tables_of(outcome: Outcome, told: Callable[[str], str]) -> tuple[SimulationTable, ...]:
    """By payer, by region, by band, and problems where there are any."""
    found = [_payers(outcome), _regions(outcome), _bands(outcome)]
    return (*found, _problems(outcome, told)) if outcome.problems else tuple(found)


_MONEY = (Column("调整前（元）", series=True), Column("调整后（元）", series=True), Column("增减（元）"))


def _sums(cost: Cost) -> tuple[Cell, ...]:
    return (yuan(cost.before_fen), yuan(cost.after_fen), yuan(cost.more_fen))


def _payers(outcome: Outcome) -> SimulationTable:
    rows = tuple((cost.name, *_sums(cost)) for cost in (*outcome.payers, outcome.total))
    head = Column("出资方", is_number=False)
    return SimulationTable("payers", "各出资方的支出", (head, *_MONEY), rows, "元", has_sum=True)


def _regions(outcome: Outcome) -> SimulationTable:
    columns = (
        Column("地区", is_number=False),
        *_MONEY,
        *(Column(text) for text in ("名册人（件）数", "增加", "减少", "不变", "不能算")),
    )
    rows = [
        (one.name, *_sums(one), one.cases, one.winners, one.losers, one.unchanged, one.problems)
        for one in outcome.regions
    ]
    if not outcome.other_regions:
        whole = (outcome.winners, outcome.losers, outcome.unchanged, outcome.problem_cases)
        rows.append(("合计", *_sums(outcome.total), outcome.cases, *whole))
    has_sum = not outcome.other_regions
    return SimulationTable("regions", "各地的支出和受影响人数", columns, tuple(rows), "元", has_sum=has_sum)


def _bands(outcome: Outcome) -> SimulationTable:
    columns = (
        Column("每人（件）增减", is_number=False),
        Column("人（件）数", series=True),
        Column("合计增减（元）"),
    )
    rows = tuple((band_words(band), band.cases, yuan(band.more_fen)) for band in outcome.bands)
    return SimulationTable("bands", "受影响人数按增减多少分档", columns, rows, "人（件）")


def _problems(outcome: Outcome, told: Callable[[str], str]) -> SimulationTable:
    columns = (Column("不能算的原因", is_number=False), Column("调整前"), Column("调整后"))
    rows = tuple((told(one.code), one.before, one.after) for one in outcome.problems)
    return SimulationTable("problems", "不能算的人（件）", columns, rows)


def band_words(band: Band) -> str:
    """A band as people read it: 增加50.01至100元."""
    if band.low == band.high == 0:
        return "不变"
    word = "增加" if band.low is not None and band.low > 0 else "减少"
    low, high = (band.low, band.high) if word == "增加" else (_minus(band.high), _minus(band.low))
    if high is None:
        return f"{word}{_plain((low or 1) - 1)}元以上"
    return f"{word}{_plain(high)}元以内" if low == 1 else f"{word}{_plain((low or 1) - 1)}至{_plain(high)}元"


def _minus(value: int | None) -> int | None:
    return None if value is None else -value


def _plain(fen: int) -> str:
    return f"{yuan(fen).normalize():f}"


def found_words(outcome: Outcome) -> tuple[str, ...]:
    """What came out, in sentences."""
    more = outcome.total.more_fen
    change = "不变" if more == 0 else f"{'增加' if more > 0 else '减少'}{money(abs(more))}"
    sentences = [
        f"共{outcome.cases:,}人（件），调整前应发{money(outcome.total.before_fen)}，"
        f"调整后应发{money(outcome.total.after_fen)}，{change}。",
        f"符合条件的由{outcome.eligible_before:,}人（件）到{outcome.eligible_after:,}人（件）；"
        f"增加的{outcome.winners:,}，减少的{outcome.losers:,}，不变的{outcome.unchanged:,}。",
    ]
    if outcome.problem_cases:
        sentences.append(
            f"有{outcome.problem_cases:,}人（件）缺项或数值有问题，不能算，没有计入上面的金额，也没有当成0。"
        )
    if outcome.other_regions:
        sentences.append(
            f"地区太多，只列支出最大的{len(outcome.regions)}个，其余{outcome.other_regions}个计入合计。"
        )
    return tuple(sentences)
