"""Files of decisions from what a test states, every other cell being right."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pipeline.catalog.decisions import COLUMNS, CONFIRMATIONS, CORRECTIONS, COVERAGES_DECIDED, WAIVERS

FINDING = "0123456789abcdef"
_SAID = {"reason": "核实", "decided_by": "王某", "decided_on": "2024-03-01"}
_ROWS = {
    CORRECTIONS: {
        **_SAID,
        **{"agency_id": "yz-cz", "report_year": "2023", "table": "requests", "field": "requests.new", "applicant": "total"},
        **{"printed_value": "8", "corrected_value": "6", "source": "复函", "status": "active"},
    },
    WAIVERS: {**_SAID, "finding_id": FINDING, "agency_id": "yz-cz", "report_year": "2023", "rule": "R1", "valid_until": ""},
    CONFIRMATIONS: {**_SAID, "finding_id": FINDING, "agency_id": "yz-cz", "report_year": "2023", "rule": "R1"},
    COVERAGES_DECIDED: {
        **_SAID,
        **{
            "agency_id": "yz-zf",
            "report_year": "2023",
            "coverage": "政府本级",
            "report_digest": FINDING,
            "source": "复函",
            "status": "active",
        },
    },
}


def row(file: str, **changes: str) -> dict[str, str]:
    """A row that is right but for the cells named."""
    return {**_ROWS[file], **changes}


def text_of(file: str, *rows: dict[str, str], columns: tuple[str, ...] | None = None, end: str = "\n") -> str:
    """The file with these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or COLUMNS[file], lineterminator=end, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(folder: Path, file: str, *rows: dict[str, str]) -> Path:
    """The file in a folder, in UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(text_of(file, *rows), encoding="utf-8", newline="")
    return folder / file
