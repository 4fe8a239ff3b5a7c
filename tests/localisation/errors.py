"""Errors to plant in a right report: each kind is a function from the report to the figures that it prints wrongly."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from random import Random

from pipeline.catalog.model import Catalog
from pipeline.checks.model import CellKey, ReportFacts

Planted = dict[CellKey, Decimal | None]  # what is printed instead; None: nothing
Plant = Callable[["Places", Random], Planted | None]
ROWS = ("requests.new", "requests.carried_in", "requests.carried_out", "requests.handled")


class Places:
    """Where errors can be planted in a report: the cells that an identity of rules.csv binds, less those that are `taken`."""

    def __init__(self, catalog: Catalog, facts: ReportFacts, keys: list[CellKey], taken: Collection[CellKey] = ()) -> None:
        self._free = [key for key in keys if key not in taken]
        self.values: Mapping[CellKey, Decimal] = {key: facts.cells[key].value or Decimal(0) for key in keys}
        self.columns = [row.applicant for row in sorted(catalog.applicants, key=lambda row: row.position) if row.in_total]
        self.rows = [key[0] for key in keys if key[1] == "total"]
        self.details = [row for row in self.rows if row not in ROWS]

    def some(self, random: Random, fits: Callable[[CellKey, Decimal], bool]) -> tuple[CellKey, Decimal] | None:
        """A random cell that fits."""
        fitting = [(key, self.values[key]) for key in self._free if fits(key, self.values[key])]
        return random.choice(fitting) if fitting else None


def _one(fits: Callable[[int], bool], printed: Callable[[int, Random], int]) -> Plant:
    """An error in a single figure."""

    def plant(places: Places, random: Random) -> Planted | None:
        found = places.some(random, lambda _, value: value >= 0 and value == int(value) and fits(int(value)))
        if found is None:
            return None
        key, value = found
        wrong = printed(int(value), random)
        return {key: Decimal(wrong)} if wrong != value else None

    return plant


def _exchanged(value: int, random: Random) -> int:
    text = str(value)
    place = random.randrange(len(text) - 1)
    return int(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


def _lost(value: int, random: Random) -> int:
    text = str(value)
    place = random.randrange(len(text))
    return int(text[:place] + text[place + 1 :])


def _added(value: int, random: Random) -> int:
    text, place = str(value), random.randint(1, len(str(value)))
    return int(text[:place] + str(random.randint(1, 9)) + text[place:])


def _other_digit(value: int, random: Random) -> int:
    text = str(value)
    place = random.randrange(len(text))
    return int(text[:place] + str(random.randint(0, 9)) + text[place + 1 :])


def _moved_across(places: Places, random: Random) -> Planted | None:
    """k requests booked under the wrong kind of applicant, while the total stands."""
    found = places.some(random, lambda key, value: key[1] in places.columns and value > 0)
    if found is None:
        return None
    (row, column), value = found
    other = random.choice([each for each in places.columns if each != column])
    k = random.randint(1, int(value))
    return {(row, column): value - k, (row, other): places.values[row, other] + k}


def _moved_down(places: Places, random: Random) -> Planted | None:
    """k requests booked under the wrong outcome."""
    found = places.some(random, lambda key, value: key[1] in places.columns and key[0] in places.details and value > 0)
    if found is None:
        return None
    (row, column), value = found
    other = random.choice([each for each in places.details if each != row])
    k = random.randint(1, int(value))
    return {(row, column): value - k, (other, column): places.values[other, column] + k}


def _cut_in_two(places: Places, random: Random) -> Planted | None:
    """12 printed as 1 | 2 in two neighbouring cells."""
    pairs = list(zip(places.columns, places.columns[1:], strict=False))
    fitting = [
        (row, left, right)
        for row in places.rows
        for left, right in pairs
        if places.values[row, left] >= 10 and places.values[row, left] % 10 and places.values[row, right] == 0
    ]
    if not fitting:
        return None
    row, left, right = random.choice(fitting)
    text = str(int(places.values[row, left]))
    return {(row, left): Decimal(text[:-1]), (row, right): Decimal(text[-1])}


def _shifted(places: Places, random: Random) -> Planted | None:
    """The figures of a row one column too far to the right."""
    last, first = places.columns[-1], places.columns[0]
    rows = [row for row in places.rows if places.values[row, last] == 0 and places.values[row, first] > 0]
    if not rows:
        return None
    row = random.choice(rows)
    figures = [places.values[row, column] for column in places.columns]
    printed = [Decimal(0), *figures[:-1]]
    return {(row, column): new for column, old, new in zip(places.columns, figures, printed, strict=True) if old != new}


def _exchanged_cells(places: Places, random: Random) -> Planted | None:
    found = places.some(random, lambda key, value: key[1] in places.columns and value > 0)
    if found is None:
        return None
    (row, column), value = found
    others = [each for each in places.columns if places.values[row, each] != value]
    if not others:
        return None
    other = random.choice(others)
    return {(row, column): places.values[row, other], (row, other): value}


def _blank(total: bool) -> Plant:
    def plant(places: Places, random: Random) -> Planted | None:
        def is_total(key: CellKey) -> bool:
            return "total" in (key[1], key[0].rpartition(".")[2]) or key[0] == "requests.handled"

        found = places.some(random, lambda key, value: value > 0 and is_total(key) == total)
        return {found[0]: None} if found else None

    return plant


KINDS: dict[str, Plant] = {
    "digits_exchanged": _one(lambda value: value > 9 and len(set(str(value))) > 1, _exchanged),
    "digit_lost": _one(lambda value: value > 9, _lost),
    "digit_added": _one(lambda value: value > 0, _added),
    "digit_wrong": _one(lambda value: value > 0, _other_digit),
    "times_ten": _one(lambda value: value > 0, lambda value, _: value * 10),
    "divided_by_ten": _one(lambda value: value > 0 and value % 10 == 0, lambda value, _: value // 10),
    "small_difference": _one(lambda value: True, lambda value, random: value + random.choice([1, 2, -1]) if value > 0 else 1),
    "blank_total": _blank(total=True),
    "blank_detail": _blank(total=False),
    "cut_in_two": _cut_in_two,
    "shifted": _shifted,
    "exchanged": _exchanged_cells,
    "wrong_column": _moved_across,
    "wrong_row": _moved_down,
}


def _documents(places: Places, random: Random) -> Planted | None:
    """A figure of the documents in force that no total binds: another digit, one lost, ten times as many."""
    (key,) = LIMITED_CELLS
    value = int(places.values.get(key, 0))
    wrong = random.choice([value * 10, _added(value, random), value + random.randint(3, 9)])
    return {key: Decimal(wrong)} if value else None


LIMITED_CELLS: tuple[CellKey, ...] = (("proactive.normative_documents.in_force", None),)
# Told by relations of "no more than" alone; reports of form 2021 with the year before and the year after
LIMITED: dict[str, Plant] = {"documents_in_force": _documents}
