"""What a quirk is: a named oddity of real reports, and what it does to the truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

from pipeline.catalog.model import Catalog
from tests.reports.content import ReportContent
from tests.reports.layout import PrintedTable

Tables = tuple[PrintedTable, ...]
Keeps = Literal["all", "some", "none"]
OnContent = Callable[[ReportContent, Catalog, Random], ReportContent]
OnTables = Callable[[Tables, Random], Tables]
OnTable = Callable[[PrintedTable, Random], PrintedTable]
OnFile = Callable[[bytes, Random], bytes]


@dataclass(frozen=True)
class Quirk:
    """One oddity, applied to what is printed, to how the tables are set, to how the container is written, or to the file.

    heading: the heading of the list of traps that it stands under.
    keeps: "all" cells come back right; "some" may be missing (unreadable, or blank where they are not printed), and then
    a problem names their table; "none": the file is refused.
    says: codes of problems and rules that the oddity justifies, although every cell is right.
    status: of the report, where the oddity decides it. containers, forms: where it can happen; None: in any.
    options: for the renderer. alone: not to be combined with others, because both would strike the same place.
    """

    name: str
    heading: str
    keeps: Keeps = "all"
    says: frozenset[str] = frozenset()
    status: str | None = "parsed"
    containers: frozenset[str] | None = None
    forms: frozenset[str] | None = None
    alone: bool = False
    on_content: OnContent | None = None
    on_tables: OnTables | None = None
    on_file: OnFile | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def fits(self, container: str, form: str) -> bool:
        """Whether the oddity can happen in that container and form."""
        return (self.containers is None or container in self.containers) and (self.forms is None or form in self.forms)


class Registry:
    """The quirks of one heading; the decorators name a quirk after its function."""

    def __init__(self, heading: str) -> None:
        self.heading = heading
        self.quirks: list[Quirk] = []

    def content(self, **what: Any) -> Callable[[OnContent], OnContent]:
        """A quirk of what is printed: figures, labels, headings, prose."""

        def add(change: OnContent) -> OnContent:
            self.quirks.append(_quirk(change.__name__, self.heading, on_content=change, **what))
            return change

        return add

    def tables(self, **what: Any) -> Callable[[OnTables], OnTables]:
        """A quirk of all tables together."""

        def add(change: OnTables) -> OnTables:
            self.quirks.append(_quirk(change.__name__, self.heading, on_tables=change, **what))
            return change

        return add

    def table(self, **what: Any) -> Callable[[OnTable], OnTable]:
        """A quirk of each table for itself."""

        def add(change: OnTable) -> OnTable:
            self.quirks.append(_quirk(change.__name__, self.heading, on_tables=each(change), **what))
            return change

        return add

    def file(self, *containers: str, **what: Any) -> Callable[[OnFile], OnFile]:
        """A quirk of the bytes of some containers."""

        def add(change: OnFile) -> OnFile:
            self.quirks.append(_quirk(change.__name__, self.heading, on_file=change, containers=containers, **what))
            return change

        return add

    def option(self, name: str, *containers: str, options: Mapping[str, Any], **what: Any) -> None:
        """A quirk that is an option of the renderers of some containers."""
        self.quirks.append(_quirk(name, self.heading, containers=containers, options=options, **what))


def each(change: OnTable) -> OnTables:
    """The change made to every table that holds figures."""

    def all_tables(tables: Tables, random: Random) -> Tables:
        return tuple(change(table, random) if holds_figures(table) else table for table in tables)

    return all_tables


def holds_figures(table: PrintedTable) -> bool:
    """Whether a table has a cell for a figure."""
    return any(cell.key for row in table.rows for cell in row)


def _quirk(name: str, heading: str, **what: Any) -> Quirk:
    for key in ("says", "containers", "forms"):
        if what.get(key) is not None:
            what[key] = frozenset(what[key])
    if "status" not in what:
        what["status"] = {"all": "parsed", "some": None, "none": "refused"}[what.get("keeps", "all")]
    return Quirk(name, heading, **what)
