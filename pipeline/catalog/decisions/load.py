"""Reads the decisions of an office. Every row is checked, every mistake told with file, line and column; a missing file is an empty one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pipeline.catalog.csv_rows import Row
from pipeline.catalog.decisions.files import COLUMNS, CONFIRMATIONS, CORRECTIONS, COVERAGES_DECIDED, DECISIONS, WAIVERS
from pipeline.catalog.decisions.make import confirmation, correction, coverage_decision, waiver
from pipeline.catalog.decisions.rows import Confirmation, Correction, CoverageDecision, Decision, Decisions, Waiver
from pipeline.catalog.kept_files import Mistake, made_rows, rows_of
from pipeline.catalog.model import Catalog
from pipeline.common.errors import DecisionError

Withdrawable = TypeVar("Withdrawable", Correction, CoverageDecision)


def load_decisions(folder: Path, catalog: Catalog) -> Decisions:
    """The decisions in `folder`; none where the files are missing. Raises DecisionError with every mistake that was found."""
    decisions, mistakes = read_decisions(folder, catalog)
    if mistakes:
        listed = "\n".join(f"  {mistake}" for mistake in mistakes)
        raise DecisionError(f"人工决定（{folder}）有 {len(mistakes)} 处错误，请改正：\n{listed}")
    return decisions


def read_decisions(folder: Path, catalog: Catalog) -> tuple[Decisions, list[Mistake]]:
    """What the files in `folder` say, without the rows that cannot be read, and their mistakes in the order of files and lines."""
    mistakes: list[Mistake] = []
    makers = _makers(catalog)
    decisions = _sorted([row for file in DECISIONS for row in made_rows(folder / file, COLUMNS[file], makers[file], mistakes)])
    mistakes.extend(_twice(decisions))
    return decisions, sorted(mistakes, key=lambda mistake: (DECISIONS.index(mistake.file), mistake.line))


def mistakes_in(path: Path, text: str, catalog: Catalog) -> list[Mistake]:
    """What would be wrong with one of the files if it held `text`."""
    mistakes: list[Mistake] = []
    rows = list(rows_of(path, text, COLUMNS[path.name], _makers(catalog)[path.name], mistakes))
    return sorted([*mistakes, *_twice(_sorted(rows))], key=lambda mistake: mistake.line)


def _makers(catalog: Catalog) -> dict[str, Callable[[Row, int], Decision]]:
    return {
        CORRECTIONS: lambda row, line: correction(catalog, row, line),
        WAIVERS: waiver,
        CONFIRMATIONS: confirmation,
        COVERAGES_DECIDED: coverage_decision,
    }


def _sorted(rows: Iterable[Decision]) -> Decisions:
    """Decisions of any kind, each with those of its kind."""
    rows = list(rows)
    return Decisions(
        corrections=tuple(row for row in rows if isinstance(row, Correction)),
        waivers=tuple(row for row in rows if isinstance(row, Waiver)),
        confirmations=tuple(row for row in rows if isinstance(row, Confirmation)),
        coverage=tuple(row for row in rows if isinstance(row, CoverageDecision)),
    )


def _twice(decisions: Decisions) -> Iterator[Mistake]:
    yield from _on_one_matter(CORRECTIONS, "field", "更正了同一格", {row.line: _cell_of(row) for row in _active(decisions.corrections)})
    yield from _on_one_matter(
        COVERAGES_DECIDED, "coverage", "决定了同一报告", {row.line: _report_of(row) for row in _active(decisions.coverage)}
    )
    yield from _said_before(CORRECTIONS, decisions.corrections)
    yield from _said_before(WAIVERS, decisions.waivers)
    yield from _said_before(CONFIRMATIONS, decisions.confirmations)
    yield from _said_before(COVERAGES_DECIDED, decisions.coverage)


def _on_one_matter(file: str, column: str, said: str, matters: Mapping[int, object]) -> Iterator[Mistake]:
    """Decisions on one matter that hold under the same condition; matters: by line."""
    seen: dict[object, int] = {}
    for line, matter in matters.items():
        first = seen.setdefault(matter, line)
        if first != line:
            told = f"第 {first} 行已经{said}。只能有一行起作用，请把另一行的 status 改为 withdrawn。"
            yield Mistake(file, line, column, told)


def _said_before(file: str, rows: Iterable[Decision]) -> Iterator[Mistake]:
    """Rows that say the same as one before; where both of a matter are active, that is said already."""
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.decision_id, row.line)
        if first != row.line and (isinstance(row, Waiver | Confirmation) or row.is_withdrawn):
            yield Mistake(file, row.line, "", f"与第 {first} 行重复，请只保留一行。")


def _active(rows: Iterable[Withdrawable]) -> Iterator[Withdrawable]:
    return (row for row in rows if not row.is_withdrawn)


def _cell_of(row: Correction) -> object:
    return row.agency_id, row.report_year, row.field, row.applicant, row.expected


def _report_of(row: CoverageDecision) -> object:
    return row.agency_id, row.report_year, row.report_digest
