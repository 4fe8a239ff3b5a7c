"""A report as one JSON line of `gongkai parse`, in the form that other programs rely on."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Cell, Locator, Problem, Report

# The contract promises these four keys whatever forms the catalogue holds.
PROMISED_TABLES = ("proactive", "requests", "remedies", "statistics")


def report_line(catalog: Catalog, source: str, sha256: str, report: Report, more: tuple[Problem, ...] = ()) -> str:
    """The JSON line of a report; `more` are findings of rules that join the reader's own problems."""
    found = {table.table: {"form": table.form, "status": table.state} for table in report.tables}
    absent = {"form": None, "status": "absent"}
    line = {
        "source": source,
        "sha256": sha256,
        "report": report.index,
        "status": report.status,
        "agency": report.agency,
        "report_year": report.report_year,
        "tables": {table: found.get(table, absent) for table in dict.fromkeys((*PROMISED_TABLES, *catalog.table_ids))},
        "cells": [_cell(cell) for cell in report.cells if not cell.extra],
        "problems": [_problem(item) for item in (*report.problems, *more)],
    }
    return json.dumps(line, ensure_ascii=False)


def refused_line(catalog: Catalog, source: str, sha256: str | None, code: str, message: str) -> str:
    """The JSON line of a file that could not be read at all."""
    refused = Report(0, "refused", None, None, "", None, None, (), (), (), (Problem(code, "error", message),))
    return report_line(catalog, source, sha256 or "", refused)


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no zeros behind the last digit that counts."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "field": cell.field,
        "applicant": cell.applicant,
        "state": cell.state,
        "value": plain(cell.value) if cell.value is not None else None,
        "raw": cell.raw,
        "confidence": cell.confidence,
        "locator": _locator(cell.locator),
    }


def _problem(item: Problem) -> dict[str, Any]:
    return {
        "code": item.code,
        "severity": item.severity,
        "table": item.table,
        "field": item.field,
        "message": item.message,
        "locator": _locator(item.locator),
    }


def _locator(locator: Locator | None) -> dict[str, Any] | None:
    if locator is None:
        return None
    place = {"page": locator.page, "table": locator.table, "row": locator.row, "column": locator.column, "bbox": locator.bbox}
    return {key: value for key, value in place.items() if value is not None}
