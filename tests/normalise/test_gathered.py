from __future__ import annotations

from pipeline.normalise.gathered import gathered
from pipeline.normalise.model import Locator, Problem


def problems(code: str, count: int, table: str | None = "requests") -> list[Problem]:
    return [
        Problem(code, "error", f"第{number}处。", table, f"field {number}", Locator(table=1, row=number, column=2))
        for number in range(count)
    ]


def test_many_of_one_kind_in_one_table_are_said_once_in_the_place_of_the_first() -> None:
    other = problems("cells_missing", 1)
    first, second = gathered([*problems("cell_unplaced", 7), *other])
    assert (first.code, first.table, first.field) == ("cell_unplaced", "requests", None)
    assert first.message == (
        "第0处。同类情况在这张表中共有 7 处，另见第2张表第2行第3列、第2张表第3行第3列、"
        "第2张表第4行第3列、第2张表第5行第3列、第2张表第6行第3列、第2张表第7行第3列。"
    )
    assert second is other[0]


def test_a_few_and_those_of_different_tables_and_other_kinds_stay() -> None:
    few = [*problems("cell_unplaced", 3), *problems("cell_unplaced", 3, "remedies"), *problems("label_unmatched", 9)]
    assert list(gathered(few)) == few


def test_those_of_no_table_stay() -> None:
    found = problems("cell_unreadable", 5, None)
    assert list(gathered(found)) == found
