"""How well scans are read: `python -m tests.scans [--reports 3] [--dpi 150 200 300] [--damage clean …] [--blank 0.5]`.

Prints for every damage and resolution how many cells of made reports are right, missing (said to be unreadable), wrong, and silent
(wrong in a table of which no problem speaks), with the seconds of processor time a page. Needs the optional part (`make extras`).
"""

# ruff: noqa: T201
from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.normalise.model import Report
from pipeline.orchestration.parsing import findings_of
from pipeline.orchestration.reading import read_bytes, understood
from tests.reports import render_pictures as render_pictures  # noqa: PLC0414 - for the tests, which may not import it where the optional part is missing
from tests.reports import render_scan
from tests.reports.content import Figure, PrintedSection, ReportContent, keys_of, printed_figures
from tests.reports.figures import Size, consistent_figures
from tests.reports.layout import printed_tables


def made(catalog: Catalog, seed: int) -> ReportContent:
    """A report of an invented body, of either form, large or small."""
    random = Random(seed)
    form, year = random.choice((("2019", 2020), ("2021", 2023)))
    size = Size(
        random.choice((12, 60, 900)), 12, licensing=random.choice((0, 1240, 447228)), penalties=30, coercion=3, services=40, fees=36
    )
    sections = tuple(
        PrintedSection(row.section, f"{number}、{row.headings[0]}", (f"{row.headings[0]}如下。",))
        for number, row in zip("一二三四五六", catalog.sections, strict=True)
    )
    figures = printed_figures(catalog, form, consistent_figures(catalog, form, random, None, size))
    title = f"瀚川市沐云区财政局\n{year}年政府信息公开工作年度报告"
    return ReportContent("瀚川市沐云区财政局", year, form, title, figures, sections, (), date(year + 1, 1, 20), "")


def half_empty(content: ReportContent, share: float, seed: int) -> ReportContent:
    """The report with a share of its cells blank, or with a sign for nothing in some of them."""
    random = Random(seed)
    emptied = {key: _nothing(random) for key in content.figures if random.random() < share}
    return content.with_figures(emptied)


def _nothing(random: Random) -> Figure:
    sign = random.choice(("", "", "/", "—"))
    return Figure(sign, None, "not_applicable" if sign else "blank")


def outcome(catalog: Catalog, content: ReportContent, scan: bytes, source: str) -> Counter[str]:
    """Cells right, missing, wrong and silent in one scan."""
    reading = read_bytes(scan)
    reports = understood(catalog, reading.document) if reading.document else []
    report = max(reports, key=lambda report: len(report.cells), default=None)
    named = _named(catalog, source, report) if report else set(catalog.table_ids)
    got = {(cell.field, cell.applicant): cell for cell in report.cells} if report else {}
    counts: Counter[str] = Counter()
    for key in keys_of(catalog, content.form):
        cell, due = got.get(key), content.figures[key]
        if cell is not None and (cell.state, cell.value) == (due.state, due.value):
            counts["right"] += 1
        elif cell is None or cell.state == "unreadable":
            counts["missing"] += 1
            print(
                f"    {source}: {key} printed {due.printed!r}, unread {cell and cell.raw!r} ({cell and cell.confidence})", file=sys.stderr
            )
        else:
            counts["wrong"] += 1
            counts["silent"] += cell.table not in named
            print(f"    {source}: {key} printed {due.printed!r}, read {cell.raw!r} ({cell.state}, {cell.confidence})", file=sys.stderr)
    counts["named"] += bool(report and report.agency == content.agency and report.report_year == content.report_year)
    return counts


def _named(catalog: Catalog, source: str, report: Report) -> set[str]:
    problems = [*report.problems, *findings_of(catalog, source, report)]
    return {problem.table for problem in problems if problem.table and problem.severity in ("error", "warning")}


def main() -> None:
    """Measure and print one line for each damage and resolution."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2)
    parser.add_argument("--first", type=int, default=0, help="seed of the first report")
    parser.add_argument("--dpi", type=int, nargs="+", default=[200])
    parser.add_argument("--damage", nargs="+", default=list(render_scan.DAMAGES))
    parser.add_argument("--blank", type=float, default=0.0, help="share of the cells that are blank or hold a sign for nothing")
    parser.add_argument("--container", default="tiff")
    parser.add_argument("--keep", type=Path, help="folder in which scans with a wrong or missing cell are kept")
    wanted = parser.parse_args()
    catalog = load_catalog(DEFAULT_CATALOG)
    print(f"{'damage':14} {'dpi':>4} {'right':>6} {'missing':>8} {'wrong':>6} {'silent':>7} {'named':>6} {'share':>8} {'s/page':>7}")
    for damage in wanted.damage:
        for dpi in wanted.dpi:
            total: Counter[str] = Counter()
            for seed in range(wanted.first, wanted.first + wanted.reports):
                content = half_empty(made(catalog, seed), wanted.blank, seed)
                scan = render_scan.render(
                    content, printed_tables(catalog, content), dpi=dpi, damage=damage, container=wanted.container, seed=seed
                )
                start = time.process_time()
                counts = outcome(catalog, content, scan, f"{damage}_{dpi}_{seed}")
                total += counts + Counter(seconds=time.process_time() - start, pages=3)  # type: ignore[call-overload]
                if wanted.keep and counts["missing"] + counts["wrong"]:
                    (wanted.keep / f"{damage}_{dpi}_{seed}.{wanted.container}").write_bytes(scan)
            cells = total["right"] + total["missing"] + total["wrong"]
            print(
                f"{damage:14} {dpi:4} {total['right']:6} {total['missing']:8} {total['wrong']:6} {total['silent']:7} {total['named']:6} "
                f"{total['right'] / cells:8.2%} {total['seconds'] / total['pages']:7.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
