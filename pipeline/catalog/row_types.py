"""The rows of the catalogue as typed, immutable objects, one class for each kind of row. `load.py` makes and validates them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.catalog.expressions import Expression

Axis = Literal["row", "column"]
About = Literal["agency", "year", "version"]
Role = Literal["item", "group", "corner", "extra"]


@dataclass(frozen=True)
class Form:
    """A form of the annual report with the reporting years for which it is due (valid_to None = still in force).

    in_prose: the text itself is the report, which is one without its tables too; a form may have no table at all.
    duty_zh: the article by which reports in this form are owed, "" where none is named.
    """

    form: str
    valid_from: int
    valid_to: int | None
    title_zh: str
    source_zh: str
    in_prose: bool = False
    duty_zh: str = ""


@dataclass(frozen=True)
class FormTable:
    """A printed table of a form: 表二, 表三, 表四, or the one list of statistics of 2014."""

    form: str
    table: str
    position: int
    number_zh: str
    title_zh: str
    section: str


@dataclass(frozen=True)
class Applicant:
    """A column of 表三. in_total: one of the six kinds that add up to `total`."""

    applicant: str
    position: int
    in_total: bool
    label_zh: str
    group_zh: str


@dataclass(frozen=True)
class Label:
    """A printed label on one axis of a table of one form, with every wording known for it (the printed one first).

    role: `item` names cells, `group` heads items, `corner` is furniture, `extra` is a line that some reports add.
    """

    form: str
    table: str
    axis: Axis
    label: str
    role: Role
    parent: str | None
    texts: tuple[str, ...]
    position: int


@dataclass(frozen=True)
class Field:
    """A cell of a form (once per applicant where by_applicant). row and column name the labels that it stands under."""

    form: str
    table: str
    field: str
    by_applicant: bool
    unit: str
    kind: str  # count, signed_count, money
    label_zh: str
    parent: str | None
    row: str | None
    column: str | None
    position: int


@dataclass(frozen=True)
class SectionHeading:
    """One of the six sections with the wordings of its heading (the printed ones first)."""

    section: str
    position: int
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """A printed unit and the factor that brings it to the unit of storage (yuan, pieces)."""

    unit: str
    kind: str  # money, count
    factor: Decimal


@dataclass(frozen=True)
class FigureMark:
    """What may stand before or behind a figure in its cell and is no part of it: 共3件, 1197①."""

    mark: str
    place: str  # before, behind


@dataclass(frozen=True)
class LevelWord:
    """A word above a table that says whether it counts a whole area or the office alone."""

    word: str
    level: str  # whole_area, own_office


@dataclass(frozen=True)
class AgencyKind:
    """What the end of a body's name says about it: kind, level, and the day its report is due in the following year.

    owes: whether bodies of this kind owe a report to the government of their area and count in its sums; the rows of one kind agree.
    governs: whether it is a government to the bodies below it, so that its report may be the sum of theirs.
    """

    suffix: str
    kind: str
    level: str | None
    deadline_month: int
    deadline_day: int
    owes: bool = True
    governs: bool = False


@dataclass(frozen=True)
class CoverageWords:
    """Words by which a government's report says whether it covers the whole area or its own office only; place: title or text."""

    coverage: Literal["own_office", "whole_area"]
    place: Literal["title", "text"]
    pattern: re.Pattern[str]
    note: str


@dataclass(frozen=True)
class EvidenceKind:
    """A kind of evidence for whose report it is, for which year, or that it corrects another. weight: how much it counts beside others.

    strong: a contradiction to it is a problem. pattern: what it looks like in compact text (groups `name`, `name_2` …), if that is all.
    """

    kind: str
    about: About
    weight: int
    strong: bool
    pattern: re.Pattern[str] | None
    title_zh: str
    definition_zh: str


@dataclass(frozen=True)
class FileKind:
    """A kind of file, as `intake.kinds` tells it, in words for people; several kinds may be one to them."""

    kind: str
    label_zh: str


@dataclass(frozen=True)
class ProblemCode:
    """Something a reader or the normaliser can notice: its default severity and what it means."""

    code: str
    severity: Literal["error", "warning", "info"]
    title_zh: str
    definition_zh: str


@dataclass(frozen=True)
class Rule:
    """One row of rules.csv: a consistency rule, or one part of it. checks/kinds/ says what each kind takes.

    binds: an identity that figures have to satisfy, by which a wrong one is located. limits: an inequality that what is proposed for
    a wrong one has to satisfy, whatever the condition of the rule.
    """

    rule: str
    part: str
    kind: str
    severity: Literal["E", "W", "I"]
    weak: bool  # it only suspects (sizes, growth, likeness); never mixed with what a relation or a regulation proves
    table: str | None
    forms: tuple[str, ...]  # empty: every form
    first_year: int | None
    agency_kinds: tuple[str, ...]  # kinds or levels of body for which it holds, or both (department/city); empty: all
    each: tuple[str, ...]
    when: Expression | None
    holds: Expression | None
    parameters: dict[str, str]
    title_zh: str
    message_zh: str
    definition_zh: str
    binds: bool = False
    limits: bool = False


@dataclass(frozen=True)
class Indicator:
    """One row of indicators.csv: an indicator, or its formula for the forms that the row names; denominator None means a level.

    definition: the id of this formula, the indicator's own unless another row has it. is_share: the numerator is a part of the
    denominator. caveat_zh: what to mind when the figure is quoted.
    """

    indicator: str
    definition: str
    label_zh: str
    unit: str
    forms: tuple[str, ...]
    each: tuple[str, ...]
    numerator: str
    denominator: str | None
    minimum_denominator: int
    is_share: bool
    caveat_zh: str
    definition_zh: str


@dataclass(frozen=True)
class Quantity:
    """A number about a report or its body that stands in no cell of a form; source: where it comes from (see indicators/quantities.py).

    claims: the measures of prose claims from which it is taken, for reports that are due in one of `forms`; empty: not from prose.
    """

    quantity: str
    source: str
    claims: tuple[str, ...]
    forms: tuple[str, ...]
    unit: str
    label_zh: str
    definition_zh: str


@dataclass(frozen=True)
class Bridge:
    """How figures of one form compare with those of the next: the sum of `earlier` with the sum of `later` (`x.*`: every field below x).

    how: `same`, `sum` (several fields together are the same), `weakly`, or `no`. A field that no row names is compared with
    itself where both forms have it.
    """

    earlier_form: str
    earlier: tuple[str, ...]
    later_form: str
    later: tuple[str, ...]
    how: Literal["same", "sum", "weakly", "no"]
    reason_zh: str


@dataclass(frozen=True)
class Column:
    """A column of the warehouse, declared once for all tables. type is a name of warehouse/schema.py."""

    column: str
    type: str
    unit: str
    label_zh: str
    definition_zh: str


@dataclass(frozen=True)
class Table:
    """A table of the warehouse: layer, columns in order, key, which may be null, and whether it is partitioned by year."""

    table: str
    layer: Literal["raw", "core", "out"]
    label_zh: str
    definition_zh: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    required: tuple[str, ...]
    by_year: bool
