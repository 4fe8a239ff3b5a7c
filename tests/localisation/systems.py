"""Small systems of figures and sums to solve in tests."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from pipeline.checks.localisation.model import Equation, Figure, System


def system_of(figures: list[Figure], equations: list[Equation]) -> System:
    system = System(figures, equations, [[] for _ in figures])
    for number, equation in enumerate(equations):
        for place, _ in equation.terms:
            system.by_figure[place].append(number)
    return system


def table(rows: int, columns: int, value: int = 5) -> System:
    """A table with a total for each row and each column and for all, which adds up."""
    figures = []
    for row, column in product(range(rows + 1), range(columns + 1)):
        number = value * (rows if row == rows else 1) * (columns if column == columns else 1)
        figures.append(Figure(("r", f"row{row}", f"column{column}"), number, 100, "printed", "number", column=column))
    at = [[row * (columns + 1) + column for column in range(columns + 1)] for row in range(rows + 1)]
    lines = [*at, *(list(column) for column in zip(*at, strict=True))]
    sums = [Equation((*((place, -1) for place in line[:-1]), (line[-1], 1)), 0, "r", "T", "", "", line[-1]) for line in lines]
    return system_of(figures, sums)


def printed(system: System, **values: int) -> System:
    """The system with other figures: row0_column1=7."""
    figures = list(system.figures)
    for name, value in values.items():
        place = next(place for place, figure in enumerate(figures) if "_".join(filter(None, figure.id[1:])) == name)
        figures[place] = replace(figures[place], start=value)
    return system_of(figures, system.equations)
