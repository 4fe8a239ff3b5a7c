"""说明 of a year's workbook: what this is, how the year stands, what to do first, what each sheet holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.catalog import severities
from pipeline.publish.letters.sent import YearLetters
from pipeline.publish.stored import PERHAPS_MISREAD
from pipeline.publish.workbook.book import SUBMISSIONS, Book
from pipeline.publish.workbook.guide import write_page

_SUBMISSIONS = "SELECT submission, count(*), count(*) FILTER (days_late > 0) FROM out_submission_status GROUP BY submission"
_FINDINGS = "SELECT severity, count(*) FROM out_findings WHERE NOT weak AND status IN ('open', 'confirmed') GROUP BY severity"
_MISREAD = f"SELECT count(*) FROM out_findings WHERE status = 'open' AND {PERHAPS_MISREAD}"
_FILED, _NOT_OWING = ("reported", "reported_incomplete"), ("unexpected", "not_owed")
_SHEETS = (
    ("报送情况", "应报单位是否报送、是否逾期、发什么函，未报送的在前。"),
    ("问题清单", "核对发现的问题：在哪一格、印的是什么、很可能应为多少、处理状态。"),
    ("旁证", "只凭大小、增幅或者雷同推测的线索，供核实时参考，不等于有误。"),
    ("汇总", "按正式格式排列的各单位合计，与政府公布数并列；各种格式、各张表各一页。"),
    ("同比", "全部单位各项合计与上年比较，附可比性。"),
    ("各单位同比", "每个单位的主要项目与上年比较。"),
    ("指标排名", "每个单位一行，各项分析指标的数值和名次；名次只表示大小，不表示优劣。"),
    ("排名明细", "逐项指标的名次表，有分子、分母和占合计的比重；供在屏幕上筛选，不打印。"),
    ("数据质量", "每份报告读取和核对的程度，质量得分由低到高。"),
    ("读取问题", "读取中没有采用的数字、没有找到的表格、重复报送的报告。"),
    ("人工决定", "登记的更正、豁免、确认，是否起作用。"),
    ("填报说明", "数字从何而来，每条核对规则的要求和核对情况。"),
)


def write_year_guide(book: Book, sent: YearLetters) -> None:
    """The first sheet. It names no moment of writing, so that the same data give the same workbook."""
    about = (
        ("内容", f"各单位报送的 {sent.year} 年度政府信息公开工作年度报告的核对、汇总结果。数字逐格取自报告原文，不作舍入和改动。"),
        ("金额单位", "“汇总”各表按格式所印的单位（万元），其他各表一律以元计。"),
        ("打印", "各表按 A4 横向设好页宽，翻页重复表头；“文件”“出处”等查找用的列不打印。"),
    )
    parts = (
        ("本表是什么", about),
        ("本年度情况", list(_state(book, sent))),
        ("先做什么", list(_steps(book))),
        ("各表内容（点击表名跳转）", _SHEETS),
    )
    write_page(book, f"{sent.year} 年度政府信息公开工作年度报告核对汇总表", parts, linked=len(parts) - 1)


def _state(book: Book, sent: YearLetters) -> Iterator[tuple[str, str]]:
    rows = list(book.tables.rows(_SUBMISSIONS))
    counts, late = Counter({state: count for state, count, _ in rows}), sum(late for _, _, late in rows)
    owing = sum(count for state, count in counts.items() if state not in _NOT_OWING)
    filed = sum(counts[state] for state in _FILED)
    others = "".join(f"，{SUBMISSIONS[state]} {counts[state]} 个" for state in ("not_reported", "unusable", "unexpected") if counts[state])
    yield "报送", f"应报单位 {owing} 个，已报送 {filed} 个{others}；逾期 {late} 个。"
    found = dict(book.tables.rows(_FINDINGS))
    listed = "、".join(f"{name} {found.get(severity, 0)} 条" for severity, name in severities.FINDINGS.items())
    yield "问题", f"尚待处理 {listed}，见“问题清单”。"
    yield "函件", "".join(sent.summary(book.catalog))


def _steps(book: Book) -> Iterator[tuple[str, str]]:
    steps: Sequence[str] = (
        "看“报送情况”：先核对标“暂不发函”的单位，再发催报函（letters 文件夹，单位名称后注明“催报函”）。",
        f"看“问题清单”中“状态”为“先对照原件”的（现有 {book.tables.number(_MISREAD)} 条）：可能是识别有误，对照报告原件核对以后再办。",
        "看“问题清单”其余各条：属实的，发核改函；不必改的，用 gongkai waive 豁免；单位答复后，用 gongkai correct 登记更正。",
        "单位重新报送的文件放入 data/raw，运行 gongkai build，本表和函件自动更新；没有变化的文件不重写。",
        "定稿以前看“汇总”各表：浅黄色、橙色的格不完整或者存疑；撰写政府本级报告用同一文件夹的“年度报告表”。",
    )
    yield from ((f"第{number}步", step) for number, step in zip("一二三四五", steps, strict=True))
