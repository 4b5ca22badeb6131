"""A changed figure over a roster or stated counts: both rules in one pass, everything added up in SQL."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from minsheng.engine.paired import COUNTS, PairedEngine
from minsheng.engine.refusal import Refusal
from minsheng.engine.roster_file import RosterSource
from minsheng.engine.run import Request, run_roster
from minsheng.engine.session import Session, text
from minsheng.engine.simulation_result import Band, Cost, Outcome, ProblemCount, RegionCost
from minsheng.engine.steps import Progress
from minsheng.standards.changes import Pair
from minsheng.standards.vocabulary import Vocabulary

EDGES = (0, 5_000, 10_000, 50_000, 100_000, 500_000)
"""Where the bands of a difference end, in fen, above and below nought."""
MOST_REGIONS = 300
WITHOUT_REGION = "未注明地区"
ALL = "合计"


@dataclass(frozen=True, slots=True)
class StatedRow:
    """So many cases of one kind in a region, with the values they share (outside values as text)."""

    region: str
    cases: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What to try: the pair of rules, the day, and a roster's file or stated counts."""

    pair: Pair
    vocabulary: Vocabulary
    as_of: date
    roster: Path | tuple[StatedRow, ...]
    region: str | None = None


def simulate(what: Simulation, session: Session, progress: Progress | None = None) -> Outcome | Refusal:
    """Run it. Raises CancelledError where somebody stopped it."""
    answers = session.folder / "paired.parquet"
    stated = isinstance(what.roster, tuple)
    request = Request(
        standards=(what.pair.old, what.pair.new),
        vocabulary=what.vocabulary,
        roster=_stated(session, what.roster) if isinstance(what.roster, tuple) else what.roster,
        as_of=what.as_of,
        out=answers,
        region=what.region,
        figures=what.pair.figures,
        keeps_keys=False,
    )
    report = run_roster(request, PairedEngine(has_counts=stated), session, progress=progress)
    if isinstance(report, Refusal):
        return report
    if progress is not None:
        progress("汇总结果", None)
    return _Counting(session, f"read_parquet({text(str(answers))})", what).outcome(report.missing_columns)


def _stated(session: Session, rows: Sequence[StatedRow]) -> RosterSource:
    """Stated counts as a roster of one row each, and their counts beside it."""
    columns = tuple(dict.fromkeys(name for row in rows for name in row.values))
    path = session.folder / "stated.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(["case_id", "region", *columns])
        for number, row in enumerate(rows):
            writer.writerow([str(number), row.region, *(row.values.get(column, "") for column in columns)])
    session.run(f"CREATE OR REPLACE TABLE {COUNTS} (case_id VARCHAR, cases BIGINT)")
    session.insert(COUNTS, [f"('{number}', {row.cases})" for number, row in enumerate(rows)])
    relation = f"read_csv({text(str(path))}, all_varchar = true, header = true, delim = ',', quote = '\"')"
    return RosterSource(
        relation, session.columns(relation), ("case_id", "region"), parquet=None, is_columnar=False
    )


_SOUND = "old_problem IS NULL AND new_problem IS NULL"
_MORE = "new_fen - old_fen"


