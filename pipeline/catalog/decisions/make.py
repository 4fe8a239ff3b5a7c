"""One row of a file of decisions as the decision that it is; a cell that does not fit is said with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from unicodedata import normalize

from pipeline.catalog.csv_rows import Row
from pipeline.catalog.decisions.files import STATUSES
from pipeline.catalog.decisions.rows import COVERAGES, STATES, AboutAFinding, Confirmation, Correction, CoverageDecision, Expected, Waiver
from pipeline.catalog.kept_files import day
from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field

_DIGEST = re.compile(r"[0-9a-f]{16}")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,6})?")
_MOST_DIGITS = 18  # before the decimal point: what the tables hold
_COVERAGES = {text: coverage for coverage, text in COVERAGES.items()}
_STATES = {text: state for state, text in STATES.items()}
Decided = TypeVar("Decided", bound=AboutAFinding)


def correction(catalog: Catalog, row: Row, line: int) -> Correction:
    """A row of corrections.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    fields = [field for field in catalog.fields if field.field == row.required("field")]
    if not fields:
        raise row.error("field", f"没有指标“{row.text('field')}”，编号见字典；用 gongkai correct 登记可以直接写表中的行名。")
    table = fields[0].table
    if row.text("table") not in ("", table):
        raise row.error("table", f"指标 {fields[0].field} 在表 {table} 中，现为“{row.text('table')}”。")
    expected, corrected = _expected(row), _figure(row, "corrected_value", fields)
    if expected.value == corrected:
        raise row.error("corrected_value", "与 printed_value 相同，没有更正什么。")
    return Correction(
        agency_id=row.required("agency_id"),
        report_year=_year(row),
        table=table,
        field=fields[0].field,
        applicant=_applicant(catalog, row, fields),
        expected=expected,
        corrected_value=corrected,
        reason=row.required("reason"),
        source=row.required("source"),
        decided_by=row.required("decided_by"),
        decided_on=_required_day(row, "decided_on"),
        is_withdrawn=_is_withdrawn(row),
        line=line,
    )


def waiver(row: Row, line: int) -> Waiver:
    """A row of waivers.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return replace(_about_a_finding(Waiver, row, line), valid_until=day(row, "valid_until"))


def confirmation(row: Row, line: int) -> Confirmation:
    """A row of confirmations.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return _about_a_finding(Confirmation, row, line)


def coverage_decision(row: Row, line: int) -> CoverageDecision:
    """A row of coverage.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    coverage = _COVERAGES.get(row.required("coverage"), row.text("coverage"))
    if coverage not in COVERAGES:
        raise row.error("coverage", f"应为 {'、'.join(COVERAGES.values())} 之一，现为“{row.text('coverage')}”。")
    return CoverageDecision(
        agency_id=row.required("agency_id"),
        report_year=_year(row),
        coverage=coverage,
        reason=row.required("reason"),
        source=row.required("source"),
        decided_by=row.required("decided_by"),
        report_digest=_sixteen(row, "report_digest", "报告标记", "gongkai coverage list"),
        decided_on=_required_day(row, "decided_on"),
        is_withdrawn=_is_withdrawn(row),
        line=line,
    )


def _sixteen(row: Row, column: str, name: str, command: str) -> str:
    text = normalize("NFKC", row.required(column)).lower()
    if not _DIGEST.fullmatch(text):
        raise row.error(
            column,
            f"{name}应为 16 位（数字和 a-f），现为“{row.text(column)}”。可能被 Excel 改成了数字；请用 {command} 查出后改正，"
            "并把这一列设为文本。",
        )
    return text


def _about_a_finding(kind: type[Decided], row: Row, line: int) -> Decided:
    return kind(
        finding_id=_sixteen(row, "finding_id", "问题编号", "gongkai findings"),
        agency_id=row.required("agency_id"),
        report_year=_year(row),
        rule=row.required("rule"),
        reason=row.required("reason"),
        decided_by=row.required("decided_by"),
        decided_on=_required_day(row, "decided_on"),
        line=line,
    )


def _applicant(catalog: Catalog, row: Row, fields: Iterable[Field]) -> str | None:
    applicant = row.optional("applicant")
    known = tuple(each.applicant for each in catalog.applicants)
    if any(field.by_applicant for field in fields):
        if applicant not in known:
            raise row.error("applicant", f"表三的格应写明是哪一列，为 {'、'.join(known)} 之一，现为“{applicant or ''}”。")
    elif applicant:
        raise row.error("applicant", f"这一格不分申请人类别，应为空，现为“{applicant}”。")
    return applicant


def _expected(row: Row) -> Expected:
    """What the report prints: a number, or in words why there is none."""
    text = normalize("NFKC", row.required("printed_value"))
    if text in _STATES:
        return Expected(_STATES[text])
    return Expected("number", _number(row, "printed_value", f"应为印出的数字（金额为元），没有数字的写 {'、'.join(_STATES)} 之一"))


def _figure(row: Row, column: str, fields: Iterable[Field]) -> Decimal:
    value = _number(row, column, "应为数字（金额为元）")
    kinds = {field.kind for field in fields}
    if value < 0 and kinds != {"signed_count"}:
        raise row.error(column, f"不应为负数，现为“{row.text(column)}”。")
    if value != value.to_integral_value() and "money" not in kinds:
        raise row.error(column, f"件数应为整数，现为“{row.text(column)}”。")
    return value


def _number(row: Row, column: str, rule: str) -> Decimal:
    text = normalize("NFKC", row.required(column)).replace("−", "-")
    digits = text.replace(",", "")
    if not _NUMBER.fullmatch(text) or len(digits.lstrip("-").partition(".")[0]) > _MOST_DIGITS:
        raise row.error(column, f"{rule}，现为“{row.text(column)}”。")
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise row.error(column, f"{rule}，现为“{row.text(column)}”。") from None


def _is_withdrawn(row: Row) -> bool:
    text = normalize("NFKC", row.text("status")).lower()
    return (text if text in STATUSES else row.one_of("status", STATUSES)) == "withdrawn"


def _year(row: Row) -> int:
    year = row.integer("report_year")
    if not 2000 <= year < 2100:
        raise row.error("report_year", f"应为四位年度，现为“{year}”。")
    return year


def _required_day(row: Row, column: str) -> date:
    found = day(row, column)
    if found is None:
        raise row.error(column, "不能为空，应为日期，如 2024-03-01。")
    return found
