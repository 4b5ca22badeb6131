"""Entries of a list in the text of an edition, line by line: where one ends, a key of one set."""

from collections.abc import Sequence


def depth(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip())


def end_of_entry(lines: Sequence[str], start: int) -> int:
    """The line after the entry whose dash is on ``start``: the next that stands no deeper than the dash."""
    dash = depth(lines[start])
    after = (at for at in range(start + 1, len(lines)) if lines[at].strip() and depth(lines[at]) <= dash)
    return next(after, len(lines))


def set_key(entry: Sequence[str], key: str, value: str) -> list[str]:
    """The entry with a key of its own set on its line; a new key stands on the second line."""
    deep = depth(entry[0]) + 2
    for at, line in enumerate(entry):
        head = line[:deep] if at else f"{' ' * (deep - 2)}- "
        if line.startswith(f"{head}{key}:") and (at == 0 or not head.strip()):
            return [*entry[:at], f"{head}{key}: {value}", *entry[at + 1 :]]
    return [entry[0], f"{' ' * deep}{key}: {value}", *entry[1:]]
