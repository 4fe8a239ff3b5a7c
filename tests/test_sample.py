"""The committed sample is what the generator writes, large and mixed enough, and breaks exactly the rules that were planted."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from decimal import Decimal
from itertools import combinations

from tests.reports.content import ReportContent
from tests.reports.rules_by_hand import broken_rules
from tests.reports.unpacked import unpacked
from tests.sample.__main__ import ROOT
from tests.sample.bodies import DISTRICT
from tests.sample.district import catalog
from tests.sample.files import DISTRICT_FOLDER, YINZHOU_FOLDER, all_files, report_files, sources_files, truths
from tests.sample.listing import document, planted_csv, planted_rows
from tests.sample.yinzhou import YINZHOU

RAW = ROOT / "data" / "raw"
# rules on figures alone; the others of the list are about words, forms, dates and blanks, and have a test of their own below
ON_WORDS = {"S1", "S2", "S3", "S4", "S7", "S8", "S9", "S10", "S12"}


def committed() -> dict[str, bytes]:
    folders = (RAW / DISTRICT_FOLDER, RAW / YINZHOU_FOLDER)
    return {path.relative_to(RAW).as_posix(): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


def test_committed_files_are_what_the_generator_writes() -> None:
    fresh, kept = all_files(), committed()
    assert sorted(fresh) == sorted(kept)
    assert [path for path in fresh if unpacked(fresh[path]) != unpacked(kept[path])] == []


def test_committed_lists_are_what_the_generator_writes() -> None:
    assert (ROOT / "tests/sample/planted.csv").read_bytes() == planted_csv()
    assert (ROOT / "docs/sample.md").read_bytes() == document()


def test_generating_twice_gives_the_same_bytes() -> None:
    assert all(file.data() == file.data() for file in report_files())


def test_sample_is_large_and_mixed_enough_and_small_enough() -> None:
    files = [file for file in report_files() if file.path.startswith(DISTRICT_FOLDER)]
    assert len(files) >= 66
    assert len({file.content.agency for file in files}) >= 12
    assert {file.content.report_year for file in files} == set(range(2019, 2025))
    assert set(Counter(file.container for file in files)) == {"txt", "html", "docx", "pdf", "xlsx"}
    assert min(Counter(file.container for file in files).values()) >= 10
    assert sum(map(len, committed().values())) <= 3_000_000
    assert max(len(path.encode()) for path in committed()) < 255


def figures(content: ReportContent) -> dict[tuple[str, str | None], Decimal]:
    return {key: figure.value if figure.value is not None else Decimal(0) for key, figure in content.figures.items()}


def test_figures_break_exactly_the_planted_rules() -> None:
    contents = {(file.content.agency, file.content.report_year): file.content for file in report_files()}
    broken = set()
    for (agency, year), content in contents.items():
        last = contents.get((agency, year - 1))
        for rule, place in broken_rules(catalog(), content.form, figures(content), last and figures(last), last and last.form):
            broken.add((agency, str(year), rule, place))
    planted = {
        (row["agency"], row["report_year"], row["rule"], row["place"])
        for row in planted_rows()
        if row["rule"] not in ON_WORDS and row["outcome"] == "fail"
    }
    assert broken == planted


def test_carry_over_and_exchanged_columns_are_clear_cases() -> None:
    """R6 and R8 leave room for other readings: no column but the total is over the limit, and the slipped column is not small."""
    for file in report_files():
        values = figures(file.content)
        for part in ("natural_person", "enterprise", "other_organization"):
            caseload = values["requests.new", part] + values["requests.carried_in", part]
            assert caseload < 20 or values["requests.carried_out", part] <= Decimal("0.3") * caseload
        if not values["requests.new", "natural_person"]:
            assert values["requests.new", "other_organization"] in {0} or values["requests.new", "other_organization"] >= 10


def planted(rule: str) -> set[tuple[str, int]]:
    return {(row["agency"], int(row["report_year"])) for row in planted_rows() if row["rule"] == rule}


def where(holds: object) -> set[tuple[str, int]]:
    assert callable(holds)
    return {(file.content.agency, file.content.report_year) for file in report_files() if holds(file.content)}


def section_text(content: ReportContent, section: str) -> str:
    return "".join("".join(row.paragraphs) for row in content.sections if row.section == section)


def test_words_break_exactly_the_planted_rules() -> None:
    due = catalog().form_due
    assert where(lambda content: len(content.sections) < 6) == planted("S1")
    assert where(lambda content: content.form != due(content.report_year).form) == planted("S2")
    assert where(lambda content: any(figure.state != "number" for figure in content.figures.values())) == planted("S3")
    assert where(lambda content: re.search(r"[项件]", "".join(figure.printed for figure in content.figures.values()))) == planted("S7")
    assert where(lambda content: not re.search("问题.*(下一步|今后|为此|针对)", section_text(content, "problems"))) == planted("S8")
    no_fee = where(lambda content: content.report_year >= 2021 and "信息处理费" not in section_text(content, "other"))
    assert no_fee == planted("S9")
    assert where(lambda content: re.search("XX|××|模板|_GoBack", all_text(content))) == planted("S10")


def all_text(content: ReportContent) -> str:
    return "".join(content.opening) + "".join(section_text(content, row.section) for row in content.sections)


def test_years_in_the_text_are_the_reporting_year_except_where_planted() -> None:
    other_years = where(lambda content: set(re.findall("20[0-9]{2}", all_text(content) + content.title)) - {str(content.report_year)})
    assert other_years == planted("S4")


def test_every_report_but_one_was_published_in_time() -> None:
    def late(content: ReportContent) -> bool:
        day = content.published_on
        in_march = content.agency.endswith(("人民政府", "街道办事处"))
        return day is not None and (day.year != content.report_year + 1 or (day.month, day.day) > ((3, 31) if in_march else (1, 31)))

    missing = {(row["agency"], int(row["report_year"])) for row in planted_rows() if row["place"] == "missing"}
    assert where(late) == planted("S12") - missing
    assert not missing & where(lambda _: True)


def test_no_two_reports_share_their_prose() -> None:
    def shingles(content: ReportContent) -> set[str]:
        text = all_text(content)
        return {text[place : place + 5] for place in range(len(text) - 4)}

    sets = {file.path: shingles(file.content) for file in report_files()}
    alike = [(one, two) for one, two in combinations(sets, 2) if len(sets[one] & sets[two]) / len(sets[one] | sets[two]) > 0.8]
    assert alike == []


def test_sources_name_files_that_are_there() -> None:
    contents = {file.path: file.content for file in report_files()}
    for path, data in sources_files().items():
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        assert rows
        for row in rows:
            content = contents[f"{path.removesuffix('/sources.csv')}/{row['文件']}"]
            assert (row["单位"], row["年度"], row["发布日期"]) == (content.agency, str(content.report_year), str(content.published_on))


def test_truths_cover_every_report_and_every_cell() -> None:
    rows = truths()
    assert {row["source"] for row in rows} == {file.path for file in report_files()}
    by_form = {
        form.form: len([field for field in catalog().fields_of(form.form) for _ in range(7 if field.by_applicant else 1)])
        for form in catalog().forms
    }
    assert {len(row["cells"]) for row in rows} <= set(by_form.values())
    assert all((value is not None) == (state == "number") for row in rows for _, _, value, state in row["cells"])


def test_the_real_body_has_its_published_figures_and_nothing_else() -> None:
    rows = truths()
    (truth,) = (row for row in rows if row["agency"] == YINZHOU)
    not_zero = {field: value for field, _, value, _ in truth["cells"] if value != "0"}
    assert not_zero == {
        "proactive.other_services.items_previous_year": "410",
        "proactive.other_services.items_change": "-24",
        "proactive.procurement.items": "9",
        "proactive.procurement.amount": "4030000",
    }
    assert all(DISTRICT in row["agency"] for row in rows if row is not truth)
