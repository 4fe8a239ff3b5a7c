"""Several reports in one file after each was read: the same one twice, and tables of which nobody can tell whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.agencies.names import same_agency
from pipeline.normalise.model import Level, Problem, Report, TableFound
from pipeline.normalise.problems import problem


def without_repeats(catalog: Catalog, reports: Sequence[Report]) -> list[Report]:
    """The reports less those that a page shows a second time (for print, for phones), which is said; counted through anew."""
    kept: list[Report] = []
    for report in reports:
        shown = next((place for place, earlier in enumerate(kept) if _repeats(report, earlier)), None)
        if shown is None:
            kept.append(replace(report, index=len(kept)))
            continue
        said = problem(catalog, "copy_same", "这份报告在文件中出现不止一次，数字完全相同，只列一份。")
        kept[shown] = replace(kept[shown], problems=(*kept[shown].problems, said))
    return kept


def of_which_report(catalog: Catalog, tables: Sequence[TableFound], problems: Sequence[Problem]) -> Iterator[Problem]:
    """What is said of tables that stand once in a report of which another table stands there twice, with other figures."""
    conflicting = {item.table for item in problems if item.code == "table_repeated"}
    conflicting &= {item.table for item in problems if item.code == "cell_conflict"}
    for table in tables:
        if conflicting and table.state == "found" and table.table not in conflicting:
            message = "文件中另有表格出现多份且数字不一，可能是几份报告；这张表只有一份，不能确定属于哪一份，请核实。"
            yield problem(catalog, "table_repeated", message, table=table.table)


def said_of_level(catalog: Catalog, level: Level | None, unsure: Iterable[str]) -> Iterator[Problem]:
    """What is said of reports that a file holds for the whole area and for the office alone; unsure: tables that stand there once."""
    if level:
        whole, own = "这一份是全地区（全系统）的汇总", "这一份是本级（本机关）自身的"
        message = f"文件中有汇总和本级两套表格，{whole if level == 'whole_area' else own}，按表格上方的标题区分。"
        yield problem(catalog, "level_told", message)
    for table in sorted(unsure):
        message = "文件中其他表格有汇总和本级两套，这张表只有一份，没有写明属于哪一套，列入汇总，请核实。"
        yield problem(catalog, "table_repeated", message, table=table)


def _repeats(report: Report, earlier: Report) -> bool:
    """Whether a report says nothing that an earlier one has not said: the same cells, and no other body or year."""
    if report.status == "refused" or _figures(report) != _figures(earlier):
        return False
    same_body = report.agency is None or (earlier.agency is not None and same_agency(report.agency, earlier.agency))
    return same_body and report.report_year in (None, earlier.report_year)


def _figures(report: Report) -> set[tuple[object, ...]]:
    return {(cell.field, cell.applicant, cell.state, cell.value) for cell in report.cells}
