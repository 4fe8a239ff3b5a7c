"""The rules on parent and children: from what was compared to one result for each rule on each government's report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from pipeline.catalog.model import AREA_KINDS, Catalog
from pipeline.catalog.numbers import number_text
from pipeline.catalog.row_types import Field, Rule
from pipeline.checks.areas.comparison import Comparison, Row
from pipeline.checks.evidence import listed
from pipeline.checks.findings import result_of
from pipeline.checks.kind import NOT_APPLICABLE, NOT_ASSESSABLE, PASS, Assessment
from pipeline.checks.model import FindingCell, ReportFacts, RuleResult, Side
from pipeline.checks.names import Names, quoted
from pipeline.normalise.locations import location_text
from pipeline.normalise.model import Locator


class AreaRules:
    """The rows of rules.csv of the kinds of AREA_KINDS, on one comparison. has_roster: whether roster.csv says who owes for the year."""

    def __init__(self, catalog: Catalog, names: Names, compared: Comparison, has_roster: bool) -> None:
        self._catalog, self._names, self._has_roster = catalog, names, has_roster
        self._rules = [rule for rule in catalog.rules if rule.kind in AREA_KINDS]
        self._fields: dict[tuple[str, str], Field] = {(field.form, field.field): field for field in catalog.fields}
        self._areas = {row["whole_report"]: row for row in compared.areas}
        self._missing = _by_report(compared.missing)
        self._sums, self._parts = _by_report(compared.sums), _by_report(compared.parts)
        self._sums_counted, self._parts_counted = _by_report(compared.sums_counted), _by_report(compared.parts_counted)
        self._cells = {(row["report_id"], row["field"], row["applicant"]): row for row in compared.cells}
        self._behind: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in compared.behind:
            self._behind[row["whole_report"], row["field"], row["applicant"]].append(row)

    @property
    def reports(self) -> list[str]:
        """The reports of governments that have an area."""
        return sorted(self._areas)

    def results(self, facts: ReportFacts) -> dict[tuple[str, str], RuleResult]:
        """By rule and part, what comes out on a government's report; nothing where it has no area."""
        area = self._areas.get(facts.report_id)
        if area is None:
            return {}
        return {
            (rule.rule, rule.part): result_of(rule, list(self._assess(rule, facts, area)) or [NOT_APPLICABLE], facts, self._names)
            for rule in self._rules
        }

    def _assess(self, rule: Rule, facts: ReportFacts, area: Row) -> Iterable[Assessment]:
        if rule.kind == "area_roster":
            return self._on_roster(facts)
        if area["coverage"] == "own_office":
            return ()
        if rule.kind == "area_sum":
            if area["nested"] != (rule.parameters["areas"] == "nested"):
                return ()
            return self._sum(rule, facts, area) if area["coverage"] == "whole_area" else (NOT_ASSESSABLE,)
        return self._part(rule, facts) if area["coverage"] == "whole_area" else (NOT_ASSESSABLE,)

    def _on_roster(self, facts: ReportFacts) -> Iterator[Assessment]:
        if not self._has_roster:
            return
        missing = [quoted(row["agency_name"]) for row in self._missing[facts.report_id]]
        details = {"count": str(len(missing)), "list": listed(missing)}
        yield Assessment("fail", place="应报名单", details=details) if missing else PASS

    def _sum(self, rule: Rule, facts: ReportFacts, area: Row) -> Iterator[Assessment]:
        """One assessment for each table of the government's report."""
        for table, counted in _by_table(self._sums_counted[facts.report_id]).items():
            rows = [row for row in self._sums[facts.report_id] if row["table"] == table]
            wrong = [row for row in rows if row["verdict"] == _failing(rule)]
            blank = [row for row in rows if row["verdict"] == "blank"] if _failing(rule) == "fail" else []
            if wrong:
                yield self._wrong_sum(facts, area, wrong)
            elif blank:
                empty = tuple(self._cell(behind, "right") for row in blank for behind in self._behind[_key(row)])
                yield Assessment("pass", place=self._names.table(blank[0]["form"], table), table=table, read_as_zero=empty)
            else:
                yield _quiet(counted)

    def _wrong_sum(self, facts: ReportFacts, area: Row, rows: Sequence[Row]) -> Assessment:
        texts = [f"{self._label(row)}公布 {self._figure(row, 'whole')}、各单位之和 {self._figure(row, 'together')}" for row in rows]
        cells = [
            cell for row in rows for cell in (self._whole(row, facts), *(self._cell(each, "right") for each in self._behind[_key(row)]))
        ]
        only = rows[0] if len(rows) == 1 and not rows[0]["empty"] + rows[0]["lost"] else None
        return Assessment(
            "fail",
            place=self._place(rows),
            table=rows[0]["table"],
            cells=tuple(cells),
            expected=only["together"] if only else None,
            actual=rows[0]["whole"] if len(rows) == 1 else None,
            difference=only["difference"] if only else None,
            details={"count": str(len(rows)), "list": listed(texts), "bodies": str(area["bodies"])},
        )

    def _part(self, rule: Rule, facts: ReportFacts) -> Iterator[Assessment]:
        """One assessment for each body and table."""
        by_body: dict[tuple[str, str], list[Row]] = defaultdict(list)
        too_large: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self._parts_counted[facts.report_id]:
            by_body[row["part_report"], row["table"]].append(row)
        for row in self._parts[facts.report_id]:
            if row["verdict"] == _failing(rule):
                too_large[row["part_report"], row["table"]].append(row)
        for place, counted in by_body.items():
            yield self._too_large(facts, too_large[place]) if too_large[place] else _quiet(counted)

    def _too_large(self, facts: ReportFacts, rows: Sequence[Row]) -> Assessment:
        texts = [f"{self._label(row)}填报 {self._figure(row, 'part')}，全地区 {self._figure(row, 'whole')}" for row in rows]
        only = rows[0] if len(rows) == 1 else None
        return Assessment(
            "fail",
            place=self._place(rows),
            table=rows[0]["table"],
            cells=tuple(cell for row in rows for cell in (self._whole(row, facts), self._cell(row, "right"))),
            actual=only["part"] if only else None,
            details={"count": str(len(rows)), "list": listed(texts), "body": rows[0]["agency_name"]},
        )

    def _place(self, rows: Sequence[Row]) -> str:
        return self._names.place([(self._field(row), row["applicant"] or None) for row in rows])

    def _label(self, row: Row) -> str:
        return quoted(self._names.full(self._field(row), row["applicant"] or None))

    def _figure(self, row: Row, column: str) -> str:
        return f"{number_text(row[column])} {self._field(row).unit}"

    def _field(self, row: Row) -> Field:
        return self._fields[row["form"], row["field"]]

    def _whole(self, row: Row, facts: ReportFacts) -> FindingCell:
        return self._evidence(facts.report_id, row["form"], row, "left", "")

    def _cell(self, row: Row, side: Side) -> FindingCell:
        return self._evidence(row["part_report"], row["form"], row, side, row["agency_name"])

    def _evidence(self, report_id: str, form: str, row: Row, side: Side, prefix: str) -> FindingCell:
        cell: dict[str, Any] = self._cells[report_id, row["field"], row["applicant"]]
        place = Locator(cell["grid"], cell["row"], cell["column"], cell["page"], None) if cell["grid"] is not None else None
        value: Decimal | None = cell["value"]
        return FindingCell(
            side=side,
            report_id=report_id,
            field=row["field"],
            applicant=row["applicant"] or None,
            label=prefix + self._names.full(self._fields[form, row["field"]], row["applicant"] or None),
            state=cell["state"],
            value=value,
            raw=cell["raw"],
            location=location_text(place),
            locator=place,
        )


def _failing(rule: Rule) -> str:
    return "corrected" if rule.parameters.get("corrected") == "yes" else "fail"


def _quiet(counted: Iterable[Row]) -> Assessment:
    """Of a table in which nothing fails: pass where a cell does, not assessable where none could be assessed."""
    verdicts = {row["verdict"] for row in counted}
    return PASS if verdicts & {"pass", "blank"} else NOT_ASSESSABLE if "not_assessable" in verdicts else NOT_APPLICABLE


def _key(row: Row) -> tuple[str, str, str]:
    return row["whole_report"], row["field"], row["applicant"]


def _by_report(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["whole_report"]].append(row)
    return found


def _by_table(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["table"]].append(row)
    return found
