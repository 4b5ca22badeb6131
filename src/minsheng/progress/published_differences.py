"""Every percentage and every total of a published table worked out again, and each difference named.

A difference is not yet a verdict. Three figures hold one another (target, done, percentage) and totals hold
two of them, so often one alone can be wrong; where nothing points at one, that is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

from minsheng.plans.checks.units import plain
from minsheng.progress.published_table import (
    WHAT_WORDS,
    ColumnSum,
    Difference,
    Likely,
    PublishedFigure,
    What,
    agrees,
    column_sum,
    recomputed_percent,
)

Summed = Literal["target", "done"]
_SUMMED: tuple[Summed, ...] = ("target", "done")
_NOTHING_POINTS = "目标、进度、比例三个数里有一个不对，表内没有别的数可以佐证，请查原始台账。"


def differences(figures: Sequence[PublishedFigure]) -> tuple[Difference, ...]:
    """What does not agree, indicator by indicator in the order of the table."""
    columns: dict[int, list[PublishedFigure]] = {}
    for figure in figures:
        columns.setdefault(figure.group, []).append(figure)
    return tuple(found for column in columns.values() for found in _of_indicator(column))


def _of_indicator(figures: Sequence[PublishedFigure]) -> Iterator[Difference]:
    sums = {what: column_sum(figures, what) for what in _SUMMED}
    for what, added in sums.items():
        if added is not None and added.gap:
            yield _sum_difference(what, added)
    for figure in figures:
        found = _ceiling(figure) if figure.kind == "at_most" else _percent(figure, sums)
        if found is not None:
            yield found


def _percent(figure: PublishedFigure, sums: Mapping[Summed, ColumnSum | None]) -> Difference | None:
    target, done, percent = figure.target, figure.done, figure.percent
    if target is None or done is None or percent is None or agrees(percent, target.value, done.value):
        return None
    exact = recomputed_percent(target.value, done.value)
    if exact is None:
        return None
    shown = _rounded(exact, percent.decimals)
    cut = 0 < exact - percent.value < 2 * percent.slack
    likely, right, verdict = _culprit(figure, sums, exact)
    said = (
        f"{figure.region}《{figure.indicator}》完成比例印的是 {plain(percent.value)}%，"
        f"按进度 {plain(done.value)} ÷ 目标 {plain(target.value)} 应为 {plain(shown)}%"
    )
    ending = "，是舍去了尾数、没有四舍五入。" if cut else f"。{verdict}"
    return Difference(
        "percent_cut_off" if cut else "percent_differs",
        figure.indicator,
        figure.region,
        "percent",
        percent.source,
        percent.value,
        shown,
        "percent" if cut else likely,
        shown if cut else right,
        said + ending,
    )


def _culprit(
    figure: PublishedFigure, sums: Mapping[Summed, ColumnSum | None], exact: Decimal
) -> tuple[Likely, Decimal | None, str]:
    """Which of the three would have to be another. Totals vouch for target and done, or point at one."""
    percent = figure.percent
    if percent is None:
        return "unknown", None, _NOTHING_POINTS
    for what in _SUMMED:
        mended = _mended(figure, sums[what], what)
        if mended is not None and agrees(percent, *_with(figure, what, mended)):
            word, value = WHAT_WORDS[what], plain(mended)
            return what, mended, f"{word}改为 {value} 时，比例和合计都对得上，多半是{word}印错。"
    shown, cut = _rounded(exact, percent.decimals), _rounded(exact, percent.decimals, ROUND_DOWN)
    if all(added is not None and not added.gap for added in sums.values()):
        return "percent", shown, f"目标和进度都与合计相符，多半是比例印错，应为 {plain(shown)}%。"
    if _one_digit_apart(percent.value, shown) or _one_digit_apart(percent.value, cut):
        return "percent", shown, f"与算出的数只差一个数字，多半是比例印错，应为 {plain(shown)}%。"
    return "unknown", None, _NOTHING_POINTS


def _mended(figure: PublishedFigure, added: ColumnSum | None, what: What) -> Decimal | None:
    """What a figure would have to be for its column to add up; None where the column does."""
    printed = figure.printed(what)
    if added is None or not added.gap or printed is None:
        return None
    return added.total if figure.whole else printed.value + added.gap


def _with(figure: PublishedFigure, what: What, value: Decimal) -> tuple[Decimal, Decimal]:
    """Target and done with one of them replaced."""
    target = figure.target.value if figure.target else Decimal(0)
    done = figure.done.value if figure.done else Decimal(0)
    return (value, done) if what == "target" else (target, value)


def _one_digit_apart(one: Decimal, other: Decimal) -> bool:
    """91.9 for 81.9 or 82.0: as many digits, all but one the same."""
    left, right = f"{one:f}", f"{other:f}"
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1


def _ceiling(figure: PublishedFigure) -> Difference | None:
    """控制在…以内 is kept or not. A percentage printed for it is mostly the target over what was reached."""
    target, done, percent = figure.target, figure.done, figure.percent
    if target is None or done is None or percent is None or not done.value:
        return None
    turned = _rounded(target.value * 100 / done.value, percent.decimals)
    same = agrees(percent, done.value, target.value)
    said = "是用目标除以实际得出的" if same else f"也不等于目标除以实际（{plain(turned)}%）"
    return Difference(
        "percent_of_ceiling",
        figure.indicator,
        figure.region,
        "percent",
        percent.source,
        percent.value,
        turned,
        "unknown" if same else "percent",
        None if same else turned,
        f"{figure.region}《{figure.indicator}》是控制类指标，不计算完成比例；"
        f"印的 {plain(percent.value)}% {said}，请只说是否控制在 {plain(target.value)} 以内。",
    )


def _sum_difference(what: What, added: ColumnSum) -> Difference:
    likely, place, right = _culprit_of_sum(what, added)
    more = "多" if added.gap > 0 else "少"
    said = (
        f"《{added.whole.indicator}》{WHAT_WORDS[what]}：{added.whole.region}印的是 "
        f"{plain(added.given.value)}，各地相加是 {plain(added.total)}，{more} {plain(abs(added.gap))}。"
    )
    return Difference(
        "sum_differs",
        added.whole.indicator,
        added.whole.region,
        what,
        added.given.source,
        added.given.value,
        added.total,
        likely,
        right,
        said + _sum_verdict(likely, place, right),
    )


def _culprit_of_sum(what: What, added: ColumnSum) -> tuple[Likely, str, Decimal | None]:
    """The figure whose own percentage says the same as the sum does."""
    for figure in (added.whole, *added.parts):
        mended = _mended(figure, added, what)
        percent = figure.percent
        if mended is None or mended < 0 or percent is None:
            continue
        stands = agrees(percent, *_with(figure, what, figure.printed(what).value))  # type: ignore[union-attr]
        if not stands and agrees(percent, *_with(figure, what, mended)):
            return ("whole" if figure.whole else "part"), figure.region, mended
    if added.gap > 0 and len(added.blank) == 1:
        return "blank", added.blank[0].region, added.gap
    return "unknown", "", None


def _sum_verdict(likely: Likely, place: str, right: Decimal | None) -> str:
    if right is None:
        return "表内没有别的数可以佐证是哪一个不对，请查原始台账。"
    if likely == "blank":
        return f"{place}空着，补上 {plain(right)} 就相等，可能是漏填；空格不能当作 0。"
    return f"{place}改为 {plain(right)} 时，合计和它的完成比例都对得上，多半是{place}印错。"


def _rounded(value: Decimal, decimals: int, way: str = ROUND_HALF_UP) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), way)
