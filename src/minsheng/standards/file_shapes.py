"""What each file of standards holds. ``standards/schema.json`` is written from here."""

from typing import Any, get_args

from minsheng.standards.model import Basis, BoundKind
from minsheng.standards.shape import Anything, Entries, Named, Record, Scalar, json_schema
from minsheng.standards.vocabulary import ColumnType, Unit

TEXT, DAY, WHOLE, EXPRESSION = Scalar("text"), Scalar("date"), Scalar("whole"), Scalar("expression")
FORMS = (
    "flat per_unit capped tiered min_of_actual multiple_of_parameter share_split once_only dated_change"
    " growth_check range sum_of_components"
).split()
ROUNDINGS = ("none", "half_up", "up", "down", "mixed")
REST = "rest"

COLUMN = Record(
    {"name": TEXT, "type": Scalar("text", get_args(ColumnType)), "chinese": TEXT},
    {"words": Named(TEXT), "min": WHOLE, "max": WHOLE, "max_months": WHOLE, "note": TEXT},
)
PARAMETER = Record(
    {"name": TEXT, "unit": Scalar("text", get_args(Unit)), "chinese": TEXT},
    {"regional": Scalar("truth"), "per_standard": Scalar("truth"), "max": WHOLE, "note": TEXT},
)
VOCABULARY = Record({"columns": Entries(COLUMN), "parameters": Entries(PARAMETER)}, {"payers": Named(TEXT)})

NOTICE = Record(
    {"notice": TEXT, "title": TEXT, "city": TEXT, "year": WHOLE, "plan_year_start": DAY},
    {"issuer": TEXT},
)

SOURCE = Record({"line": WHOLE}, {"to": WHOLE, "figures": Entries(TEXT, least=0)})
BOUND = Record({"kind": Scalar("text", get_args(BoundKind))}, {"condition": EXPRESSION})
READS = Record({}, {"columns": Entries(TEXT, least=0), "parameters": Entries(TEXT, least=0)})
VERSION = Record(
    {
        "from": DAY,
        "from_basis": Scalar("text", get_args(Basis)),
        "sources": Entries(SOURCE),
        "when": EXPRESSION,
        "amount": EXPRESSION,
        "form": Entries(Scalar("text", tuple(FORMS))),
        "bound": BOUND,
        "rounding": Scalar("text", ROUNDINGS),
        "period": TEXT,
        "payers": TEXT,
        "reads": READS,
    },
    {"to": DAY, "shares": Named(EXPRESSION), "note": TEXT},
)
EXPECT = Record(
    {},
    {
        "eligible": Scalar("truth"),
        "amount_fen": WHOLE,
        "shares_fen": Named(WHOLE),
        "check": Scalar("text", ("ok", "below_floor", "above_ceiling")),
        "problem": TEXT,
    },
)
CASE = Record(
    {"says": TEXT, "as_of": DAY, "row": Named(Anything()), "expect": EXPECT},
    {"region": TEXT, "parameters": Named(Anything())},
)
STANDARD = Record(
    {"id": TEXT, "name": TEXT, "for_whom": TEXT, "versions": Entries(VERSION)},
    {"cases": Entries(CASE, least=0), "note": TEXT},
)
PROJECT = Record(
    {"notice": TEXT, "project": WHOLE, "category": TEXT, "standards": Entries(STANDARD)}, {"note": TEXT}
)


def schema() -> dict[str, Any]:
    """The JSON schema of a file of standards, of a notice's head and of the vocabulary."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "补助标准",
        "oneOf": [json_schema(PROJECT), json_schema(NOTICE), json_schema(VOCABULARY)],
    }
