"""Whose report it is, for which year, and which of several counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.normalise.agencies.names import same_agency
from pipeline.normalise.filing.duplicates import said_of_copy
from pipeline.normalise.filing.records import FiledReport
from pipeline.normalise.filing.versions import choose, differences
from tests.accuracy.measure import parsed
from tests.reports.made import AGENCY, YEARS, drawn_report, make, the_catalog
from tests.traps.listed import cases, check, reports_in


@pytest.mark.parametrize(("container", "form", "quirk"), cases("identity"))
def test_trap(container: str, form: str, quirk: str) -> None:
    check(container, form, quirk)


def test_year_of_the_file_name_is_that_of_publication(tmp_path: Path) -> None:
    path = tmp_path / "t20240118_202401.html"
    path.write_bytes(make(drawn_report("2021", 0), "html").data())
    (line,) = parsed([path])[path]
    assert line["report_year"] == YEARS["2021"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("瀚川市沐云区财政局", "沐云区财政局", True),
        ("瀚川市沐云区财政局", "財政局", True),
        ("瀚川市沐云区财政局", "瀚川市沐云区教育局", False),
    ],
)
def test_body_with_and_without_its_prefix(one: str, other: str, same: bool) -> None:
    assert same_agency(one, other) is same


def test_two_bodies_with_the_same_opening() -> None:
    """Their texts are alike word for word; their titles tell them apart."""
    other = AGENCY.replace("财政", "教育")
    contents = [drawn_report("2021", 0), drawn_report("2021", 1)]
    contents[1] = replace(contents[1], agency=other, title=contents[1].title.replace(AGENCY, other))
    found = [reports_in(make(content, "docx", ["same_opening_as_others"]).data())[0].agency for content in contents]
    assert found == [AGENCY, other]


@pytest.mark.parametrize(("seed", "code"), [(0, "copy_same"), (1, "copy_differs")])
def test_same_report_in_two_formats(seed: int, code: str) -> None:
    """With the same figures it is worth knowing, with different ones a warning."""
    copies = [
        FiledReport(name[0] * 64, name, reports_in(make(drawn_report("2021", number), container).data())[0])
        for name, container, number in (("a.docx", "docx", 0), ("b.html", "html", seed))
    ]
    assert said_of_copy(the_catalog(), copies[0], differences(*copies), "path").code == code


def test_corrected_version_after_the_first() -> None:
    report = reports_in(make(drawn_report("2021", 0), "docx").data())[0]
    copies = [
        FiledReport(name[0] * 64, f"{name}.docx", report, None, day) for name, day in (("a", date(2024, 1, 20)), ("b", date(2024, 3, 1)))
    ]
    assert choose(the_catalog(), copies).current == copies[1]
