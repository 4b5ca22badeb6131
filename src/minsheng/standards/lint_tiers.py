"""Tiers that no row can reach, tiers that leave rows out, and conditions that can never hold."""

from collections.abc import Iterator, Mapping
from datetime import date

from minsheng.standards import tree as t
from minsheng.standards.compiled import Rule
from minsheng.standards.fault import Fault

Spans = tuple[tuple[int, int], ...]
"""Whole numbers, as spans in order that do not touch. Words and days are numbered."""
_LAST = date.max.toordinal()


def check_tiers(rule: Rule) -> Iterator[Fault]:
    """Every case of the rule, as far as its conditions compare one value with written ones."""
    version, who = rule.version, rule.standard.id
    held = _held(rule.when, rule)
    for key, spans in held.items():
        if not spans:
            what = f"{who}的条件里对“{key}”的要求互相矛盾，没有人能符合"
            yield version.when.place.fault("never", what, "改正矛盾的条件；几种情形用or或in")
    nodes = [(version.amount.place, rule.amount)]
    nodes += [
        (share.amount.place, typed.amount)
        for share, typed in zip(version.shares, rule.shares, strict=True)
        if share.amount is not None and typed.amount is not None
    ]
    for place, root in nodes:
        for node in _choices(root):
            for what, mend in _check_choice(node, held, rule):
                yield place.fault("tier", f"{who}：{what}", mend)


def _choices(node: t.Node) -> Iterator[t.Choice]:
    """The cases that are written out; those of named functions are known to be whole."""
    if isinstance(node, t.NamedCall):
        for argument in node.arguments:
            yield from _choices(argument)
        return
    if isinstance(node, t.Choice):
        yield node
    for part in node.parts:
        yield from _choices(part)


def _check_choice(node: t.Choice, held: Mapping[str, Spans], rule: Rule) -> Iterator[tuple[str, str]]:
    left: dict[str, Spans] = {}
    for condition, _value in node.branches:
        found = _spans(condition, rule)
        if found is None:
            continue
        key, spans, whole = found
        open_still = left.get(key, _both(whole, held.get(key, whole)))
        if not _both(open_still, spans):
            what = f"“{condition.text}”这一档谁也到不了：前面的档或条件已经包括或排除了它"
            yield what, "去掉这一档，或调整各档的先后和界限"
        left[key] = _both(open_still, _outside(spans, whole))
    is_whole = any(not spans for spans in left.values())
    if node.otherwise is not None and is_whole:
        yield "else这一档谁也到不了：前面各档已经包括所有情形", "去掉else，或改前面的档"
    if node.otherwise is None and not is_whole:
        yield "各档没有包括所有情形，也没有else", "补上缺的档，或写else"


def _held(when: t.Node, rule: Rule) -> dict[str, Spans]:
    """What the condition of the standard leaves open, value by value."""
    held: dict[str, Spans] = {}
    for term in when.terms if isinstance(when, t.Logic) and when.operator == "and" else (when,):
        found = _spans(term, rule)
        if found is not None:
            key, spans, whole = found
            held[key] = _both(held.get(key, whole), spans)
    return held


def _spans(condition: t.Node, rule: Rule) -> tuple[str, Spans, Spans] | None:
    """(value, where the condition is true, all it can be), for a condition on one value; else None."""
    if isinstance(condition, t.OneOf):
        whole = _whole(condition.subject, rule)
        places = [_place(option, condition.subject) for option in condition.options]
        known = [(place, place) for place in places if place is not None]
        return (condition.subject.text, _joined(known), whole) if whole else None
    if isinstance(condition, t.Compare):
        return _compared(condition, rule)
    if isinstance(condition, t.Opposite):
        found = _spans(condition.of, rule)
        return found and (found[0], _outside(found[1], found[2]), found[2])
    if isinstance(condition, t.Logic):
        parts = [_spans(term, rule) for term in condition.terms]
        known_parts = [part for part in parts if part is not None]
        if len(known_parts) == len(parts) and len({part[0] for part in known_parts}) == 1:
            key, spans, whole = known_parts[0]
            for _key, other, _whole_other in known_parts[1:]:
                spans = _both(spans, other) if condition.operator == "and" else _joined([*spans, *other])
            return key, spans, whole
    return None


def _compared(condition: t.Compare, rule: Rule) -> tuple[str, Spans, Spans] | None:
    left, right, sign = condition.left, condition.right, condition.operator
    if _place(left, right) is not None and _place(right, left) is None:
        left, right = right, left
        sign = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(sign, sign)  # type: ignore[assignment]
    place, whole = _place(right, left), _whole(left, rule)
    if place is None or not whole:
        return None
    low, high = whole[0][0], whole[-1][1]
    spans: dict[str, list[tuple[int, int]]] = {
        "=": [(place, place)],
        "<>": [(low, place - 1), (place + 1, high)],
        "<": [(low, place - 1)],
        "<=": [(low, place)],
        ">": [(place + 1, high)],
        ">=": [(place, high)],
    }
    return left.text, _both(_joined(spans[sign]), whole), whole


def _place(node: t.Node, subject: t.Node) -> int | None:
    """A written value as a number."""
    if isinstance(node, t.Whole):
        return node.value
    if isinstance(node, t.Day):
        return node.value.toordinal()
    if isinstance(node, t.Word) and isinstance(subject, t.ColumnValue) and subject.column.words:
        return list(subject.column.words).index(node.value)
    return None


def _whole(node: t.Node, rule: Rule) -> Spans:
    """All that a value can be; nothing where that is not known."""
    if isinstance(node, t.ColumnValue) and node.column.words:
        return ((0, len(node.column.words) - 1),)
    if isinstance(node, t.AsOf):
        last = rule.version.last_day
        return ((rule.version.first_day.toordinal(), last.toordinal() if last else _LAST),)
    return ((node.low, node.high),) if node.kind in {"money", "count", "number"} else ()


def _joined(spans: list[tuple[int, int]]) -> Spans:
    found: list[tuple[int, int]] = []
    for low, high in sorted(span for span in spans if span[0] <= span[1]):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def _both(one: Spans, other: Spans) -> Spans:
    return _joined([(max(a, c), min(b, d)) for a, b in one for c, d in other])


def _outside(spans: Spans, whole: Spans) -> Spans:
    found = whole
    for low, high in spans:
        found = _joined([piece for a, b in found for piece in ((a, min(b, low - 1)), (max(a, high + 1), b))])
    return found
