"""The one real body of the sample, with the figures that it published for 2019; the sentences are ours.

Source: 宁波市鄞州区行政审批管理办公室政府信息公开工作2019年度报告. Everything that is not listed here was printed as 0.
"""

from __future__ import annotations

from decimal import Decimal

from pipeline.catalog.model import Catalog
from tests.reports.content import Figure, Key, PrintedSection, ReportContent, keys_of

YINZHOU_PATH = "宁波市鄞州区行政审批管理办公室2019.txt"
YINZHOU = "宁波市鄞州区行政审批管理办公室"
YINZHOU_YEAR = 2019
_FIGURES: dict[Key, Figure] = {
    ("proactive.other_services.items_previous_year", None): Figure("410", Decimal(410)),
    ("proactive.other_services.items_change", None): Figure("-24", Decimal(-24)),
    ("proactive.procurement.items", None): Figure("9项", Decimal(9)),
    ("proactive.procurement.amount", None): Figure("403万", Decimal(4030000)),
}
_SECTIONS = (
    ("overview", "总体情况", "本报告统计期限为2019年1月1日至2019年12月31日。全年通过区政府信息公开专栏主动公开政府信息240条。"),
    ("proactive", "主动公开政府信息情况", ""),
    ("requests", "收到和处理政府信息公开申请情况", ""),
    ("remedies", "政府信息公开行政复议、行政诉讼情况", ""),
    ("problems", "存在的主要问题及改进情况", "存在的主要问题是工作人员的公开意识不够均衡。下一步将加强培训，丰富公开的形式。"),
    ("other", "其他需要报告的事项", "无。"),
)


def yinzhou_content(catalog: Catalog) -> ReportContent:
    """The report of 2019, spaces around the figures as in the original."""
    figures = {key: _FIGURES.get(key, Figure("0", Decimal(0))) for key in keys_of(catalog, "2019")}
    padded = {key: figure._replace(printed=f"　{figure.printed} ") for key, figure in figures.items()}
    sections = tuple(
        PrintedSection(section, f"{number}、{heading}", (text,) if text else ())
        for number, (section, heading, text) in zip("一二三四五六", _SECTIONS, strict=True)
    )
    return ReportContent(YINZHOU, YINZHOU_YEAR, "2019", f"{YINZHOU}\n政府信息公开工作2019年度报告", padded, sections)
