"""Places in two files, as problems and messages name them."""

from dataclasses import replace

from minsheng.kernel.source import Source
from minsheng.plans.checks.two.relation import ReadPlan


def at(read: ReadPlan, source: Source) -> Source:
    """The place with the file it is in."""
    return replace(source, document=read.file)


def where(read: ReadPlan, source: Source) -> str:
    """The file by its region's name and the line: 亳州市方案第16行."""
    return f"{read.plan.head.region or read.file}方案第{source.line}行"
