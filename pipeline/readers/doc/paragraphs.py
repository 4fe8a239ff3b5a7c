"""The paragraphs of a DOC file: where each begins and ends, what its mark states, what it prints."""

from __future__ import annotations

import re
import struct
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from pipeline.common.errors import ReadError
from pipeline.readers.doc.marks import ParagraphMarks, paragraph_marks
from pipeline.readers.doc.pages import Runs
from pipeline.readers.doc.pieces import PieceText
from pipeline.readers.doc.text import Marked, printed
from pipeline.readers.unseen import marked
from pipeline.readers.word.failures import DAMAGED

ENDS = re.compile("[\r\x07\x0c]")
CELL_END, PAGE_BREAK = "\x07", "\x0c"


@dataclass(frozen=True, slots=True)
class DocParagraph:
    """Positions [start, end), the mark at the end included; its text as printed; whether its mark was deleted."""

    start: int
    end: int
    text: str
    marks: ParagraphMarks
    cell_end: bool
    deleted: bool

    @property
    def ends_cell(self) -> bool:
        """Whether it is the last of its table cell."""
        return self.marks.inner_cell_end if self.marks.depth > 1 else self.cell_end

    @property
    def ends_row(self) -> bool:
        """Whether it is the mark that ends a table row and defines its cells."""
        return self.marks.depth > 0 and self.marks.row_end


class Paragraphs:
    """The paragraphs of any part of the text."""

    def __init__(self, text: PieceText, shown: str, runs: Runs, data: bytes, sections: bytes, runs_marked: list[Marked]) -> None:
        """shown: the text with zeros for what is not printed. sections: where sections end; a page break elsewhere ends no paragraph."""
        self._text, self._shown, self._runs, self._data = text, shown, runs, data
        count = len(sections) // 16
        self._section_ends = frozenset(end - 1 for end in struct.unpack_from(f"<{count}I", sections, 4)) if count else frozenset[int]()
        self._deleted = [run for run in runs_marked if run.marks.deleted]
        self._deleted_starts = [run.start for run in self._deleted]
        self._unseen = [run for run in runs_marked if run.marks.is_unseen]
        self._known: dict[tuple[int, bytes], ParagraphMarks] = {}

    def within(self, start: int, end: int) -> list[DocParagraph]:
        """The paragraphs of positions [start, end)."""
        found: list[DocParagraph] = []
        for mark in ENDS.finditer(self._text.text, start, end):
            at = mark.start()
            if mark.group() == PAGE_BREAK and at not in self._section_ends:
                continue
            found.append(self._paragraph(start, at, mark.group() == CELL_END))
            start = at + 1
        if self._shown[start:end].strip("\0 \r"):
            found.append(self._paragraph(start, end - 1, False))
        return found

    def _paragraph(self, start: int, last: int, cell_end: bool) -> DocParagraph:
        piece = self._text.piece(last)
        run = self._runs.at(piece.byte(last))
        key = (run.style, run.modifiers + piece.modifiers) if run is not None else (0, piece.modifiers)
        if key not in self._known:
            self._known[key] = paragraph_marks(*key, self._data)
        marks = self._known[key]
        if cell_end and not marks.depth:
            raise ReadError("damaged", DAMAGED)  # a cell outside every table: its formatting is lost
        text = self._marked_text(start, last + 1) if self._unseen and marks.depth else printed(self._shown[start : last + 1])
        return DocParagraph(start, last + 1, text, marks, cell_end, self._is_deleted(last))

    def _marked_text(self, start: int, end: int) -> str:
        """The text of positions [start, end), figures that nobody sees between marks."""
        parts, at = list[str](), start
        for index in range(bisect_right(self._unseen, start, key=lambda run: run.end), len(self._unseen)):
            run = self._unseen[index]
            if run.start >= end:
                break
            first, last = max(run.start, at), min(run.end, end)
            text = printed(self._shown[first:last])
            parts += (printed(self._shown[at:first]), marked(text) if any(letter.isdigit() for letter in text) else text)
            at = last
        return "".join((*parts, printed(self._shown[at:end])))

    def _is_deleted(self, position: int) -> bool:
        index = bisect_right(self._deleted_starts, position) - 1
        return index >= 0 and position < self._deleted[index].end


def between(paragraph: DocParagraph, positions: list[int]) -> list[int]:
    """Which of the ascending positions lie in a paragraph."""
    return positions[bisect_left(positions, paragraph.start) : bisect_left(positions, paragraph.end)]
