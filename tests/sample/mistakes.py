"""The mistakes planted in the sample: what was changed, and every finding that follows from it.

A row without findings only prepares the ground (figures that are possible and lawful). Cells are written as in rules:
`requests.new[total]`. Everything in docs/sample.md and planted.csv comes from these rows.
"""

from __future__ import annotations

from datetime import date

from tests.sample.planting import Expected, Mistake


def _remedies(group: str, upheld: int, corrected: int, pending: int, total: int) -> dict[str, int]:
    counts = {"upheld": upheld, "corrected": corrected, "other": 0, "pending": pending, "total": total}
    return {f"remedies.{group}.{outcome}": count for outcome, count in counts.items()}


_NO_SUIT_AFTER_REVIEW = _remedies("litigation_after_review", 0, 0, 0, 0)
_SECRET_BLANKS = tuple(f"requests.denied.state_secret[{part}]" for part in ("research_institution", "social_organization", "legal_service"))

MISTAKES = (
    Mistake(
        "财政局",
        2019,
        "采购项目数量栏印作“4项”，数字栏带单位",
        "the number of purchases is printed with its unit, 4项",
        (Expected("S7", "proactive.procurement.items"),),
        printed={"proactive.procurement.items": ("4项", "4")},
    ),
    Mistake(
        "教育局",
        2019,
        "采购项目数量填 0，采购总金额不为 0",
        "0 purchases beside an amount above 0",
        (Expected("P9", "procurement", part="amount"),),
        put={"proactive.procurement.items": 0},
    ),
    Mistake(
        "财政局",
        2020,
        "商业企业的本年新收多计 1 件，总计同样多计，行内相加仍然相等",
        "one request of an enterprise too many in 本年新收, and in its total",
        (Expected("R1", "enterprise"), Expected("R1", "total")),
        add={"requests.new[enterprise]": 1, "requests.new[total]": 1},
    ),
    Mistake(
        "发展和改革局",
        2020,
        "行政许可的上一年项目数量比上年报告的项目数量加增减数多 5 项",
        "行政许可: items of the previous year are 5 more than last year's items and change",
        (Expected("P7", "licensing"),),
        add={"proactive.licensing.items_previous_year": 5},
    ),
    Mistake(
        "人力资源和社会保障局",
        2020,
        "缺少第六部分",
        "section six is missing",
        (Expected("S1", "other", part="missing"),),
        sections={"other": None},
    ),
    Mistake(
        "市场监督管理局",
        2020,
        "结转下年度继续办理的总计多计 2 件，下一年报告的上年结转仍为正确数",
        "the total of 结转下年度 is 2 too high; the next report begins with the right number",
        (Expected("R1", "total"), Expected("R3", "requests.carried_out"), Expected("Y1", "total", year=2021)),
        add={"requests.carried_out[total]": 2},
    ),
    Mistake(
        "教育局",
        2020,
        "",
        "",
        put=_remedies("review", 1, 0, 1, 2) | _NO_SUIT_AFTER_REVIEW,
        carries_on=True,
    ),
    Mistake(
        "教育局",
        2021,
        "上年尚未审结的行政复议 1 件没有进入本年统计，行政复议总计为 0",
        "a review pending at the end of last year is not in this year's total of 0",
        (Expected("L5", "review"),),
        put=_remedies("review", 0, 0, 0, 0) | _NO_SUIT_AFTER_REVIEW,
        carries_on=True,
    ),
    Mistake(
        "住房和城乡建设局",
        2021,
        "自然人一列的予以公开多计 1 件",
        "one request too many in 予以公开 of natural persons",
        (Expected("R2", "natural_person"), Expected("R3", "requests.granted")),
        add={"requests.granted[natural_person]": 1},
    ),
    Mistake(
        "卫生健康局",
        2021,
        "行政规范性文件本年制发件数印作“2（其中修订1件）”",
        "documents issued are printed with a remark, 2（其中修订1件）",
        (Expected("S7", "proactive.normative_documents.issued"),),
        printed={"proactive.normative_documents.issued": ("2（其中修订1件）", "2")},
    ),
    Mistake(
        "松涧乡人民政府",
        2021,
        "新收和上年结转均填 0，办理结果却有 1 件",
        "no request at all, yet one was handled",
        (Expected("R7", "total"), Expected("R1", "natural_person"), Expected("R1", "total")),
        change="handled_without_request",
        carries_on=True,
    ),
    Mistake(
        "鹤汀镇人民政府",
        2022,
        "仍用 2019 年格式填报",
        "the form of 2019 was used for 2022",
        (Expected("S2", "proactive"), Expected("S2", "requests")),
        form="2019",
    ),
    Mistake(
        "自然资源局",
        2022,
        "行政复议总计少计 1 件",
        "the total of the reviews is one too low",
        (Expected("L1", "review"),),
        put=_remedies("review", 3, 1, 0, 3) | _NO_SUIT_AFTER_REVIEW,
    ),
    Mistake(
        "交通运输局",
        2022,
        "行政处罚处理决定数量填成小数",
        "the number of penalties is not whole",
        (Expected("S6", "proactive.penalties.decisions"),),
        add={"proactive.penalties.decisions": "0.5"},
    ),
    Mistake(
        "望澜街道办事处",
        2022,
        "第五部分只写“无。”",
        "section five says nothing but 无",
        (Expected("S8", "problems", part="empty"),),
        sections={"problems": "无。"},
    ),
    Mistake(
        "财政局",
        2022,
        "2023 年 2 月 17 日才发布，晚于 1 月 31 日",
        "published on 17 February, after the deadline",
        (Expected("S12", "late"),),
        published_on=date(2023, 2, 17),
    ),
    Mistake(
        "青檀镇人民政府",
        2022,
        "没有报告",
        "no report for this year",
        (Expected("S12", "missing", shown_in="submission_status"),),
    ),
    Mistake(
        "教育局",
        2023,
        "办理结果总计一行的总计列少计 1 件",
        "the grand total of requests handled is one too low",
        (Expected("R1", "total"), Expected("R2", "total"), Expected("R3", "requests.handled")),
        add={"requests.handled[total]": -1},
    ),
    Mistake(
        "发展和改革局",
        2023,
        "上年结转比上年报告多 1 件（自然人），办理结果同样多 1 件",
        "one request of a natural person more carried in than last year's report carried out",
        (Expected("Y1", "total"), Expected("Y2", "natural_person")),
        add={f"requests.{row}[{column}]": 1 for row in ("carried_in", "granted", "handled") for column in ("natural_person", "total")},
    ),
    Mistake(
        "人力资源和社会保障局",
        2023,
        "正文统计期限仍写上一年",
        "the reporting period in the text is last year's",
        (Expected("S4", "period", part="period"),),
        period_year=2022,
    ),
    Mistake(
        "市场监督管理局",
        2023,
        "现行有效件数比上年有效数加制发减废止多 3 件，下一年以此为基数",
        "documents in force are 3 more than last year's stock, issued and repealed allow; the next year goes on from there",
        (Expected("P1", "normative_documents", part="higher"),),
        add={"proactive.normative_documents.in_force": 3},
        carries_on=True,
    ),
    Mistake(
        "卫生健康局",
        2023,
        "第六部分没有说明信息处理费",
        "section six does not mention the information handling fee",
        (Expected("S9", "other"),),
        sections={"other": "本年度没有其他需要报告的事项。"},
    ),
    Mistake(
        "松涧乡人民政府",
        2023,
        "“属于国家秘密”一行有三格空白，按 0 计算才能相加",
        "three cells of 属于国家秘密 are blank; the sums hold only with 0 in their place",
        (
            Expected("S3", "requests", part="cell"),
            Expected("R2", "requests", "blank_read_as_zero"),
            Expected("R3", "requests", "blank_read_as_zero"),
        ),
        printed=dict.fromkeys(_SECRET_BLANKS, ("", None)),
    ),
    Mistake(
        "望澜街道办事处",
        2023,
        "总体情况留有模板文字“XX科”",
        "a placeholder of the template, XX科, was left in section one",
        (Expected("S10", "overview"),),
        sections={"overview": "+具体工作由XX科承担。"},
    ),
    Mistake(
        "交通运输局",
        2024,
        "结转下年度的申请超过全年应办的 35%",
        "more than 35 per cent of the requests are carried over",
        (Expected("R6", "total"),),
        change="hold_over",
    ),
    Mistake(
        "住房和城乡建设局",
        2024,
        "收费金额以元填入“万元”栏",
        "the amount of fees is in yuan under a heading that says 万元",
        (Expected("P3", "fees", part="up"), Expected("P3", "fees", part="unit_department")),
        change="fees_in_yuan",
    ),
    Mistake(
        "卫生健康局",
        2024,
        "行政许可处理决定数量为上年的十二倍",
        "twelve times as many licensing decisions as last year",
        (Expected("P4", "licensing", part="up"),),
        change="twelve_times_the_licences",
    ),
    Mistake(
        "鹤汀镇人民政府",
        2024,
        "镇政府填报制发规章 1 件",
        "a town reports a 规章, which it cannot make",
        (Expected("P5", "regulations"),),
        put={"proactive.regulations.issued": 1, "proactive.regulations.in_force": 1},
    ),
    Mistake(
        "青檀镇人民政府",
        2024,
        "废止件数多于上年有效件数与本年制发件数之和",
        "more documents repealed than there were",
        (Expected("P2", "normative_documents"),),
        change="repeal_too_many",
    ),
    Mistake(
        "望澜街道办事处",
        2024,
        "自然人一列与其他组织一列填颠倒",
        "the columns of natural persons and of other organizations are exchanged",
        (Expected("R8", "natural_person"),),
        change="exchange_columns",
    ),
)
