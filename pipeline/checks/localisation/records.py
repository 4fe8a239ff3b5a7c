"""Rows of core_suggestions and core_finding_parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.catalog.model import Catalog
from pipeline.checks.localisation.locate import Located
from pipeline.checks.localisation.model import Equation, FigureId, Part, System
from pipeline.checks.localisation.ranking import Solution, is_determined, ranked
from pipeline.checks.localisation.wording import Wording, decimal_of, location_of
from pipeline.readers.records import Record


class Found(NamedTuple):
    """A finding: its place in words, and the cells that it is about."""

    place: str
    cells: frozenset[FigureId]


def suggestion_rows(catalog: Catalog, located: Located) -> Iterator[Record]:
    """A row for each figure of each solution."""
    rows, facts, system = catalog.localisation, located.report, located.system
    wording = Wording(catalog, system, facts)
    for number, part in enumerate(located.parts, start=1):
        determined = is_determined(part, system)
        for rank, solution in enumerate(ranked(rows, system, part), start=1):
            for position, place in enumerate(sorted(solution.change)):
                figure, value, kind = system.figures[place], solution.change[place], solution.kinds[place]
                report_id, field, applicant = figure.id
                yield {
                    "suggestion_id": _digest(
                        facts.agency_id, facts.report_year, *figure.id[1:], figure.report_year, rank, figure.start, value
                    ),
                    "report_id": facts.report_id,
                    "agency_id": facts.agency_id,
                    "report_year": facts.report_year,
                    "suggestion_part": number,
                    "solution": rank,
                    "position": position,
                    "solutions": len(part.solutions) if part.complete else None,
                    "cost": part.cost,
                    "optimal": part.optimal,
                    "determined": determined,
                    "cell_report_id": report_id,
                    "cell_year": figure.report_year,
                    "table": figure.table,
                    "field": field,
                    "applicant": applicant if figure.field else None,
                    "label": wording.label(figure),
                    "location": location_of(figure),
                    "raw": figure.raw,
                    "printed_value": decimal_of(figure.start) if figure.state in ("number", "prose") else None,
                    "proposed_value": None if value is None else decimal_of(value),
                    "error_kind": kind,
                    "origin": wording.origin(solution, place),
                    "suggestion": wording.change(solution, place),
                }


def finding_part_rows(catalog: Catalog, located: Located, findings: Mapping[str, Found]) -> Iterator[Record]:
    """A row for each finding of the report that one of its parts explains.

    findings: by id those of the report. One about the cells of a broken equation, or about the figure of the prose in one, belongs to
    its part; any other one to the part that says for certain that one of its cells is wrong.
    """
    rows, facts, system = catalog.localisation, located.report, located.system
    wording = Wording(catalog, system, facts)
    solutions = [ranked(rows, system, part) for part in located.parts]
    broken = [{_subject(system, system.equations[number]) for number in part.broken} for part in located.parts]
    for finding_id, found in findings.items():
        number = next((place for place, subjects in enumerate(broken) if not subjects.isdisjoint(found)), None)
        if number is None:
            certain = (place for place, part in enumerate(located.parts) if _is_certain_of(system, part, solutions[place], found.cells))
            number = next(certain, None)
        if number is not None:
            yield {
                "finding_id": finding_id,
                "report_year": facts.report_year,
                "report_id": facts.report_id,
                "suggestion_part": number + 1,
                "probable": wording.probable(located.parts[number], solutions[number]),
            }


def findings_by_report(findings: Iterable[Mapping[str, Any]], finding_cells: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Found]]:
    """Rows of core_findings and core_finding_cells by the report that the finding is about, then by finding."""
    cells: dict[str, set[FigureId]] = {}
    for row in finding_cells:
        cells.setdefault(row["finding_id"], set()).add((row["report_id"], row["field"], row["applicant"] or None))
    found: dict[str, dict[str, Found]] = {}
    for row in findings:
        about = Found(row["place"], frozenset(cells.get(row["finding_id"], ())))
        found.setdefault(row["report_id"], {})[row["finding_id"]] = about
    return found


def _subject(system: System, equation: Equation) -> str | frozenset[FigureId]:
    """What a finding about an equation is about: its cells, or the place in the prose."""
    figures = [system.figures[place] for place, _ in equation.terms]
    return equation.place if any(figure.table is None for figure in figures) else frozenset(figure.id for figure in figures)


def _is_certain_of(system: System, part: Part, solutions: list[Solution], cells: frozenset[FigureId]) -> bool:
    return is_determined(part, system) and any(system.figures[place].id in cells for place in solutions[0].change)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]
