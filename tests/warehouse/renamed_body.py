"""A warehouse of one invented body that was renamed in 2022, over three forms, with a blank year, whose figures are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.catalog import Catalog
from pipeline.indicators.outcomes import out_harmonised
from pipeline.indicators.ratios import out_indicators
from pipeline.indicators.series import YearTables, out_series
from pipeline.indicators.succession import Standing
from pipeline.warehouse.database import build_database
from pipeline.warehouse.schema import from_rows
from pipeline.warehouse.store import Store
from tests.indicators.builders import FORM_2014, FORM_2019, FORM_2021, FiledReport, values_of

OLD, NEW, SHORT = "瀚川市沐云区行政审批管理办公室", "瀚川市沐云区数据局", "沐云区数据局"
REQUESTS = {2017: 20, 2018: 25, 2019: 40, 2020: 50, 2021: 60, 2022: "blank", 2023: 30, 2024: 45}
GRANTED = {2017: 5, 2018: 10, 2019: 20, 2020: 20, 2021: 55, 2022: 8, 2023: 3, 2024: 30}
SAME_PLACE = {"2019": "proactive.normative_documents.newly_disclosed", "2021": "proactive.normative_documents.repealed"}


def write_warehouse(folder: Path, catalog: Catalog) -> Path:
    """Build `gongkai.duckdb` in the folder and give its path."""
    store = Store(folder, catalog)

    def write(table: str, data: Any, year: int | None = None) -> None:
        store.write(table, data, year=year, fingerprint="test")

    agencies = [
        {"agency_id": f"id-{name}", "agency_name": name, "agency_kind": "office", "lineage_id": f"id-{OLD}", "registered": True}
        for name in (OLD, NEW)
    ]
    write("core_agencies", from_rows(catalog, "core_agencies", agencies))
    names = [{"agency_id": row["agency_id"], "name": row["agency_name"], "name_kind": "legal"} for row in agencies]
    short = {"agency_id": f"id-{NEW}", "name": SHORT, "name_kind": "short"}
    write("core_agency_names", from_rows(catalog, "core_agency_names", [*names, short]))
    last = YearTables(*(from_rows(catalog, table, []) for table in ("out_values", "out_harmonised", "out_indicators")))
    for year in REQUESTS:
        values = values_of(catalog, [_report(year)])
        this = YearTables(values, out_harmonised(catalog, values), out_indicators(catalog, values))
        before, link = (OLD, "rename") if year == 2022 else (NEW, "same")
        bodies = [Standing(f"id-{NEW}", f"id-{OLD}", f"id-{before}", link, "")]
        tables = {"out_values": values, "out_harmonised": this.out_harmonised, "out_indicators": this.out_indicators}
        for table, data in {**tables, "out_series": out_series(catalog, this, last, bodies)}.items():
            write(table, data, year)
        last = this
    path = folder / "gongkai.duckdb"
    build_database(store, catalog, path)
    return path


def _report(year: int) -> FiledReport:
    """Under the old name until 2021 and the new one since."""
    body = OLD if year < 2022 else NEW
    if year < 2019:
        answered = "statistics.requests.answered"
        figures = {"statistics.requests.received": REQUESTS[year], answered: REQUESTS[year], f"{answered}.granted": GRANTED[year]}
        return FiledReport(body, year, figures, FORM_2014)
    form = FORM_2019 if year < 2021 else FORM_2021
    handled = 60 if year == 2022 else REQUESTS[year]
    cells = {
        ("requests.new", "total"): REQUESTS[year],
        ("requests.handled", "total"): handled,
        ("requests.granted", "total"): GRANTED[year],
    }
    return FiledReport(body, year, {**cells, SAME_PLACE[form["proactive"]]: 3}, form)
