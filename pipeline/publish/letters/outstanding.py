"""Who still has to file a report on a year, and to whom a reminder may go: from the stored tables.

A reminder to a body whose report lies unread in our own folder costs more trust than one that goes out a day later. So none goes
out where a file that we could not read, or whose body we could not tell, may be the report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Literal

from pipeline.catalog import Catalog
from pipeline.catalog.office import Office
from pipeline.normalise.agencies.names import agency_name
from pipeline.publish.letters.untold import UntoldFile
from pipeline.publish.stored import Tables
from pipeline.readers.recognition import HOW_TO_INSTALL

Kind = Literal["missing", "early", "unusable"]

_OUTSTANDING = """
    SELECT agency_id, agency_name, submission, owed_by, deadline FROM out_submission_status
    WHERE submission IN ('not_reported', 'unusable') ORDER BY agency_name, agency_id
"""
_BODIES = "SELECT agency_name FROM out_submission_status"
_UNUSABLE = """
    SELECT report.agency_id, report.path, string_agg(message, '' ORDER BY problem) FILTER (severity = 'error')
    FROM core_reports AS report LEFT JOIN core_problems USING (report_id)
    WHERE agency_id IS NOT NULL AND NOT is_current AND report.report_year = ? GROUP BY ALL ORDER BY report.path
"""
_STRANGERS = "SELECT agency_name FROM out_submission_status WHERE submission = 'unexpected' ORDER BY 1"
_NAMES = "SELECT agency_id, name FROM core_agency_names"
_DIVISION_ENDS = re.compile("(?<=.)[省市州盟县区旗](?=..)")
_SHORTEST = 3  # characters of a name that is looked for in the name of a file


@dataclass(frozen=True)
class UnusableFile:
    """A file that came and gave no figure; reason: what is the matter with it."""

    name: str
    reason: str


@dataclass(frozen=True)
class Outstanding:
    """A body whose report on a year is not there, or gave no figure.

    kind: `missing`; `early` where the letters are dated before the deadline; `unusable` where files came. withheld: why no reminder
    goes out, "" where one does.
    """

    agency_id: str
    agency_name: str
    report_year: int
    kind: Kind
    deadline: date
    files: tuple[UnusableFile, ...] = ()
    withheld: str = ""


def outstanding_of(tables: Tables, untold: Iterable[UntoldFile], catalog: Catalog, office: Office, year: int) -> list[Outstanding]:
    """The bodies from which a report on `year` is still to come, by name; `tables` hold that year alone, untold: see `untold.py`."""
    say = catalog.wordings
    files: dict[str, list[UnusableFile]] = {}
    for agency_id, path, reason in tables.rows(_UNUSABLE, year):
        files.setdefault(agency_id, []).append(UnusableFile(_file_name(path), reason or say("reminder.no_reason")))
    evidence = _Evidence(tables, untold, year)
    found = []
    for agency_id, name, submission, owed_by, deadline in tables.rows(_OUTSTANDING):
        early = office.letter_date is not None and office.letter_date <= deadline
        kind: Kind = "unusable" if submission == "unusable" else "early" if early else "missing"
        one = Outstanding(agency_id, name, year, kind, deadline, tuple(files.get(agency_id, ())))
        reason, words = _withheld(one, owed_by, evidence, office)
        found.append(replace(one, withheld=say(f"reminder.withheld.{reason}", **words) if reason else ""))
    return found


def _withheld(one: Outstanding, owed_by: str, evidence: _Evidence, office: Office) -> tuple[str, dict[str, str]]:
    """Why no reminder goes out, and the words that say it."""
    if office.office_name.startswith(one.agency_name):
        return "own", {}
    if one.kind == "unusable":
        return ("not_installed", {}) if any(HOW_TO_INSTALL in file.reason for file in one.files) else ("", {})
    if file := evidence.file_of(one):
        return "unread", {"file": file}
    if name := evidence.other_name_of(one):
        return "other_name", {"name": name}
    return ("not_listed", {}) if owed_by == "reports" else ("", {})


class _Evidence:
    """What may show that a report is there all the same: files of nobody, and bodies from which none was expected."""

    def __init__(self, tables: Tables, untold: Iterable[UntoldFile], year: int) -> None:
        self._files = [file for file in untold if file.may_be_of(year)]
        self._strangers = [name for (name,) in tables.rows(_STRANGERS)]
        self._names = _names(tables)

    def file_of(self, one: Outstanding) -> str:
        """The first file that names the body, "" where there is none."""
        return next((file.path for file in self._files if self._is_named(one, file.text)), "")

    def other_name_of(self, one: Outstanding) -> str:
        """The name of a body that filed without being expected, which may be this one; "" where there is none."""
        return next((name for name in self._strangers if self._is_named(one, name)), "")

    def _is_named(self, one: Outstanding, text: str) -> bool:
        compared = agency_name(text)
        return any(name in compared for name in self._names.get(one.agency_id, {agency_name(one.agency_name)}))


def _names(tables: Tables) -> dict[str, set[str]]:
    """All names of each body as they are compared, also without the name of the division before them (教育局)."""
    listed = [(agency_id, agency_name(name)) for agency_id, name in tables.rows(_NAMES)]
    divisions = _divisions(agency_name(name) for (name,) in tables.rows(_BODIES))
    names: dict[str, set[str]] = {}
    for agency_id, name in listed:
        names.setdefault(agency_id, set()).update({name, *(name.removeprefix(division) for division in divisions)})
    return {agency_id: {name for name in found if len(name) >= _SHORTEST} for agency_id, found in names.items()}


def _divisions(names: Iterable[str]) -> list[str]:
    """What several bodies have before their names: 瀚川市, 瀚川市沐云区."""
    beginnings = Counter(name[: end.end()] for name in set(names) for end in _DIVISION_ENDS.finditer(name))
    return [beginning for beginning, count in beginnings.items() if count > 1]


def _file_name(path: str) -> str:
    return PurePosixPath(path.rpartition("!")[2]).name
