"""A report as understood: cells under the ids of the catalogue, and everything that could not be understood."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from pipeline.catalog.row_types import About
from pipeline.normalise.claims.model import Claim
from pipeline.readers.model import BoundingBox

State = Literal["number", "blank", "not_applicable", "unreadable"]
Severity = Literal["error", "warning", "info"]
TableState = Literal["found", "unreadable", "absent"]
Level = Literal["whole_area", "own_office"]
ReportStatus = Literal["parsed", "partial", "refused"]


class Locator(Struct, frozen=True):
    """Where something stands in its file: table, row and column count from 0, page from 1; bbox in points."""

    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None
    bbox: BoundingBox | None = None


class Cell(Struct, frozen=True):
    """One cell of the form.

    value is set exactly when state is "number"; money in yuan. raw is the text as printed ("" where nothing is).
    locator is None for a cell that the form has and the report lacks. extra: a column or row that the form does not
    have but that is known (法人小计): `applicant` then holds the id of that label; it is kept for checks only.
    readings: what else a picture was recognised to say where the reader was not sure.
    """

    table: str
    field: str
    applicant: str | None
    state: State
    value: Decimal | None
    raw: str
    locator: Locator | None
    confidence: float = 1.0
    extra: bool = False
    readings: tuple[str, ...] = ()


class Problem(Struct, frozen=True):
    """Something the reader noticed. code in lower case, listed in `problems.csv`; message in Chinese."""

    code: str
    severity: Severity
    message: str
    table: str | None = None
    field: str | None = None
    locator: Locator | None = None


class TableFound(Struct, frozen=True):
    """What became of one printed table; form is None where nothing was found."""

    table: str
    form: str | None
    state: TableState


class Section(Struct, frozen=True):
    """One of the six sections. position: its place in the report, from 1; number: its printed number (一 = 1), if any."""

    section: str
    position: int
    number: int | None
    heading: str
    text: str


class Evidence(Struct, frozen=True):
    """Something that says whose report it is, for which year, or that it corrects an earlier one. kind: see evidence.csv.

    text: as printed; says: the body (or the code of one), the year, or the word that marks a correction. block: the place of the
    paragraph or table in the document, from 0; None for what stands beside the text (title of the page, file name).
    """

    kind: str
    about: About
    text: str
    says: str
    block: int | None = None
    page: int | None = None


class Report(Struct, frozen=True):
    """One report of a file. title and period are the texts from which body and year were taken; claims: the figures of its prose.

    level: whether its tables count a whole area or the office alone, where the file holds both and says which is which.
    """

    index: int
    status: ReportStatus
    agency: str | None
    report_year: int | None
    title: str
    title_year: int | None
    period_year: int | None
    tables: tuple[TableFound, ...]
    cells: tuple[Cell, ...]
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    published_on: str | None = None
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    level: Level | None = None
