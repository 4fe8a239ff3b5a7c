"""What must hold for every line that a damaged file gives."""

from __future__ import annotations

import json
import re

from pipeline.catalog import Catalog

LINE_KEYS = {"source", "sha256", "report", "status", "agency", "report_year", "tables", "cells", "problems"}
CELL_KEYS = {"field", "applicant", "state", "value", "raw", "confidence", "locator"}
STATES = {"number", "blank", "not_applicable", "unreadable"}
_VALUE = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_FIGURE = re.compile(r"[0-9０-９Oo〇零一二两三四五六七八九十百千万]")


def broken(catalog: Catalog, text: str) -> str | None:
    """What is wrong with a JSON line, None where all is well."""
    line = json.loads(text)
    if set(line) != LINE_KEYS or line["status"] not in ("parsed", "partial", "refused"):
        return "keys or status"
    if not {"proactive", "requests", "remedies", "statistics"} <= set(line["tables"]):
        return "tables"
    known = {code.code for code in catalog.problems} | {rule.rule for rule in catalog.rules}
    for problem in line["problems"]:
        if problem["code"] not in known or problem["severity"] not in ("error", "warning", "info") or not problem["message"].strip():
            return f"problem {problem['code']}"
    if line["status"] == "refused" and (line["cells"] or not any(problem["severity"] == "error" for problem in line["problems"])):
        return "refused with cells or without a reason"
    places = [(cell["field"], cell["applicant"]) for cell in line["cells"]]
    if len(places) != len(set(places)):
        return "a cell listed twice"
    return next((f"cell {cell}" for cell in line["cells"] if not _holds(cell)), None)


def _holds(cell: dict[str, object]) -> bool:
    """A number stands where it was printed, as a figure; everything else has no value."""
    if set(cell) != CELL_KEYS or cell["state"] not in STATES:
        return False
    if cell["state"] != "number":
        return cell["value"] is None
    is_printed = cell["locator"] is not None and _FIGURE.search(str(cell["raw"])) is not None
    return is_printed and _VALUE.fullmatch(str(cell["value"])) is not None
