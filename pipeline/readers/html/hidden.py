"""What a page holds and does not show: elements that a style or an attribute hides, strikes out or puts off the screen."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.readers.html.selectors import Selectors
from pipeline.readers.html.sheets import sheet_rules

_STYLE_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0*\s*(?:;|!|$)|mso-hide\s*:\s*all"
    r"|text-decoration[\w-]*\s*:[^;]*line-through",
    re.IGNORECASE,
)
_KEEPS_ITS_PLACE = re.compile(r"visibility\s*:\s*hidden|opacity\s*:|text-decoration", re.IGNORECASE)
# Nobody sees these either; outside table cells they belong to slides and menus that a script shows
_OFF_SCREEN = re.compile(
    r"(?:^|[;\s])(?:left|right|top|text-indent|margin-(?:left|top))\s*:\s*-(?:(?:\d{4,}|999)(?:\.\d+)?(?:px|pt)?|\d{3,}(?:em|rem|vw|vh|%))"
    r"|(?:^|[;\s])clip\s*:\s*rect\(\s*(?:[01]|0?\.\d+)(?:px)?[\s,)]|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)"
    r"|transform\s*:[^;]*\bscale[xy3d]*\(\s*0\s*[,)]",
    re.IGNORECASE,
)
_CLIPS = re.compile(r"overflow[\w-]*\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_NO_EXTENT = re.compile(r"(?:^|[;\s])(?:max-)?(?:width|height)\s*:\s*(?:0(?:\.0+)?|[01]px)[a-z%]*\s*(?:;|!|$)", re.IGNORECASE)
_NO_SIZE = re.compile(r"font-size\s*:\s*0*\.?0*(?:p[xt]|em|rem|%)?\s*(?:;|!|$)", re.IGNORECASE)
# what reviewers wrote at the side of a text, as Word saves it; second copies of tables that scripts lay over the first
_TAKEN_AWAY = frozenset(
    {"msocomanchor", "msocomtxt", "el-table__fixed", "el-table__fixed-right", "layui-table-fixed", "ant-table-fixed-left"}
    | {
        "ant-table-fixed-right",
        "vxe-table--fixed-left-wrapper",
        "vxe-table--fixed-right-wrapper",
        "ivu-table-fixed",
        "ivu-table-fixed-right",
    }
)
_SIGNS = ("display", "hid", "visibility", "msocom", "opacity", "line-through", "clip", "table__fixed", "table-fixed", "table--fixed")
_SIGNS_OF_SIZE = (re.compile(r"font-size\s*:\s*0"), re.compile(r":\s*-\d{3}"), re.compile(r"scale\w*\("))
_CELLS = frozenset({"td", "th"})
_OF_TABLES = _CELLS | {"tr"}


def drop_hidden(root: etree._Element, small: str) -> None:
    """Take out of the tree what the page hides; small: the page in small letters, where nothing hides no element needs a look.

    Rules of the page's own style sheet count in tables only: elsewhere a script may show what they hide.
    """
    if not any(sign in small for sign in _SIGNS) and not any(sign.search(small) for sign in _SIGNS_OF_SIZE):
        return
    by_sheet = _hidden_by_sheets(root)
    styles: dict[str, str] = {}  # a page repeats the same few
    for element in root.iter("*"):
        how = by_sheet.get(element) or _hides(element, styles)
        if not how or (how == "off" and not _is_in_cell(element)):
            continue
        if element.tag in _CELLS and how == "unseen":  # the cell stays where it is, and nothing is seen in it
            for inner in list(element):
                element.remove(inner)
            element.text = None
        else:
            element.tag = "hidden-element"
    etree.strip_elements(root, "hidden-element", with_tail=False)


def _hides(element: etree._Element, known: dict[str, str]) -> str:
    """How an element is not shown: `gone`, `unseen` in its place, `off` the screen; "" where it is shown. known: by styles seen so far."""
    if element.get("hidden") is not None or _TAKEN_AWAY.intersection((element.get("class") or "").split()):
        return "gone"
    style = element.get("style")
    if not style or ":" not in style:
        return ""
    if style not in known:
        known[style] = how_hidden(style)
    # a list without a size of its own is a way to set its items side by side
    return known[style] or ("unseen" if not len(element) and _NO_SIZE.search(style) else "")


def how_hidden(declared: str) -> str:
    """How declarations hide what they are of: `gone`, `unseen`, `off` or "", as above."""
    if match := _STYLE_HIDES.search(declared):
        return "unseen" if _KEEPS_ITS_PLACE.match(match[0]) else "gone"
    return "off" if _OFF_SCREEN.search(declared) or (_CLIPS.search(declared) and _NO_EXTENT.search(declared)) else ""


def _hidden_by_sheets(root: etree._Element) -> dict[etree._Element, str]:
    """What the style sheets of the page hide in its tables, and how."""
    found: dict[etree._Element, str] = {}
    page = Selectors(root)
    for selectors, declared in sheet_rules(root):
        how = how_hidden(declared) or ("unseen" if _NO_SIZE.search(declared) else "")
        for selector in selectors if how else ():
            for element in page.matched(selector):
                if element.tag in _OF_TABLES or _is_in_cell(element):
                    found.setdefault(element, how)
    return found


def _is_in_cell(element: etree._Element) -> bool:
    return next(element.iterancestors("td", "th"), None) is not None
