"""What other readers return becomes a Document without loss, so that a comparison with them is fair. None of them need be installed."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

from benchmarks.comparison import CONTAINERS
from benchmarks.peers import NAMES, adapter, docling, markitdown, missing, pdfplumber
from benchmarks.truth import Score, Truth, score
from pipeline.normalise.model import Cell, Report
from pipeline.readers.model import Document, Grid
from pipeline.readers.registry import READERS


def only_grid(document: Document) -> Grid:
    (grid,) = document.grids()
    return grid


def placed(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells]


def test_markdown_tables_lose_their_rule_their_escapes_and_their_emphasis() -> None:
    text = "**一、总体情况**\n\n| | |\n| --- | --- |\n| **规章** | \\-24 |\n| 行政许可 | 9\\.5 |\n"
    document = markitdown.document(text)
    assert [paragraph.text for paragraph in document.paragraphs()] == ["一、总体情况"]
    assert [cell.text for cell in only_grid(document).cells if cell.text] == ["规章", "-24", "行政许可", "9.5"]


def test_boxes_of_pdfplumber_say_which_cells_are_merged() -> None:
    boxes = [
        [(10.0, 10.0, 50.0, 50.0), (50.0, 10.0, 90.2, 30.0), None],
        [None, (50.3, 30.0, 70.0, 50.0), (70.0, 30.0, 90.0, 50.0)],
    ]
    grid = only_grid(pdfplumber.document([pdfplumber.Table(boxes, [["甲", "乙", None], [None, "1", None]])]))
    assert (grid.rows, grid.columns) == (2, 3)
    assert placed(grid) == [(0, 0, 2, 1, "甲"), (0, 1, 1, 2, "乙"), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "")]


def test_cells_of_docling_keep_their_places_and_spans() -> None:
    def cell(row: int, column: int, row_span: int, column_span: int, text: str) -> SimpleNamespace:
        return SimpleNamespace(start_row_offset_idx=row, start_col_offset_idx=column, row_span=row_span, col_span=column_span, text=text)

    data = SimpleNamespace(num_rows=2, num_cols=2, table_cells=[cell(1, 1, 1, 1, "3"), cell(0, 0, 2, 1, "甲"), cell(0, 1, 1, 1, "乙")])
    grid = only_grid(docling.document(SimpleNamespace(tables=[SimpleNamespace(data=data)])))
    assert placed(grid) == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 1, 1, 1, "3")]


def test_every_adapter_reads_containers_that_ours_reads_and_says_what_it_needs() -> None:
    for name in NAMES:
        needed = adapter(name).CONTAINERS
        assert set(needed) <= set(CONTAINERS) <= set(READERS)
        assert all(set(missing(name, container)) <= set(modules) for container, modules in needed.items())


def test_a_score_tells_wrong_figures_from_those_not_found() -> None:
    def cell(field: str, state: str, value: int | None) -> Cell:
        return Cell("requests", field, None, state, None if value is None else Decimal(value), "", None)  # type: ignore[arg-type]

    truth = Truth(2023, {(name, None): ("number", Decimal(7)) for name in "abcd"} | {("e", None): ("blank", None)})
    cells = (cell("a", "number", 7), cell("b", "number", 8), cell("c", "unreadable", None), cell("e", "blank", None))
    report = Report(0, "partial", None, 2023, "", None, None, (), cells, (), ())
    assert score(truth, [report]) == Score(right=2, wrong=1, known=5)
    assert score(truth, []) == Score(right=0, wrong=0, known=5)
