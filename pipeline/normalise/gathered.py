"""Many problems of one kind in one table said once, with every place: a hundred lines of the same hide what else there is to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.normalise.locations import location_text
from pipeline.normalise.model import Problem

_GATHERED = frozenset({"cell_unplaced", "cell_unreadable", "number_repaired"})
_MOST = 3  # problems of one kind that are listed one by one


def gathered(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems, those of a kind that a table has too often as one in the place of the first, with that one as the example."""
    by_kind: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for item in problems:
        if item.code in _GATHERED and item.table:
            by_kind[item.code, item.table].append(item)
    many = [alike for alike in by_kind.values() if len(alike) > _MOST]
    together = {id(alike[0]): _together(alike) for alike in many}
    left_out = {id(item) for alike in many for item in alike[1:]}
    return tuple(together.get(id(item), item) for item in problems if id(item) not in left_out)


def _together(alike: Sequence[Problem]) -> Problem:
    places = "、".join(dict.fromkeys(location_text(item.locator) for item in alike[1:]))
    return replace(alike[0], message=f"{alike[0].message}同类情况在这张表中共有 {len(alike)} 处，另见{places}。", field=None)
