"""What a Word document says about looks only, dropped before it is walked: lxml drops elements faster than Python passes them by."""

from __future__ import annotations

from lxml import etree

from pipeline.readers.docx.names import HEIGHT, NOT_READ, RUN, RUN_PROPERTIES, W

_OF_TABLES = (
    "tblPr",
    "tblPrEx",
    "cnfStyle",
    "trHeight",
    "cantSplit",
    "tblHeader",
    "tcW",
    "tcBorders",
    "tcMar",
    "vAlign",
    "noWrap",
    "hideMark",
)
_OF_PARAGRAPHS = ("jc", "ind", "spacing", "shd", "pBdr", "keepNext", "keepLines", "widowControl", "snapToGrid", "wordWrap", "kinsoku")
_MORE_OF_PARAGRAPHS = ("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "textAlignment", "textDirection")
_MARKS = ("bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak", "commentRangeStart", "commentRangeEnd")
_ORNAMENT = tuple(f"{W}{name}" for name in (*_OF_TABLES, *_OF_PARAGRAPHS, *_MORE_OF_PARAGRAPHS, *_MARKS))


def drop_ornament(body: etree._Element) -> None:
    """Drop from a document whatever neither prints text nor places a cell.

    Runs matter only where one of them is hidden, struck out, raised or lowered; elsewhere their contents are left standing
    in the paragraph.
    """
    etree.strip_elements(body, *_ORNAMENT)
    if next(body.iter(*NOT_READ, HEIGHT), None) is None:
        etree.strip_elements(body, RUN_PROPERTIES)
        etree.strip_tags(body, RUN)
