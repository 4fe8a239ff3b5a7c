"""The same table several times in one file: copies of one table, and several reports one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.agencies.names import same_agency
from pipeline.normalise.identity.identify import title_at
from pipeline.normalise.identity.title import Title, is_body, is_year
from pipeline.normalise.sections import is_first_section
from pipeline.normalise.tables.segments import Segment, is_value
from pipeline.normalise.wording import label_key
from pipeline.readers.model import Document, Paragraph

_NEARLY_ALL = 0.8  # of the labels so far, from which a table without a value, which may be a form left empty, begins anew
_ENOUGH = 2  # labels of a table that stand in it a second time, from which it is a second table
_LINES_OF_A_TITLE = 3
_OWN_METADATA = ("title", "article_title")  # what a page says of itself is said of its first report


def copies_of(catalog: Catalog, segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments of one printed table, cut where it begins anew: its labels come again, all at once or after its values have come."""
    copies: list[list[Segment]] = []
    seen: set[str] = set()
    has_values = False
    for segment in segments:
        labels = labels_in(catalog, segment)
        again = len(seen & labels)
        if not copies or (again >= _ENOUGH and (has_values or again >= _NEARLY_ALL * len(seen))):
            copies.append([])
            seen, has_values = set(), False
        copies[-1].append(segment)
        seen |= labels
        has_values = has_values or _has_values(catalog, segment)
    return copies


def reports_in(catalog: Catalog, document: Document, segments: Sequence[Segment]) -> list[tuple[Document, list[Segment]]]:
    """The reports of a document, each with its segments.

    A new one begins where, behind tables, a title or the first section comes again, and then tables: any of them behind
    the first section or the title of another body or year, those that were there before behind any other title.
    """
    by_grid: dict[int, list[Segment]] = {}
    for segment in segments:
        by_grid.setdefault(segment.lattice.grid.index, []).append(segment)
    starts = [0]
    current = _Report()
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            current.take_text(catalog, document, number)
            continue
        for segment in by_grid.get(block.index, ()):
            labels = labels_in(catalog, segment)
            begins = current.next_begins(repeated=len(current.seen.get(segment.table, set()) & labels) >= _ENOUGH)
            if begins is not None:
                starts.append(_with_lines_above(document, begins))
                current = current.next_report()
            current.take_table(segment.table, labels)
    if len(starts) == 1:
        return [(document, list(segments))]
    ends = [*starts[1:], len(document.blocks)]
    parts = [_part(document, start, end) for start, end in zip(starts, ends, strict=True)]
    return [(part, [segment for grid in part.grids() for segment in by_grid.get(grid.index, ())]) for part in parts]


@dataclass
class _Report:
    """A report while its blocks are gone through.

    title: what it calls itself. seen: labels of each table so far. next_place, next_title: the last title behind the last
    table, where the next report may begin; first_section: the place behind the last table where that comes again.
    """

    title: Title | None = None
    has_first_section: bool = False
    seen: dict[str, set[str]] = field(default_factory=dict)
    next_place: int | None = None
    next_title: Title | None = None
    first_section: int | None = None

    def take_text(self, catalog: Catalog, document: Document, number: int) -> None:
        """Note what the paragraph with this number may begin."""
        texts = [block.text for block in document.blocks[number : number + _LINES_OF_A_TITLE] if isinstance(block, Paragraph)]
        if is_first_section(catalog, texts[0]):
            if self.seen and self.has_first_section and self.first_section is None:
                self.first_section = number
            self.has_first_section = True
        elif self.first_section is None and (title := title_at(texts)):
            if not self.seen:
                self.title = _fuller(self.title, title)
            elif self.next_place is None or number > self.next_place + _LINES_OF_A_TITLE:
                self.next_place, self.next_title = number, title
            else:  # further lines of the same title, or the title once more
                self.next_title = _fuller(self.next_title, title)

    def take_table(self, table: str, labels: set[str]) -> None:
        """Note a table; what stood before it can begin no report any more."""
        self.seen.setdefault(table, set()).update(labels)
        self.next_place = self.next_title = self.first_section = None

    def next_begins(self, *, repeated: bool) -> int | None:
        """The place at which the next report has begun, if it has, given the table that comes now."""
        if self.first_section is not None:
            return self.first_section if self.next_place is None else self.next_place
        return self.next_place if repeated or _differ(self.title, self.next_title) else None

    def next_report(self) -> _Report:
        """The report that has begun, before its first table."""
        return _Report(self.next_title, self.first_section is not None)


def _fuller(first: Title | None, second: Title) -> Title:
    return Title(first.name or second.name, first.year or second.year) if first else second


def _differ(first: Title | None, second: Title | None) -> bool:
    """Whether two titles are certainly of two reports: of different bodies, or on different years."""
    if first is None or second is None:
        return False
    bodies = first.name is not None and second.name is not None and not same_agency(first.name, second.name)
    return bodies or (first.year is not None and second.year is not None and first.year != second.year)


def labels_in(catalog: Catalog, segment: Segment) -> set[str]:
    """The ids of the labels that name the rows of a segment (the columns, for a table whose rows have none)."""
    naming = _naming_labels(catalog, segment.table)
    cells = (cell for row in range(segment.first, segment.last) for cell in segment.lattice.begun_in(row))
    return {naming[key] for cell in cells if not cell.text.isdigit() and (key := label_key(cell.text)) in naming}


def _has_values(catalog: Catalog, segment: Segment) -> bool:
    rows = range(segment.first, segment.last)
    return any(is_value(catalog, cell) for row in rows for cell in segment.lattice.begun_in(row))


def _with_lines_above(document: Document, title: int) -> int:
    """The place at which a title begins: with the body or the year on the lines above it."""
    for above in (title - 1, title - 2):
        block = document.blocks[above]
        if not isinstance(block, Paragraph) or not (is_body(block.text) or is_year(block.text)):
            return above + 1
    return title - 2


def _part(document: Document, start: int, end: int) -> Document:
    if start == 0:
        return replace(document, blocks=document.blocks[:end])
    metadata = {key: value for key, value in document.metadata.items() if key not in _OWN_METADATA}
    return replace(document, blocks=document.blocks[start:end], metadata=metadata)


@lru_cache(maxsize=32)
def _naming_labels(catalog: Catalog, table: str) -> dict[str, str]:
    """Wordings and the ids of their labels, for those on one axis only: 其他 and 总计 head both a row and a column of 表三.

    Of a table whose rows have no labels the groups count: each of them may have a table of its own, with the same headings.
    """
    found: dict[str, dict[str, str]] = {"row": {}, "column": {}}
    for label in catalog.labels:
        if label.table == table and label.role == "item":
            found[label.axis].update({label_key(text): label.label for text in label.texts})
    rows = {key: label for key, label in found["row"].items() if key not in found["column"]}
    groups = {
        label_key(text): label.label for label in catalog.labels if (label.table, label.role) == (table, "group") for text in label.texts
    }
    return rows or groups or found["column"]
