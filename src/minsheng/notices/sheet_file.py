"""The bytes of a workbook to lines."""

from minsheng.notices.child_process import read_in_child
from minsheng.notices.document import Body, Refusal
from minsheng.notices.refusals import KIND_NAMES
from minsheng.notices.watch import Watch


def read_sheets(data: bytes, kind: str, watch: Watch) -> Body | Refusal:
    """The lines of all sheets that are not hidden, or why the workbook cannot be read."""
    return read_in_child("sheets", data, KIND_NAMES[kind], watch)
