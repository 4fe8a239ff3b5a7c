"""The office that sends the letters, and by when it wants answers: `office.csv` of the folder of decisions, which may be missing."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

from pipeline.catalog.csv_rows import Row, read_rows

FILE = "office.csv"


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
    path = decisions / FILE
    return [(row.optional_integer("report_year"), _office(row)) for row in read_rows(path)] if path.is_file() else []


def _office(row: Row) -> Office:
    texts = {name: row.text(name) for name in ("office_name", "contact", "phone", "send_to")}
    return Office(**texts, reply_by=_date(row, "reply_by"), letter_date=_date(row, "letter_date"))


def _date(row: Row, column: str) -> date | None:
    text = row.text(column)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise row.error(column, f"应为 2025-03-31 一类的日期，现为“{text}”。") from None
