"""The consistency rules (勾稽关系)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.catalog.csv_rows import Row, read_rows
from pipeline.catalog.expressions import Expression


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


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """The rows of rules.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_rule, read_rows(folder / "rules.csv")))


def _rule(row: Row) -> Rule:
    return Rule(
        rule=row.required("rule"),
        part=row.text("part"),
        kind=row.required("kind"),
        severity=row.one_of("severity", ("E", "W", "I")),
        weak=row.text("weak") == "yes",
        table=row.optional("table"),
        forms=row.words("forms"),
        first_year=row.optional_integer("first_year"),
        agency_kinds=row.words("agency_kinds"),
        each=row.words("each"),
        when=row.expression("when"),
        holds=row.expression("holds"),
        parameters=row.parameters("parameters"),
        binds=row.one_of("binds", ("yes", "limit", "no", "")) == "yes",
        limits=row.text("binds") == "limit",
        title_zh=row.required("title_zh"),
        message_zh=row.required("message_zh"),
        definition_zh=row.required("definition_zh"),
    )
