"""A PDF with text and tables that break over pages, page numbers at the foot. The font is named, not embedded.

How the tables are ruled: with a grid of lines, "level" lines only, none at all, or with lines that are thin filled boxes
("filled"), rows of short boxes ("pieces") or stretched pictures ("images").
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.reports.content import ReportContent
from tests.reports.flow import flow
from tests.reports.layout import PrintedCell, PrintedTable, cut

Side = Literal["left", "center", "right"]
Rulings = Literal["grid", "level", "none", "filled", "pieces", "images"]
_FONT = "STSong-Light"
_MARGIN = 72
_SIDES = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
_LABEL_COLUMNS = (20.0, 58.0, 130.0)  # of a table with three columns of labels; the figures share the rest


def _styles() -> dict[str, ParagraphStyle]:
    base = {"fontName": _FONT, "wordWrap": "CJK"}
    return {
        "title": ParagraphStyle("title", fontSize=18, leading=28, alignment=TA_CENTER, spaceAfter=8, **base),
        "heading": ParagraphStyle("heading", fontSize=14, leading=24, spaceBefore=6, **base),
        "paragraph": ParagraphStyle("paragraph", fontSize=12, leading=22, firstLineIndent=24, **base),
        "cell": ParagraphStyle("cell", fontSize=9, leading=12, alignment=TA_CENTER, **base),
    }


@dataclass(frozen=True)
class TableLook:
    """How tables are ruled and set: points above and below the text of a cell, sides of labels and figures, place in tall cells."""

    rulings: Rulings = "grid"
    padding: float = 5
    labels: Side = "center"
    figures: Side = "center"
    upright: Literal["TOP", "MIDDLE", "BOTTOM"] = "MIDDLE"


def render(content: ReportContent, tables: Iterable[PrintedTable], *, page_numbers: bool = True, **look: Any) -> bytes:
    """The report on A4 pages; the same bytes each time (reportlab's `invariant`). look: of the tables, as `TableLook` names it."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    styles = _styles()
    story: list[Flowable] = []
    for block in flow(content, tables):
        if isinstance(block, PrintedTable):
            story += [Spacer(1, 6), _RuledTable(block, styles["cell"], TableLook(**look)), Spacer(1, 6)]
        else:
            story.append(Paragraph(escape(block.text), styles[block.kind]))

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont(_FONT, 10)
        canvas.drawCentredString(A4[0] / 2, _MARGIN / 2, f"- {document.page} -")

    saved = io.BytesIO()
    document = SimpleDocTemplate(
        saved,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=content.title.replace("\n", ""),
        invariant=1,
        pageCompression=1,
    )
    on_page = {"onFirstPage": foot, "onLaterPages": foot} if page_numbers else {}
    document.build(story, **on_page)
    return saved.getvalue()


class _RuledTable(Flowable):
    """A table that may be cut between any two rows: a merged cell is ruled off at the page's end and goes on empty."""

    def __init__(self, table: PrintedTable, style: ParagraphStyle, look: TableLook) -> None:
        super().__init__()
        self.table, self.style, self.look = table, style, look

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.built = Table(self._texts(), colWidths=self._widths(width), style=self._spans())
        return self.built.wrap(width, height)  # type: ignore[no-any-return]

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        fitting, used = 0, 0.0
        for row_height in self.built._rowHeights:
            used += row_height
            if used > height:
                break
            fitting += 1
        first = next((row for row, cells in enumerate(self.table.rows) if any(cell.key for cell in cells)), 0)
        while fitting > first and not self._labels_fit(fitting):
            fitting -= 1
        if fitting <= first or fitting == len(self.table.rows):
            return []
        return [_RuledTable(part, self.style, self.look) for part in cut(self.table, fitting)]

    def _labels_fit(self, row: int) -> bool:
        """Whether every cell that a cut above `row` divides has room for its text above it."""
        widths, heights = self.built._colWidths, self.built._rowHeights
        return all(
            Paragraph(escape(cell.text), self.style).wrap(sum(widths[left : left + cell.column_span]) - 4, 0)[1] + 6
            <= sum(heights[top:row])
            for (top, left), cell in self.table.placed().items()
            if top < row < top + cell.row_span
        )

    def draw(self) -> None:
        self.built.drawOn(self.canv, 0, 0)
        if self.look.rulings in ("filled", "pieces", "images"):
            for left, bottom, width, height in self._sides():
                _draw_side(self.canv, self.look.rulings, left, bottom, width, height)

    def _sides(self) -> Iterable[tuple[float, float, float, float]]:
        """The four sides of every cell as thin boxes (left, bottom, width, height)."""
        across, down = [0.0], [sum(self.built._rowHeights)]
        for width in self.built._colWidths:
            across.append(across[-1] + width)
        for height in self.built._rowHeights:
            down.append(down[-1] - height)
        for (row, column), cell in self.table.placed().items():
            left, right, top, bottom = across[column], across[column + cell.column_span], down[row], down[row + cell.row_span]
            yield from ((left, y, right - left, 0.5) for y in (top, bottom))
            yield from ((x, bottom, 0.5, top - bottom) for x in (left, right))

    def _widths(self, width: float) -> list[float]:
        labels = self.table.label_columns
        fixed = list(_LABEL_COLUMNS) if labels == len(_LABEL_COLUMNS) else [140.0] * min(labels, 1)
        rest = self.table.columns - len(fixed)
        return fixed + [(width - sum(fixed)) / rest] * rest

    def _texts(self) -> list[list[Any]]:
        texts: list[list[Any]] = [[""] * self.table.columns for _ in self.table.rows]
        for (row, column), cell in self.table.placed().items():
            texts[row][column] = Paragraph(escape(cell.text).replace("\n", "<br/>"), self._style_of(row, column, cell))
        return texts

    def _style_of(self, row: int, column: int, cell: PrintedCell) -> ParagraphStyle:
        heads = next((number for number, cells in enumerate(self.table.rows) if any(cell.key for cell in cells)), 0)
        side = self.look.figures if cell.key else self.look.labels if row >= heads and column < self.table.label_columns else "center"
        return self.style if side == "center" else ParagraphStyle(side, self.style, alignment=_SIDES[side])

    def _spans(self) -> list[tuple[Any, ...]]:
        style: list[tuple[Any, ...]] = [
            *_RULED.get(self.look.rulings, ()),
            ("VALIGN", (0, 0), (-1, -1), self.look.upright),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ("TOPPADDING", (0, 0), (-1, -1), self.look.padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), self.look.padding),
        ]
        for (row, column), cell in self.table.placed().items():
            if cell.row_span * cell.column_span > 1:
                style.append(("SPAN", (column, row), (column + cell.column_span - 1, row + cell.row_span - 1)))
        return style


_RULED: dict[str, tuple[tuple[Any, ...], ...]] = {
    "grid": (("GRID", (0, 0), (-1, -1), 0.5, black),),
    "level": (("LINEBELOW", (0, 0), (-1, -1), 0.5, black), ("LINEABOVE", (0, 0), (-1, 0), 0.5, black)),
}
_PIECE, _STEP = 3.0, 5.0  # points, of a line drawn as a row of boxes


def _draw_side(canvas: Any, rulings: Rulings, left: float, bottom: float, width: float, height: float) -> None:
    if rulings == "filled":
        canvas.rect(left, bottom, width, height, stroke=0, fill=1)
    elif rulings == "images":
        canvas.drawImage(_black(), left, bottom, width, height)
    else:
        for start in range(0, int(max(width, height)), int(_STEP)):
            if width > height:
                canvas.rect(left + start, bottom, min(_PIECE, width - start), height, stroke=0, fill=1)
            else:
                canvas.rect(left, bottom + start, width, min(_PIECE, height - start), stroke=0, fill=1)


@cache
def _black() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("RGB", (1, 1)))
