"""YAML whose every value knows its line."""

from collections.abc import Iterator
from dataclasses import dataclass
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


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        """As the parent does, but a reference to another place is refused: each rule stands whole."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=self.peek_event().start_mark)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)


def read_marked(text: str, file: str) -> tuple[Marked | None, list[Fault]]:
    """The one document of a file; what cannot be read is told with its line."""
    loader = _Loader(text)
    faults: list[Fault] = []
    try:
        node = loader.get_single_node()
        return (None if node is None else _marked(node, loader, file, faults)), faults
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(file, mark.line + 1 if mark else 1)
        what, mend = "文件不是能读的YAML", "检查这一行附近的缩进、冒号和引号，每一项写在自己的位置，不用*引用"
        return None, [place.fault("yaml", what, mend)]
    finally:
        loader.dispose()


def _marked(node: yaml.Node, loader: _Loader, file: str, faults: list[Fault]) -> Marked:
    place = Place(file, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Marked] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name in found:
                at = Place(file, key.start_mark.line + 1)
                faults.append(at.fault("repeated_key", f"“{name}”写了两次", "只留一处"))
            found[name] = _marked(value, loader, file, faults)
        return Marked(found, place)
    if isinstance(node, yaml.SequenceNode):
        return Marked([_marked(entry, loader, file, faults) for entry in node.value], place)
    return Marked(loader.construct_object(node), place, node.value)
