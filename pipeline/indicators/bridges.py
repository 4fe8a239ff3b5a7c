"""What a field of one form may be compared with in another: the rows of bridges.csv, followed from form to form, both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Bridge

How = Literal["same", "sum", "weakly", "no"]
_NO_FIELD = "{form}没有这一项"


@dataclass(frozen=True)
class Counterpart:
    """The fields of another form whose sum a field is compared with; how well; and why not quite.

    fields: none where there is nothing; where `how` is `no`, the one field that stands in the same place with another meaning.
    """

    fields: tuple[str, ...]
    how: How
    reason_zh: str = ""


@dataclass(frozen=True)
class _Side:
    """One side of a row, seen from there: its own fields, and the counterpart that they have together."""

    fields: tuple[str, ...]
    counterpart: Counterpart


class Bridges:
    """The bridges of a catalogue."""

    def __init__(self, catalog: Catalog) -> None:
        self._fields = {form.form: tuple(field.field for field in catalog.fields_of(form.form)) for form in catalog.forms}
        self._titles = {form.form: form.title_zh for form in catalog.forms}
        ordered = sorted(catalog.forms, key=lambda form: form.valid_from)
        self._line = [form.form for form in ordered if self._fields[form.form]]
        self._sides: dict[tuple[str, str], list[_Side]] = {}
        for row in catalog.bridges:
            self._add(row)

    @property
    def neighbours(self) -> list[tuple[str, str]]:
        """The forms with fields that follow each other, the earlier one first."""
        return list(zip(self._line, self._line[1:], strict=False))

    def counterpart(self, form: str, field: str, other: str) -> Counterpart:
        """What `field` of `form` is compared with in the form `other`, through every form that lies between the two."""
        return self.counterpart_of_sum(form, (field,), other)

    def counterpart_of_sum(self, form: str, fields: tuple[str, ...], other: str) -> Counterpart:
        """The same for the sum of several fields: as one where a row says so, else each by itself."""
        if form == other:
            return Counterpart(fields, "same")
        if form not in self._line or other not in self._line:
            return Counterpart((), "no", _NO_FIELD.format(form=self._titles[other]))
        here, there = self._line.index(form), self._line.index(other)
        step = 1 if there > here else -1
        found = Counterpart(fields, "same")
        for place in range(here, there, step):
            nearer = self._step(self._line[place], found.fields, self._line[place + step])
            found = _worse(found, nearer)
            if found.how == "no":
                # what stands in the same place is shown only beside its neighbour
                return found if place + step == there else replace(found, fields=())
        return found

    def unexplained(self, earlier: str, later: str) -> list[str]:
        """`form field` for each field of the two forms that the other form lacks and of which no row says what became of it."""
        said = {
            form: {field for side in self._sides.get((form, other), ()) for field in side.fields}
            for form, other in ((earlier, later), (later, earlier))
        }
        return [
            f"{form} {field}"
            for form, other in ((earlier, later), (later, earlier))
            for field in self._fields[form]
            if field not in said[form] and field not in self._fields[other]
        ]

    def _step(self, form: str, fields: tuple[str, ...], other: str) -> Counterpart:
        sides = self._sides.get((form, other), ())
        for side in sides:
            if set(side.fields) == set(fields):
                return side.counterpart
        if len(fields) > 1:
            return _added(self._step(form, (field,), other) for field in fields)
        (field,) = fields
        for side in sides:
            if field in side.fields:
                return Counterpart((), "no", side.counterpart.reason_zh)
        if field in self._fields[other]:
            return Counterpart((field,), "same")
        return Counterpart((), "no", _NO_FIELD.format(form=self._titles[other]))

    def _add(self, row: Bridge) -> None:
        earlier, later = self._written_out(row.earlier_form, row.earlier), self._written_out(row.later_form, row.later)
        for form, own, other, fields in (
            (row.earlier_form, earlier, row.later_form, later),
            (row.later_form, later, row.earlier_form, earlier),
        ):
            shown = fields if row.how != "no" or (len(own) == len(fields) == 1) else ()
            self._sides.setdefault((form, other), []).append(_Side(own, Counterpart(shown, row.how, row.reason_zh)))

    def _written_out(self, form: str, paths: tuple[str, ...]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for path in paths:
            found |= dict.fromkeys(
                name for name in self._fields[form] if (name.startswith(path[:-1]) if path.endswith("*") else name == path)
            )
        return tuple(found)


def _worse(first: Counterpart, second: Counterpart) -> Counterpart:
    """The fields of the second, the lesser comparability and both reasons."""
    order: tuple[How, ...] = ("same", "sum", "weakly", "no")
    reasons = dict.fromkeys(part.reason_zh for part in (first, second) if part.reason_zh)
    return Counterpart(second.fields, max(first.how, second.how, key=order.index), "；".join(reasons))


def _added(parts: Iterable[Counterpart]) -> Counterpart:
    """Several counterparts added up; nothing where one of them has nothing."""
    listed = list(parts)
    lacking = next((part for part in listed if part.how == "no"), None)
    if lacking is not None:
        return Counterpart((), "no", lacking.reason_zh)
    reasons = dict.fromkeys(part.reason_zh for part in listed if part.reason_zh)
    how: How = "weakly" if any(part.how == "weakly" for part in listed) else "sum"
    return Counterpart(tuple(field for part in listed for field in part.fields), how, "；".join(reasons))
