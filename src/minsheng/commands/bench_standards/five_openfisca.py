"""The five rules in OpenFisca, run by a Python that has openfisca-core (AGPL-3.0): measured beside us, never needed.

Arguments: the roster and the file of answers. Money is int, 32 bits wide inside, so sums end at 21 million yuan.
"""
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201

import json
import sys
import time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.periods import YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

ROLES = [{"key": "head", "label": "户主", "max": 1}, {"key": "member", "label": "成员"}]
Household = build_entity(key="household", plural="households", label="户", roles=ROLES)
Person = build_entity(key="person", plural="persons", label="人", is_person=True)
INPUTS = ("age", "months", "base_fen", "spend_fen", "grade", "actual_fen", "own_fen")
NAMES = ("flat", "of-head", "tiers", "lesser", "total")


def variable(name, value_type=int, formula=None):
    body = {"value_type": value_type, "entity": Person, "definition_period": YEAR, "label": name}
    return type(name, (Variable,), {**body, "formula": formula} if formula else body)


def is_old(person, period, _parameters):
    return person("listed", period) * (person("age", period) >= 60)


def is_child(person, period, _parameters):
    return np.logical_not(person("is_head", period)) * (person("age", period) < 18)


def r1(person, period, _parameters):
    return np.where(person("old", period), 8000 * person("months", period), 0)


def r2(person, period, _parameters):
    base = person.household.head("base_fen", period).astype("i8")
    return np.where(
        person("child", period), np.minimum((base * 30 + 50) // 100, 120_000) * person("months", period), 0
    )


def r3(person, period, _parameters):
    spend = person("spend_fen", period).astype("i8")
    tiers = (
        20 * (np.clip(spend, 500_000, 3_000_000) - 500_000)
        + 30 * (np.clip(spend, 3_000_000, 7_000_000) - 3_000_000)
        + 40 * (np.maximum(spend, 7_000_000) - 7_000_000)
        + 50
    ) // 100
    return np.minimum(tiers, np.where(person("grade", period) == 0, 5_000_000, 1_600_000))


def r4(person, period, _parameters):
    return np.minimum(person("actual_fen", period), person("own_fen", period))


def total(person, period, _parameters):
    return sum(person(name, period) for name in ("r1", "r2", "r3", "r4"))


def province(person, period, _parameters):
    return (person("total", period).astype("i8") * 7 + 5) // 10


def system():
    found = TaxBenefitSystem([Household, Person])
    found.add_variables(
        *[variable(name) for name in INPUTS], *[variable(name, bool) for name in ("listed", "is_head")],
        variable("old", bool, is_old), variable("child", bool, is_child),
        *[variable(rule.__name__, int, rule) for rule in (r1, r2, r3, r4, total, province)],
    )  # fmt: skip
    return found


def answers(table, simulation):
    """The same rows as the others write: five a person."""
    of = {
        name: simulation.calculate(name, "2026") for name in ("old", "child", "r1", "r2", "r3", "r4", "total")
    }
    people, yes = table["person_id"], np.ones(len(table), bool)
    of_province = simulation.calculate("province", "2026")
    eligible = (of["old"], of["child"], yes, yes, yes)
    parts = []
    for name, is_due, amount in zip(NAMES, eligible, ("r1", "r2", "r3", "r4", "total"), strict=True):
        shares = pa.nulls(len(table), pa.string())
        if name == "total":
            city = of["total"] - of_province
            pairs = zip(of_province.tolist(), city.tolist(), strict=True)
            shares = pa.array([f'{{"province": {one}, "city": {other}}}' for one, other in pairs])
        check = pa.DictionaryArray.from_arrays(
            pa.array(np.where(is_due, 0, 1), mask=~is_due.astype(bool)), ["ok", "-"]
        )
        standard = pa.DictionaryArray.from_arrays(np.zeros(len(table), "i4"), [f"five-2026.p01.{name}"])
        columns = {
            "person_id": people, "standard": standard.cast(pa.string()), "eligible": pa.array(is_due.astype(bool)),
            "amount_fen": pa.array(of[amount].astype("i8")), "shares_fen": shares, "check": check.cast(pa.string()),
            "problem": pa.nulls(len(table), pa.string()),
        }  # fmt: skip
        parts.append(pa.table(columns))
    return pa.concat_tables(parts)


def main():
    roster, out = sys.argv[1:3]
    start = time.perf_counter()
    table = pq.read_table(roster)
    values = {name: table[name].to_numpy() for name in table.column_names if name != "person_id"}
    builder, rules = SimulationBuilder(), system()
    builder.create_entities(rules)
    builder.declare_person_entity("person", np.arange(len(table)))
    households = builder.declare_entity("household", np.unique(values["household"]))
    builder.join_with_persons(households, values["household"], np.where(values["is_head"], "head", "member"))
    simulation = builder.build(rules)
    for name in (*INPUTS, "listed", "is_head"):
        simulation.set_input(name, "2026", values[name])
    pq.write_table(answers(table, simulation), out)
    print(json.dumps({"seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
