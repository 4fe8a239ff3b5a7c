"""Reports drawn at random and printed into every container are read back to the same cells, or it is said which could not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.profile import examples
from tests.properties.reports import (
    consistent,
    damaged,
    differences,
    in_a_container,
    parsed,
    silent,
    wild,
)
from tests.reports.containers import TRIED
from tests.reports.made import AGENCY, YEARS, Made

ANY = st.one_of(consistent(), wild())
SHARES = {"pdf": 0.5}  # of the examples: a PDF takes five times as long to print as any other container


def has_figures(made: Made, table: str) -> bool:
    return any(figure.printed.strip() for (field, _), figure in made.content.figures.items() if field.startswith(f"{table}."))


@pytest.mark.parametrize("container", TRIED)
def test_reports_that_keep_the_rules_come_back_whole(container: str) -> None:
    @examples(SHARES.get(container, 1))
    @given(in_a_container(consistent(), quirks=False, container=container))
    def comes_back(made: Made) -> None:
        report = parsed(made)
        assert (report.status, report.agency, report.report_year) == ("parsed", AGENCY, YEARS[made.content.form])
        assert (differences(made, report), report.problems) == ({}, ())

    comes_back()


@pytest.mark.parametrize("container", TRIED)
def test_any_figures_blanks_and_signs_come_back(container: str) -> None:
    @examples(SHARES.get(container, 1))
    @given(in_a_container(wild(), quirks=False, container=container))
    def comes_back(made: Made) -> None:
        report = parsed(made)
        assert silent(made, report) == {}
        tables = {key[0].partition(".")[0] for key in differences(made, report)}
        assert [table for table in tables if has_figures(made, table)] == []  # only a table without a single figure may go unread

    comes_back()


@examples(3)
@given(in_a_container(ANY, quirks=True))
def test_oddities_together_give_the_same_cells_back_or_say_why_not(made: Made) -> None:
    """One oddity costs nothing, in whatever container; of several at once some cells may be unread, which is said."""
    report = parsed(made)
    assert silent(made, report) == {}
    tables = {key[0].partition(".")[0] for key in differences(made, report)}
    assert len(made.quirks) > 1 or [table for table in tables if has_figures(made, table)] == []


@examples(3)
@given(damaged(ANY))
def test_no_damage_to_a_table_gives_a_wrong_figure_without_a_word(made: Made) -> None:
    report = parsed(made)
    assert silent(made, report) == {}
    if differences(made, report):
        assert report.status != "parsed"


@examples(2)
@given(damaged(consistent()))
def test_damage_to_one_table_harms_no_other(made: Made) -> None:
    report = parsed(made)
    form = {table.table: {cell.key for row in table.rows for cell in row} for table in made.tables}
    whole = {table for table, keys in form.items() if all(key in keys for key in made.content.figures if key[0].startswith(f"{table}."))}
    harmed = {key[0].partition(".")[0] for key in differences(made, report)}
    assert len(harmed) <= 1
    assert len(whole) >= len(form) - 1


@examples(0.4)
@given(in_a_container(ANY, quirks=True))
def test_parsing_twice_gives_the_same(made: Made) -> None:
    assert parsed(made) == parsed(made)
