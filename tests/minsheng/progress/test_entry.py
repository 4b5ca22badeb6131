"""Checks of a report line: for each, the lines it must leave alone, then those it must tell."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.progress.entry import (
    ENTRY_CHECKS,
    EntrySettings,
    GroupLine,
    LineContext,
    check_group,
    check_line,
)
from minsheng.progress.figures import fill_cumulative
from minsheng.progress.model import KINDS, MONEY_STAGES, STAGES, Figures, Owed
from minsheng.progress.periods import Period

MAY = Period("month", 2026, 5)
JANUARY = Period("month", 2026, 1)


def d(value):
    return None if value is None else Decimal(value)


def now(period=None, cumulative=None, **more):
    return Figures(d(period), d(cumulative), **more)


def line(figures, before=None, *, kind="count", unit="人", value="500", past=(), period=MAY, siblings=()):
    """A line in May after reports ``past`` and ``before``."""
    history = (*past, *([before] if before else []))
    return LineContext(Owed(kind, unit, d(value)), figures, before, tuple(history), period, siblings)


def codes(context, settings=None):
    return [
        (found.code, found.severity, found.field)
        for found in check_line(context, settings or EntrySettings())
    ]


def message(context, code):
    return next(found.message for found in check_line(context) if found.code == code)


def months(*periods):
    """Reports of one month after the other, each with its own figure and the sum so far."""
    total, reports = Decimal(0), []
    for period in periods:
        total += Decimal(period)
        reports.append(Figures(Decimal(period), total))
    return tuple(reports)


BEFORE = now(10, 40)
START, END = date(2026, 2, 1), date(2026, 4, 30)


@pytest.mark.parametrize(
    "context",
    [
        line(now(10, 50), BEFORE),
        line(now(0, 40), BEFORE),
        line(now(5, 5), period=JANUARY),
        line(now(5, 5)),  # no report before, but period and cumulative agree by themselves
        line(now(460, 500), BEFORE),
        line(now("-5", 35, correction="涡阳县重复统计5人"), BEFORE),
        line(now("0.5", "40.5"), BEFORE, unit="公里"),
        line(now("1.5", "41.5"), BEFORE, unit="万人"),
        line(now(cumulative=50), BEFORE),
        line(now(cumulative=96), now(cumulative=97), kind="at_least", unit="%", value="95"),
        line(now(cumulative=104), kind="at_least", unit="%", value="102"),
        line(now(cumulative=130), kind="growth", unit="%", value="8"),
        line(now(cumulative=-2), kind="growth", unit="%", value="8"),
        line(now(cumulative=3), kind="at_most", unit="%", value="4"),
        line(now(cumulative=60, done=True), kind="full_coverage", value=None),
        line(now(done=False), kind="yes_no", unit="", value=None),
        line(now(done=True), now(done=False), kind="yes_no", unit="", value=None),
        line(now(done=True), kind="standard", unit="元/人/月", value="80"),
        line(now(cumulative=85), kind="standard", unit="元/人/月", value="80"),
        line(now(stages={"started": START, "completed": END}), kind="stages", unit="座", value="1"),
        line(now(stages={"preparation": START, "started": START}), kind="stages", unit="座", value="1"),
        line(now(next_step="6月开工"), kind="stages", unit="座", value="1"),
        line(now(10, 50, money={"needed": 10, "arrived": 20, "spent": 20, "paid": 20}), BEFORE),
        line(now(10, 50, money={"paid": 20}), BEFORE),
        line(now(10, 50, money={"needed": 5}), now(10, 40, money={"needed": 9})),
    ],
)
def test_sound_lines_are_left_alone(context):
    assert codes(context) == []


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (line(now(), BEFORE), ("value_missing", "error", "period")),
        (line(now(cumulative=40), BEFORE), ("value_missing", "error", "period")),
        (line(now(10), BEFORE), ("value_missing", "error", "cumulative")),
        (line(now(), kind="at_least", unit="%"), ("value_missing", "error", "cumulative")),
        (line(now(), kind="growth", unit="%"), ("value_missing", "error", "cumulative")),
        (line(now(), kind="yes_no", value=None), ("value_missing", "error", "done")),
        (line(now(), kind="standard"), ("value_missing", "error", "done")),
        (line(now(), kind="full_coverage", value=None), ("value_missing", "error", "done")),
        (line(now(), kind="stages"), ("value_missing", "warning", "stages.preparation")),
        (line(now(done=True), BEFORE), ("done_without_number", "error", "cumulative")),
        (
            line(now(done=True), kind="full_coverage", value=None),
            ("done_without_number", "notice", "cumulative"),
        ),
        (
            line(now(cumulative=101), kind="at_least", unit="%", value="95"),
            ("rate_over_100", "warning", "cumulative"),
        ),
        (line(now(cumulative=1001), kind="at_most", unit="‰"), ("rate_over_100", "warning", "cumulative")),
        (line(now(470, 510), BEFORE), ("beyond_whole", "notice", "cumulative")),
        (line(now(5, 6), period=JANUARY), ("month_and_cumulative_disagree", "error", "cumulative")),
        (line(now(10, 51), BEFORE), ("month_and_cumulative_disagree", "error", "cumulative")),
        (line(now(10, 51)), ("month_and_cumulative_disagree", "notice", "cumulative")),
        (line(now(51, 10)), ("month_and_cumulative_disagree", "error", "cumulative")),
        (line(now(10, 51), now(5)), ("month_and_cumulative_disagree", "notice", "cumulative")),
        (line(now(cumulative=39), BEFORE), ("cumulative_fell", "error", "cumulative")),
        (line(now(cumulative=39), None, past=(BEFORE, now())), ("cumulative_fell", "error", "cumulative")),
        (
            line(now(done=False), now(done=True), kind="yes_no", value=None),
            ("cumulative_fell", "error", "done"),
        ),
        (
            line(now(stages={"preparation": START}), now(stages={"started": START}), kind="stages"),
            ("cumulative_fell", "error", "stages.started"),
        ),
        (
            line(now(stages={"started": END, "completed": START}), kind="stages"),
            ("stage_order", "error", "stages.completed"),
        ),
        (
            line(now(stages={"started": date(2026, 6, 1)}), kind="stages"),
            ("stage_order", "error", "stages.started"),
        ),
        (
            line(now(stages={"started": START, "accepted": END}), kind="stages"),
            ("stage_order", "warning", "stages.completed"),
        ),
        (
            line(now(10, 50, money={"arrived": 5, "spent": 6}), BEFORE),
            ("money_order", "warning", "money.spent"),
        ),
        (line(now(10, 50, money={"spent": 5, "paid": 6}), BEFORE), ("money_order", "warning", "money.paid")),
        (
            line(now(10, 50, money={"arrived": 5, "paid": 6}), BEFORE),
            ("money_order", "warning", "money.paid"),
        ),
        (
            line(now(10, 50, money={"spent": 5}), now(10, 40, money={"spent": 6})),
            ("money_order", "error", "money.spent"),
        ),
        (line(now("-1", 39, money={}), now(10, 40), past=()), ("negative", "error", "period")),
        (line(now(cumulative=-3), kind="at_most", unit="%"), ("negative", "error", "cumulative")),
        (line(now(10, 50, money={"spent": -1}), BEFORE), ("negative", "error", "money.spent")),
        (line(now("0.5", "40.5"), BEFORE), ("fraction_of_whole", "error", "period")),
    ],
)
def test_what_is_odd_is_told(context, expected):
    assert expected in codes(context)


@pytest.mark.parametrize(
    "context",
    [
        line(now(cumulative=39, correction="重复统计1人"), BEFORE),
        line(now(done=False, correction="验收没有通过"), now(done=True), kind="yes_no", value=None),
        line(now(10, 50, money={"spent": 5}, correction="资金收回"), now(10, 40, money={"spent": 6})),
        line(now(10, 55, correction="补报3月份5人"), BEFORE),
    ],
)
def test_a_reason_lets_a_correction_pass(context):
    assert codes(context) == []


def test_blanks_are_no_reason():
    context = line(now("-1", 39, correction="  "), BEFORE)
    assert ("cumulative_fell", "error", "cumulative") in codes(context)


def test_the_sentence_has_the_numbers_and_what_to_do():
    assert message(line(now(1000, 1050, money={}), BEFORE), "month_and_cumulative_disagree") == (
        "上期累计 40人 加本期完成 1,000人 是 1,040人，累计填的是 1,050人，相差 10人："
        "请核对这两个数；确需改正以前的数，请填更正理由。"
    )
    assert message(line(now(0, 30), BEFORE), "cumulative_fell") == (
        "累计 30人，比以前报的 40人 少 10人：累计只增不减，请核对；确需改正以前的数，请填更正理由。"
    )


EARLIER = months(10, 12, 8, 10)


@pytest.mark.parametrize(
    ("figures", "past", "value"),
    [
        (now(30, 70), EARLIER, "100"),  # three times exactly
        (now(45, 85), EARLIER, "5000"),  # four times, but small beside the whole
        (now(90, 120), months(10, 10, 10)[:2], "500"),  # two earlier periods have no mean worth the name
        (now(90, 90), months(0, 0, 0, 0), "500"),  # the first delivery after nothing
        (now(0, 40), EARLIER, "500"),
        (now(90, 120), (now(cumulative=10), now(cumulative=20), now(10, 30)), "500"),  # figures not known
    ],
)
def test_usual_periods_are_no_jump(figures, past, value):
    context = line(figures, past[-1], past=past[:-1], value=value)
    assert "unlikely_jump" not in [code for code, *_ in codes(context)]


def test_a_jump_is_told_with_its_mean():
    context = line(now(100, 140), EARLIER[-1], past=EARLIER[:-1])
    assert codes(context) == [("unlikely_jump", "warning", "period")]
    assert message(context, "unlikely_jump").startswith(
        "本期完成 100人，是此前 4 期平均 10人 的 10 倍：请核对是否多写了一位"
    )
    assert codes(context, EntrySettings(jump_factor=Decimal(10))) == []


@pytest.mark.parametrize(
    ("cumulative", "past", "kind", "value"),
    [
        (40, months(40, 0, 0)[:-1], "count", "500"),  # two months
        (40, months(39, 1, 0, 0), "count", "40"),  # reached
        (40, (now(0, 40), now(), now(0, 40), now(0, 40)), "count", "500"),  # a report is missing between
        (40, months(40, 0, 0, 0), "count", None),
        (96, (now(cumulative=96),) * 4, "at_least", "95"),
        (3, (now(cumulative=3),) * 4, "at_most", "4"),
        (80, (now(cumulative=80),) * 4, "standard", "90"),
    ],
)
def test_rest_that_is_short_or_earned_is_left_alone(cumulative, past, kind, value):
    context = line(now(0, cumulative), past[-1], past=past[:-1], kind=kind, value=value)
    assert "not_moved" not in [code for code, *_ in codes(context)]


@pytest.mark.parametrize(
    ("period", "count"), [(MAY, 3), (Period("quarter", 2026, 3), 1), (Period("week", 2026, 30), 14)]
)
def test_months_without_change_are_told_in_every_cadence(period, count):
    past = (now(40, 40), *[now(0, 40)] * (count - 1))
    context = line(now(0, 40), past[-1], past=past[:-1], period=period)
    assert codes(context) == [("not_moved", "warning", "cumulative")]
    assert f"连续 {count} 期没有变化，离目标任务 500人 还有 460人" in message(context, "not_moved")
    shorter = line(now(0, 40), past[-1], past=past[1:-1], period=period)
    assert codes(shorter) == ([] if count > 1 else [("not_moved", "warning", "cumulative")])


def test_a_difficulty_makes_rest_a_notice():
    past = months(40, 0, 0)
    context = line(now(0, 40, difficulty="资金未到位"), past[-1], past=past[:-1])
    assert codes(context) == [("not_moved", "notice", "cumulative")]


def regions(*figures, kind="count", shares=None):
    names = "涡阳县 蒙城县 利辛县 谯城区 高新区".split()
    shares = shares or [100 + 10 * at for at in range(len(figures))]
    return [
        GroupLine(name, Owed(kind, "个", d(share)), now(cumulative=figure))
        for name, figure, share in zip(names, figures, shares, strict=False)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        regions(37, 37, 40, 41),
        regions(0, 0, 0, 0),
        regions(None, None, None),
        regions(5, 5, 5, 5),
        regions(37, 37, 37, shares=[100, 100, 100]),
        regions(37, 37, 37, shares=[100, None, 100]),
        regions(95, 95, 95, kind="at_least"),
    ],
)
def test_regions_that_differ_or_may_be_alike_are_left_alone(lines):
    assert check_group(lines) == ()


def test_one_figure_in_all_regions_is_told_once():
    (found,) = check_group(regions(37, 37, 40, 37))
    assert (found.code, found.severity, found.found) == ("identical_everywhere", "warning", "37")
    assert found.message.startswith(
        "涡阳县、蒙城县、谯城区等 3 个地区的累计都是 37个，而各地的目标任务并不相同"
    )
    assert check_group(regions(37, 37, 40, 37), EntrySettings(identical_regions=4)) == ()


def test_a_line_like_its_siblings_is_noticed():
    siblings = (("蒙城县", now(10, 50)), ("利辛县", now(10, 50)), ("谯城区", now(10, 49)))
    assert codes(line(now(10, 50), BEFORE, siblings=siblings)) == [
        ("identical_everywhere", "notice", "cumulative")
    ]
    assert codes(line(now(10, 50), BEFORE, siblings=siblings[1:])) == []
    assert codes(line(now(10, 50), BEFORE, siblings=siblings, value="50")) == []


# --- properties -----------------------------------------------------------------------------------------
def maybe(values):
    return st.one_of(st.none(), values)


FIGURES = st.builds(
    Figures,
    period=maybe(st.decimals(-50, 200, places=1)),
    cumulative=maybe(st.decimals(-5, 2000, places=1)),
    done=maybe(st.booleans()),
    stages=st.dictionaries(st.sampled_from(STAGES), st.dates(date(2025, 6, 1), date(2026, 12, 31))),
    money=st.dictionaries(st.sampled_from(MONEY_STAGES), st.integers(-5, 10**9)),
    correction=st.sampled_from(["", "重复统计"]),
)
CONTEXTS = st.builds(
    LineContext,
    owed=st.builds(
        Owed,
        st.sampled_from(KINDS),
        st.sampled_from(["人", "公里", "%"]),
        maybe(st.decimals(0, 900, places=1)),
    ),
    now=FIGURES,
    before=maybe(FIGURES),
    history=st.lists(FIGURES, max_size=5).map(tuple),
    period=st.sampled_from([JANUARY, MAY]),
)


@given(CONTEXTS)
def test_every_finding_is_whole_and_declared(context):
    declared = {code for check in ENTRY_CHECKS for code in __import__(check.__module__, fromlist="x").CODES}
    for found in check_line(context):
        assert found.code in declared
        assert found.message.endswith("。")
        assert found.field


@given(
    st.lists(st.tuples(maybe(st.integers(-20, 40)), maybe(st.integers(0, 200)), st.booleans()), max_size=12)
)
def test_what_is_accepted_never_falls_without_a_reason(entries):
    """Twelve months typed at random; what has no error is accepted and never below what was accepted."""
    accepted: list[Figures] = []
    before = None
    for number, (period, cumulative, corrected) in enumerate(entries, start=1):
        figures = now(period, cumulative, correction="核减" if corrected else "")
        context = LineContext(
            Owed("count", "人", Decimal(100)), figures, before, tuple(accepted), Period("month", 2026, number)
        )
        before = None
        if all(found.severity != "error" for found in check_line(context)):
            if not corrected and accepted:
                assert figures.cumulative >= accepted[-1].cumulative
            accepted.append(figures)
            before = figures


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_a_year_filled_by_addition_has_no_error(periods):
    history: list[Figures] = []
    for number, period in enumerate(periods, start=1):
        before = history[-1] if history else None
        total = fill_cumulative(before, Decimal(period), first=number == 1)
        figures = Figures(Decimal(period), total)
        context = LineContext(
            Owed("count", "人", Decimal(100)), figures, before, tuple(history), Period("month", 2026, number)
        )
        assert [found for found in check_line(context) if found.severity == "error"] == []
        history.append(figures)
    assert history[-1].cumulative == sum(periods)
