"""The real notices that were read by hand, scored by the scorer that stands beside their labels."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from minsheng.notices.document import Document
from minsheng.notices.reading import read_document
from minsheng.plans.compile import compile_plan
from minsheng.plans.plan_json import plan_to_json

pytestmark = pytest.mark.notices

LABELLED = ("bozhou-2023", "lieshan-2023", "linyi-2021")
UNLABELLED = ("hefei-2024", "maanshan-2020")
EXACT = (
    "head", "categories_f1", "projects_f1", "project_category", "project_status", "project_lead_units",
    "project_cooperating_units", "project_measures",
)  # fmt: skip
AT_LEAST = {
    "quantity_f1": 0.99, "quantity_value": 0.99, "quantity_unit": 0.99, "quantity_region": 0.99,
    "quantity_comparator": 0.985, "quantity_role": 0.97, "quantity_aspiration": 0.98, "quantity_subject": 0.93,
    "projects_without_correction": 0.97,
}  # fmt: skip


def read(folder: Path, name: str) -> tuple[Document, dict]:
    document = read_document((folder / f"{name}.txt").read_bytes(), f"{name}.txt")
    assert isinstance(document, Document)
    return document, plan_to_json(compile_plan(document))


@pytest.fixture(scope="module")
def scorer(notices_folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "score_plan", notices_folder.parent / "evaluation" / "score_plan.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", LABELLED)
def test_reading_agrees_with_the_labels(
    name: str, notices_folder: Path, labels_folder: Path, scorer: ModuleType
) -> None:
    _, plan = read(notices_folder, name)
    figures, misses = scorer.score(labels_folder / name, plan)
    assert {key: figures[key] for key in EXACT} == dict.fromkeys(EXACT, 1.0), misses
    short = {key: figures[key] for key, least in AT_LEAST.items() if figures[key] < least}
    assert short == {}, misses
    if "table_cells_f1" in figures:
        assert figures["table_cells_f1"] == 1.0


@pytest.mark.parametrize("name", [*LABELLED, *UNLABELLED])
def test_every_quantity_is_printed_where_it_says(name: str, notices_folder: Path) -> None:
    document, plan = read(notices_folder, name)
    quantities = [q for project in plan["projects"] for q in project["quantities"]]
    assert len(quantities) > 50
    wrong = [q for q in quantities if document.lines[q["line"] - 1][q["start"] : q["end"]] != q["text"]]
    assert wrong == []


def test_city_with_own_and_waived_projects(notices_folder: Path) -> None:
    """合肥 declares 50, three of which are none of its tasks, and adds two of its own."""
    _, plan = read(notices_folder, "hefei-2024")
    assert (plan["region"], plan["year"], plan["declared_total"], plan["title_line"]) == (
        "合肥市",
        2024,
        50,
        5,
    )
    assert [c["declared_count"] for c in plan["categories"]] == [3, 5, 12, 3, 3, 2, 2, 3, 9, 5, 3, 2]
    status = {p["number"]: p["status"] for p in plan["projects"]}
    assert len(status) == 52
    assert {n for n, s in status.items() if s == "no_task"} == {48, 49, 50}
    assert {n for n, s in status.items() if s == "local"} == {51, 52}
    assert sum(len(p["measures"]) for p in plan["projects"]) == 146


def test_plan_that_names_lead_and_cooperating_units(notices_folder: Path) -> None:
    """马鞍山: every project has a 牵头责任单位, most have 协同责任单位, none has measures."""
    _, plan = read(notices_folder, "maanshan-2020")
    projects = {p["number"]: p for p in plan["projects"]}
    assert (plan["region"], plan["year"], len(plan["categories"]), len(projects)) == ("马鞍山市", 2020, 9, 50)
    assert [n for n, p in projects.items() if not p["lead_units"]] == []
    assert projects[1]["lead_units"] == ["市人社局"]
    assert projects[1]["cooperating_units"] == ["市退役军人事务局", "市农业农村局", "市扶贫办"]
    assert projects[13]["cooperating_units"] == ["市人社局", "市医保局"]
    assert sum(len(p["measures"]) for p in projects.values()) == 0


def test_readings_do_not_depend_on_the_encoding(notices_folder: Path) -> None:
    data = (notices_folder / "linyi-2021.txt").read_bytes()
    in_gbk = read_document(data.decode("utf-8").encode("gb18030"), "linyi.txt")
    assert isinstance(in_gbk, Document)
    assert json.dumps(plan_to_json(compile_plan(in_gbk))) == json.dumps(read(notices_folder, "linyi-2021")[1])
