"""The person standards of one city (亳州 2023) written by hand as one DuckDB query: the yardstick of the engine.

As a good SQL writer would: the roster is read once, each test of a column is made once, a standard is a condition, an
amount and its problems in the order they are told, months are worked out once for every combination that occurs,
and the answers are unnested from lists. The figures are those of the notice, as in ``standards/bozhou-2023``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

AS_OF = "2023-09-01"
CITY = "bozhou-2023"
_WORKER = "worker_kind IN ('deep', 'relative')"
_CHILD = "years < child_age"
_CARE = (
    "((disability_kind IN ('intellectual', 'mental') AND disability_grade >= 1) "
    "OR (disability_kind = 'limb' AND disability_grade IN (1, 2))) AND (years >= work_min "
    "AND ((sex = 'male' AND years <= work_max_male) OR (sex = 'female' AND years <= work_max_female)))"
)
_HARDSHIPS = (
    "('low_income', 'hardship_disabled_family', 'escaped_poverty', 'relapse_monitored', 'retired_fisher', "
    "'extreme_poverty')"
)
_DEGREES = "('junior_college', 'bachelor', 'postgraduate')"


@dataclass(frozen=True, slots=True)
class Hand:
    """One standard: the columns that must be sound; what it asks, in the order missing values are told; the rest.

    ``needs`` are the columns without which the amount is unknown; an entry ``name=column`` tells a parameter.
    """

    id: str
    reads: str
    when: str
    asks: str
    amount: str
    needs: str = ""
    check: str = "'ok'"
    shares: str = ""


def _orphan(name: str, kind: str, floor: int, own: str) -> Hand:
    return Hand(
        f"p06.{name}", "child_kind months_eligible", f"child_kind = '{kind}'", "child_kind",
        f"greatest({floor}, {own}) * months_eligible", "months_eligible",
        f"CASE WHEN {own} < {floor} THEN 'below_floor' ELSE 'ok' END",
    )  # fmt: skip


def _care(name: str, form: str, most: int, own: str) -> Hand:
    return Hand(
        f"p16.{name}", "birth_date sex disability_kind disability_grade care_form", f"{_CARE} AND care_form = '{form}'",
        "disability_kind disability_grade birth_date sex care_form", f"least({own}, {most})", f"local_standard_fen={own}",
        f"CASE WHEN {own} > {most} THEN 'above_ceiling' ELSE 'ok' END",
    )  # fmt: skip


def _worker(name: str, also: str, reads: str, amount: str, needs: str, most: str) -> Hand:
    asks = "worker_kind" + (" enrolled_level" if also else "")
    return Hand(
        f"p06.{name}", reads, _WORKER + also, asks, amount, needs,
        f"CASE WHEN assessed_fen > {most} THEN 'above_ceiling' ELSE 'ok' END",
    )  # fmt: skip


def _device(name: str, kind: str, amount: int) -> Hand:
    return Hand(
        f"p07.{name}", "birth_date disability_kind device_kind",
        f"device_kind = '{kind}' AND disability_kind <> 'none' AND {_CHILD}", "device_kind disability_kind birth_date",
        f"{amount}",
    )  # fmt: skip


def _disabled(name: str, reads: str, when: str, asks: str, own: str) -> Hand:
    return Hand(
        f"p13.{name}", reads, when, asks, f"greatest(8000, {own}) * months_eligible", "months_eligible",
        f"CASE WHEN {own} < 8000 THEN 'below_floor' ELSE 'ok' END",
        f"'{{\"base\": ' || 8000 * months_eligible || ', \"county\": ' || (greatest(8000, {own}) - 8000) * months_eligible"
        " || '}'",
    )  # fmt: skip


def _study(name: str, level: str, amount: int) -> Hand:
    return Hand(
        f"p10.{name}", "disability_grade enrolled_level study_mode",
        f"disability_grade >= 1 AND study_mode = 'full_time' AND enrolled_level IN ({level})",
        "disability_grade study_mode enrolled_level", f"{amount}",
    )  # fmt: skip


def _screening(name: str, where: str, both: int, hearing: int) -> Hand:
    return Hand(
        f"p23.{name}", "", f"region {where} '利辛县'", "region",
        f"CASE WHEN pku_screened AND ch_screened THEN {both} WHEN NOT (pku_screened AND ch_screened) THEN 0 END "
        f"+ CASE WHEN hearing_screened THEN {hearing} WHEN NOT hearing_screened THEN 0 END",
        "@screened",
    )  # fmt: skip


STANDARDS: tuple[Hand, ...] = (
    Hand(
        "p02.job-seeking-grant",
        "hardship_kind disability_grade enrolled_level graduation_year paid_before_count",
        "graduation_year = 2024 AND studies_locally AND enrolled_level IN ('secondary_vocational', 'special_secondary', "
        f"'junior_college', 'bachelor', 'postgraduate') AND (hardship_kind IN {_HARDSHIPS} OR has_student_loan "
        "OR disability_grade >= 1) AND paid_before_count = 0",
        "graduation_year studies_locally enrolled_level @hard paid_before_count", "150000",
    ),
    Hand("p04.low-income-line-in-force", "hukou hardship_kind month_from month_to", "hardship_kind = 'low_income'",
         "hardship_kind", "lines", "@lines"),
    Hand("p04.extreme-poverty-basic-living", "hukou hardship_kind month_from month_to",
         "hardship_kind = 'extreme_poverty'", "hardship_kind", "livings", "@livings",
         "CASE WHEN NOT livings_hold THEN 'below_floor' ELSE 'ok' END"),
    Hand("p04.resident-insurance-subsidy", "", "insured", "insured", "64000"),
    _worker("worker-living-aid", "", "worker_kind assessed_fen", "least(assessed_fen, 12 * line_urban)",
            "assessed_fen low_income_line_urban_fen_per_month=line_urban", "12 * line_urban"),
    _worker("worker-child-schooling", " AND enrolled_level <> 'none'", "worker_kind enrolled_level assessed_fen",
            "least(assessed_fen, 10 * line_urban)", "assessed_fen low_income_line_urban_fen_per_month=line_urban",
            "10 * line_urban"),
    _worker("worker-medical-aid", "", "worker_kind self_paid_fen assessed_fen", "least(assessed_fen, self_paid_fen)",
            "assessed_fen self_paid_fen", "self_paid_fen"),
    _orphan("orphan-scattered", "orphan_scattered", 110000, "own_scattered"),
    _orphan("orphan-institution", "orphan_institution", 155000, "own_institution"),
    _orphan("unattended-child", "unattended", 110000, "own_unattended"),
    Hand("p07.child-rehab-training", "birth_date disability_kind",
         "disability_kind IN ('visual', 'hearing', 'speech', 'limb', 'intellectual', 'autism', 'multiple') AND "
         f"{_CHILD}", "disability_kind birth_date", "greatest(1500000, own_rehab)", "",
         "CASE WHEN own_rehab < 1500000 THEN 'below_floor' ELSE 'ok' END"),
    _device("child-prosthesis", "prosthesis", 500000),
    _device("child-assistive-device", "other", 150000),
    Hand("p07.psychiatric-medicine", "hardship_kind disability_kind",
         "disability_kind = 'mental' AND hardship_kind <> 'none'", "disability_kind hardship_kind", "100000"),
    _study("undergraduate-year", "'junior_college', 'bachelor'", 150000),
    _study("postgraduate-year", "'postgraduate'", 250000),
    Hand("p10.adult-degree-first",
         "disability_grade study_mode degree_level prior_adult_degree_level paid_before_count",
         f"disability_grade >= 1 AND study_mode = 'adult' AND degree_level IN {_DEGREES} AND "
         "prior_adult_degree_level = 'none' AND paid_before_count = 0",
         "disability_grade study_mode degree_level prior_adult_degree_level paid_before_count",
         "CASE degree_level WHEN 'postgraduate' THEN 500000 ELSE 400000 END"),
    Hand("p10.adult-degree-further", "disability_grade degree_level prior_adult_degree_level paid_before_count",
         "disability_grade >= 1 AND ((prior_adult_degree_level = 'junior_college' AND degree_level IN "
         "('bachelor', 'postgraduate')) OR (prior_adult_degree_level = 'bachelor' AND degree_level = 'postgraduate')) "
         "AND paid_before_count = 0",
         "disability_grade @degrees paid_before_count", "100000"),
    Hand("p10.secondary-vocational-year", "disability_grade enrolled_level",
         "disability_grade >= 1 AND enrolled_level IN ('secondary_vocational', 'special_secondary')",
         "disability_grade enrolled_level", "150000"),
    _disabled("hardship-disabled-living", "hardship_kind disability_grade months_eligible",
              "disability_grade >= 1 AND hardship_kind <> 'none'", "disability_grade hardship_kind", "own_hardship"),
    _disabled("severe-disabled-nursing", "disability_grade months_eligible", "disability_grade IN (1, 2)",
              "disability_grade", "own_severe"),
    _care("care-residential", "residential", 1200000, "own_residential"),
    _care("care-day", "day_care", 400000, "own_day"),
    _care("care-home", "home", 200000, "own_home"),
    Hand("p20.school-meal", "enrolled_level days_served", "region = '利辛县' AND enrolled_level = 'rural_compulsory'",
         "region enrolled_level", "500 * days_served", "days_served"),
    Hand("p22.fissure-sealant", "teeth_sealed paid_before_count upper_paid_fen",
         "teeth_sealed >= 1 AND paid_before_count = 0", "teeth_sealed paid_before_count", "16000", "upper_paid_fen",
         shares="'{\"central\": ' || least(upper_paid_fen, 16000) || ', \"county\": ' || "
         "16000 - least(upper_paid_fen, 16000) || '}'"),
    _screening("newborn-screening-lixin", "=", 5000, 7000),
    _screening("newborn-screening-other", "<>", 4800, 3000),
    Hand("p41.farmer-manager", "training_kind", "training_kind = 'manager'", "training_kind", "350000"),
    Hand("p41.farmer-skill", "training_kind", "training_kind IN ('production', 'service')", "training_kind", "150000"),
)  # fmt: skip

_FIGURES = {
    "line_urban": ("low_income_line_urban_fen_per_month", ""),
    "line_rural": ("low_income_line_rural_fen_per_month", ""),
    "child_age": ("child_age_below_years", ""),
    "work_min": ("working_age_min_years", ""),
    "work_max_male": ("working_age_max_years_male", ""),
    "work_max_female": ("working_age_max_years_female", ""),
    **{
        f"own_{short}": ("local_standard_fen", f"{CITY}.{name}")
        for short, name in (
            ("living", "p04.extreme-poverty-basic-living"), ("scattered", "p06.orphan-scattered"),
            ("institution", "p06.orphan-institution"), ("unattended", "p06.unattended-child"),
            ("rehab", "p07.child-rehab-training"), ("hardship", "p13.hardship-disabled-living"),
            ("severe", "p13.severe-disabled-nursing"), ("residential", "p16.care-residential"),
            ("day", "p16.care-day"), ("home", "p16.care-home"),
        )
    },
}  # fmt: skip
_HARD = f"hardship_kind IN {_HARDSHIPS} OR has_student_loan OR disability_grade >= 1"
_FURTHER = (
    "(prior_adult_degree_level = 'junior_college' AND degree_level IN ('bachelor', 'postgraduate')) "
    "OR (prior_adult_degree_level = 'bachelor' AND degree_level = 'postgraduate')"
)
_SPECIAL = {
    "@hard": (_HARD, ("hardship_kind", "has_student_loan", "disability_grade")),
    "@degrees": (_FURTHER, ("prior_adult_degree_level", "degree_level")),
}


def hand_query(roster: Path, parameters: Path, chosen: Sequence[Hand]) -> str:
    """One query for the chosen standards; it gives the same rows as the engine."""
    figures = ", ".join(
        f"max_by(value, \"from\") FILTER (WHERE name = '{name}' AND coalesce(standard, '') = '{standard}' "
        f"AND \"from\" <= DATE '{AS_OF}') AS {column}"
        for column, (name, standard) in _FIGURES.items()
    )
    lists = zip(*(_lists(hand) for hand in chosen), strict=True)
    unnested = ", ".join(
        f'unnest([{", ".join(values)}]) AS "{name}"'
        for name, values in zip(
            ("standard", "eligible", "amount_fen", "shares_fen", "check", "problem"), lists, strict=True
        )
    )
    conditions = ", ".join(f"{hand.when} AS when{_number(hand)}" for hand in chosen)
    amounts = ", ".join(
        f"CASE WHEN when{_number(hand)} THEN {hand.amount} END AS due{_number(hand)}, "
        f"{_problem(hand)} AS problem{_number(hand)}"
        for hand in chosen
    )
    return f"""
