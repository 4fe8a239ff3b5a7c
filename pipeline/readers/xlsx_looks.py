"""What a person sees of the sheets of an xlsx file: the XML of the sheets, their number formats, and which part is which sheet."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from pipeline.readers.number_formats import BUILT_IN, GENERAL, SHOWS_NOTHING
from pipeline.readers.sheet_looks import NOT_COMPUTED, Look, Place
from pipeline.readers.workbook import MOST_CELLS, too_far_apart
from pipeline.readers.xlsx_colours import is_unseen
from pipeline.readers.xlsx_conditions import conditions_of, hiding
from pipeline.readers.xlsx_texts import TextsInParts, is_marked

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_COLUMNS = 16_384
_TRUE = frozenset({"1", "true"})

Parts = Mapping[str, bytes]


def looks_of(parts: Parts) -> dict[str, Look]:
    """The look of each worksheet by its name. parts: the XML of the file by name in lower case, without a leading slash.

    Raises LxmlError for a part that is no XML at all, ReadError("too_large") for a sheet of absurd extent.
    """
    book = next((name for name in parts if posixpath.basename(name) == "workbook.xml"), None)
    if book is None or (root := _root(parts[book])) is None:
        return {}
    folder = posixpath.dirname(book)
    targets = _targets(parts.get(posixpath.join(folder, "_rels", "workbook.xml.rels"), b""), folder)
    styles = _styles_of(next((parts[name] for name in targets.values() if name in parts and name.endswith("styles.xml")), b""))
    shared = next((parts[name] for name in targets.values() if name in parts and name.endswith("sharedstrings.xml")), b"")
    texts = TextsInParts(shared, in_marked_cells=bool(styles.marked))
    sheets: dict[str, _Sheet] = {}
    for sheet in root.iterfind(".//{*}sheets/{*}sheet"):
        relation = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        if (target := targets.get(relation, "")) in parts:
            sheets[sheet.get("name", "")] = _Sheet(parts[target], styles, texts)
    computes = any(item.get("fullCalcOnLoad") in _TRUE for item in root.iterfind("{*}calcPr"))
    if computes and _never_computed(list(sheets.values())):
        for read in sheets.values():
            read.look.unread.update((place, text) for place, (text, _) in read.formulas.items())
    return {name: read.look for name, read in sheets.items()}


def _never_computed(sheets: list[_Sheet]) -> bool:
    """Whether every formula has the result 0 although figures stand in the file: it was made by a program that cannot compute."""
    results = {result for sheet in sheets for _, result in sheet.formulas.values()}
    return results == {"0"} and any(sheet.has_figures for sheet in sheets)


@dataclass(frozen=True)
class _Styles:
    """What the styles of a workbook say, by the number of the cell style without zeros before it.

    formats: the number formats that are not General. marked: the fonts that change what is read. hiding: the differential styles
    that show nothing.
    """

    formats: Mapping[str, str] = field(default_factory=dict)
    marked: Mapping[str, etree._Element] = field(default_factory=dict)
    hiding: frozenset[str] = frozenset()


def _styles_of(part: bytes) -> _Styles:
    root = _root(part)
    return _Styles(_formats(root), _marked(root), hiding(root)) if root is not None else _Styles()


class _Sheet:
    """One sheet as read: its look, its formulas with their results, and whether any other number than 0 stands in it.

    Raises ReadError("too_large") for cells that lie absurdly far apart.
    """

    def __init__(self, xml: bytes, styles: _Styles, texts: TextsInParts) -> None:
        self.look = Look()
        self.formulas: dict[Place, tuple[str, str]] = {}
        self.has_figures = False
        self._formats = styles.formats
        self._marked = styles.marked
        self._texts = texts
        self._rows: set[int] = set()  # in which anything stands
        self._columns: set[int] = set()
        row = -1
        for name, element in _elements(xml):
            if name == "row":
                row = _number(element.get("r"), row + 2) - 1
                self._row(row, element)
                element.clear()
            elif name == "col" and (element.get("hidden") in _TRUE or _is_nothing(element.get("width"))):
                first, last = _number(element.get("min"), 1), _number(element.get("max"), 0)
                self.look.hidden_columns.update(range(first - 1, min(last, _MOST_COLUMNS)))
            elif name == "conditionalFormatting":
                self.look.conditions += conditions_of(element, styles.hiding)
            elif name == "sheetView" and element.get("showZeros") in ("0", "false"):
                self.look.hides_zeros = True
        if self._rows and _extent(self._rows) * _extent(self._columns) > MOST_CELLS:
            raise too_far_apart()

    def _row(self, row: int, element: etree._Element) -> None:
        if element.get("hidden") in _TRUE or _is_nothing(element.get("ht")):
            self.look.hidden_rows.add(row)
        column = -1
        for cell in element.iter("{*}c"):
            row, column = _place(cell.get("r", "")) or (row, column + 1)
            if len(cell) or cell.get("t") == "e":  # not blank
                self._rows.add(row)
                self._columns.add(column)
                self._cell((row, column), cell)

    def _cell(self, place: Place, cell: etree._Element) -> None:
        inside = {_name(child.tag): child.text for child in cell}  # `f` its formula, `v` its value
        kind, result = cell.get("t", "n"), inside.get("v") or ""
        style = cell.get("s", "").lstrip("0")
        if self._marked and (font := self._marked.get(style)) is not None:
            read = self._texts.in_marked_cell(cell, result, font)
            if read is not None:
                self.look.unread[place] = read
                return
        if code := self._formats.get(style):
            self.look.formats[place] = code
            if kind != "n" and code == SHOWS_NOTHING:
                self.look.unseen.add(place)
        if kind != "n" and (noted := self._texts.noted(cell, result)) is not None:
            self.look.unread[place] = noted
        if kind == "e":
            self.look.unread[place] = result or "#ERROR!"
        elif "f" in inside:
            self._formula(place, f"={inside['f']}" if inside["f"] else NOT_COMPUTED, kind, result)
        elif kind == "n" and not self.has_figures:
            self.has_figures = result.strip("0.") != ""

    def _formula(self, place: Place, text: str, kind: str, result: str) -> None:
        if not result and kind != "str":
            self.look.unread[place] = text
        elif kind == "n":
            self.formulas[place] = text, result


def _elements(xml: bytes) -> Iterator[tuple[str, etree._Element]]:
    """The rows, columns, views and conditional formats of a sheet, each as soon as it is whole.

    Elements nested without end are no sheet.
    """
    names = ("row", "col", "sheetView", "conditionalFormatting")
    tags = [f"{{*}}{name}" for name in names]
    elements = etree.iterparse(
        io.BytesIO(xml), events=("end",), tag=tags, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    for _, element in elements:
        yield element.tag.rpartition("}")[2], element
    if elements.root.find(".//{*}c") is not None:  # the rows are empty by now
        raise ValueError("a cell outside all rows")


def _root(xml: bytes) -> etree._Element | None:
    return etree.fromstring(xml, etree.XMLParser(recover=True, resolve_entities=False, no_network=True)) if xml.strip() else None


def _targets(relations: bytes, folder: str) -> dict[str, str]:
    """The part that each relation of the workbook names, by its id."""
    root = _root(relations)
    if root is None:
        return {}
    return {
        item.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, item.get("Target", "").lower())).lstrip("/")
        for item in root.iterfind("{*}Relationship")
    }


def _marked(styles: etree._Element) -> dict[str, etree._Element]:
    """The fonts that strike out, raise or lower, by the number of the cell style without zeros before it."""
    fonts = styles.findall("{*}fonts/{*}font")
    numbered = ((str(number).lstrip("0"), style.get("fontId")) for number, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")))
    marked = ((style, _at(fonts, font)) for style, font in numbered)
    return {style: font for style, font in marked if font is not None and is_marked(font)}


def _formats(root: etree._Element) -> dict[str, str]:
    """The number format of each cell style that has one, by the number of the style without zeros before it.

    White letters on white are as good as a format that shows nothing.
    """
    own = {_number(item.get("numFmtId"), 0): item.get("formatCode", GENERAL) for item in root.iterfind("{*}numFmts/{*}numFmt")}
    known = {**BUILT_IN, **own}
    fonts, fills = root.findall("{*}fonts/{*}font"), root.findall("{*}fills/{*}fill")
    codes = (
        SHOWS_NOTHING
        if is_unseen(_at(fonts, style.get("fontId")), _at(fills, style.get("fillId")))
        else known.get(_number(style.get("numFmtId"), 0), GENERAL)
        for style in root.iterfind("{*}cellXfs/{*}xf")
    )
    return {str(number).lstrip("0"): code for number, code in enumerate(codes) if code != GENERAL}


def _at(elements: Sequence[etree._Element], number: str | None) -> etree._Element | None:
    place = _number(number, 0)
    return elements[place] if place < len(elements) else None


@lru_cache(maxsize=65_536)
def _place(text: str) -> Place | None:
    """The row and column of a place such as B12; every sheet has the same."""
    match = _PLACE.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


@lru_cache(maxsize=1_024)
def _name(tag: str) -> str:
    """The name of an element without its namespace; cells hold the same few."""
    return tag.rpartition("}")[2]


def _extent(places: Collection[int]) -> int:
    return max(places) - min(places) + 1


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _is_nothing(text: str | None) -> bool:
    return text is not None and not text.strip("0.") and bool(text)
