"""Many empty cells in few words."""

from __future__ import annotations

from pipeline.catalog.model import Catalog
from pipeline.checks.gaps import Entry, gaps_text
from pipeline.checks.names import Names

from .build_report import make_report


def entries(catalog: Catalog, change: dict[str, str]) -> list[Entry]:
    cells = make_report(catalog, change=change).cells
    columns = [row.applicant for row in catalog.applicants]
    fields = catalog.fields_of("2021", "requests")
    return [(field, column, cells.get((field.field, column))) for field in fields for column in columns]


def test_whole_columns_rows_and_tables(catalog: Catalog) -> None:
    names, fields = Names(catalog), catalog.fields_of("2021", "requests")
    column = {f"{field.field}[enterprise]": "" for field in fields}
    row = {f"requests.granted[{applicant.applicant}]": "absent" for applicant in catalog.applicants}
    everything = {f"{field.field}[{applicant.applicant}]": "/" for field in fields for applicant in catalog.applicants}
    assert gaps_text(names, entries(catalog, {})) == ""
    assert gaps_text(names, entries(catalog, column)) == "空白 25 个（“商业企业”列）"
    assert gaps_text(names, entries(catalog, row)) == "未找到 7 个（“本年度办理结果/予以公开”行）"
    assert gaps_text(names, entries(catalog, everything)) == "填“/” 175 个（全部单元格）"
    one = gaps_text(names, entries(catalog, column | {"requests.new[total]": "?", "requests.new[legal_service]": ""}))
    assert one == (
        "空白 26 个（“商业企业”列、“本年新收政府信息公开申请数量（法律服务机构）”）；"
        "无法识别（“?”） 1 个（“本年新收政府信息公开申请数量（总计）”）"
    )
