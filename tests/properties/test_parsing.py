"""Reports drawn at random and printed into every container are read back to the same cells, or it is said which could not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.profile import examples
from tests.properties.reports import (
    AGENCY,
    CONTAINERS,
    YEARS,
    Drawn,
    consistent,
    damaged,
    differences,
    in_a_container,
    silent,
    wild,
)

ANY = st.one_of(consistent(), wild())


def has_figures(drawn: Drawn, table: str) -> bool:
    return any(figure.printed.strip() for (field, _), figure in drawn.content.figures.items() if field.startswith(f"{table}."))


@pytest.mark.parametrize("container", sorted(CONTAINERS))
def test_reports_that_keep_the_rules_come_back_whole(container: str) -> None:
    @examples()
    @given(in_a_container(consistent(), quirks=False, container=container))
    def comes_back(drawn: Drawn) -> None:
        report = drawn.parsed()
        assert (report.status, report.agency, report.report_year) == ("parsed", AGENCY, YEARS[drawn.content.form])
        assert (differences(drawn, report), report.problems) == ({}, ())

    comes_back()


@pytest.mark.parametrize("container", sorted(CONTAINERS))
def test_any_figures_blanks_and_signs_come_back(container: str) -> None:
    @examples()
    @given(in_a_container(wild(), quirks=False, container=container))
    def comes_back(drawn: Drawn) -> None:
        report = drawn.parsed()
        assert silent(drawn, report) == {}
        tables = {key[0].partition(".")[0] for key in differences(drawn, report)}
        assert [table for table in tables if has_figures(drawn, table)] == []  # only a table without a single figure may go unread

    comes_back()


@examples(4)
@given(in_a_container(ANY, quirks=True))
def test_oddities_of_real_reports_change_no_figure_without_a_word(drawn: Drawn) -> None:
    report = drawn.parsed()
    assert silent(drawn, report) == {}
    tables = {key[0].partition(".")[0] for key in differences(drawn, report)}
    assert [table for table in tables if has_figures(drawn, table)] == []


@examples(6)
@given(damaged(ANY))
def test_no_damage_to_a_table_gives_a_wrong_figure_without_a_word(drawn: Drawn) -> None:
    report = drawn.parsed()
    assert silent(drawn, report) == {}
    if differences(drawn, report):
        assert report.status != "parsed"


@examples(4)
@given(damaged(consistent()))
def test_damage_to_one_table_harms_no_other(drawn: Drawn) -> None:
    report = drawn.parsed()
    form = {table.table: {cell.key for row in table.rows for cell in row} for table in drawn.tables}
    whole = {table for table, keys in form.items() if all(key in keys for key in drawn.content.figures if key[0].startswith(f"{table}."))}
    harmed = {key[0].partition(".")[0] for key in differences(drawn, report)}
    assert len(harmed) <= 1
    assert len(whole) >= len(form) - 1


@examples()
@given(in_a_container(ANY, quirks=True))
def test_parsing_twice_gives_the_same(drawn: Drawn) -> None:
    assert drawn.parsed() == drawn.parsed()
