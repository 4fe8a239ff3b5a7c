"""The mixed integer programme: the cheapest set of figures whose change makes every equation of a component hold.

For each figure a change up and a change down and a switch that says whether it is changed; the cost is the weight of what is
switched on. A way that was found is forbidden and the programme solved anew, until the next way costs more. HiGHS solves it
(scipy.optimize.milp). What comes out is taken as a set of figures only: `component.values_of` works its values out exactly.

Changes are measured in the greatest common divisor of all residuals, since HiGHS keeps a switch only to a millionth: where one
figure is out by 180,000 all residuals are, and the largest change would else be a million times the smallest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from time import process_time
from typing import Any

import numpy as np
import scipy  # its parts load when first used: most builds have no sum to mend, and they take a quarter of a second

from pipeline.checks.localisation.component import Component

_OPTIMAL, _INFEASIBLE = 0, 2
_HALF = 0.5  # weights are whole, so half a point keeps costs apart
_CHANGED = 1e-6


class LimitMetError(Exception):
    """The programme was not solved, or not exactly, within its limits; raised by `Programme.cheapest`."""


@dataclass(slots=True)
class Limits:
    """What may be spent: nodes of one programme (the same on every machine), and seconds of the processor on a report, for the worst."""

    nodes: int = 5_000
    seconds: float = 20.0

    def spend(self, seconds: float) -> None:
        """Take off what was used."""
        self.seconds -= seconds


class Programme:
    """The programme of some figures of a component; the others keep their values."""

    def __init__(self, component: Component, figures: Sequence[int], limits: Limits) -> None:
        self._component, self._limits = component, limits
        system = component.system
        self._figures = tuple(figures)
        residuals = {number: Fraction(system.residual(number)) for number in component.equations}
        unit = _common_divisor(list(residuals.values()))
        bound = 2.0 * sum(float(abs(residual) / unit) for residual in residuals.values()) + 1.0
        chosen = [system.figures[place] for place in self._figures]
        self._weights = np.array([figure.weight for figure in chosen], dtype=float)
        size = len(self._figures)
        touched, sums = self._matrix(size)
        wanted = np.array([float(-residuals[number] / unit) for number in touched])
        bounds, room = self._limiting(size, unit)
        one, nothing = scipy.sparse.identity(size, format="csr"), scipy.sparse.csr_matrix((len(touched), size))
        self._constraints = [
            _between([sums, -sums, nothing], wanted, wanted),
            _between([one, one, -bound * one], -np.inf, 0.0),
            *([_between([bounds, -bounds, scipy.sparse.csr_matrix(bounds.shape)], -np.inf, room)] if len(room) else []),
            *self._implied(),
        ]
        down = [bound if figure.signed else min(bound, float(max(figure.start, 0) / unit)) for figure in chosen]
        self._bounds = scipy.optimize.Bounds(np.zeros(3 * size), np.concatenate([np.full(size, bound), down, np.ones(size)]))
        exact = {number for number in component.broken if not system.equations[number].at_most}
        self._covers = exact <= set(touched)

    def cheapest(self, most: int | None = None, found: Sequence[frozenset[int]] = ()) -> frozenset[int] | None:
        """The figures of a cheapest way that costs at most `most` and is none of those `found`; None where there is none.

        Figures that were not read are never among them. Raises LimitMetError.
        """
        if not self._covers:
            return None
        size = len(self._figures)
        constraints = [*self._constraints, *map(self._another, found)]
        if most is not None:
            constraints.append(self._switches(self._weights, most + _HALF))
        if self._limits.seconds <= 0:
            raise LimitMetError
        begun = process_time()
        result: Any = scipy.optimize.milp(
            np.concatenate([np.zeros(2 * size), self._weights]),
            constraints=constraints,
            bounds=self._bounds,
            integrality=np.concatenate([np.zeros(2 * size), np.ones(size)]),
            options={"node_limit": self._limits.nodes, "time_limit": self._limits.seconds, "mip_rel_gap": 0.0},
        )
        self._limits.spend(process_time() - begun)
        if result.status == _INFEASIBLE:
            return None
        if result.status != _OPTIMAL or result.x is None:
            raise LimitMetError
        changed = (result.x[:size] + result.x[size : 2 * size] > _CHANGED) & (self._weights > 0)
        support = frozenset(self._figures[column] for column in np.flatnonzero(changed))
        if self._component.cost(support) > result.fun + _HALF:
            raise LimitMetError  # a switch that is a hair open let a change through
        return support

    def _matrix(self, size: int) -> tuple[list[int], Any]:
        """The equations in which the figures stand, and their coefficients."""
        known = {place: column for column, place in enumerate(self._figures)}
        equations = self._component.system.equations
        touched = [
            number
            for number in self._component.equations
            if not equations[number].at_most and any(place in known for place, _ in equations[number].terms)
        ]
        entries = [
            (row, known[place], float(factor))
            for row, number in enumerate(touched)
            for place, factor in equations[number].terms
            if place in known
        ]
        rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        return touched, scipy.sparse.csr_matrix((factors, (rows, columns)), shape=(len(touched), size))

    def _limiting(self, size: int, unit: Fraction) -> tuple[Any, Any]:
        """The limits in which the figures stand: coefficients, and how much room there is."""
        known = {place: column for column, place in enumerate(self._figures)}
        system = self._component.system
        touched = [limit for limit in system.limits if any(place in known for place, _ in limit.terms)]
        matrix = np.zeros((len(touched), size))
        for row, limit in enumerate(touched):
            for place, factor in limit.terms:
                if place in known:
                    matrix[row, known[place]] += float(factor)
        return scipy.sparse.csr_matrix(matrix), np.array([float(-Fraction(system.excess(limit)) / unit) for limit in touched])

    def _implied(self) -> Iterator[scipy.optimize.LinearConstraint]:
        """What every way satisfies, said outright because it is quicker: a figure of each broken equation changes."""
        known, system = {place: column for column, place in enumerate(self._figures)}, self._component.system
        for number in self._component.broken:
            if not system.has_free(number):
                factors = np.zeros(len(self._figures))
                factors[[known[place] for place, _ in system.equations[number].terms if place in known]] = -1.0
                yield self._switches(factors, -1.0)

    def _another(self, support: frozenset[int]) -> scipy.optimize.LinearConstraint:
        """Not exactly these figures."""
        signs = np.array([1.0 if place in support else -1.0 for place in self._figures])
        return self._switches(np.where(self._weights > 0, signs, 0.0), len(support) - 1)

    def _switches(self, factors: Any, most: float) -> scipy.optimize.LinearConstraint:
        return _between([scipy.sparse.csr_matrix(np.concatenate([np.zeros(2 * len(self._figures)), factors]))], -np.inf, most)


def _between(blocks: Sequence[Any], least: Any, most: Any) -> scipy.optimize.LinearConstraint:
    """Rows of coefficients for increases, decreases and switches, one block each, and the bounds of what they come to."""
    return scipy.optimize.LinearConstraint(scipy.sparse.hstack(blocks), least, most)


def _common_divisor(fractions: list[Fraction]) -> Fraction:
    below = lcm(*(value.denominator for value in fractions))
    above = gcd(*(int(value * below) for value in fractions))
    return Fraction(above, below) if above else Fraction(1)
