"""planted.csv and docs/sample.md, from the rows that plant the mistakes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable

from tests.sample.bodies import BODIES, DISTRICT, REORGANISATIONS, WHOLE_YEARS
from tests.sample.district import district_reports
from tests.sample.files import DISTRICT_FOLDER, YINZHOU_FOLDER, report_files
from tests.sample.mistakes import MISTAKES
from tests.sample.planting import Expected, Mistake
from tests.sample.yinzhou import YINZHOU

COLUMNS = ("file", "agency", "report_year", "rule", "part", "place", "outcome", "shown_in", "printed_so_in_original", "explanation_zh")
_REAL = Mistake(
    YINZHOU,
    2019,
    "采购项目数量栏印作“9项”，原报告如此",
    "the number of purchases is printed with its unit, 9项",
    (Expected("S7", "proactive.procurement.items"),),
)
_DOCUMENT = """# The sample input

`data/raw/{district_folder}` holds {reports} reports of {bodies} bodies of **{district}**, a district that does not exist, for 2010 to
2025, as Word, PDF, HTML, Excel and text files. Every name, figure and sentence in it is invented. `data/raw/{yinzhou_folder}` holds one
report of a real body, {yinzhou}, for 2019: its figures are those it published, the sentences are ours.
Delete both folders, and the rows of `data/decisions` whose id begins with `muyun-` or whose
note is 示例, to start with reports of your own.

The reports of 2010 to 2013 are prose (form 2008), those of 2014 to 2018 have the list of statistics and prose with the same figures,
those since 2019 the three tables.

The government's reports speak of its own office alone, and say so, except those on {whole_years}: they are the sums of all bodies.

`python -m tests.sample` writes both folders, the rows in `data/decisions`, this page and `tests/sample/planted.csv` again, always the
same. The figures of the district keep every rule, within a report and between years, except for the mistakes below; a report that
nobody planted a mistake in gives no finding.

| container | reports |
|---|---|
{containers}

| body | years |
|---|---|
{body_rows}

## Bodies through time

The district has no division code: it does not exist. Figures go on through every change: what one office carried over its successor
begins with, a merged bureau begins with the sum, the two halves of a split add up to the whole.

| change | day | from | to |
|---|---|---|---|
{reorganisations}

## Decisions

`data/decisions` has five decisions of the district's office about these reports, one of each fate:

| decision | about | state |
|---|---|---|
| correction | 市场监督管理局 2020, 结转下年度继续办理 (总计): 8 is printed, 6 is right | in force |
| correction | 财政局 2023, 予以公开 (总计): expects the 9 of the first version, and the other one prints 11 | lapsed |
| waiver | 交通运输局 2024, R6, without end | in force |
| waiver | 望澜街道办事处 2022, S8, until 2023-06-30 | expired |
| confirmation | 松涧乡人民政府 2021, R7 | in force |

The first settles R1 and R3 of 2020 and Y1 of 2021, and shows that the prose says 8 as well (N2).

## Planted mistakes

One mistake may break several rules, in this report or in the next one. `tests/sample/planted.csv` has one row for each place.
A rule in brackets shows in the list of submissions, not among the findings; "0" after a rule: it holds only with a blank read as 0.

| body | year | what was changed | to be found |
|---|---|---|---|
{mistakes}
"""


def planted_rows() -> list[dict[str, str]]:
    """One row for each finding that has to be there, and none besides; keys are COLUMNS."""
    paths = {(file.content.agency, file.content.report_year): file.path for file in report_files()}
    rows = []
    for mistake in (*MISTAKES, _REAL):
        for expected in mistake.expected:
            agency, year = agency_of(mistake), expected.year or mistake.year
            values = (
                paths.get((agency, year), ""),
                agency,
                str(year),
                expected.rule,
                expected.part,
                expected.place,
                expected.outcome,
                expected.shown_in,
                "yes" if mistake is _REAL else "no",
                mistake.chinese,
            )
            rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def agency_of(mistake: Mistake) -> str:
    """The full name of the body that made the mistake."""
    return mistake.body if mistake is _REAL else DISTRICT + mistake.body


def planted_csv() -> bytes:
    """The rows as a file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(planted_rows())
    return text.getvalue().encode()


def document() -> bytes:
    """docs/sample.md."""
    reports = district_reports()
    containers = Counter(report.container for report in reports)
    return _DOCUMENT.format(
        district=DISTRICT,
        district_folder=DISTRICT_FOLDER,
        yinzhou_folder=YINZHOU_FOLDER,
        yinzhou=YINZHOU,
        whole_years=" and ".join(map(str, WHOLE_YEARS)),
        reports=len(reports),
        bodies=len(BODIES),
        containers=_lines((name, str(count)) for name, count in sorted(containers.items())),
        body_rows=_lines(
            (body.agency, _years({report.content.report_year for report in reports if report.body == body})) for body in BODIES
        ),
        reorganisations=_lines(
            (each.link, str(each.day), *("、".join(DISTRICT + name for name in names) for names in (each.before, each.after)))
            for each in REORGANISATIONS
        ),
        mistakes=_lines(
            (agency_of(mistake), str(mistake.year), f"{mistake.english} ({mistake.chinese})", _findings(mistake))
            for mistake in sorted((*MISTAKES, _REAL), key=lambda mistake: mistake.year)
            if mistake.expected
        ),
    ).encode()


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _years(years: set[int]) -> str:
    gaps = sorted(set(range(min(years), max(years) + 1)) - years)
    return f"{min(years)}-{max(years)}" + (f", without {', '.join(map(str, gaps))}" if gaps else "")


def _findings(mistake: Mistake) -> str:
    texts = []
    for expected in mistake.expected:
        text = " ".join(filter(None, (expected.rule, expected.part, expected.place))) + (f" in {expected.year}" if expected.year else "")
        text += " 0" if expected.outcome == "blank_read_as_zero" else ""
        texts.append(f"({text})" if expected.shown_in == "submission_status" else text)
    return "; ".join(texts)
