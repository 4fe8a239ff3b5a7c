"""Reads the decisions of an office. Every row is checked, every mistake told with file, line and column; a missing file is an empty one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

from pipeline.catalog.csv_rows import Row
from pipeline.catalog.decisions.rows import (
    COVERAGES,
    STATES,
    Confirmation,
    Correction,
    CoverageDecision,
    Decision,
    Decisions,
    Expected,
    Waiver,
)
from pipeline.catalog.kept_files import Mistake, day, made_rows, rows_of
from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field
from pipeline.common.errors import DecisionError

Made = TypeVar("Made")

CORRECTIONS, WAIVERS, CONFIRMATIONS, COVERAGES_DECIDED = "corrections.csv", "waivers.csv", "confirmations.csv", "coverage.csv"
DECISIONS = (CORRECTIONS, WAIVERS, CONFIRMATIONS, COVERAGES_DECIDED)
_ABOUT_A_FINDING = ("finding_id", "agency_id", "report_year", "rule", "reason", "decided_by", "decided_on")
COLUMNS = {
    CORRECTIONS: (
        *("agency_id", "report_year", "table", "field", "applicant", "printed_value", "corrected_value"),
        *("reason", "source", "decided_by", "decided_on", "status"),
    ),
    WAIVERS: (*_ABOUT_A_FINDING, "valid_until"),
    CONFIRMATIONS: _ABOUT_A_FINDING,
    COVERAGES_DECIDED: (
        *("agency_id", "report_year", "coverage", "report_digest", "reason", "source"),
        *("decided_by", "decided_on", "status"),
    ),
}
STATUSES = ("active", "withdrawn")
_DIGEST = re.compile(r"[0-9a-f]{16}")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,6})?")
_MOST_DIGITS = 18  # before the decimal point: what the tables hold
_COVERAGES = {text: coverage for coverage, text in COVERAGES.items()}
_STATES = {text: state for state, text in STATES.items()}


def load_decisions(folder: Path, catalog: Catalog) -> Decisions:
    """The decisions in `folder`; none where the files are missing. Raises DecisionError with every mistake that was found."""
    decisions, mistakes = read_decisions(folder, catalog)
    if mistakes:
        listed = "\n".join(f"  {mistake}" for mistake in mistakes)
        raise DecisionError(f"人工决定（{folder}）有 {len(mistakes)} 处错误，请改正：\n{listed}")
    return decisions


def read_decisions(folder: Path, catalog: Catalog) -> tuple[Decisions, list[Mistake]]:
    """What the files in `folder` say, without the rows that cannot be read, and their mistakes in the order of files and lines."""
    mistakes: list[Mistake] = []
    makers = _makers(catalog)

    def rows(file: str, of: type[Made]) -> tuple[Made, ...]:
        made = tuple(made_rows(folder / file, COLUMNS[file], makers[file], mistakes))
        return tuple(row for row in made if isinstance(row, of))

    decisions = Decisions(
        rows(CORRECTIONS, Correction), rows(WAIVERS, Waiver), rows(CONFIRMATIONS, Confirmation), rows(COVERAGES_DECIDED, CoverageDecision)
    )
    mistakes.extend(_twice(decisions))
    return decisions, sorted(mistakes, key=lambda mistake: (DECISIONS.index(mistake.file), mistake.line))


def mistakes_in(path: Path, text: str, catalog: Catalog) -> list[Mistake]:
    """What would be wrong with one of the files if it held `text`."""
    mistakes: list[Mistake] = []
    rows = tuple(rows_of(path, text, COLUMNS[path.name], _makers(catalog)[path.name], mistakes))
    kinds = (Correction, Waiver, Confirmation, CoverageDecision)
    decisions = Decisions(*(tuple(row for row in rows if isinstance(row, kind)) for kind in kinds))  # type: ignore[arg-type]
    return sorted([*mistakes, *_twice(decisions)], key=lambda mistake: mistake.line)


def _makers(catalog: Catalog) -> dict[str, Callable[[Row, int], Decision]]:
    return {
        CORRECTIONS: lambda row, line: _correction(catalog, row, line),
        WAIVERS: _waiver,
        CONFIRMATIONS: _confirmation,
        COVERAGES_DECIDED: _coverage,
    }


def _correction(catalog: Catalog, row: Row, line: int) -> Correction:
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
        is_withdrawn=row.one_of("status", STATUSES) == "withdrawn",
        line=line,
    )


def _waiver(row: Row, line: int) -> Waiver:
    return Waiver(**_about_a_finding(row), valid_until=day(row, "valid_until"), line=line)  # type: ignore[arg-type]


def _confirmation(row: Row, line: int) -> Confirmation:
    return Confirmation(**_about_a_finding(row), line=line)  # type: ignore[arg-type]


def _coverage(row: Row, line: int) -> CoverageDecision:
    coverage = _COVERAGES.get(row.required("coverage"), row.text("coverage"))
    if coverage not in COVERAGES:
        raise row.error("coverage", f"应为 {'、'.join(COVERAGES.values())} 之一，现为“{row.text('coverage')}”。")
    return CoverageDecision(
        **{name: row.required(name) for name in ("agency_id", "reason", "source", "decided_by")},
        report_year=_year(row),
        coverage=coverage,
        report_digest=_sixteen(row, "report_digest", "报告标记", "gongkai coverage list"),
        decided_on=_required_day(row, "decided_on"),
        is_withdrawn=row.one_of("status", STATUSES) == "withdrawn",
        line=line,
    )


def _sixteen(row: Row, column: str, name: str, command: str) -> str:
    text = row.required(column).lower()
    if not _DIGEST.fullmatch(text):
        raise row.error(
            column,
            f"{name}应为 16 位（数字和 a-f），现为“{row.text(column)}”。可能被 Excel 改成了数字；请用 {command} 查出后改正，"
            "并把这一列设为文本。",
        )
    return text


def _about_a_finding(row: Row) -> dict[str, object]:
    finding = _sixteen(row, "finding_id", "问题编号", "gongkai findings")
    texts = {name: row.required(name) for name in ("agency_id", "rule", "reason", "decided_by")}
    return {"finding_id": finding, **texts, "report_year": _year(row), "decided_on": _required_day(row, "decided_on")}


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


def _twice(decisions: Decisions) -> Iterator[Mistake]:
    """Two decisions on one matter that hold under the same condition, and rows that say the same."""
    seen: dict[object, int] = {}
    single: tuple[Correction | CoverageDecision, ...] = (*decisions.corrections, *decisions.coverage)
    for row in single:
        if not row.is_withdrawn:
            first = seen.setdefault(_matter(row), row.line)
            if first != row.line:
                file, column, said = (
                    (CORRECTIONS, "field", "更正了同一格")
                    if isinstance(row, Correction)
                    else (COVERAGES_DECIDED, "coverage", "决定了同一报告")
                )
                told = f"第 {first} 行已经{said}。只能有一行起作用，请把另一行的 status 改为 withdrawn。"
                yield Mistake(file, row.line, column, told)
    listed: dict[str, tuple[Decision, ...]] = {
        CORRECTIONS: decisions.corrections,
        WAIVERS: decisions.waivers,
        CONFIRMATIONS: decisions.confirmations,
        COVERAGES_DECIDED: decisions.coverage,
    }
    for file, rows in listed.items():
        known: dict[str, int] = {}
        for each in rows:
            first = known.setdefault(each.decision_id, each.line)
            if first != each.line and (isinstance(each, Waiver | Confirmation) or each.is_withdrawn):
                yield Mistake(file, each.line, "", f"与第 {first} 行重复，请只保留一行。")


def _matter(row: Correction | CoverageDecision) -> object:
    if isinstance(row, Correction):
        return CORRECTIONS, row.agency_id, row.report_year, row.field, row.applicant, row.expected
    return COVERAGES_DECIDED, row.agency_id, row.report_year, row.report_digest
