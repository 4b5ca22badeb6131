"""The form of the light rules: nothing changes unasked, what was typed is kept, any part can be added."""

import re
from html import unescape

import pytest

from minsheng.progress.pace.presets import preset, presets
from minsheng.progress.pace.rules import PARTS, LightRules
from minsheng.progress.pace.rules_check import check_rules
from minsheng_web.office.screens.light_rules import USE, edited_parts, typed_rules
from minsheng_web.records.models import LightRuleSet

KEYS = [one.key for one in presets()]
NUMBERS = {
    "progress": {"bounds.0.over": "30", "bounds.2.over": "10"},
    "task": {"runs.0.1": "2", "runs.2.1": "1"},
    "level": {"runs.0.1": "3", "runs.2.1": "1"},
    "start": {"runs.0.1": "3", "runs.2.1": "1"},
    "money": {"rate": "60", "bounds.0.over": "20", "bounds.2.over": "5"},
    "deadline": {"days.0.1": "0", "days.2.1": "15"},
    "growth": {},
    "rank": {"lead": "3", "tails.0.1": "1", "tails.2.1": "3"},
    "done": {},
    "missing_run": {"runs.0.1": "3", "runs.2.1": "2"},
}


@pytest.fixture
def desk(spring):
    """The page of the rules for the office."""
    client = spring.house.client("own")
    address = f"/programmes/{spring.version.programme_id}/pace/rules/"

    def act(form=None, base=""):
        return client.get(address, {"base": base}) if form is None else client.post(address, form)

    return act


