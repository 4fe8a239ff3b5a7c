"""What tells of a report whose it is, of which year, what it covers, in which kind of file it came, and what may be said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.catalog.csv_rows import Row, read_rows

About = Literal["agency", "year", "version"]


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
class LevelWord:
    """A word above a table that says whether it counts a whole area or the office alone."""

    word: str
    level: str  # whole_area, own_office


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


def read_agency_kinds(folder: Path) -> tuple[AgencyKind, ...]:
    """The rows of agency_kinds.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_agency_kind, read_rows(folder / "agency_kinds.csv")))


def read_level_words(folder: Path) -> tuple[LevelWord, ...]:
    """The rows of levels.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_level_word, read_rows(folder / "levels.csv")))


def read_coverage_words(folder: Path) -> tuple[CoverageWords, ...]:
    """The rows of coverage_words.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_coverage_words, read_rows(folder / "coverage_words.csv")))


def read_evidence_kinds(folder: Path) -> tuple[EvidenceKind, ...]:
    """The rows of evidence.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_evidence_kind, read_rows(folder / "evidence.csv")))


def read_file_kinds(folder: Path) -> tuple[FileKind, ...]:
    """The rows of file_kinds.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_file_kind, read_rows(folder / "file_kinds.csv")))


def read_problem_codes(folder: Path) -> tuple[ProblemCode, ...]:
    """The rows of problems.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_problem_code, read_rows(folder / "problems.csv")))


def _agency_kind(row: Row) -> AgencyKind:
    return AgencyKind(
        row.text("suffix"),
        row.required("kind"),
        row.optional("level"),
        row.integer("deadline_month"),
        row.integer("deadline_day"),
        row.yes("owes"),
        row.yes("governs"),
    )


def _level_word(row: Row) -> LevelWord:
    return LevelWord(row.required("word"), row.one_of("level", ("whole_area", "own_office")))


def _coverage_words(row: Row) -> CoverageWords:
    row.required("pattern")
    pattern = row.pattern("pattern")
    assert pattern is not None
    return CoverageWords(
        row.one_of("coverage", ("own_office", "whole_area")),
        row.one_of("place", ("title", "text")),
        pattern,
        row.text("note"),
    )


def _evidence_kind(row: Row) -> EvidenceKind:
    return EvidenceKind(
        kind=row.required("kind"),
        about=row.one_of("about", ("agency", "year", "version")),
        weight=row.integer("weight"),
        strong=row.yes("strong"),
        pattern=row.pattern("pattern"),
        title_zh=row.required("title_zh"),
        definition_zh=row.required("definition_zh"),
    )


def _file_kind(row: Row) -> FileKind:
    return FileKind(row.required("kind"), row.required("label_zh"))


def _problem_code(row: Row) -> ProblemCode:
    return ProblemCode(
        row.required("code"),
        row.one_of("severity", ("error", "warning", "info")),
        row.required("title_zh"),
        row.required("definition_zh"),
    )