class _Counting:
    """The sums over the file of paired answers."""

    def __init__(self, session: Session, answers: str, what: Simulation) -> None:
        self._session, self._answers, self._what = session, answers, what

    def outcome(self, missing: tuple[str, ...]) -> Outcome:
        cases, before, after, old, new, wrong = self._whole()
        regions = self._regions()
        bands = self._bands()
        return Outcome(
            cases=cases,
            eligible_before=before,
            eligible_after=after,
            total=Cost(ALL, old, new),
            payers=self._payers(old, new),
            regions=regions[:MOST_REGIONS],
            other_regions=max(0, len(regions) - MOST_REGIONS),
            winners=sum(band.cases for band in bands if band.low is not None and band.low > 0),
            losers=sum(band.cases for band in bands if band.high is not None and band.high < 0),
            unchanged=sum(band.cases for band in bands if band.low == band.high == 0),
            bands=bands,
            problems=self._problems(),
            problem_cases=wrong,
            missing_columns=missing,
        )

    def _whole(self) -> tuple[int, ...]:
        return self._numbers(
            f"SELECT sum(weight), {_sum('weight', 'old_eligible')}, {_sum('weight', 'new_eligible')}, "
            f"{_money('old')}, {_money('new')}, "
            f"{_sum('weight', f'NOT ({_SOUND})')} FROM {self._answers}"
        )[0]

    def _numbers(self, sql: str) -> list[tuple[int, ...]]:
        """Rows of whole numbers; sums are wider than any column type that Python is given."""
        return [tuple(int(value or 0) for value in row) for row in self._session.rows(_as_text(sql))]

    def _payers(self, old: int, new: int) -> tuple[Cost, ...]:
        rules = [pair.rules[0] for pair in (self._what.pair.old, self._what.pair.new)]
        if not rules[0].shares:
            return (Cost(rules[0].version.payers, old, new),)
        names = [_payer(share.payer, self._what.vocabulary) for share in rules[0].shares]
        sums = ", ".join(
            _sum(f"CAST({which}_part_{number} AS HUGEINT) * weight", _SOUND)
            for number in range(len(names))
            for which in ("old", "new")
        )
        found = self._numbers(f"SELECT {sums} FROM {self._answers}")[0]
        pairs = zip(names, found[::2], found[1::2], strict=True)
        return tuple(Cost(name, before, after) for name, before, after in pairs)

    def _regions(self) -> tuple[RegionCost, ...]:
        """The dearest first, one more than are shown at the most."""
        sums = ", ".join(
            (
                _money("old"),
                _money("new"),
                "sum(weight)",
                *(_sum("weight", f"{_SOUND} AND {_MORE} {sign} 0") for sign in (">", "<", "=")),
                _sum("weight", f"NOT ({_SOUND})"),
            )
        )
        names = ", ".join(f"c{number}" for number in range(7))
        by_region = f"SELECT COALESCE(region, '{WITHOUT_REGION}'), {sums} FROM {self._answers} GROUP BY 1"
        numbers = _columns_as_text(7)
        rows = self._session.rows(
            f"SELECT name, {numbers} FROM ({by_region}) AS s(name, {names}) ORDER BY c1 DESC, name"
        )
        return tuple(RegionCost(row[0], *(int(value or 0) for value in row[1:])) for row in rows)

    def _bands(self) -> tuple[Band, ...]:
        rows = self._numbers(
            f"SELECT {_band_number()} AS band, sum(weight), sum(CAST({_MORE} AS HUGEINT) * weight) "
            f"FROM {self._answers} WHERE {_SOUND} GROUP BY 1"
        )
        found = {row[0]: row[1:] for row in rows}
        return tuple(
            Band(*_ends(number), *found.get(number, (0, 0))) for number in range(-len(EDGES), len(EDGES) + 1)
        )

    def _problems(self) -> tuple[ProblemCount, ...]:
        rows = self._session.rows(
            "SELECT code, CAST(sum(old) AS BIGINT), CAST(sum(new) AS BIGINT) FROM ("
            f"SELECT old_problem AS code, weight AS old, 0 AS new FROM {self._answers} "
            f"UNION ALL SELECT new_problem, 0, weight FROM {self._answers}"
            ") AS p WHERE code IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1"
        )
        return tuple(ProblemCount(*row) for row in rows)


def _sum(what: str, where: str) -> str:
    return f"sum({what}) FILTER (WHERE {where})"


def _money(which: str) -> str:
    return _sum(f"CAST({which}_fen AS HUGEINT) * weight", _SOUND)


def _as_text(sql: str) -> str:
    return f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({sql}) AS numbers"


def _columns_as_text(count: int) -> str:
    return ", ".join(f"CAST(c{number} AS VARCHAR)" for number in range(count))


def _band_number() -> str:
    """0 for no difference; 1 to 6 for more, by the edges, -1 to -6 for less."""
    ends = " ".join(
        f"WHEN abs({_MORE}) <= {edge} THEN {number} * sign({_MORE})" for number, edge in enumerate(EDGES)
    )
    return f"CAST(CASE {ends} ELSE {len(EDGES)} * sign({_MORE}) END AS INTEGER)"


def _ends(number: int) -> tuple[int | None, int | None]:
    """The least and the largest difference of a band."""
    if number == 0:
        return 0, 0
    size = abs(number)
    low, high = EDGES[size - 1] + 1, EDGES[size] if size < len(EDGES) else None
    return (low, high) if number > 0 else (None if high is None else -high, -low)


def _payer(name: str, vocabulary: Vocabulary) -> str:
    return vocabulary.payers.get(name, name)
