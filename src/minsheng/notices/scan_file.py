"""Scans and photographs to lines, where the optional recognition of characters is installed."""

from importlib.util import find_spec

from minsheng.notices.child_process import read_in_child
from minsheng.notices.document import Body, Refusal
from minsheng.notices.refusals import refuse
from minsheng.notices.watch import Watch

_NAME = "图片"
_PATIENCE = 90.0
"""Seconds for one page. Four are usual; the first has to load what it needs."""


def read_scan(data: bytes, _kind: str, watch: Watch) -> Body | Refusal:
    """The lines of a picture."""
    return recognise(data, _NAME, watch)


def recognise(data: bytes, name: str, watch: Watch) -> Body | Refusal:
    """The lines that are recognised in a picture or in the pages of a PDF called ``name`` in sentences."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return refuse("ocr_missing", kind=name)
    return read_in_child("scan", data, name, watch, silence=_PATIENCE)
