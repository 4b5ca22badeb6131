"""Rule sets modelled on what cities state, each with its source and what the source leaves open."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from minsheng.progress.pace.rules import LightRules

DEFAULT_KEY = "plain"

_ORDER = (
    DEFAULT_KEY, "yinchuan-2025", "sanya-2022", "tianjin-2022", "xian", "dazu-2025", "zaozhuang-2022",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preset:
    """A rule set of one place. ``stated``: what its source says, in our words; ``open``: what it does not.

    ``weak_source``: the page read was a copy on another site.
    """

    key: str
    name: str
    place: str
    source: str
    weak_source: bool
    stated: tuple[str, ...]
    open: tuple[str, ...]
    rules: LightRules


@lru_cache(maxsize=1)
def presets() -> tuple[Preset, ...]:
    """The plain default first, then the sets of cities."""
    return tuple(_read(key) for key in _ORDER)


def preset(key: str) -> Preset | None:
    """The preset of a key; None if there is none."""
    return next((one for one in presets() if one.key == key), None)


def default_rules() -> LightRules:
    """What a programme without a chosen set is judged by: linear time."""
    return presets()[0].rules


def _read(key: str) -> Preset:
    text = (files(__package__) / "presets" / f"{key}.yaml").read_text(encoding="utf-8")
    stored = yaml.safe_load(text)
    return Preset(
        key=stored["key"],
        name=stored["name"],
        place=stored["place"],
        source=stored["source"],
        weak_source=stored["weak_source"],
        stated=tuple(stored["stated"]),
        open=tuple(stored["open"]),
        rules=LightRules.from_json(stored["rules"]),
    )
