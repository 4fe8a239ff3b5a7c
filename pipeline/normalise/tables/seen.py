"""What is said of cells that show something else than they hold."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field
from pipeline.normalise.model import Cell, Problem
from pipeline.normalise.problems import problem
from pipeline.normalise.tables.interpretation import Interpretation
from pipeline.readers.model import GridCell

_DASHES = frozenset({"-", "－"})  # as accounting formats write them; the longer ones somebody chose


def shown_otherwise(catalog: Catalog, reading: Interpretation, cells: list[tuple[Cell, GridCell]]) -> Iterator[Problem]:
    """What is said of the figures of a worksheet whose number format shows something else, once for each way in the table.

    A number that is shown as a dash is 0 beyond doubt where 0 is stored: accounting formats do so, and nobody typed a dash.
    """
    dashes = [cell for cell, grid in cells if _is_dash(cell, grid)]
    if dashes:
        where = _where(catalog, reading, dashes[0])
        message = f"有 {len(dashes)} 个单元格（如{where}）存的是 0，因会计格式显示为“-”，按 0 采用。"
        yield problem(catalog, "zero_shown_as_dash", message, table=reading.table)
    for taken, others in (
        ("按所存的数采用", [(cell, grid) for cell, grid in cells if grid.whole is None and not _is_dash(cell, grid)]),
        ("按显示的数采用", [(cell, grid) for cell, grid in cells if grid.whole is not None]),
    ):
        if others:
            cell, grid = others[0]
            stored, shown = (grid.whole or cell.raw).strip(), f"“{grid.shown}”" if grid.shown else "空白"
            example = f"如{_where(catalog, reading, cell)}存的是“{stored}”，显示为{shown}"
            message = f"有 {len(others)} 个数字因数字格式、字的颜色等，显示的与文件中所存的不同（{example}），{taken}，请核实。"
            yield problem(catalog, "number_shown_otherwise", message, table=reading.table)


def _is_dash(cell: Cell, grid: GridCell) -> bool:
    return cell.value == 0 and grid.whole is None and (grid.shown or "").strip() in _DASHES


def partly_seen_cells(catalog: Catalog, reading: Interpretation, cells: list[tuple[Cell, str]]) -> Iterator[Problem]:
    """What is said of cells that hold letters nobody sees beside those that are seen, once for the table."""
    if cells:
        cell, whole = cells[0]
        where = _where(catalog, reading, cell)
        example = f"如{where}看得见的是“{cell.raw.strip()}”，连同看不见的字是“{whole.strip()}”"
        message = f"有 {len(cells)} 个单元格里另有看不见的字（白色、透明、划掉等；{example}），按看得见的采用，请核实。"
        yield problem(catalog, "letters_unseen", message, table=reading.table)


def _where(catalog: Catalog, reading: Interpretation, cell: Cell) -> str:
    return where_of(catalog, catalog.field(reading.form, cell.field), cell.applicant)


def where_of(catalog: Catalog, field: Field, applicant: str | None) -> str:
    """The place of a cell in the words of its form."""
    column = catalog.applicant_label(applicant)
    number = catalog.form_table(field.form, field.table).number_zh
    return f"{number}“{field.label_zh}”" + (f"“{column}”列" if column else "")
