"""The sample plans: made of their facts, spans exact, figures those of the notices, wording our own."""

import json
from collections import Counter
from pathlib import Path

import make_samples
import pytest

from minsheng.plans.checks.run import check_plan
from minsheng.plans.plan_json import plan_from_json, plan_to_json

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ("bozhou-2023", "hefei-2024", "lieshan-2023", "linyi-2021", "maanshan-2020")


def sample(name):
    return json.loads((SAMPLES / "plans" / f"{name}.json").read_text(encoding="utf-8"))


def test_there_are_five_plans_each_with_its_facts():
    for folder in ("plans", "facts"):
        assert sorted(path.stem for path in (SAMPLES / folder).glob("*.json")) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_what_its_facts_make(name):
    made = make_samples.sample_text(SAMPLES / "facts" / f"{name}.json")
    assert made == (SAMPLES / "plans" / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "region", "year", "categories", "projects"),
    [
        ("bozhou-2023", "亳州市", 2023, 10, 50),
        ("hefei-2024", "合肥市", 2024, 12, 52),
        ("lieshan-2023", "烈山区", 2023, 10, 50),
        ("linyi-2021", "临沂市", 2021, 20, 59),
        ("maanshan-2020", "马鞍山市", 2020, 9, 50),
    ],
)
def test_a_sample_is_a_whole_plan(name, region, year, categories, projects):
    data = sample(name)
    plan = plan_from_json(data)
    assert (plan.head.region, plan.head.year) == (region, year)
    assert (len(plan.categories), len(plan.projects)) == (categories, projects)
    assert [project.number for project in plan.projects] == list(range(1, projects + 1))
    assert plan_to_json(plan) == {key: value for key, value in data.items() if key not in {"above", "lines"}}


@pytest.mark.parametrize("name", NAMES)
def test_every_number_stands_where_it_says(name):
    data = sample(name)
    lines = data["lines"]
    places = [quantity for project in data["projects"] for quantity in project["quantities"]]
    places += [cell for table in data["tables"] for cell in table["cells"]]
    assert len(places) > 50
    assert [p["text"] for p in places] == [lines[p["line"] - 1][p["start"] : p["end"]] for p in places]
    spans = Counter((p["line"], p["start"], p["end"]) for p in places)
    assert set(spans.values()) == {1}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_says_that_it_is_one(name):
    assert sample(name)["lines"][1] == "演示数据：按公开文件所载事实另行编写，不是文件原文。"


def test_no_sample_contradicts_itself_more_than_its_notice():
    found = {
        name: Counter(
            problem.code
            for problem in check_plan(plan_from_json(sample(name)), tuple(sample(name)["lines"]))
            if problem.severity == "error"
        )
        for name in NAMES
    }
    assert {name: dict(codes) for name, codes in found.items() if codes} == {}


# --- against the notices


def figures(quantities):
    """What a project's numbers are, without their words."""
    return Counter(
        (q["project"], float(q["value"]), q["value_hi"], q["unit"], q["comparator"], q["role"], q["region"])
        for q in quantities
    )


@pytest.mark.notices
@pytest.mark.parametrize("name", ["bozhou-2023", "linyi-2021"])
def test_figures_are_those_read_by_hand(name, labels_folder):
    labels = (labels_folder / name / "quantities.jsonl").read_text(encoding="utf-8").splitlines()
    ours = [
        {**quantity, "project": project["number"]}
        for project in sample(name)["projects"]
        for quantity in project["quantities"]
    ]
    assert figures(ours) == figures(json.loads(line) for line in labels)


@pytest.mark.notices
def test_figures_of_a_notice_that_says_things_twice_are_said_once(labels_folder):
    labels = (labels_folder / "lieshan-2023" / "quantities.jsonl").read_text(encoding="utf-8").splitlines()
    ours = [
        {**quantity, "project": project["number"]}
        for project in sample("lieshan-2023")["projects"]
        for quantity in project["quantities"]
    ]
    assert set(figures(ours)) == set(figures(json.loads(line) for line in labels))


@pytest.mark.notices
@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_of_a_notice_is_kept(name, notices_folder):
    """No clause of more than 24 characters is the notice's, names of documents and of units apart."""
    data = sample(name)
    notice = "".join((notices_folder / f"{name}.txt").read_text(encoding="utf-8").split())
    names = {cited["text"] for project in data["projects"] for cited in project["citations"]}
    for line in data["lines"]:
        text = "".join(line.split()).split("牵头单位：")[0].split("配合单位：")[0].split("依据")[0]
        for clause in text.replace("；", "。").split("。"):
            copied = len(clause) > 24 and clause in notice and clause not in names
            assert not copied, clause
