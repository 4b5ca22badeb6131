"""``minsheng settings``: every setting with its value as it stands, its default and its meaning."""

import argparse
import json
import os
import re
from typing import Any

from minsheng.commands.refused import CommandRefused
from minsheng_web.conf.commands.settings_words import MEANINGS
from minsheng_web.conf.settings_list import SETTINGS, Setting, read_setting

_SECRETS = frozenset({"SECRET_KEY"})
_PASSWORD = re.compile(r"(?<=://)([^:/@]*):[^@/]*@")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="打印 JSON 列表")


def run(arguments: argparse.Namespace) -> int:
    """Print the list. Raises CommandRefused where a variable holds what its setting cannot be."""
    try:
        values = [(setting, read_setting(setting, os.environ)) for setting in SETTINGS]
    except ValueError as fault:
        raise CommandRefused(f"设置有误：{fault}，请改正这个环境变量。") from fault
    if arguments.json:
        print(json.dumps([_as_json(setting, value) for setting, value in values], ensure_ascii=False))
        return 0
    for setting, value in values:
        given = "（由环境变量给出）" if setting.environment in os.environ else "（默认）"
        print(f"{setting.environment} = {_shown(setting, value)} {given}\n    {MEANINGS[setting.name]}")
    return 0


def _as_json(setting: Setting, value: Any) -> dict[str, Any]:
    return {
        "name": setting.name,
        "environment": setting.environment,
        "kind": setting.kind.__name__,
        "value": value if isinstance(value, bool | int) else _shown(setting, value),
        "meaning": MEANINGS[setting.name],
    }


def _shown(setting: Setting, value: Any) -> str:
    """The value as text; keys and passwords stay hidden."""
    if setting.name in _SECRETS:
        return "***" if value else ""
    if isinstance(value, tuple):
        return ", ".join(value)
    return _PASSWORD.sub(r"\1:***@", str(value))