def sent(page):
    """What a browser would send of the form as it stands."""
    found = re.search(r'<form method="post" id="rule-form">.*?</form>', page.content.decode(), re.DOTALL)[0]
    form = {}
    for field in re.findall(r"<input[^>]*>", found):
        marks = dict(re.findall(r'(\w+)="([^"]*)"', field))
        if marks["type"] != "checkbox" if "type" in marks else True:
            form[marks["name"]] = unescape(marks.get("value", ""))
        elif field.endswith(" checked>"):
            form[marks["name"]] = marks["value"]
    for name, options in re.findall(r'<select[^>]*name="([^"]+)">(.*?)</select>', found, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        form[name] = chosen[1]
    form.pop("csrfmiddlewaretoken", None)
    return form


@pytest.mark.parametrize("key", KEYS)
def test_the_form_as_it_stands_is_the_preset(desk, key):
    form = sent(desk(base=key)) | {"act": "adopt", "reason": "照此执行"}
    assert desk(form).status_code == 302
    assert LightRuleSet.objects.get().rules == preset(key).rules.to_json()


@pytest.mark.parametrize("key", KEYS)
def test_every_preset_can_be_tried(desk, key):
    page = desk(sent(desk(base=key)) | {"act": "try"})
    assert page.status_code == 200
    assert "试算：各期亮灯数" in page.content.decode()
    assert 'class="alert alert-danger" role' not in page.content.decode()
    assert sent(page) == sent(desk(base=key))


def test_what_was_tried_is_what_is_adopted(desk):
    form = sent(desk(base="plain")) | {"act": "try", "progress.bounds.1.over": "20"}
    del form["use.deadline"]
    again = sent(desk(form))
    assert again["progress.bounds.1.over"] == "20"
    assert "use.deadline" not in again
    desk(again | {"act": "adopt", "reason": "试算后采用"})
    adopted = LightRuleSet.objects.get().rules
    assert adopted["progress"]["bounds"][1]["over"] == "20"
    assert "deadline" not in adopted


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("key", KEYS)
def test_any_part_can_be_added_to_any_set(key, name):
    base = preset(key).rules
    form = {"name": "本市规则"}
    for part in edited_parts(base, {}):
        if part.used or part.name == name:
            form[f"{USE}{part.name}"] = "1"
            form |= {field.name: field.value for field in part.fields if field.value}
    if name not in base.to_json():
        form |= {f"{name}.{place}": number for place, number in NUMBERS[name].items()}
    made = LightRules.from_json(typed_rules(base, form))
    assert check_rules(made) == ()
    assert getattr(made, name) is not None
    for other in PARTS:
        if other != name:
            assert getattr(made, other) == getattr(base, other)


def added(name, part):
    """What is typed, ticked and chosen so that an added part says what this one does."""
    form = {f"{USE}{name}": "1"}
    for key, value in part.items():
        if key == "stages":
            form |= {f"{name}.stages.{stage}": "1" for stage in value}
        elif key in {"bounds", "runs", "days", "tails"}:
            for one in value:
                light, number = (one["light"], one["over"]) if key == "bounds" else one
                at = ("red", "orange", "yellow").index(light)
                form[f"{name}.{key}.{at}." + ("over" if key == "bounds" else "1")] = str(number)
                if key == "bounds" and one["included"]:
                    form[f"{name}.{key}.{at}.included"] = "1"
        elif value not in (None, False):
            form[f"{name}.{key}"] = "1" if value is True else str(value)
    return form


@pytest.mark.parametrize("key", KEYS)
def test_every_part_of_a_preset_can_be_typed_in_from_nothing(key):
    wanted = preset(key).rules
    base, form = LightRules("", ladder=wanted.ladder), {"name": wanted.name}
    for name, part in wanted.to_json().items():
        if name in PARTS:
            form |= added(name, part)
    assert LightRules.from_json(typed_rules(base, form)) == wanted


def test_works_may_be_judged_by_acceptance_and_use(desk):
    form = sent(desk(base="yinchuan-2025"))
    assert form["start.stages.started"] == "1"
    del form["start.stages.started"]
    form |= {"start.stages.accepted": "1", "start.stages.in_use": "1", "act": "adopt", "reason": "验收投用"}
    desk(form)
    rules = LightRuleSet.objects.get().rules
    assert rules["start"] == {"runs": [["red", 3], ["yellow", 1]], "stages": ["accepted", "in_use"]}


def test_a_start_part_without_a_stage_is_told(desk):
    form = sent(desk(base="yinchuan-2025")) | {"act": "adopt", "reason": "改"}
    del form["start.stages.started"]
    assert "节点规则没有选工程节点，请至少选一个，或去掉这一项。" in desk(form).content.decode()
    assert not LightRuleSet.objects.exists()


@pytest.mark.parametrize("months", ["", "0", "-6", "半年", "6.5"])
def test_months_that_are_none_are_told_and_kept(desk, months):
    page = desk(sent(desk(base="tianjin-2022")) | {"money.months": months, "act": "adopt", "reason": "改"})
    said = page.content.decode()
    assert "没有写几个月，请补上" in said or "亮灯规则里有写法不对的内容" in said
    assert sent(page)["money.months"] == months
    assert not LightRuleSet.objects.exists()


def test_an_added_part_is_adopted_with_its_colours(desk):
    form = sent(desk(base="xian"))
    assert "use.rank" not in form
    form |= {"use.rank": "1", "rank.by": "share", "rank.lead": "20", "rank.tails.2.1": "10"}
    desk(form | {"act": "adopt", "reason": "加上位次"})
    rules = LightRuleSet.objects.get().rules
    assert rules["ladder"] == ["blue", "green", "yellow", "red"]
    assert rules["rank"] == {
        "by": "share", "lead": "20", "tails": [["yellow", "10"]], "lead_light": "blue", "middle": None,
    }  # fmt: skip
    assert rules["deadline"] == preset("xian").rules.to_json()["deadline"]


def test_numbers_typed_into_a_part_that_is_not_ticked_change_nothing(desk):
    form = sent(desk(base="xian")) | {"level.runs.0.1": "3", "act": "adopt", "reason": "照此"}
    desk(form)
    assert LightRuleSet.objects.get().rules == preset("xian").rules.to_json()


def test_an_added_part_without_a_bound_is_told_and_kept_open(desk):
    page = desk(sent(desk(base="xian")) | {"use.level": "1", "act": "adopt", "reason": "加一项"})
    assert "控制水平规则没有写界限，请补上或去掉这一项。" in page.content.decode()
    assert '<details class="rule-part" open><summary>控制水平' in page.content.decode()
    assert not LightRuleSet.objects.exists()


def test_what_was_chosen_for_an_added_part_is_kept_with_its_unit(desk):
    chosen = {"use.rank": "1", "rank.by": "share", "use.money": "1", "money.stage": "spent", "act": "try"}
    page = desk(sent(desk(base="xian")) | chosen)
    again = sent(page)
    assert (again["rank.by"], again["money.stage"], again["money.against"]) == ("share", "spent", "arrived")
    assert "支出资金占到位资金的比例" in page.content.decode()
