"""Whether two wrong figures could as well be a slip that one sum does not show, and one wrong figure beside it.

The cheapest way counts figures, but people make slips: k requests booked in the wrong column, or a wrong detail that was added into
its total, change two figures by one slip, and the sum in which both stand still holds. Two figures that are each wrong by
themselves and stand in one sum are therefore two slips like such a pair with one other figure; two figures that are out by the same
amount are two slips like two such pairs. Where those fit too, nothing tells which it was, though they are more figures. A rival of
one figure alone would be two slips that are of the same amount by chance; where another part of the report cannot be told, and an amount
of it is the same, that is no chance: the figures may belong together otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

from pipeline.checks.localisation.component import is_allowed
from pipeline.checks.localisation.identities import number_of
from pipeline.checks.localisation.model import Number, Part, System
from pipeline.checks.localisation.naming import error_kinds, slips_together

Changes = Mapping[int, Number]  # by how much figures change
Effect = dict[int, Number]  # by how much sums do, those that do not change left out


def with_rivals(system: System, parts: Sequence[Part]) -> list[Part]:
    """The parts, those marked of which a figure has a rival, alone or together with a figure of another part."""
    alone = [_alone(system, part) for part in parts]
    rivalled = {number for number, told in enumerate(alone) if any(_has_rival(system, pair) for pair in _in_twos(told))}
    for one, other in combinations(range(len(parts)), 2):
        together = [
            {place: alone[one][place], elsewhere: alone[other][elsewhere]} for place, elsewhere in product(alone[one], alone[other])
        ]
        if any(_are_two_pairs(system, told) for told in together):
            rivalled |= {one, other}
    rivalled |= {number for number, part in enumerate(parts) if _rests_on_one_sum(system, part)}
    rivalled |= set(_doubtful_beside(system, parts, rivalled))
    return [replace(part, rivalled=number in rivalled) for number, part in enumerate(parts)]


def _rests_on_one_sum(system: System, part: Part) -> bool:
    """Whether one sum alone names a printed figure, only because the others cannot be so much less, by a change that no slip explains.

    Two figures of the sum may then be wrong as well. A slip of the pen is a second witness, and so is a nought for a total.
    """
    if len(part.broken) != 1 or len(part.solutions) != 1 or len(part.solutions[0]) != 1:
        return False
    ((place, kind),) = error_kinds(system, part.solutions[0]).items()
    figure = system.figures[place]
    return kind in ("total_wrong", "detail_wrong") and figure.weight_class in ("printed", "recognised") and figure.start != 0


def _doubtful_beside(system: System, parts: Sequence[Part], rivalled: Collection[int]) -> Iterator[int]:
    """Parts that are told beside one that is not, and are out by an amount that is in doubt there too: which slip it was of is open."""
    is_open = [number in rivalled or len(part.solutions) != 1 or not part.complete for number, part in enumerate(parts)]
    amounts = [_amounts_of(system, part) for part in parts]
    for number, other in product(range(len(parts)), repeat=2):
        if is_open[other] and not is_open[number] and not amounts[number].isdisjoint(amounts[other]):
            yield number


def _amounts_of(system: System, part: Part) -> set[Number]:
    """By how much the cells of a part are out in any of its ways, up or down."""
    return {
        max(value, system.figures[place].start) - min(value, system.figures[place].start)
        for change in part.solutions
        for place, value in change.items()
        if part.broken and value is not None and _is_printed_cell(system, place)
    }


def _alone(system: System, part: Part) -> dict[int, Number]:
    """The cells of the only way of a part, if it has one and one alone, that are slips by themselves: by how much they change."""
    if not part.broken or len(part.solutions) != 1:
        return {}
    (change,) = part.solutions
    together = {place for places in slips_together(system, change) for place in places}
    return {
        place: value - system.figures[place].start
        for place, value in change.items()
        if value is not None and place not in together and _is_printed_cell(system, place)
    }


def _in_twos(told: Changes) -> Iterator[dict[int, Number]]:
    return ({one: told[one], other: told[other]} for one, other in combinations(sorted(told), 2))


def _has_rival(system: System, told: Changes) -> bool:
    """Whether two figures that stand in one sum could be a pair and one figure elsewhere."""
    one, other = told
    effect = _effect(system, told)
    shared = set(system.by_figure[one]) & set(system.by_figure[other])
    if not shared or not shared <= effect.keys():
        return False  # two figures far apart, or a pair themselves
    return any(_cost(system, {single: 1}, pair) <= _cost(system, *_apart(told)) for single, pair in _single_and_pair(system, effect))


def _are_two_pairs(system: System, told: Changes) -> bool:
    """Whether two figures that are out by the same amount, one up and one down, could be two pairs elsewhere."""
    one, other = told
    effect = _effect(system, told)
    if abs(told[one]) != abs(told[other]) or not set(system.by_figure[one]).isdisjoint(system.by_figure[other]):
        return False
    by_sums = _by_sums(system)
    for numbers in combinations(sorted(effect), len(effect) // 2):
        half = {number: effect[number] for number in numbers}
        for pair, second in product(_pairs(system, half, by_sums), _pairs(system, _less(effect, half), by_sums)):
            changes = {place: pair.get(place, 0) + second.get(place, 0) for place in pair.keys() | second.keys()}
            if (
                changes.keys() != told.keys()
                and _are_allowed(system, changes)
                and _cost(system, pair, second) <= _cost(system, *_apart(told))
            ):
                return True
    return False


def _apart(told: Changes) -> Iterator[Changes]:
    return ({place: change} for place, change in told.items())


def _single_and_pair(system: System, effect: Effect) -> Iterator[tuple[int, Changes]]:
    """A figure and a pair that have an effect together."""
    by_sums = _by_sums(system)
    for place in sorted({place for number in effect for place, _ in system.equations[number].terms}):
        if not _is_printed_cell(system, place):
            continue
        for amount in _amounts(system, place, effect):
            left = _less(effect, _effect(system, {place: amount}))
            for pair in _pairs(system, left, by_sums) if left else ():
                if place not in pair and _are_allowed(system, {place: amount, **pair}):
                    yield place, pair


def _pairs(system: System, effect: Effect, by_sums: Mapping[frozenset[int], list[int]]) -> Iterator[Changes]:
    """Two figures that have an effect together and that leave a sum in which both stand as it is."""
    number = min(effect)
    for place, factor in system.equations[number].terms:
        amount = number_of(Fraction(effect[number]) / factor)
        left = _less(effect, _effect(system, {place: amount}))
        for other in by_sums.get(frozenset(left), ()):
            hidden = set(system.by_figure[place]) & set(system.by_figure[other])
            if other == place or not hidden or not all(_is_printed_cell(system, each) for each in (place, other)):
                continue
            for change in _amounts(system, other, left):
                if _effect(system, {other: change}) == left:
                    yield {place: amount, other: change}


def _effect(system: System, changes: Changes) -> Effect:
    effect: Effect = {}
    for place, change in changes.items():
        for number in system.by_figure[place]:
            factor = sum(factor for other, factor in system.equations[number].terms if other == place)
            effect[number] = effect.get(number, 0) + factor * change
    return {number: change for number, change in effect.items() if change}


def _amounts(system: System, place: int, effect: Effect) -> set[Number]:
    """By how much a figure would have to change for each of its sums to change so."""
    return {
        number_of(Fraction(effect[number]) / factor)
        for number in system.by_figure[place]
        if number in effect
        for other, factor in system.equations[number].terms
        if other == place
    }


def _less(effect: Effect, other: Effect) -> Effect:
    left = {number: effect.get(number, 0) - other.get(number, 0) for number in effect.keys() | other.keys()}
    return {number: change for number, change in left.items() if change}


def _by_sums(system: System) -> dict[frozenset[int], list[int]]:
    """Figures by the sums in which they stand."""
    by_sums: dict[frozenset[int], list[int]] = {}
    for place, numbers in enumerate(system.by_figure):
        by_sums.setdefault(frozenset(numbers), []).append(place)
    return by_sums


def _cost(system: System, *slips: Iterable[int]) -> int:
    """What it costs to doubt some slips: each as much as its surest figure."""
    return sum(max(system.figures[place].weight for place in slip) for slip in slips)


def _are_allowed(system: System, changes: Changes) -> bool:
    return all(is_allowed(system, place, system.figures[place].start + change) for place, change in changes.items())


def _is_printed_cell(system: System, place: int) -> bool:
    return system.figures[place].table is not None and not system.figures[place].is_free
