"""How the workbook looks: one typeface, grey lines, pale headings; colour only where somebody has to look."""

from __future__ import annotations

from typing import Any

FONT = "宋体"
HEADING_FILL = "#DCE6F1"
LABEL_FILL = "#F2F2F2"
ATTENTION_FILL = "#FFF2CC"
MISSING_FILL = "#F8CBAD"
UNUSABLE_FILL = "#E4DFEC"
DOUBTFUL_FILL = "#F4B084"
_LINE = "#BFBFBF"
_BASE: dict[str, object] = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_BOXED: dict[str, object] = {"border": 1, "border_color": _LINE}
_NAMED: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16},
    "subtitle": {"bold": True, "font_size": 12},
    "note": {"font_color": "#595959"},
    "long_note": {"font_color": "#595959", "text_wrap": True},
    "paragraph": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": "#1F4E79", "underline": 1, **_BOXED},
    "heading": {"bold": True, "align": "center", "text_wrap": True, "bg_color": HEADING_FILL, **_BOXED},
    "label": {"text_wrap": True, "indent": 1, "bg_color": LABEL_FILL, **_BOXED},
    "label_centred": {"text_wrap": True, "align": "center", "bg_color": LABEL_FILL, **_BOXED},
    "band": {"bold": True, "bg_color": HEADING_FILL, "align": "center", **_BOXED},
    "text": {"indent": 1, **_BOXED},
    "long": {"text_wrap": True, "indent": 1, **_BOXED},
    "centred": {"align": "center", **_BOXED},
    "attention": {"align": "center", "bg_color": ATTENTION_FILL, **_BOXED},
    "unusable": {"align": "center", "bg_color": UNUSABLE_FILL, **_BOXED},
    "missing": {"align": "center", "bg_color": MISSING_FILL, **_BOXED},
    "date": {"num_format": "yyyy-mm-dd", "align": "center", **_BOXED},
    "year": {"num_format": "0", "align": "center", **_BOXED},
    "percent": {"num_format": "0.00%;[Red]-0.00%", **_BOXED},
    "exact_text": {"align": "right", **_BOXED},
}


def number_format(decimals: int) -> str:
    """An Excel format with thousands commas, as many decimals as asked, negative numbers in red; zero shows as 0."""
    body = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"{body};[Red]-{body}"


class Styles:
    """The formats of one workbook, each made once when first asked for."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, int, str], Any] = {}

    def named(self, name: str, fill: str = "") -> Any:
        """The format of that name; fill: another background."""
        return self._get(name, 0, fill, _NAMED[name])

    def number(self, decimals: int = 0, fill: str = "") -> Any:
        """A boxed number with that many decimals."""
        return self._get("number", decimals, fill, {"num_format": number_format(decimals), **_BOXED})

    def _get(self, name: str, decimals: int, fill: str, properties: dict[str, object]) -> Any:
        key = (name, decimals, fill)
        if key not in self._made:
            background: dict[str, object] = {"bg_color": fill} if fill else {}
            self._made[key] = self._workbook.add_format({**_BASE, **properties, **background})
        return self._made[key]
