"""A list that stands in the code stands in the documents too: settings, steps of the work, commands."""

import re
from importlib import import_module

import pytest

from minsheng.cli import COMMANDS
from minsheng.plans.compile import PASSES
from minsheng_web.conf.settings_list import SETTINGS


def rows(text: str) -> list[list[str]]:
    """The cells of every table row of a Markdown text, without back quotes around a whole cell."""
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_setting_is_documented_as_it_is(root):
    written = {
        row[0].strip("`"): row[1:]
        for row in rows((root / "docs" / "settings.md").read_text(encoding="utf-8"))
        if row[0].startswith("`")
    }
    declared = {
        setting.environment: [setting.kind.__name__, shown(setting.default), setting.meaning]
        for setting in SETTINGS
    }
    assert written == declared


def shown(default) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, tuple):
        return ", ".join(default) or "(none)"
    return str(default) if default != "" else "(empty)"


def test_the_steps_of_the_work_are_those_of_the_architecture(root):
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    known = {step.__name__ for step in PASSES}
    written = []
    for row in rows(text):
        quoted = re.findall(r"`([^`]+)`", " ".join(row))
        names = [name.removesuffix("()") for name in quoted if name.removesuffix("()") in known]
        files = [name for name in quoted if name.endswith(".py")]
        if names:
            written.append((names[0], files[0].rsplit("/", 1)[-1] if files else None))
    declared = [(step.__name__, step.__module__.rsplit(".", 1)[-1] + ".py") for step in PASSES]
    assert written == declared


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_command_is_in_the_readme(root, readme):
    text = (root / readme).read_text(encoding="utf-8")
    assert [command.name for command in COMMANDS if f"minsheng {command.name}" not in text] == []


def test_no_readme_names_a_command_there_is_not(root):
    known = {command.name for command in COMMANDS}
    for readme in ("README.md", "README.zh-CN.md"):
        text = (root / readme).read_text(encoding="utf-8")
        assert set(re.findall(r"`(?:\.venv/bin/)?minsheng ([a-z]+)", text)) <= known


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_can_be_called(command):
    module = import_module(command.module)
    assert callable(module.configure)
    assert callable(module.run)
    assert module.__doc__.startswith(f"``minsheng {command.name}")
