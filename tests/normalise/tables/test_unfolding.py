"""Text copied from a browser: of merged cells nothing is left, neither beside nor below."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.report import normalise
from pipeline.normalise.tables.unfolding import unfolded
from pipeline.readers import text
from tests.normalise.grids import FIFTEEN, REQUESTS_HEAD, codes, grid, numbers, report_of

TITLE = "瀚川市沐云区财政局2021年政府信息公开工作年度报告"
REQUESTS = [
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t申请人情况",
    "自然人\t法人或其他组织\t总计",
    "商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他",
    "一、本年新收政府信息公开申请数量\t11\t12\t13\t14\t15\t16\t81",
    "三、本年度办理结果\t（一）予以公开\t21\t22\t23\t24\t25\t26\t141",
    "（三）不予公开\t1.属于国家秘密\t31\t32\t33\t34\t35\t36\t201",
    "2.其他法律行政法规禁止公开\t41\t42\t43\t44\t45\t46\t261",
]
REMEDIES = [
    "行政复议\t行政诉讼",
    "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t复议后起诉",
    "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计",
    "\t".join(FIFTEEN),
]
APPLICANTS = ["natural_person", "enterprise", "research_institution", "social_organization", "legal_service", "other_organization", "total"]


@pytest.mark.parametrize("lost", [[], ["自然人"]], ids=["whole", "a heading lost"])
def test_headings_find_their_columns_or_nothing_is_taken(catalog: Catalog, lost: list[str]) -> None:
    lines = [TITLE, "三、收到和处理政府信息公开申请情况", *REQUESTS, "四、政府信息公开行政复议、行政诉讼情况", *REMEDIES]
    for word in lost:
        lines = [line.replace(f"{word}\t", "") for line in lines]
    (report,) = normalise(catalog, text.read("\n".join(lines).encode()))
    requests = numbers(report, "requests.")
    if lost:
        assert requests == {} and codes(report, "requests")
    else:
        rows = {"new": 11, "granted": 21, "denied.state_secret": 31, "denied.barred_by_law": 41}
        assert requests == {
            f"{row}/{name}": first + place if name != "total" else 6 * first + 15
            for row, first in rows.items()
            for place, name in enumerate(APPLICANTS)
        }
    assert list(map(str, numbers(report, "remedies.").values())) == FIFTEEN


def test_a_stated_table_is_left_as_it_is(catalog: Catalog) -> None:
    table = grid(REQUESTS_HEAD)
    assert unfolded(catalog, table) is table


def test_a_dump_with_empty_cells_for_merged_ones_is_read_as_before(catalog: Catalog) -> None:
    head = [
        ["勾稽", "申请人情况"],
        ["", "自然人", "法人或其他组织", "总计"],
        ["", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""],
    ]
    table = grid([*head, ["一、本年新收政府信息公开申请数量", *"1234567"]], spans="inferred")
    assert unfolded(catalog, table) == table
    assert report_of(catalog, table)


def test_headings_with_wrong_colspans_stand_as_the_form_has_them(catalog: Catalog) -> None:
    for wrong in ("法人或其他组织*4", "法人或其他组织*6"):
        head = [REQUESTS_HEAD[0], ["自然人^2", wrong, "总计^2"], REQUESTS_HEAD[2]]
        rows = [[f"{label}*3", *"1234567"] for label in ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量")]
        report = report_of(catalog, [*head, *rows])
        found = numbers(report, "requests.new/")
        assert [found[applicant.applicant] for applicant in catalog.applicants] == list(range(1, 8))
        assert not codes(report, "requests") - {"cells_missing"}


def test_headings_stay_where_the_rows_below_have_another_number_of_cells(catalog: Catalog) -> None:
    head = [REQUESTS_HEAD[0], ["自然人^2", "法人或其他组织*6", "总计^2"], REQUESTS_HEAD[2]]
    report = report_of(
        catalog, [*head, ["一、本年新收政府信息公开申请数量*3", *"12345678"], ["二、上年结转政府信息公开申请数量*3", *"12345678"]]
    )
    assert numbers(report, "requests.new/").get("total", 8) == 8
    assert codes(report, "requests") & {"label_unmatched", "cell_unplaced"}
