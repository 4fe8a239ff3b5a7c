"""A PDF with text and ruled tables that break over pages, page numbers at the foot. The font is named, not embedded."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.reports.content import ReportContent
from tests.reports.flow import flow
from tests.reports.layout import PrintedTable, cut

_FONT = "STSong-Light"
_MARGIN = 72
_LABEL_COLUMNS = (20.0, 58.0, 130.0)  # of a table with three columns of labels; the figures share the rest


def _styles() -> dict[str, ParagraphStyle]:
    base = {"fontName": _FONT, "wordWrap": "CJK"}
    return {
        "title": ParagraphStyle("title", fontSize=18, leading=28, alignment=TA_CENTER, spaceAfter=8, **base),
        "heading": ParagraphStyle("heading", fontSize=14, leading=24, spaceBefore=6, **base),
        "paragraph": ParagraphStyle("paragraph", fontSize=12, leading=22, firstLineIndent=24, **base),
        "cell": ParagraphStyle("cell", fontSize=9, leading=12, alignment=TA_CENTER, **base),
    }


def render(content: ReportContent, tables: Iterable[PrintedTable], *, page_numbers: bool = True) -> bytes:
    """The report on A4 pages; the same bytes each time (reportlab's `invariant`)."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    styles = _styles()
    story: list[Flowable] = []
    for block in flow(content, tables):
        if isinstance(block, PrintedTable):
            story += [Spacer(1, 6), _RuledTable(block, styles["cell"]), Spacer(1, 6)]
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

    def __init__(self, table: PrintedTable, style: ParagraphStyle) -> None:
        super().__init__()
        self.table, self.style = table, style

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
        return [_RuledTable(part, self.style) for part in cut(self.table, fitting)]

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

    def _widths(self, width: float) -> list[float]:
        labels = self.table.label_columns
        fixed = list(_LABEL_COLUMNS) if labels == len(_LABEL_COLUMNS) else [140.0] * min(labels, 1)
        rest = self.table.columns - len(fixed)
        return fixed + [(width - sum(fixed)) / rest] * rest

    def _texts(self) -> list[list[Any]]:
        texts: list[list[Any]] = [[""] * self.table.columns for _ in self.table.rows]
        for (row, column), cell in self.table.placed().items():
            texts[row][column] = Paragraph(escape(cell.text).replace("\n", "<br/>"), self.style)
        return texts

    def _spans(self) -> list[tuple[Any, ...]]:
        style: list[tuple[Any, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, black),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ]
        for (row, column), cell in self.table.placed().items():
            if cell.row_span * cell.column_span > 1:
                style.append(("SPAN", (column, row), (column + cell.column_span - 1, row + cell.row_span - 1)))
        return style
