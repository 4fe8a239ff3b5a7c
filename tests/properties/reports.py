"""Reports drawn at random: figures, what is printed in the cells, how the tables are set, and the container."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import assume
from hypothesis import strategies as st

from pipeline.intake.kinds import kind_of
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers.registry import read
from tests.reports.containers import TRIED
from tests.reports.content import Figure, Key, ReportContent, keys_of, printed_figures
from tests.reports.figures import Size, consistent_figures
from tests.reports.made import YEARS, Made, make, report_of, the_catalog
from tests.reports.quirks import DAMAGES, QUIRKS
from tests.reports.quirks.model import holds_figures

CATALOG = the_catalog()
_SIGNS = ("/", "—", "无", "－", "不适用")
_MOST_TOGETHER = 3  # oddities of one report


def parsed(made: Made) -> Report:
    """What the pipeline makes of the file; it always holds one report."""
    data = made.data()
    (report,) = normalise(CATALOG, read(kind_of(data), data))
    return report


@st.composite
def consistent(draw: st.DrawFn) -> ReportContent:
    """A report that keeps every rule, of a body of any size."""
    form = draw(st.sampled_from(sorted(YEARS)))
    size = Size(
        requests=draw(st.integers(0, 400)),
        documents=draw(st.integers(0, 60)),
        licensing=draw(st.integers(0, 30000)),
        penalties=draw(st.integers(0, 2000)),
        services=draw(st.integers(0, 60)),
        fees=draw(st.integers(0, 9000)),
        purchases=draw(st.integers(0, 8)),
    )
    values = consistent_figures(CATALOG, form, Random(draw(st.integers(0, 10**6))), None, size)
    return report_of(form, printed_figures(CATALOG, form, values))


@st.composite
def wild(draw: st.DrawFn) -> ReportContent:
    """A report in which any cell may hold anything that a cell can hold: no rule is kept, blanks and signs stand anywhere."""
    form = draw(st.sampled_from(sorted(YEARS)))
    keys = keys_of(CATALOG, form)
    random = Random(draw(st.integers(0, 10**6)))
    blanks, signs = draw(st.sampled_from([0.0, 0.1, 0.6])), draw(st.sampled_from([0.0, 0.1, 0.6]))
    most = draw(st.sampled_from([9, 99, 10**7]))
    values = {key: _value(key[0], form, random, most) for key in keys}
    figures = printed_figures(CATALOG, form, values)
    for key in keys:
        chance = random.random()
        if chance < blanks:
            figures[key] = Figure("", None, "blank")
        elif chance < blanks + signs:
            figures[key] = Figure(random.choice(_SIGNS), None, "not_applicable")
    return report_of(form, figures)


def _value(field: str, form: str, random: Random, most: int) -> Decimal:
    kind = CATALOG.field(form, field).kind
    number = Decimal(random.randint(0, random.choice([1, 30, most])))
    if kind == "signed_count":
        return number * random.choice([1, -1])
    return number * 100 if kind == "money" else number


@st.composite
def in_a_container(draw: st.DrawFn, contents: st.SearchStrategy[ReportContent], *, quirks: bool, container: str | None = None) -> Made:
    """The report in one of the containers; with quirks: some harmless oddities at once, of any kind."""
    content = draw(contents)
    chosen = container or draw(st.sampled_from(TRIED))
    fitting = [quirk for quirk in QUIRKS.values() if quirk.keeps == "all" and quirk.fits(chosen, content.form)]
    fitting = fitting if quirks else [quirk for quirk in fitting if quirk.options]
    names = draw(st.lists(st.sampled_from([quirk.name for quirk in fitting]), unique=True, max_size=_MOST_TOGETHER if quirks else 1))
    together = [QUIRKS[name] for name in names]
    keys = [key for quirk in together for key in quirk.options]
    assume(len(together) == 1 or (not any(quirk.alone for quirk in together) and len(keys) == len(set(keys))))
    return make(content, chosen, together, draw(st.integers(0, 10**6)))


@st.composite
def damaged(draw: st.DrawFn, contents: st.SearchStrategy[ReportContent]) -> Made:
    """A report in a container, one of its tables damaged in one or two ways."""
    made = draw(in_a_container(contents, quirks=False))
    place = draw(st.integers(0, len(made.tables) - 1))
    random = Random(draw(st.integers(0, 10**6)))
    fitting = [name for name, quirk in DAMAGES.items() if quirk.fits(made.container, made.content.form)]
    names = draw(st.lists(st.sampled_from(fitting), min_size=1, max_size=2))
    assume("two_values_merged" not in names or not made.quirks)  # tables of boxes, or without lines, show no merged cell: nobody sees it
    tables = made.tables[place : place + 1]
    for name in ["doubled_row"] if "doubled_row" in names else names:  # were its first half lost, the second would be a true row
        damage = DAMAGES[name].on_tables
        assert damage is not None
        tables = damage(tables, random)
    assume(made.container != "pdf" or holds_figures(tables[0]))  # the renderer of PDF breaks pages between figures
    return replace(made, tables=(*made.tables[:place], *tables, *made.tables[place + 1 :]))


def differences(made: Made, report: Report) -> dict[Key, str]:
    """The cells that are not as printed: what was printed, and what was read. Cells that are not printed may be blank or unreadable."""
    found = {(cell.field, cell.applicant): cell for cell in report.cells if not cell.extra}
    printed = {cell.key for table in made.tables for row in table.rows for cell in row if cell.key}
    told = {}
    for key in printed:
        figure, cell = made.content.figures[key], found.get(key)
        if cell is None:
            told[key] = f"{figure.printed!r}: nothing"
        elif (cell.state, cell.value) != (figure.state, figure.value):
            told[key] = f"{figure.printed!r} {figure.state} {figure.value}: {cell.state} {cell.value} from {cell.raw!r}"
    claimed = {key: cell for key, cell in found.items() if key not in printed and cell.state in ("number", "not_applicable")}
    return told | {key: f"not printed: {cell.state} {cell.value} from {cell.raw!r}" for key, cell in claimed.items()}


def silent(made: Made, report: Report) -> dict[Key, str]:
    """Those of the differences whose table no error or warning names."""
    named = {problem.table for problem in report.problems if problem.severity in ("error", "warning")}
    return {key: text for key, text in differences(made, report).items() if key[0].partition(".")[0] not in named}
