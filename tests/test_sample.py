"""The committed sample is what the generator writes, large and mixed enough, and breaks exactly the rules that were planted."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from decimal import Decimal
from itertools import combinations

from pipeline.catalog.divisions import directory
from pipeline.catalog.registry.load import COLUMNS, read_registry
from pipeline.normalise.agencies.registry_check import registry_mistakes
from tests.reports.content import ReportContent
from tests.reports.rules_by_hand import broken_rules
from tests.reports.unpacked import unpacked
from tests.sample.__main__ import ROOT
from tests.sample.bodies import BODIES, DISTRICT, FIRST_YEAR, LAST_YEAR, came_from
from tests.sample.district import CORRECTED, catalog
from tests.sample.files import DISTRICT_FOLDER, YINZHOU_FOLDER, all_files, report_files, sources_files, truths
from tests.sample.history import added_up
from tests.sample.listing import document, planted_csv, planted_rows
from tests.sample.mistakes import MISTAKES
from tests.sample.registry import registry_rows, with_sample
from tests.sample.yinzhou import YINZHOU

RAW = ROOT / "data" / "raw"
# rules on figures alone; the others of the list are about words, forms, dates and blanks, and have a test of their own below
ON_WORDS = {
    *(f"N{number}" for number in range(1, 10)),
    "H1",
    "H2",
    "H4",
    "S1",
    "S2",
    "S3",
    "S4",
    "S7",
    "S8",
    "S9",
    "S10",
    "S12",
    "S13",
    "A5",
}


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
    chosen = {(file.container, str(file.options)): file for file in report_files()}
    assert len(chosen) >= 15
    assert all(file.data() == file.data() for file in chosen.values())


def test_sample_is_large_and_mixed_enough_and_small_enough() -> None:
    files = [file for file in report_files() if file.path.startswith(DISTRICT_FOLDER)]
    assert 200 <= len(files) <= 230
    assert len({file.content.agency for file in files}) >= 20
    assert {file.content.report_year for file in files} == set(range(FIRST_YEAR, LAST_YEAR + 1))
    containers = Counter(file.container for file in files)
    assert set(containers) == {"txt", "html", "docx", "pdf", "xlsx", "doc", "xls", "mht"}
    assert min(containers[container] for container in ("txt", "html", "docx", "pdf", "xlsx")) >= 10
    assert sum(map(len, committed().values())) <= 3_000_000
    assert max(len(path.encode()) for path in committed()) < 255


def figures(content: ReportContent) -> dict[tuple[str, str | None], Decimal]:
    return {key: figure.value if figure.value is not None else Decimal(0) for key, figure in content.figures.items()}


CURRENT = {(file.content.agency, file.content.report_year): file.content for file in report_files() if file.is_current}


def last_year(agency: str, year: int) -> tuple[dict[tuple[str, str | None], Decimal], str] | tuple[None, None]:
    """The figures and the form that a report goes on from: under an earlier name, or of the bodies that were merged."""
    origin = next((came_from(body) for body in BODIES if body.agency == agency), None)
    names = [agency]
    if origin and (agency, year - 1) not in CURRENT and len(origin.after) == 1:
        names = [DISTRICT + name for name in origin.before]
    contents = [CURRENT[name, year - 1] for name in names if (name, year - 1) in CURRENT]
    return (added_up([figures(content) for content in contents]), contents[0].form) if len(contents) == len(names) else (None, None)


def test_figures_break_exactly_the_planted_rules() -> None:
    broken = set()
    for (agency, year), content in CURRENT.items():
        for rule, place in broken_rules(catalog(), content.form, figures(content), *last_year(agency, year)):
            broken.add((agency, str(year), rule, place))
    planted = {
        (row["agency"], row["report_year"], row["rule"], row["place"])
        for row in planted_rows()
        if row["rule"] not in ON_WORDS and row["outcome"] == "fail"
    }
    assert broken == planted


def test_the_two_halves_of_a_split_go_on_from_the_whole() -> None:
    before = figures(CURRENT[f"{DISTRICT}文化旅游体育局", 2023])
    after = added_up([figures(CURRENT[DISTRICT + name, 2024]) for name in ("文化和旅游局", "体育局")])
    assert not {place for rule, place in broken_rules(catalog(), "2021", after, before, "2021")}


def test_what_waited_in_the_last_list_of_statistics_is_carried_in() -> None:
    compared = 0
    for body in BODIES:
        last, form = last_year(body.agency, 2019)
        if (
            body.container(2019)
            and last is not None
            and form == "2014"
            and not any(row.body == body.name and row.year == 2018 for row in MISTAKES)
        ):
            waiting = last["statistics.requests.received", None] - last["statistics.requests.closed", None]
            assert figures(CURRENT[body.agency, 2019])["requests.carried_in", "total"] == waiting
            compared += waiting > 0
    assert compared >= 3


def test_the_first_version_differs_from_the_corrected_one_in_the_planted_cells() -> None:
    (first,) = [file.content for file in report_files() if not file.is_current]
    again = CURRENT[first.agency, first.report_year]
    assert again.title == f"{first.title}{CORRECTED}"
    assert again.published_on and first.published_on and first.published_on < again.published_on
    assert {key for key in first.figures if first.figures[key] != again.figures[key]} == {
        (f"requests.{row}", column) for row in ("granted", "handled") for column in ("natural_person", "total")
    }


def test_the_registry_of_the_sample_is_what_the_generator_writes_and_has_no_mistake() -> None:
    folder = ROOT / "data" / "decisions"
    for file in registry_rows():
        assert (folder / file).read_bytes() == with_sample(file, (folder / file).read_bytes())
    registry, mistakes = read_registry(folder)
    assert mistakes == []
    assert registry_mistakes(registry, directory()) == []


def test_other_rows_of_the_registry_are_kept() -> None:
    header = ",".join(COLUMNS["roster.csv"])
    own = "own-1,瀚川市水务局,2019,,,"
    mixed = f"{header}\nmuyun-gone,,2010,,,\n{own}\n".encode()
    assert with_sample("roster.csv", mixed).decode().splitlines()[:2] == [header, own]
    assert b"muyun-gone" not in with_sample("roster.csv", mixed)


def test_carry_over_and_exchanged_columns_are_clear_cases() -> None:
    """R6 and R8 leave room for other readings: no column but the total is over the limit, and the slipped column is not small."""
    for file in report_files():
        values = figures(file.content)
        if file.content.report_year < 2019:
            continue
        for part in ("natural_person", "enterprise", "other_organization"):
            caseload = values["requests.new", part] + values["requests.carried_in", part]
            assert caseload < 20 or values["requests.carried_out", part] <= Decimal("0.3") * caseload
        if not values["requests.new", "natural_person"]:
            assert values["requests.new", "other_organization"] == 0 or values["requests.new", "other_organization"] >= 10


def planted(rule: str) -> set[tuple[str, int]]:
    return {(row["agency"], int(row["report_year"])) for row in planted_rows() if row["rule"] == rule}


def where(holds: object) -> set[tuple[str, int]]:
    assert callable(holds)
    return {key for key, content in CURRENT.items() if holds(content)}


def section_text(content: ReportContent, section: str) -> str:
    return "".join("".join(row.paragraphs) for row in content.sections if row.section == section)


def test_words_break_exactly_the_planted_rules() -> None:
    due = catalog().form_due
    assert where(lambda content: len(content.sections) < 6 and content.report_year >= 2019) == planted("S1")
    assert where(lambda content: content.form != due(content.report_year).form) == planted("S2")
    assert where(lambda content: any(figure.state != "number" for figure in content.figures.values())) == planted("S3")
    assert where(lambda content: re.search(r"[项件]", "".join(figure.printed for figure in content.figures.values()))) == planted("S7")
    filed_since_2019 = where(lambda content: content.report_year >= 2019)
    assert filed_since_2019 & where(
        lambda content: not re.search("问题.*(下一步|今后|为此|针对)", section_text(content, "problems"))
    ) == planted("S8")
    no_fee = where(lambda content: content.report_year >= 2021 and "信息处理费" not in section_text(content, "other"))
    assert no_fee == planted("S9")
    charged = where(lambda content: content.report_year == 2018 and figures(content)["statistics.fees", None] > 0)
    assert charged == planted("A5")
    assert where(lambda content: re.search("XX|××|模板|_GoBack", all_text(content))) == planted("S10")


def all_text(content: ReportContent) -> str:
    return "".join(content.opening) + "".join(section_text(content, row.section) for row in content.sections)


def test_years_in_the_text_are_the_reporting_year_except_where_planted() -> None:
    other_years = where(lambda content: set(re.findall("(20[0-9]{2})年", all_text(content) + content.title)) - {str(content.report_year)})
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

    sets = {file.path: shingles(file.content) for file in report_files() if file.is_current}
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
    assert {len(row["cells"]) for row in rows} == {by_form[form] for form in ("2008", "2014", "2019", "2021")}
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
