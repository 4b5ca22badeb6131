"""How large a demo is, and which months of which year it has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from minsheng.progress.periods import Period, due_on, periods_of

DUE_DAYS, CLOSE_DAYS = 5, 15


@dataclass(frozen=True, slots=True)
class Shape:
    """Regions on each level, targets in each project. ``deep`` targets go down to the towns.

    Of ``city`` scale the one city is the top of the tree and there is no province.
    """

    scale: str
    cities: int
    counties: int
    towns: int
    projects: int
    targets: int
    deep: int

    @property
    def indicators(self) -> int:
        return self.projects * self.targets

    @property
    def leaves(self) -> int:
        """Parts somebody reports: one line each a month."""
        return (self.indicators - self.deep) * self.counties + self.deep * self.towns

    @property
    def nodes(self) -> int:
        """Parts altogether, the wholes among them."""
        above = 1 if self.scale == "city" else 1 + self.cities
        return self.indicators * (above + self.counties) + self.deep * self.towns


PROVINCE = Shape("province", 16, 104, 1500, 50, 10, 55)
CITY = Shape("city", 1, 7, 94, 50, 10, 55)
SHAPES = {shape.scale: shape for shape in (PROVINCE, CITY)}


def shared_out(number: int, among: int) -> Iterator[int]:
    """How many each gets, the first ones one more where it does not come out even."""
    each, more = divmod(number, among)
    return (each + (place < more) for place in range(among))


@dataclass(frozen=True, slots=True)
class Course:
    """The months of a demo: ``closed`` of the year from January, and the open one after them if it began."""

    year: int
    closed: int
    under_way: bool

    def months(self) -> tuple[Period, ...]:
        return periods_of(self.year, "month")[: self.closed + self.under_way]


def course_on(today: date, months: int | None = None) -> Course:
    """The current year's months that are over, with the one under way; or so many of the last whole year.

    In the first weeks of a year, when no month is over, it is the last whole year too.
    """
    over = sum(due_on(month, CLOSE_DAYS) < today for month in periods_of(today.year, "month"))
    if months is None and over:
        return Course(today.year, over, over < today.month)
    if months is not None and months <= over:
        return Course(today.year, months, under_way=False)
    return Course(today.year - 1, months or 12, under_way=False)
