"""``minsheng demo``: fill an empty database with real plans, one under way and people to sign in as."""

import argparse
import secrets
from pathlib import Path

from minsheng.commands.refused import CommandRefused
from minsheng_web.conf.commands import demo_scale
from minsheng_web.conf.commands.database import set_up

SAMPLES = Path(__file__).resolve().parents[4] / "samples" / "plans"
NOTICE = Path("notices") / "yunhe-2025.txt"
"""Beside the folder of plans: the notice of the made-up city whose programme is under way."""
SIGN_INS = "demo-sign-ins.txt"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--if-empty", action="store_true", help="数据库里已有内容时不算错，只打印演示账号")
    parser.add_argument("--samples", type=Path, default=SAMPLES, metavar="DIR", help="样例方案所在的文件夹")
    parser.add_argument("--password", help="演示账号的密码；不给则随机生成")
    demo_scale.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """Load and print the sign-ins. Refuses a database that holds something, unless told not to mind."""
    set_up()
    from django.conf import settings

    from minsheng_web.records.actions.demo import is_empty

    notes: Path = settings.DATA_FOLDER / SIGN_INS
    if arguments.scale:
        demo_scale.load(arguments, notes)
    elif is_empty():
        _load(arguments, notes)
    elif not arguments.if_empty:
        raise CommandRefused("数据库里已经有内容，没有装入演示数据：演示数据只装入空数据库。")
    if notes.is_file():
        print(notes.read_text(encoding="utf-8"), end="", flush=True)
    return 0


def _load(arguments: argparse.Namespace, notes: Path) -> None:
    from django.utils import timezone

    from minsheng_web.records.actions.demo import SignIn, load_demo

    password = arguments.password or secrets.token_hex(5)
    try:
        notice = arguments.samples.parent / NOTICE
        people = load_demo(
            samples=arguments.samples,
            password=password,
            at=timezone.now(),
            notice=notice if notice.is_file() else None,
        )
    except FileNotFoundError as missing:
        raise CommandRefused(
            f"没有找到样例方案：{arguments.samples} 里没有方案文件。"
            "请用 --samples 指出 samples/plans 所在的位置。"
        ) from missing

    def line(person: SignIn) -> str:
        return f"  {person.username:<10}{password}　{person.display_name}：{person.may}"

    notes.parent.mkdir(parents=True, exist_ok=True)
    notes.touch(mode=0o600)
    title = "演示数据（五个城市的真实方案，文字另行编写；云河市及其进度为自拟）的登录账号："
    heads = [title, "  用户名    密码"]
    notes.write_text("\n".join([*heads, *map(line, people)]) + "\n", encoding="utf-8")
