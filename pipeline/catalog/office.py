"""The office that sends the letters, and by when it wants answers: `office.csv` of the folder of decisions, which may be missing."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

from pipeline.catalog.csv_rows import Row
from pipeline.catalog.kept_files import day, kept_rows

FILE = "office.csv"
_TEXTS = ("office_name", "contact", "phone", "send_to")


@dataclass(frozen=True)
class Office:
    """Name of the office, whom to call, where to send answers; the last day for them and the date of the letters.

    "" or None where it is not stated.
    """

    office_name: str = ""
    contact: str = ""
    phone: str = ""
    send_to: str = ""
    reply_by: date | None = None
    letter_date: date | None = None


def load_office(decisions: Path, year: int) -> Office:
    """What office.csv states for the letters about reports on `year`: the rows of no year, and over them those of that year.

    Raises CatalogError, naming file, line and column, where a cell does not fit. Without the file nothing is stated.
    """
    office, rows = Office(), _rows(decisions)
    for stated in [row for of, row in rows if of is None] + [row for of, row in rows if of == year]:
        given = {field.name: getattr(stated, field.name) for field in fields(stated) if getattr(stated, field.name)}
        office = replace(office, **given)
    return office


def check_office(decisions: Path) -> None:
    """Raises CatalogError where office.csv has a mistake, whatever the year."""
    _rows(decisions)


def _rows(decisions: Path) -> list[tuple[int | None, Office]]:
    return kept_rows(decisions / FILE, ("report_year", *(field.name for field in fields(Office))), _row)


def _row(row: Row, _: int) -> tuple[int | None, Office]:
    texts = {name: row.text(name) for name in _TEXTS}
    return row.optional_integer("report_year"), Office(**texts, reply_by=day(row, "reply_by"), letter_date=day(row, "letter_date"))
