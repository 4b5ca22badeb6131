"""``minsheng paper plan PLAN.json --out FILE``: a plan as a formal notice, in the form its name asks for."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from minsheng.commands.fault_words import reason_of
from minsheng.commands.problem_lines import problem_lines
from minsheng.commands.refused import CommandRefused
from minsheng.papers.plan_notice import PlanNotice, plan_notice
from minsheng.plans.model import Plan
from minsheng.plans.plan_json import plan_from_json


def configure(parser: argparse.ArgumentParser) -> None:
    papers = parser.add_subparsers(dest="paper", required=True, metavar="PAPER")
    plan = papers.add_parser("plan", help="把方案写成正式通知")
    plan.add_argument("plan", type=Path, metavar="PLAN.json", help="minsheng read --json 打印的方案")
    plan.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="写到哪里：txt、docx 或 pdf 文件"
    )
    plan.add_argument(
        "--fonts",
        type=Path,
        action="append",
        default=[],
        metavar="FOLDER",
        help="PDF 字体所在的文件夹，可重复",
    )


def run(arguments: argparse.Namespace) -> int:
    form = arguments.out.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise CommandRefused(f"{arguments.out}：只能写 txt、docx 或 pdf 文件，请改文件名的后缀。")
    notice, problems = plan_notice(_plan(arguments.plan))
    data = FORMS[form](notice, tuple(arguments.fonts))
    try:
        arguments.out.write_bytes(data)
    except OSError as fault:
        raise CommandRefused(f"{arguments.out}：写不进去（{reason_of(fault)}），请换一个位置。") from fault
    count = sum(len(category.projects) for category in notice.categories)
    print(f"{arguments.out}：写好了 {count} 个项目。")
    for problem in problems:
        print("\n".join(problem_lines(problem)))
    return 0


def _plan(path: Path) -> Plan:
    try:
        data = json.loads(path.read_bytes())
    except OSError as fault:
        raise CommandRefused(f"{path}：打不开（{reason_of(fault)}），请核对路径。") from fault
    except ValueError as fault:
        raise CommandRefused(f"{path}：不是 JSON 文件，请用 minsheng read --json 的输出。") from fault
    try:
        return plan_from_json(data)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise CommandRefused(
            f"{path}：不是方案的 JSON（缺少内容，或内容的格式不对），请用 minsheng read --json 的输出。"
        ) from fault


def _txt(notice: PlanNotice, _fonts: tuple[Path, ...]) -> bytes:
    from minsheng.papers.plan_notice_txt import notice_txt

    return notice_txt(notice)


def _docx(notice: PlanNotice, _fonts: tuple[Path, ...]) -> bytes:
    from minsheng.papers.plan_notice_docx import notice_docx

    return notice_docx(notice)


def _pdf(notice: PlanNotice, fonts: tuple[Path, ...]) -> bytes:
    from minsheng.papers.plan_notice_pdf import PdfUnavailableError, notice_pdf

    try:
        return notice_pdf(notice, fonts=fonts)
    except PdfUnavailableError as missing:
        raise CommandRefused(str(missing)) from missing


FORMS: dict[str, Callable[[PlanNotice, tuple[Path, ...]], bytes]] = {"txt": _txt, "docx": _docx, "pdf": _pdf}
"""What writes each form, by the suffix of the file."""
