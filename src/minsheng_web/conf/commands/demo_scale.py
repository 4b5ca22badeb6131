"""``minsheng demo --scale province|city``: a demo as large as the real thing, from a seed."""

import argparse
import secrets
import time
from pathlib import Path

from minsheng.commands.refused import CommandRefused

SCALES = ("province", "city")
SEED = 20260118


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scale",
        choices=SCALES,
        help="改为装入大规模演示数据：province 一个省（16市104县1500乡镇），city 一个市",
    )
    parser.add_argument("--seed", type=int, default=SEED, help="与 --scale 同用：数据由这个种子生成")
    parser.add_argument(
        "--months",
        type=_months,
        help="与 --scale 同用：已关闭的月数；12 是上一个整年。不给则装到本年最近已关闭的月份",
    )


def _months(text: str) -> int:
    """A number of months. Raises ValueError, which the parser tells in words."""
    number = int(text)
    if not 1 <= number <= 12:
        raise ValueError(text)
    return number


def load(arguments: argparse.Namespace, notes: Path) -> None:
    """Load, or go on with a loading that was cut short. Refuses a database that holds something else."""
    from django.utils import timezone

    from minsheng_web.records.actions.demo import is_empty
    from minsheng_web.records.actions.demo_scale.load import NotLoaded, Wish, cut_short, load_scale_demo
    from minsheng_web.records.actions.demo_scale.shape import SHAPES, course_on

    if not is_empty() and cut_short() is None:
        if arguments.if_empty:
            return
        raise CommandRefused("数据库里已经有内容，没有装入演示数据：演示数据只装入空数据库。")
    now = timezone.now()
    course = course_on(timezone.localdate(now), arguments.months)
    wish = Wish(SHAPES[arguments.scale], course, arguments.seed)
    password = arguments.password or secrets.token_hex(5)
    tell = Told()
    size = f"每月 {wish.shape.leaves} 行，{len(course.months())} 个月"
    tell(f"装入演示数据：{size}。可按 Ctrl+C 停止，再次运行会接着装。")
    loaded = load_scale_demo(wish=wish, password=password, at=now, tell=tell)
    if isinstance(loaded, NotLoaded):
        raise CommandRefused(loaded.message)
    tell("装入完毕。")
    write_notes(notes, loaded.title, loaded.region_id, password)


def write_notes(notes: Path, title: str, region: int, password: str) -> None:
    """Who may sign in, kept beside the data."""
    from minsheng_web.records.actions.demo_scale.people import display_name, seats_of
    from minsheng_web.records.models import Region

    lines = [f"{title}的登录账号（地区、单位和进度均为自拟）：", "  用户名    密码"]
    for seat, place, unit in seats_of(Region.objects.get(pk=region)):
        lines.append(f"  {seat.username:<10}{password}　{display_name(seat, place, unit)}：{seat.may}")
    notes.parent.mkdir(parents=True, exist_ok=True)
    notes.touch(mode=0o600)
    notes.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Told:
    """Prints each step with the seconds since the beginning."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def __call__(self, step: str) -> None:
        print(f"[{time.monotonic() - self._begun:6.1f} 秒] {step}", flush=True)
