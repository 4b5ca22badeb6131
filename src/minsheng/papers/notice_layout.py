"""The layout of official documents (GB/T 9704): page, fonts and sizes that docx and pdf share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: the name the standard asks for, and what stands in for it where it is not installed."""

    name: str
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeLayout:
    """Margins in millimetres, sizes and line height in points. Another office may have other faces."""

    title: Face = Face("方正小标宋简体", ("方正小标宋_GBK", "宋体", "SimSun", "Noto Serif CJK SC"))
    body: Face = Face("仿宋_GB2312", ("仿宋", "FangSong", "Noto Serif CJK SC"))
    heading: Face = Face("黑体", ("SimHei", "Noto Sans CJK SC"))
    project: Face = Face("楷体_GB2312", ("楷体", "KaiTi", "Noto Serif CJK SC"))
    page_number: Face = Face("宋体", ("SimSun", "Noto Serif CJK SC"))
    top: int = 37
    bottom: int = 35
    left: int = 28
    right: int = 26
    body_size: float = 16
    """三号."""
    title_size: float = 22
    """二号."""
    page_number_size: float = 14
    """四号."""
    table_size: float = 10.5
    line: float = 28
    lines_a_page: int = 22
    wide_table: int = 7
    """A table with more columns lies on its side."""
    least_table_size: float = 6.5

    def size_of_table(self, columns: int) -> float:
        """Points of a table's letters: smaller where many columns share the page."""
        return max(self.least_table_size, min(self.table_size, self.table_size * 10 / columns))


GB_T_9704 = NoticeLayout()
