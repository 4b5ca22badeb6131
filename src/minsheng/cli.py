"""The command ``minsheng``: a table of commands, each imported only when it is called.

A command module has ``configure(parser)``, which declares its arguments, and ``run(arguments) -> int``,
which does the work. A command that cannot go on raises ``CommandRefused`` with one sentence: exit code 2.
"""

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from minsheng.commands.arguments import CommandParser
from minsheng.commands.refused import CommandRefused

USABLE, REFUSED, INTERRUPTED = 0, 2, 130


@dataclass(frozen=True, slots=True)
class Command:
    """A command's name, the module that does it, and what it does in one line."""

    name: str
    module: str
    meaning: str


COMMANDS: tuple[Command, ...] = (
    Command("read", "minsheng.commands.read", "读一份通知（txt、html、docx、pdf、xlsx 等），打印读出的方案"),
    Command("check", "minsheng.commands.check", "核对一份通知前后是否一致，列出疑点"),
    Command("compare", "minsheng.commands.compare", "两份方案逐项对照：改了什么、多了什么、少了什么"),
    Command("paper", "minsheng.commands.paper", "把方案写成正式通知（txt、docx、pdf）"),
    Command("entitle", "minsheng.commands.entitle", "按补助标准算出每个案例应发多少"),
    Command("explain", "minsheng.commands.explain", "逐步说明一个人按一项标准应发多少、依据是哪一行"),
    Command("standards", "minsheng.commands.standards", "检查补助标准的写法（lint），或看一项标准（show）"),
    Command("serve", "minsheng_web.conf.commands.serve", "启动网站"),
    Command("demo", "minsheng_web.conf.commands.demo", "在空数据库里装入演示数据"),
    Command("settings", "minsheng_web.conf.commands.settings", "列出全部设置、当前取值和含义"),
    Command("bench", "minsheng.commands.bench", "测量速度，并与同一次运行里的对照值相比"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit code 0: done; 2: unusable arguments or file, one sentence on stderr."""
    _speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in {"-h", "--help", "help"}:
        print(_overview())
        return USABLE
    command = next((known for known in COMMANDS if known.name == given[0]), None)
    if command is None:
        return _refuse(f"没有“{given[0]}”这个命令：可用的命令有 {_names()}。")
    try:
        return _run(command, given[1:])
    except CommandRefused as refused:
        return _refuse(str(refused))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left (minsheng read … | head): nothing is wrong, nothing can be said.
        sys.stdout = io.StringIO()
        return USABLE


def _run(command: Command, arguments: list[str]) -> int:
    module = import_module(command.module)
    parser = CommandParser(prog=f"minsheng {command.name}", description=command.meaning)
    module.configure(parser)
    code: int = module.run(parser.parse_args(arguments))
    sys.stdout.flush()
    return code


def _overview() -> str:
    width = max(len(command.name) for command in COMMANDS)
    lines = [f"  {command.name:<{width}}  {command.meaning}" for command in COMMANDS]
    return "\n".join(
        ["用法：minsheng 命令 [参数]", "", *lines, "", "minsheng 命令 --help 说明各命令的参数。"]
    )


def _names() -> str:
    return "、".join(command.name for command in COMMANDS)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def _speak_utf8() -> None:
    """Chinese text goes out as UTF-8 whatever the locale of the machine says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
