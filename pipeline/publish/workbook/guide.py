"""说明: what each sheet is, how the figures come about, and what the signs mean."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.publish.workbook.area_totals import first_sheet
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.cells import lines_needed, row_height, write_text

_WIDTH = 120
_SOURCES = """
    SELECT count(*) FILTER (read_status NOT IN ('unpacked', 'in_page')), count(*) FILTER (read_status = 'read'),
           count(*) FILTER (read_status = 'not_read'), count(*) FILTER (read_status = 'unpacked')
    FROM raw_files
"""
_REPORTS = """
    SELECT count(*), count(*) FILTER (is_current), min(report_year), max(report_year) FROM core_reports WHERE status <> 'refused'
"""
_FOLDERS = "SELECT DISTINCT split_part(path, '/', 1) FROM raw_files WHERE contains(path, '/') ORDER BY 1"
_FINDINGS = "SELECT severity, count(*) FROM out_findings GROUP BY severity"
_MOST_FOLDERS = 10
READING = (
    (
        "数字从何而来",
        "全部数字取自各单位报送的报告文件，逐格读取；登记了更正的，印出的数字不改，更正后的数字写在旁边，合计、指标、比较采用更正后的，见“人工决定”；每个数字的印出原文、文件和位置都保存在数据库中，可以逐一查对。",
    ),
    (
        "现行报告",
        "同一单位同一年度有多份报告时，只采用一份：先取注明更正、修订或重新发布的（缺表的除外），再取读取完整的，再取发布日期最晚的；其余在“读取问题”中列明，数字不同的在“问题清单”中逐格列明（S13）。",
    ),
    ("空白", "空白就是没有数字：报告中该格空白、填“/”一类符号、无法识别或没有这一格。空白不等于 0；报告印 0 的才是 0。"),
    ("无法核对", "规则所需的单元格没有数字，因而不能判断。无法核对不等于通过。"),
    ("金额单位", "数据以元保存。“汇总”表按格式所印的单位（万元）列示，格式没有印出单位的也折算为万元并在标题中注明；其他各表一律以元计。"),
    ("数字显示", "数字不作舍入，有几位小数显示几位；负数为红色。超过 15 位有效数字的，因软件只能保存 15 位，以文字形式完整列出。"),
    ("程度", "错误：数字之间矛盾或不合规定，应当更正。提醒：不合常理，应当核实。提示：写法不规范，供参考。"),
    (
        "汇总表的颜色",
        "浅黄色的格：有单位未填数字，合计只含填了数字的单位。橙色的格：有单位的数字涉及程度为错误的问题，或疑为金额单位有误（与上年或下年相差三千倍以上，或在“万元”栏以元填报），合计照数相加，未作更正，引用前请先核实。",
    ),
    ("可比性", "2019 年和 2021 年两次改换格式，部分项目含义不同。不可比的不计算增减；勉强可比的注明原因。"),
)
SHEETS = (
    ("报送情况", "各单位各年度是否报送、是否逾期、有没有几份不一致、收到的文件能否取得数字，一览表。"),
    ("报送明细", "每个单位每个年度一行：应报依据、发布日期、期限、逾期天数、份数和采用依据、文件、问题条数。"),
    ("问题清单", "核对发现的问题：单位、年度、规则、位置、应为、实为、说明、出处，每个单位由重到轻排列。"),
    ("旁证", "只凭大小、增幅或者雷同推测的线索，供核实时参考，不等于有误。"),
    ("未读文件", "没有读取或没有采用的文件及原因。"),
    ("读取问题", "读取过程中的错误和提醒，附文件和位置。"),
    ("登记问题", "sources.csv 和应报名单中有误、没有起作用的行。"),
    ("人工决定", "登记的更正、豁免、确认和报告范围，是否起作用；失效、过期和对不上的排在最前。"),
    ("汇总", "按印出的表式，把当年全部现行报告逐格相加，每年一张。"),
    ("与上年比较", "各项合计与上年比较，附可比性。"),
    ("各单位与上年比较", "每个单位的主要项目与上年比较。"),
    ("分析指标", "每个单位每个年度的公开率、办结率等指标。"),
    ("指标定义", "各项指标的定义、分母下限和适用格式。"),
    ("规则核对情况", "每条规则每个年度核对了多少处、通过多少、有多少无法核对。"),
)


FIRST_STEPS = (
    ("第一步", "看“未读文件”“读取问题”“登记问题”：把没有读到的报告补齐，登记有误的改正，重新运行。"),
    ("第二步", "看“报送情况”“报送明细”：哪些单位、哪些年度没有报告或者逾期。"),
    ("第三步", "看“问题清单”：逐条对照原件核实。各年度的函件、工作簿在 publish 文件夹中按年度存放，发函、打印用各年度的。"),
    ("第四步", "单位答复或者主管部门认定以后，用 gongkai correct、waive、confirm 登记，重新运行，见“人工决定”。"),
)


def write_guide(book: Book) -> None:
    """The first sheet. It names no moment of writing, so that the same data give the same workbook."""
    parts = (("数据来源", _sources(book)), ("先做什么", FIRST_STEPS), ("如何阅读", READING), ("各表内容（点击表名跳转）", SHEETS))
    write_page(book, "政府信息公开工作年度报告汇总", parts, linked=len(parts) - 1)


def write_page(book: Book, heading: str, parts: Sequence[tuple[str, Sequence[tuple[str, str]]]], *, linked: int) -> None:
    """A sheet 说明 of one page: under each title lines of a name and a text. linked: the part whose names lead to sheets."""
    sheet = book.sheet("说明")
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, _WIDTH)
    write_text(sheet, 0, 0, heading, book.styles.named("title"))
    sheet.set_row(0, 30)
    row = 1
    for number, (title, lines) in enumerate(parts):
        row += 1
        write_text(sheet, row, 0, title, book.styles.named("subtitle"))
        for name, text in lines:
            row += 1
            target = _target(book, name) if number == linked else None
            if target:
                sheet.write_url(row, 0, f"internal:'{target}'!A1", book.styles.named("link"), name)
            else:
                write_text(sheet, row, 0, name, book.styles.named("label"))
            write_text(sheet, row, 1, text, book.styles.named("long"))
            sheet.set_row(row, row_height(lines_needed(text, _WIDTH)))
        row += 1


def _target(book: Book, name: str) -> str:
    """The sheet to which a name in the list of sheets leads; sums have several, and lead to the first of the latest year."""
    if name != "汇总":
        return name
    if book.year is not None:
        return first_sheet(book)
    year = book.tables.number("SELECT max(report_year) FROM out_rollup")
    return f"{name}{year or ''}"


def _sources(book: Book) -> list[tuple[str, str]]:
    files, read, unread, archives = next(book.tables.rows(_SOURCES))
    reports, current, first, last = next(book.tables.rows(_REPORTS))
    folders = [folder for (folder,) in book.tables.rows(_FOLDERS)]
    named = "、".join(folders[:_MOST_FOLDERS]) + (f"等 {len(folders)} 个文件夹" if len(folders) > _MOST_FOLDERS else "")
    found = dict(book.tables.rows(_FINDINGS))
    unpacked = f"（含 {archives} 个压缩包解开后的文件）" if archives else ""
    counted = f"data/raw 下共 {files} 个文件{unpacked}，已读取 {read} 个，未读取 {unread} 个"
    lines = [("文件", counted + (f"；文件夹：{named}。" if named else "。"))]
    if not reports:
        return [*lines, ("报告", "尚未识别出任何年度报告，以下各表均为空。")]
    span = f"{first}" if first == last else f"{first} 至 {last}"
    years = f"报告年度 {span}" if first else "报告年度均不明"
    lines.append(("报告", f"识别出 {reports} 份报告，其中现行报告 {current} 份；{years}（报告年度是报告所反映的年度，不是发布年度）。"))
    lines.append(("问题", f"错误 {found.get('E', 0)} 条、提醒 {found.get('W', 0)} 条、提示 {found.get('I', 0)} 条，见“问题清单”。"))
    return lines
