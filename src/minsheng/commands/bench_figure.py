"""A measured figure beside the yardstick measured with it."""

from dataclasses import dataclass
from typing import Any

from minsheng.commands.refused import CommandRefused


class YardstickMissingError(CommandRefused):
    """What a figure is measured beside is not installed here."""


@dataclass(frozen=True, slots=True)
class Figure:
    """``ratio`` is figure over yardstick, in the unit both have."""

    name: str
    unit: str
    figure: float
    yardstick: str
    yardstick_figure: float
    about: str

    @property
    def ratio(self) -> float:
        return self.figure / self.yardstick_figure

    def to_json(self) -> dict[str, Any]:
        """The figure as JSON; times in seconds, rates a second."""
        return {
            "name": self.name,
            "unit": self.unit,
            "figure": _rounded(self.figure),
            "yardstick": self.yardstick,
            "yardstick_figure": _rounded(self.yardstick_figure),
            "ratio": _rounded(self.ratio),
            "about": self.about,
        }

    def to_lines(self) -> list[str]:
        return [
            f"{self.name}（{self.about}）",
            f"  {_digits(self.figure)} {self.unit}",
            f"  对照：{self.yardstick} {_digits(self.yardstick_figure)} {self.unit}，比值 {self.ratio:.3g}",
        ]


def _rounded(value: float) -> float:
    """Five significant digits: more than a measurement is worth, enough to take ratios."""
    return float(f"{value:.5g}")


def _digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
