"""The values the checks of a report line take and give."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from minsheng.kernel.problem import Severity
from minsheng.progress.model import Figures, Owed
from minsheng.progress.periods import Period
from minsheng.progress.typed import format_amount


@dataclass(frozen=True, slots=True)
class EntrySettings:
    """From where on a figure is told as odd. Offices differ: each may be set for a programme."""

    jump_factor: Decimal = Decimal(3)
    """A period that brings more than so many times the mean of those before it. Works come in bursts of two;
    a slipped digit makes ten, a cumulative typed as the period's makes three and more."""
    jump_periods: int = 3
    """Of fewer earlier periods a mean says nothing."""
    jump_share: Decimal = Decimal("0.1")
    """Jumps of less than this share of the whole are small numbers that jump by nature."""
    still_months: int = 3
    """Months without any change; two happen in winter and at the turn of the year."""
    identical_regions: int = 3
    """So many regions with the very same figure; two may meet by chance."""
    identical_above: Decimal = Decimal(5)
    """Up to this, regions meet by chance (one canteen each)."""
    whole_units: frozenset[str] = frozenset(
        "人 名 位 户 人次 户次 个 家 所 座 处 场 件 例 次 台 辆 套 条 张 村 项 支 间 对 份 期 部 床".split()
    )
    """Units of things there are no halves of."""


@dataclass(frozen=True, slots=True)
class EntryProblem:
    """What is odd about a field of a report line, in a sentence that says what to do.

    ``field`` is ``period``, ``cumulative``, ``done``, or a stage as ``stages.started``, ``money.spent``.
    """

    code: str
    severity: Severity
    field: str
    message: str
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class LineContext:
    """A line of a report with all it is compared with.

    ``before`` is the report of the period just before, None where there is none or it is not known;
    ``history`` the reports of this year before this one, oldest first, ``before`` among them;
    ``siblings`` the same target in other regions, by name.
    """

    owed: Owed
    now: Figures
    before: Figures | None
    history: tuple[Figures, ...]
    period: Period
    siblings: tuple[tuple[str, Figures], ...] = ()

    @property
    def is_corrected(self) -> bool:
        """Whether a reason for a correction was given."""
        return bool(self.now.correction.strip())

    @property
    def last_cumulative(self) -> Decimal | None:
        """The latest cumulative figure that is known, of whatever earlier period of the year."""
        past = (*self.history, *([self.before] if self.before else []))
        return next((known.cumulative for known in reversed(past) if known.cumulative is not None), None)

    def say(self, value: Decimal) -> str:
        """A number with the target's unit."""
        return f"{format_amount(value)}{self.owed.unit}"


EntryCheck = Callable[[LineContext, EntrySettings], Iterator[EntryProblem]]
