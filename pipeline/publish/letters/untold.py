"""Files of which nobody knows whose they are or of which year: any of them may be a report that seems to be missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.warehouse.store import Store

_FILES = ["path", "read_status", "stated_agency", "stated_year"]
_REPORTS = ["path", "agency_id", "agency_name", "report_year", "title", "title_agency"]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class UntoldFile:
    """path below data/raw; said: names that its title or somebody gives; year: of the report, None where it is not known."""

    path: str
    said: str = ""
    year: int | None = None

    @property
    def text(self) -> str:
        """Where the name of a body may stand."""
        return f"{self.path} {self.said}"

    def may_be_of(self, year: int) -> bool:
        """Whether nothing says that it is of another year: a path names the year of the report or that of its publication."""
        if self.year is not None:
            return self.year == year
        named = {int(found) for found in _YEAR.findall(self.path)}
        return not named or bool(named & {year, year + 1})


def untold_files(store: Store) -> list[UntoldFile]:
    """The files that were not read, and the reports of which body or year is not known, by path."""
    files = (row for row in store.read("raw_files", columns=_FILES).to_pylist() if row["read_status"] == "not_read")
    reports = (row for row in store.read("core_reports", columns=_REPORTS).to_pylist() if None in (row["agency_id"], row["report_year"]))
    unread = {UntoldFile(row["path"], row["stated_agency"] or "", row["stated_year"]) for row in files}
    unplaced = {UntoldFile(row["path"], _said(row), row["report_year"]) for row in reports}
    return sorted(unread | unplaced, key=lambda file: (file.path, file.said, file.year or 0))


def _said(row: dict[str, str | None]) -> str:
    return " ".join(filter(None, (row["agency_name"], row["title_agency"], row["title"])))
