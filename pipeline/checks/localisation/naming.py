"""Which slip of the pen a change would undo. The ids are those of error_kinds.csv, where their wording and plausibility stand.

What several figures show together (a number cut in two, figures exchanged) goes before what each shows alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.checks.localisation.model import Change, Figure, System


class Changed(NamedTuple):
    """A figure with what is printed and what it should be, as whole numbers; printed None: nothing is."""

    place: int
    figure: Figure
    printed: int | None
    proposed: int


def error_kinds(system: System, change: Change) -> dict[int, str]:
    """The error kind of each figure that is changed."""
    known = [_changed(system, place, int(value)) for place, value in change.items() if value is not None and value == int(value)]
    kinds = dict.fromkeys(change, "detail_wrong")
    kinds |= {each.place: _alone(system, each) for each in known}
    for together, kind in _together(known):
        kinds |= {each.place: kind for each in together if each.figure.state == "number" and each.figure.weight_class != "doubtful"}
    return kinds


def may_be_misread(system: System, solution: Change, place: int) -> bool:
    """Whether a way would undo what a reader of scans does to a figure: one digit taken for another, lost, or added, and nothing else.

    Readers exchange no digits and move nothing into another cell; and two cells of one sum are hardly misread at once.
    """
    figure, value = system.figures[place], solution[place]
    if figure.weight_class != "recognised" or figure.state != "number" or len(solution) > 1 or value is None or value != int(value):
        return False
    return _is_one_digit_apart(str(int(figure.start)), str(int(value)))


def _is_one_digit_apart(one: str, other: str) -> bool:
    longer, shorter = sorted((one, other), key=len, reverse=True)
    if len(longer) == len(shorter):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return len(longer) == len(shorter) + 1 and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def slips_together(system: System, change: Change) -> list[frozenset[int]]:
    """The figures of a way that are one slip of the pen together."""
    known = [_changed(system, place, int(value)) for place, value in change.items() if value is not None and value == int(value)]
    return [frozenset(each.place for each in together) for together, _ in _together(known)]


def _changed(system: System, place: int, proposed: int) -> Changed:
    figure = system.figures[place]
    return Changed(place, figure, int(figure.start) if figure.state in ("number", "prose") else None, proposed)


def _alone(system: System, changed: Changed) -> str:
    figure, printed, proposed = changed.figure, changed.printed, changed.proposed
    is_total = any(system.equations[number].lone == changed.place for number in system.by_figure[changed.place])
    if figure.state == "prose":
        return "prose"
    if figure.is_free:
        return "unread"
    if printed is None:
        return "blank_total" if is_total else "blank_detail"
    if figure.weight_class == "doubtful":
        return "misread"
    return next((kind for kind, is_it in _SLIPS.items() if is_it(printed, proposed)), "total_wrong" if is_total else "detail_wrong")


def _is_one_digit_more(longer: int, shorter: int) -> bool:
    text, short = str(longer), str(shorter)
    return shorter != 0 and len(text) == len(short) + 1 and any(text[:place] + text[place + 1 :] == short for place in range(len(text)))


def _is_one_digit_other(printed: int, proposed: int) -> bool:
    one, other = str(printed), str(proposed)
    return len(one) == len(other) > 1 and sum(a != b for a, b in zip(one, other, strict=True)) == 1


_SLIPS: dict[str, Callable[[int, int], bool]] = {
    "sign_lost": lambda printed, proposed: printed == -proposed != 0,
    "digits_exchanged": lambda printed, proposed: printed != proposed and Counter(str(printed)) == Counter(str(proposed)),
    "times_ten": lambda printed, proposed: printed == 10 * proposed != 0,
    "divided_by_ten": lambda printed, proposed: proposed == 10 * printed != 0,
    "digit_added": _is_one_digit_more,
    "digit_lost": lambda printed, proposed: _is_one_digit_more(proposed, printed),
    "digit_wrong": _is_one_digit_other,
}


def _together(known: list[Changed]) -> Iterator[tuple[list[Changed], str]]:
    """What the figures of one row, or of one column, show together."""
    for line, across, moved in ((0, 1, "wrong_column"), (1, 0, "wrong_row")):
        lines: dict[tuple[str, str | None, int], list[Changed]] = {}
        for each in known:
            if each.figure.table is not None:
                key = (each.figure.id[0], each.figure.table, each.figure.place[line])
                lines.setdefault(key, []).append(each)
        for listed in lines.values():
            ordered = sorted(listed, key=lambda each: each.figure.place[across])
            if len(ordered) > 1 and (kind := _of_line(ordered, across, moved)):
                yield ordered, kind


def _of_line(changed: list[Changed], across: int, moved: str) -> str | None:
    places = [each.figure.place[across] for each in changed]
    printed, proposed = [each.printed for each in changed], [each.proposed for each in changed]
    neighbours = all(after - before == 1 for before, after in pairwise(places))
    if None in printed:
        return None
    if len(changed) == 2:
        digits = f"{printed[0]}{printed[1]}"
        if neighbours and sorted(map(str, proposed)) == sorted(("0", digits)):
            return "cut_in_two"
        if printed == proposed[::-1] and 0 not in proposed:
            return "exchanged"
        if sum(value or 0 for value in printed) == sum(proposed):
            return moved
        return None
    if neighbours and across == 1 and (printed[1:] == proposed[:-1] or printed[:-1] == proposed[1:]):
        return "shifted"
    return None
