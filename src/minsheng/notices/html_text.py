"""A web page to lines: what a reader of the page sees, in its order, one line a block or table row."""

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from minsheng.notices.html_flat import flat_lines, nests_too_deeply
from minsheng.notices.html_furniture import is_furniture
from minsheng.notices.html_tables import is_data_table, table_rows
from minsheng.notices.html_tree import BLOCKS, VERBATIM, body_of, steps
from minsheng.notices.tidying import plain, tidy


def html_lines(text: str) -> tuple[str, ...]:
    """The lines of a page. Tables stand between blank lines; a row is one line, its cells parted by tabs."""
    if nests_too_deeply(text):
        return flat_lines(text)
    body = body_of(text)
    if body is None:
        return ()
    lines = _Lines()
    _read(body, lines)
    return lines.finished()


@dataclass(slots=True)
class _Lines:
    """Lines as they grow. ``pieces`` are those of the line that is not ended yet."""

    done: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    verbatim: int = 0

    def add(self, text: str) -> None:
        """Text of the current line; within <pre> its line ends count."""
        if not self.verbatim:
            self.pieces.append(text)
            return
        first, *others = text.replace("\r\n", "\n").split("\n")
        self.pieces.append(first)
        for other in others:
            self.end()
            self.pieces.append(other)

    def end(self) -> None:
        """End the line, if it holds anything to see."""
        if self.pieces:
            text = "".join(self.pieces)
            self.pieces.clear()
            line = plain(text).rstrip() if self.verbatim else tidy(text)
            if line:
                self.done.append(line)

    def add_table(self, rows: list[str]) -> None:
        """Rows between blank lines."""
        self._blank()
        self.done.extend(rows)
        self._blank()

    def finished(self) -> tuple[str, ...]:
        """All lines, without a blank one at the end."""
        self.end()
        while self.done and not self.done[-1]:
            self.done.pop()
        return tuple(self.done)

    def _blank(self) -> None:
        self.end()
        if self.done and self.done[-1]:
            self.done.append("")


def _read(top: LexborNode, lines: _Lines) -> None:
    being_skipped: int | None = None
    for step, tag, node in steps(top):
        if being_skipped is not None:
            if step == "close" and node.mem_id == being_skipped:
                being_skipped = None
        elif step == "text":
            lines.add(node.text_content or "")
        elif step == "open" and is_furniture(tag, node):
            lines.end()
            being_skipped = node.mem_id
        elif tag == "table" and step == "open" and is_data_table(node):
            lines.add_table(table_rows(node))
            being_skipped = node.mem_id
        elif tag == "br" or tag in BLOCKS:
            lines.end()
            if tag in VERBATIM:
                lines.verbatim += 1 if step == "open" else -1
