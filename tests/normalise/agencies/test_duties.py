"""Who owes a report, and what is doubtful in a roster."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.catalog.divisions import directory
from pipeline.catalog.model import Catalog
from pipeline.catalog.registry import Registry
from pipeline.catalog.registry.rows import Agency, AgencyLink, RosterEntry
from pipeline.normalise.agencies.duties import Roster
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.agencies.names import provisional_id

OLD = Agency("sp", "沐云区行政审批管理办公室")
NEW = Agency("sj", "沐云区数据局")
RENAMED = AgencyLink("rename", "sp", "sj", date(2023, 6, 1))


def roster(catalog: Catalog, *entries: RosterEntry) -> Roster:
    registry = Registry((OLD, NEW), links=(RENAMED,), roster=entries)
    return Roster(catalog, Bodies(registry, directory(catalog.folder)))


def test_a_row_is_about_the_body_of_its_lineage_in_each_year(catalog: Catalog) -> None:
    found = roster(catalog, RosterEntry("sp", None, 2022, 2024))
    assert [list(found.entries(year)) for year in (2021, 2022, 2023, 2024, 2025)] == [[], ["sp"], ["sj"], ["sj"], []]
    assert [found.covers(year) for year in (2021, 2022, 2025)] == [False, True, False]


def test_a_name_that_nobody_registered_stands_for_itself(catalog: Catalog) -> None:
    found = roster(catalog, RosterEntry(None, "沐云区数据局"), RosterEntry(None, "沐云区某协会"))
    assert set(found.entries(2024)) == {"sj", provisional_id("沐云区某协会")}


@pytest.mark.parametrize(("year", "day"), [(2023, date(2024, 2, 29)), (2024, date(2025, 2, 28))])
def test_a_deadline_of_its_own_counts_before_that_of_the_kind(year: int, day: date, catalog: Catalog) -> None:
    found = roster(catalog, RosterEntry("sj", None, deadline=(2, 29)), RosterEntry("sj", None, deadline=(5, 1)))
    assert found.deadline("sj", "沐云区数据局", None, year) == day, "of two rows the first counts"
    assert found.deadline("x", "沐云区人民政府", "government", 2023) == date(2024, 3, 31)
    assert found.deadline("x", "沐云区水务局", "department", 2023) == date(2024, 1, 31)


def test_what_is_doubtful_is_said_with_its_line(catalog: Catalog) -> None:
    entries = (
        RosterEntry("sj", None, 2024, line=2),
        RosterEntry(None, "沐云区数据局", 2024, line=3),
        RosterEntry("sj", None, 2020, 2021, line=4),
        RosterEntry(None, "沐云区教育居", 2024, line=5),
        RosterEntry(None, "沐云区水务局", 2024, line=6),
        RosterEntry(None, "沐云区数剧局", 2024, line=7),
    )
    said = {mistake.line: str(mistake) for mistake in roster(catalog, *entries).mistakes(["沐云区水务局", "沐云区 教育局"])}
    assert set(said) == {3, 5, 7}
    assert "与第 2 行重复" in said[3] and said[5].startswith("roster.csv 第 5 行“agency_name”列：“沐云区教育居”没有登记")
    assert "“沐云区数据局”" in said[7], "what nearly bears the name is proposed"
    alone = Registry((Agency("new", "沐云区新局", valid_from=date(2024, 1, 1)),), roster=(RosterEntry("new", None, 2020, 2021, line=2),))
    (mistake,) = Roster(catalog, Bodies(alone, directory(catalog.folder))).mistakes([])
    assert "并不存在" in mistake.message