WITH given AS (SELECT * FROM read_csv('{parameters}', header = true, types = {{'from': 'DATE', 'value': 'BIGINT',
  'standard': 'VARCHAR'}})),
figures AS MATERIALIZED (SELECT region, {figures} FROM given GROUP BY region),
months AS (SELECT CAST(unnest(generate_series(DATE '2023-01-01', DATE '2023-12-01', INTERVAL 1 MONTH)) AS DATE) AS month),
month_figures AS (
  SELECT region, month,
    max_by(value, "from") FILTER (WHERE name = 'low_income_line_urban_fen_per_month') AS urban,
    max_by(value, "from") FILTER (WHERE name = 'low_income_line_rural_fen_per_month') AS rural,
    max_by(value, "from") FILTER (WHERE standard = '{CITY}.p04.extreme-poverty-basic-living') AS own
  FROM given JOIN months ON "from" <= month GROUP BY region, month),
month_sums AS (
  SELECT region, hukou, month_from, month_to,
    CASE WHEN count(line) = count(*) THEN sum(line)::BIGINT END AS lines,
    CASE WHEN count(line) = count(*) THEN sum(greatest((line * 13 + 9) // 10, own))::BIGINT END AS livings,
    bool_and(own >= (line * 13 + 9) // 10) AS livings_hold
  FROM (SELECT k.*, m.own, CASE hukou WHEN 'urban' THEN m.urban WHEN 'rural' THEN m.rural END AS line
    FROM (SELECT DISTINCT region, hukou, month_from, month_to FROM read_parquet('{roster}')) AS k
    JOIN month_figures AS m ON m.region = k.region AND m.month BETWEEN k.month_from AND k.month_to)
  GROUP BY region, hukou, month_from, month_to),
joined AS (
  SELECT r.*, f.* EXCLUDE (region), s.lines, s.livings, s.livings_hold,
    (20230901 - (year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date))) // 10000 AS years
  FROM read_parquet('{roster}') AS r LEFT JOIN figures AS f ON f.region = r.region
  LEFT JOIN month_sums AS s ON s.region = r.region AND s.hukou = r.hukou AND s.month_from = r.month_from
    AND s.month_to = r.month_to),
tested AS (SELECT *, {_tests()} FROM joined),
decided AS (SELECT *, {conditions} FROM tested),
answered AS (SELECT *, {amounts} FROM decided)
SELECT person_id, region, {unnested} FROM answered
"""


def _number(hand: Hand) -> int:
    return STANDARDS.index(hand)


_WORDS = {
    "sex": "female male",
    "hukou": "urban rural",
    "hardship_kind": "none low_income low_income_edge extreme_poverty registered_poor escaped_poverty "
    "relapse_monitored hardship_disabled_family retired_fisher",
    "worker_kind": "none deep relative",
    "child_kind": "none orphan_scattered orphan_institution unattended key_difficult",
    "disability_kind": "none visual hearing speech limb intellectual mental autism multiple",
    "enrolled_level": "none rural_compulsory secondary_vocational special_secondary junior_college bachelor "
    "postgraduate",
    "study_mode": "none full_time adult",
    "degree_level": "none junior_college bachelor postgraduate",
    "prior_adult_degree_level": "none junior_college bachelor postgraduate",
    "device_kind": "none prosthesis other",
    "care_form": "none residential day_care home",
    "training_kind": "none manager production service",
}
_RANGES = {
    "disability_grade": (0, 4), "graduation_year": (1900, 2100), "teeth_sealed": (0, 4),
    "paid_before_count": (0, 10**9), "months_eligible": (0, 12), "days_served": (0, 366),
    "self_paid_fen": (0, 10**14), "assessed_fen": (0, 10**14), "upper_paid_fen": (0, 10**14),
}  # fmt: skip


def _tests() -> str:
    tests = []
    for column, words in _WORDS.items():
        listed = ", ".join(f"'{word}'" for word in words.split())
        tests.append(f"coalesce({column} NOT IN ({listed}), false) AS bad_{column}")
    for column, (low, high) in _RANGES.items():
        tests.append(f"coalesce({column} NOT BETWEEN {low} AND {high}, false) AS bad_{column}")
    tests.append(f"coalesce(birth_date > DATE '{AS_OF}', false) AS bad_birth_date")
    tests.append("coalesce(day(month_from) <> 1, false) AS bad_month_from")
    tests.append("coalesce(day(month_to) <> 1 OR month_to < month_from, false) AS bad_month_to")
    return ",\n    ".join(tests)


def _problem(hand: Hand) -> str:
    """In the order they are told: unsound, undecided, not to be worked out."""
    number = _number(hand)
    unsound = "".join(f" WHEN bad_{column} THEN 'domain:{column}'" for column in hand.reads.split())
    undecided = _missing(hand.asks.split())
    needs = _needs(hand)
    due = f" WHEN when{number} THEN {needs}" if needs else ""
    return f"CASE{unsound} WHEN when{number} IS NULL THEN {undecided}{due} END"


def _missing(names: Sequence[str]) -> str:
    tests = [
        f"WHEN ({_SPECIAL[name][0]}) IS NULL THEN {_missing(_SPECIAL[name][1])}"
        if name in _SPECIAL
        else f"WHEN {name} IS NULL THEN 'missing:{name}'"
        for name in names
    ]
    return f"CASE {' '.join(tests)} END"


def _needs(hand: Hand) -> str:
    if hand.needs == "@screened":
        return (
            "CASE WHEN (pku_screened AND ch_screened) IS NULL THEN CASE WHEN pku_screened IS NULL "
            "THEN 'missing:pku_screened' ELSE 'missing:ch_screened' END "
            "WHEN hearing_screened IS NULL THEN 'missing:hearing_screened' END"
        )
    if hand.needs.startswith("@"):
        return f"CASE WHEN {hand.needs[1:]} IS NULL THEN {_missing(('month_from', 'month_to', 'hukou'))} END"
    tests = []
    for need in hand.needs.split():
        name, _, column = need.partition("=")
        code = f"parameter:{name}" if column else f"missing:{name}"
        tests.append(f"WHEN {column or name} IS NULL THEN '{code}'")
    return f"CASE {' '.join(tests)} END" if tests else ""


def _lists(hand: Hand) -> tuple[str, ...]:
    number = _number(hand)
    due = f"problem{number} IS NULL AND when{number}"
    return (
        f"'{CITY}.{hand.id}'",
        f"CASE WHEN problem{number} IS NULL THEN when{number} END",
        f"CASE WHEN {due} THEN due{number} WHEN problem{number} IS NULL THEN 0 END",
        f"CASE WHEN {due} THEN {hand.shares} END" if hand.shares else "NULL::VARCHAR",
        f"CASE WHEN {due} THEN {hand.check} END",
        f"problem{number}",
    )
