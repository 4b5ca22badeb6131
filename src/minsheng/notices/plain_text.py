"""Plain text to lines that count like those of an editor."""

import re

# Python would part lines at these; an editor does not. A blank of the same length keeps every offset.
_NO_LINE_ENDS = re.compile("[\f\v\x1c\x1d\x1e\x85\u2028\u2029]")
_END_OF_FILE = "\x1a"  # some old programs end a text with it


def plain_lines(text: str) -> tuple[str, ...]:
    """The lines of a text: ended by LF, CR LF or CR. A last line end begins no further line."""
    text = text.removesuffix(_END_OF_FILE).replace("\r\n", "\n").replace("\r", "\n")
    lines = _NO_LINE_ENDS.sub(" ", text).split("\n")
    if lines[-1] == "":
        lines.pop()
    return tuple(lines)
