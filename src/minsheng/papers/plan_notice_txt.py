"""A plan notice as plain text: one paragraph a line, table cells parted by tabs."""

from collections.abc import Iterator

from minsheng.papers.notice_table import NoticeTable
from minsheng.papers.plan_notice import MEASURES, NoticeProject, PlanNotice


def notice_lines(notice: PlanNotice) -> Iterator[str]:
    """The notice line by line."""
    opening = (
        notice.red_head, notice.doc_number, notice.title, notice.addressee, notice.opening, notice.signature,
        notice.date, notice.plan_title,
    )  # fmt: skip
    yield from (text for text in opening if text is not None)
    for category in notice.categories:
        if category.heading is not None:
            yield category.heading
        for project in category.projects:
            yield from _project_lines(project)
    for number, table in enumerate(notice.tables, 1):
        yield "附件" if len(notice.tables) == 1 else f"附件{number}"
        yield table.title
        yield from table_lines(table)


def _project_lines(project: NoticeProject) -> Iterator[str]:
    yield project.paragraph
    if project.measures:
        yield MEASURES
        yield from project.measures


def table_lines(table: NoticeTable) -> Iterator[str]:
    """The table's rows; a row of two cells ends in a tab, so that it is seen to be a row."""
    for row in table.grid:
        yield "\t".join(row) + ("\t" if len(row) == 2 else "")


def notice_txt(notice: PlanNotice) -> bytes:
    """The notice as a UTF-8 text file."""
    return ("\n".join(notice_lines(notice)) + "\n").encode()
