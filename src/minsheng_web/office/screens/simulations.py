"""What a simulation's page and papers show."""

from dataclasses import dataclass

from minsheng.engine.simulation_result import outcome_of_json
from minsheng.papers.simulation_paper import shown
from minsheng.papers.simulation_tables import SimulationPaper, SimulationTable, found_words, tables_of
from minsheng.standards.chinese import day
from minsheng.standards.model import Notice, Standard
from minsheng.standards.parameters import read_day
from minsheng.standards.problem_codes import told
from minsheng.standards.vocabulary import Vocabulary
from minsheng_web.records.models import Simulation


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as the page writes it, with the number a chart draws."""

    text: str
    value: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table of the page."""

    table: SimulationTable
    rows: tuple[tuple[ShownCell, ...], ...]
    sum_row: tuple[ShownCell, ...] | None


def tried_words(row: Simulation, standard: Standard, notice: Notice) -> str:
    """What was tried, in a sentence."""
    as_of = read_day(row.asked["as_of"])
    whom = f"名册“{row.roster_name}”" if row.roster_name else "填写的人数"
    when = day(as_of) if as_of else ""
    return f"{notice.city}{notice.year}年“{standard.name}”，{row.name}；按{when}的数，用{whom}测算。"


def paper_of(row: Simulation, standard: Standard, notice: Notice, vocabulary: Vocabulary) -> SimulationPaper:
    """The paper of a simulation that is done."""
    outcome = outcome_of_json(row.result or {})
    sentences = [tried_words(row, standard, notice), *found_words(outcome)]
    if outcome.missing_columns:
        names = "、".join(f"{vocabulary.chinese(name)}（{name}）" for name in outcome.missing_columns)
        sentences.append(f"名册里没有这些列，用到它们的人（件）不能算：{names}。")
    tables = tables_of(outcome, lambda code: told(code, vocabulary))
    note = f"{row.asked_at:%Y-%m-%d} 测算。只作比较，不是发放依据。"
    return SimulationPaper(f"{standard.name}调整测算", sentences, tables, note)


def shown_tables(paper: SimulationPaper) -> list[ShownTable]:
    return [_shown(table) for table in paper.tables]


def _shown(table: SimulationTable) -> ShownTable:
    rows = tuple(
        tuple(
            ShownCell(shown(value), "" if isinstance(value, str) else str(value), column.is_number)
            for value, column in zip(row, table.columns, strict=True)
        )
        for row in table.rows
    )
    return ShownTable(table, rows[:-1] if table.has_sum else rows, rows[-1] if table.has_sum else None)
