"""Command line arguments whose faults are said in one Chinese sentence."""

import argparse
import re
from typing import NoReturn

from minsheng.commands.refused import CommandRefused

# What argparse says, and how we say it.
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "缺少参数 {what}"),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), "不认识的参数 {what}"),
    (re.compile(r"argument (?P<what>\S+): expected one argument"), "参数 {what} 后面要有一个值"),
    (
        re.compile(r"argument (?P<what>\S+): invalid \w+ value: (?P<value>.+)"),
        "参数 {what} 的值 {value} 不对",
    ),
    (
        re.compile(
            r"argument (?P<what>\S+): invalid choice: (?P<value>'[^']*').*choose from (?P<choices>.+)\)"
        ),
        "参数 {what} 的值 {value} 不对，只能是 {choices}",
    ),
    (re.compile(r"ambiguous option: (?P<what>\S+) could match .+"), "参数 {what} 不完整，可以指几个参数"),
    (
        re.compile(r"argument (?P<what>\S+): not allowed with argument (?P<other>\S+)"),
        "参数 {what} 和 {other} 不能同时用",
    ),
)


class CommandParser(argparse.ArgumentParser):
    """A parser that raises ``CommandRefused`` where argparse would print its usage and leave."""

    def error(self, message: str) -> NoReturn:
        """Refuse with the fault in Chinese and where to read more."""
        raise CommandRefused(f"{_in_chinese(message)}：用法见 {self.prog} --help。")


def _in_chinese(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        found = pattern.fullmatch(message)
        if found:
            return sentence.format(**found.groupdict())
    return "参数不对"
