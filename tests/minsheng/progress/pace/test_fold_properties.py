"""What holds of every year, whatever is reported."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng.progress.model import Figures, Owed
from minsheng.progress.pace.curves import LINE
from minsheng.progress.pace.judging import judge
from minsheng.progress.pace.measuring import leaf_facts
from minsheng.progress.pace.model import LIGHTS, Peers, standing_from_json, standing_to_json
from minsheng.progress.pace.presets import presets
from minsheng.progress.pace.rolling import combine
from minsheng.progress.pace.rules import MissingRule
from minsheng.progress.pace.sentences import sentence
from minsheng.progress.periods import periods_of

D = Decimal
MONTHS = periods_of(2026, "month")
RULES = [one.rules for one in presets()]
RULES += [replace(rules, missing_run=MissingRule((("red", 3), ("yellow", 1)))) for rules in RULES]
BADNESS = {light: at for at, light in enumerate(LIGHTS)}

amounts = st.one_of(st.none(), st.integers(-50, 1500).map(D))
levels = st.one_of(st.none(), st.integers(-100, 1100).map(lambda tenths: D(tenths).scaleb(-1)))
peers = st.builds(
    Peers, st.one_of(st.none(), st.integers(1, 9)), st.just(9), st.one_of(st.none(), st.just(D(5)))
)
money = st.fixed_dictionaries(
    {}, optional={"arrived": st.integers(0, 100), "spent": st.integers(0, 120), "paid": st.integers(0, 120)}
)
owed = st.sampled_from(
    [
        Owed("count", "人", D(1000), date(2026, 12, 31)),
        Owed("count", "人", D(1000), date(2026, 6, 30)),
        Owed("count", "人", None),
        Owed("at_least", "%", D(95)),
        Owed("at_most", "%", D("4.3")),
        Owed("growth", "%", D(5)),
        Owed("full_coverage", "人", None, date(2026, 9, 30)),
    ]
)


@st.composite
def years(draw):
    """An owed, and twelve facts of a leaf of it."""
    task = draw(owed)
    values = amounts if task.kind == "count" else levels
    facts = []
    for period in MONTHS:
        amount = draw(values)
        figures = None if amount is None else Figures(cumulative=amount, money=draw(money))
        facts.append(replace(leaf_facts(task, figures, period), peers=draw(peers)))
    return task, facts


def folded(facts, rules):
    before, found = None, []
    for one, period in zip(facts, MONTHS, strict=True):
        before = judge(one, before, LINE, rules, period)
        found.append(before)
    return found


@given(years(), st.sampled_from(RULES))
@settings(max_examples=150, deadline=None)
def test_a_year_of_any_reports(year, rules):
    task, facts = year
    stood = folded(facts, rules)
    held = None
    for one, fact, period in zip(stood, facts, MONTHS, strict=True):
        if not fact.reported:
            assert (one.light, one.reported) == ("missing", 0)
            # Nothing gets better without a report.
            assert held is None or BADNESS[one.held] >= BADNESS[held]
        elif held in ("red", "orange"):
            assert one.light == "none" or BADNESS[one.light] >= BADNESS["yellow"]
            assert one.light != "none" or one.held == held
        if one.light not in ("missing", "none"):
            assert one.held == one.light
        assert sentence(one, task, rules, period).endswith("。")
        assert standing_from_json(standing_to_json(one)) == one
        held = one.held
    assert folded(facts, rules) == stood


@given(years(), st.sampled_from(RULES), st.integers(0, 11))
@settings(max_examples=60, deadline=None)
def test_a_report_left_out_never_makes_that_month_better(year, rules, at):
    task, facts = year
    without = [*facts]
    without[at] = leaf_facts(task, None, MONTHS[at])
    one = folded(without, rules)[at]
    before = folded(without, rules)[at - 1] if at else None
    assert one.light == "missing"
    assert one.held == (before.held if before else None) or BADNESS[one.held] >= BADNESS["yellow"]


children_of = st.lists(st.one_of(st.none(), st.integers(0, 400)), min_size=1, max_size=6)


def parts(task, reported):
    return [
        judge(
            leaf_facts(task, None if one is None else Figures(cumulative=D(one)), MONTHS[5]),
            None,
            LINE,
            RULES[0],
            MONTHS[5],
        )
        for one in reported
    ]


@given(children_of, st.randoms(use_true_random=False), st.sampled_from(["count", "at_least", "at_most"]))
@settings(deadline=None)
def test_the_order_and_grouping_of_parts_do_not_matter(reported, random, kind):
    task = Owed(kind, "人", D(300))
    children = parts(task, reported)
    facts = combine(task, children)
    mixed = [*children]
    random.shuffle(mixed)
    assert combine(task, mixed) == facts
    middle = judge(combine(task, children[:3]), None, LINE, RULES[0], MONTHS[5])
    regrouped = combine(task, [middle, *children[3:]])
    assert (regrouped.parts, regrouped.reported, regrouped.unknown) == (
        facts.parts,
        facts.reported,
        facts.unknown,
    )
    if facts.reported:
        assert regrouped.figures.cumulative == facts.figures.cumulative


@given(children_of, st.integers(1, 4), st.sampled_from(["count", "at_least", "at_most"]))
@settings(deadline=None)
def test_parts_that_never_reported_never_make_green(reported, silent, kind):
    task = Owed(kind, "人", D(300))
    known = parts(task, reported)
    alone = judge(combine(task, known), None, LINE, RULES[0], MONTHS[5])
    wider = combine(task, [*known, *parts(task, [None] * silent)])
    with_silent = judge(wider, None, LINE, RULES[0], MONTHS[5])
    assert with_silent.parts == len(reported) + silent
    if not any(one is not None for one in reported):
        assert with_silent.light == "missing"
    else:
        assert BADNESS[with_silent.light] >= BADNESS[alone.light]
        assert kind == "count" or with_silent.light != "green"
