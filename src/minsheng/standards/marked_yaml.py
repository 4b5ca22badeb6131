"""YAML whose every value knows its line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from minsheng.standards.fault import Fault, Place


@dataclass(frozen=True, slots=True)
class Marked:
    """A value of a YAML file, the line it starts at, and a scalar's text as written."""

    value: Any
    place: Place
    text: str = ""

    def get(self, key: str) -> "Marked | None":
        """The value under a key of a mapping; None where there is none or it is empty."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return None if found is None or found.value is None else found

    def items(self) -> Iterator[tuple[str, "Marked"]]:
        yield from (self.value.items() if isinstance(self.value, dict) else ())

    def entries(self) -> list["Marked"]:
        return self.value if isinstance(self.value, list) else []

    def plain(self) -> Any:
        """The value without its lines."""
        if isinstance(self.value, dict):
            return {key: entry.plain() for key, entry in self.value.items()}
        return [entry.plain() for entry in self.value] if isinstance(self.value, list) else self.value


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same loader in C where it was built: ten times as fast."""


@dataclass(slots=True)
class _Reading:
    """One file being read."""

    file: str
    loader: Any
    faults: list[Fault] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


def read_marked(text: str, file: str) -> tuple[Marked | None, list[Fault]]:
    """The one document of a file; what cannot be read is told with its line."""
    reading = _Reading(file, _Loader(text))
    try:
        node = reading.loader.get_single_node()
        return (None if node is None else _marked(node, reading)), reading.faults
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(file, mark.line + 1 if mark else 1)
        what, mend = "文件不是能读的YAML", "检查这一行附近的缩进、冒号和引号，含有冒号或#的文字加引号"
        return None, [place.fault("yaml", what, mend)]
    finally:
        reading.loader.dispose()


def _marked(node: yaml.Node, reading: _Reading) -> Marked:
    place = Place(reading.file, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return Marked(reading.loader.construct_object(node), place, node.value)
    if id(node) in reading.seen:
        # A reference to another place: each rule stands whole where it is.
        what = "这里用*引用了别处的内容"
        reading.faults.append(place.fault("alias", what, "把内容完整写在这里"))
        return Marked(None, place)
    reading.seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return Marked([_marked(entry, reading) for entry in node.value], place)
    found: dict[str, Marked] = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if name in found:
            at = Place(reading.file, key.start_mark.line + 1)
            reading.faults.append(at.fault("repeated_key", f"“{name}”写了两次", "只留一处"))
        found[name] = _marked(value, reading)
    return Marked(found, place)
