"""How the sheets of an annex look: typefaces of official papers, head cells, body cells."""

from dataclasses import dataclass
from typing import Any

TITLE_FONT = "方正小标宋简体"
HEAD_FONT = "黑体"
BODY_FONT = "仿宋_GB2312"
HEAD_COLOUR = "#EEF2F7"


@dataclass(frozen=True, slots=True)
class SheetStyles:
    """The formats of one workbook, made once each."""

    workbook: Any
    made: dict[tuple[tuple[str, Any], ...], Any]

    def get(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.workbook.add_format(properties)
        return self.made[key]

    def head(self, **more: Any) -> Any:
        return self.get(
            font_name=HEAD_FONT,
            font_size=10,
            align="center",
            valign="vcenter",
            text_wrap=True,
            border=1,
            bg_color=HEAD_COLOUR,
            **more,
        )

    def body(self, *, number: str = "", left: bool = False, bold: bool = False) -> Any:
        more: dict[str, Any] = {"num_format": number} if number else {}
        return self.get(
            font_name=BODY_FONT,
            font_size=11,
            align="left" if left else "center",
            valign="vcenter",
            text_wrap=True,
            border=1,
            bold=bold,
            **more,
        )
