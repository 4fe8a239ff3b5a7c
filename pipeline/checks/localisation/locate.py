"""From a window of reports to the parts in which something of its year is broken."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.catalog.model import Catalog
from pipeline.checks.corrected import Corrections
from pipeline.checks.localisation.broken import broken_equations
from pipeline.checks.localisation.hints import with_hints
from pipeline.checks.localisation.meanings import solve
from pipeline.checks.localisation.model import Part, System
from pipeline.checks.localisation.programme import Limits
from pipeline.checks.localisation.rivals import with_rivals
from pipeline.checks.localisation.system import SystemBuilder
from pipeline.checks.localisation.unread import unread_parts
from pipeline.checks.localisation.windows import Window
from pipeline.checks.model import ReportFacts


@dataclass(frozen=True, slots=True)
class Located:
    """The parts that concern one report, in the system that they are parts of."""

    report: ReportFacts
    system: System
    parts: tuple[Part, ...]


def locate(catalog: Catalog, window: Window, limits: Limits | None = None, corrections: Corrections | None = None) -> list[Located]:
    """For each report of the window's year the parts in which a sum is broken or something was not read, each said in one report.

    corrections: those in force, of all reports of the window.
    """
    now = [facts for facts in window.reports if facts.report_year == window.year]
    own = [link for link in window.links if link.reports[0].report_year == window.year]
    builder = SystemBuilder(catalog, corrections)
    builder.add_reports(now)
    builder.add_links(own)
    builder.add_prose(now)
    if not _is_anything_broken(builder):
        return []
    beside = [facts for facts in window.reports if facts.report_year != window.year]
    builder.add_reports(beside)
    builder.add_links([link for link in window.links if link.reports[0].report_year != window.year])
    builder.add_prose(beside)
    system, parts = solve(builder, limits or Limits())
    owned: dict[str, list[Part]] = {facts.report_id: [] for facts in now}
    for part in with_rivals(system, with_hints(system, parts)):
        owners = [system.equations[number].owner for number in part.broken if system.equations[number].owner in owned]
        if owners:
            owned[min(owners)].append(part)
    for part in unread_parts(builder.system()):
        report_id = next(system.figures[place].id[0] for place in part.solutions[0])
        if report_id in owned:
            owned[report_id].append(part)
    return [Located(facts, system, tuple(owned[facts.report_id])) for facts in now if owned[facts.report_id]]


def _is_anything_broken(builder: SystemBuilder) -> bool:
    """Whether anything is broken or not read; most reports are sound, and what stands beside them need not be looked at."""
    system = builder.system()
    if broken_equations(system) or any(figure.is_free for figure in system.figures):
        return True
    return any(all(broken_equations(builder.system((equation,))) for equation in equations) for equations in builder.choices)
