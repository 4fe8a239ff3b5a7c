"""报送情况 and 报送明细: which body has reported on which year, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.normalise.filing.versions import RULES
from pipeline.publish.letters.sent import WITHHELD, YearLetters
from pipeline.publish.workbook.book import SUBMISSIONS, Book
from pipeline.publish.workbook.listing import Column, Listing, write_listing

_YEARS = "SELECT DISTINCT report_year FROM out_submission_status ORDER BY 1 DESC"
_MATRIX = """
    SELECT agency_id, max_by(agency_name, report_year) OVER (PARTITION BY agency_id), report_year, submission, days_late, copies,
           contradicting
    FROM out_submission_status
"""
_DETAIL = """
    SELECT status.agency_id, status.report_year, status.agency_name, submission, owed_by, published_on, deadline, days_late,
           status.copies, contradicting, report.version_rule, errors, warnings, infos, report.path
    FROM out_submission_status AS status
    LEFT JOIN (SELECT report_id, path, version_rule FROM core_reports) AS report USING (report_id)
    ORDER BY status.report_year DESC, CASE submission WHEN 'not_reported' THEN 1 WHEN 'unusable' THEN 2 WHEN 'unexpected' THEN 3
             WHEN 'not_owed' THEN 5 ELSE 4 END,
             coalesce(days_late, 0) DESC, status.agency_name, status.agency_id
"""
_STYLES = {
    **{"reported": "centred", "reported_incomplete": "attention", "unusable": "unusable", "not_reported": "missing"},
    **{"unexpected": "attention", "not_owed": "centred"},
}
_FILED = ("reported", "reported_incomplete")
_NOT_OWING = ("unexpected", "not_owed")
_OWED_BY = {"roster": "应报名单", "registry": "单位登记表", "reports": "以前报送过"}
_DETAIL_COLUMNS = (
    Column("年度", 8, "year"),
    Column("单位", 30, "long"),
    Column("报送情况", 20, "centred"),
    Column("应报依据", 11, "centred", "应报名单（roster.csv）、单位登记表（agencies.csv），或者以前报送过。"),
    Column("发布日期", 11.5, "date", "先取 sources.csv 登记的日期，其次取网页自述的日期；日期不明为空。"),
    Column("公布期限", 11.5, "date", "条例规定的公布期限，按单位性质确定；应报名单另有规定的从其规定。"),
    Column("逾期天数", 10, "number", "发布日期晚于期限的天数；按期为 0；发布日期不明为空，不等于按期。"),
    Column("同期份数", 10, "number", "同一单位同一年度的报告份数；多于 1 份时，只有一份计入汇总，见“读取问题”。"),
    Column("其中数字不同", 10, "number", "数字与采用的一份不同的报告份数，逐格列在“问题清单”规则 S13 下。"),
    Column("采用依据", 18, "long", "有多份报告时，采用其中哪一份。"),
    Column("错误", 8, "number"),
    Column("提醒", 8, "number"),
    Column("提示", 8, "number"),
    Column("文件", 70),
)
_SENT_COLUMNS = (
    Column("函件", 12, "centred", "letters 文件夹中给该单位的函；暂不发函的，先按“函件说明”核对。"),
    Column("函件说明", 26, "long"),
)


def write_submission(book: Book) -> None:
    """The matrix of bodies and years (one row a body, one column a year, a sum in the first row), then the list."""
    years = [year for (year,) in book.tables.rows(_YEARS)]
    columns = [Column("单位", 34), *(Column(f"{year} 年度", 13, "centred") for year in years)]
    notes = (
        "“未见报告”：该单位应当报送而没有收到。应报单位依应报名单（roster.csv）；没有名单的依单位登记表；都没有的，以前年度报送过的都算应报。",
        "“不在应报之列”：收到了报告，但该单位不在应报名单上，或者该年度并不存在，不计入应报单位数。空白：该年度不需报送。",
        "“未取得数字”：收到了文件，但其中没有一个数字可以采用（例如只写“正文见附件”），不计入已报单位数，请催报正文。",
        "“不完整”：已收到，但有表格缺少、读不出或未能归位，见“读取问题”。逾期只在发布日期已知时判断。",
    )
    listing = Listing("报送情况", "报送情况一览", columns, notes, "没有收到任何年度报告。", fixed=1)
    write_listing(book, listing, _matrix(book, years))
    write_detail(book, "报送明细")


def write_detail(book: Book, name: str, sent: YearLetters | None = None) -> None:
    """One row for each body and year, those first whose report is missing, without figures or late. sent: the letters of the year."""
    columns: tuple[Column, ...] = _DETAIL_COLUMNS
    notes: tuple[str, ...] = ("错误、提醒、提示为该报告“问题清单”中的条数。",)
    if sent:
        columns = (*columns[:3], *_SENT_COLUMNS, *columns[3:])
        notes = (*sent.summary(book.catalog), *notes)
    listing = Listing(name, name, columns, notes, "没有收到任何年度报告。", fixed=2, printed=len(columns) - 1, latest_year=True)
    write_listing(book, listing, _details(book, sent))


def _details(book: Book, sent: YearLetters | None) -> Iterator[list[object]]:
    kinds, remarks = (sent.kinds(), sent.remarks()) if sent else ({}, {})
    for agency_id, *row in book.tables.rows(_DETAIL):
        detail = _detail(row)
        if sent:
            kind = kinds.get(agency_id)
            shown = book.catalog.wordings(f"sent.{kind}") if kind else ""
            detail[3:3] = [("attention" if kind == WITHHELD else "centred", shown), remarks.get(agency_id, "")]
        yield detail


def _matrix(book: Book, years: list[int]) -> list[list[object]]:
    bodies: dict[tuple[str, str], dict[int, tuple[str, str]]] = defaultdict(dict)
    received: dict[int, list[int]] = {year: [0, 0] for year in years}
    for agency_id, name, year, submission, days_late, copies, contradicting in book.tables.rows(_MATRIX):
        bodies[name, agency_id][year] = _status(submission, days_late, copies, contradicting)
        received[year][0] += submission in _FILED
        received[year][1] += submission not in _NOT_OWING
    if not bodies:
        return []
    summary: list[object] = ["已报单位数/应报单位数", *(f"{filed}/{expected}" for filed, expected in received.values())]
    rows: list[list[object]] = [[name, *(found.get(year) for year in years)] for (name, _), found in sorted(bodies.items())]
    return [summary, *rows]


def _status(submission: str, days_late: int | None, copies: int, contradicting: int) -> tuple[str, str]:
    """What the matrix says of a body and year, in few words, and its colour."""
    late = f"逾期 {days_late} 天" if days_late and submission != "unusable" else ""
    several = f"{copies} 份不一致" if contradicting else f"{copies} 份" if copies > 1 else ""
    state = {"reported_incomplete": "不完整", "unusable": "未取得数字"}.get(submission, SUBMISSIONS[submission])
    if submission == "reported" and (late or contradicting):
        return "attention", "，".join(filter(None, (late, several)))
    return _STYLES[submission], "，".join(filter(None, (state, late, several)))


def _detail(row: Sequence[object]) -> list[object]:
    year, name, submission, owed_by, published_on, deadline, days_late, copies, contradicting, rule, *rest = row
    state = (_STYLES[str(submission)], SUBMISSIONS[str(submission)])
    differing = ("attention", str(contradicting)) if contradicting else 0
    chosen = RULES[str(rule)] if rule else ""
    return [year, name, state, _OWED_BY[str(owed_by)], published_on, deadline, days_late, copies, differing, chosen, *rest]
