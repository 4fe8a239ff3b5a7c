"""What is probably wrong, in plain Chinese, from the sentences of sentences.csv."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pipeline.catalog.model import Catalog
from pipeline.catalog.numbers import number_text
from pipeline.checks.localisation.component import ranges_of
from pipeline.checks.localisation.model import Figure, Number, Part, System
from pipeline.checks.localisation.naming import may_be_misread
from pipeline.checks.localisation.ranking import Solution, is_determined
from pipeline.checks.model import ReportFacts
from pipeline.checks.names import quoted
from pipeline.checks.rulebook import rule_book
from pipeline.normalise.locations import location_text

_OPTIONS = 3
_CLAUSES = 6  # more changes than these nobody reads in one sentence
_NOTHING_KNOWN = ("total_wrong", "detail_wrong", "prose")
_MARKS = "①②③"
_UNSETTLED = {
    (False, False): "change_unknown",
    (True, False): "change_least",
    (False, True): "change_most",
    (True, True): "change_between",
}


def decimal_of(value: Number) -> Decimal:
    """An exact decimal; the values of figures have no more decimals than what is printed."""
    exact = Fraction(value)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def location_of(figure: Figure) -> str:
    """Where a figure stands in its file."""
    return location_text(figure.locator) if figure.field else figure.stated_at


def is_doubtful(figure: Figure) -> bool:
    """Whether a figure was not read with certainty."""
    return figure.weight_class in ("unreadable", "doubtful")


class Wording:
    """Words for the solutions of one report."""

    def __init__(self, catalog: Catalog, system: System, report: ReportFacts) -> None:
        self._rows, self._names, self._system = catalog.localisation, rule_book(catalog).expander.names, system
        self._year, self._agency_name = report.report_year, report.agency_name

    def change(self, solution: Solution, place: int) -> str:
        """扫描件该处可能是 21; 填报 12，按其余数字应为 21; 填报 12，应不大于 8."""
        figure, value, kind = self._system.figures[place], solution.change[place], solution.kinds[place]
        least, most = ranges_of(self._system, solution.change).get(place, (None, None)) if value is None else (None, None)
        if figure.is_free:
            sentence = "reading" if figure.raw else "unread"
        elif figure.weight_class == "doubtful":
            sentence = "reading"
        elif may_be_misread(self._system, solution.change, place):
            sentence = "recognised"
        elif value is None:
            sentence = _UNSETTLED[least is not None and least > 0, most is not None]
        else:
            sentence = {"prose": "prose", "number": "change"}.get(figure.state, "fill")
        return self._rows.sentences[sentence].format(
            where=self.where(figure),
            printed=_shown_of(figure),
            proposed=number_text(decimal_of(value)) if value is not None else "",
            least=number_text(decimal_of(least)) if least is not None else "",
            most=number_text(decimal_of(most)) if most is not None else "",
            kind=self._rows.error_kinds[kind].text_zh,
        )

    def origin(self, solution: Solution, place: int) -> str:
        """`reading` where the report may be right and we read it wrongly; else `reporting`."""
        is_reading = is_doubtful(self._system.figures[place]) or may_be_misread(self._system, solution.change, place)
        return "reading" if is_reading else "reporting"

    def where(self, figure: Figure) -> str:
        """表三“…”, of another report with its year (and body) before it."""
        label = self.label(figure)
        if figure.agency_name != self._agency_name:
            return f"“{figure.agency_name}”{figure.report_year} 年度报告的{label}"
        return label if figure.report_year == self._year else f"{figure.report_year} 年度报告的{label}"

    def label(self, figure: Figure) -> str:
        """表三“本年度办理结果/予以公开（自然人）”; 正文“收到申请”."""
        if figure.field is None:
            return figure.stated
        names = self._names
        return names.table(figure.field.form, figure.field.table) + quoted(names.full(figure.field, figure.id[2]))

    def solution(self, solution: Solution) -> str:
        """All changes of a solution, one after the other."""
        places = sorted(solution.change, key=lambda place: (self._system.figures[place].report_year, place))
        return "；".join(self.change(solution, place) for place in places)

    def probable(self, part: Part, solutions: Sequence[Solution]) -> str:
        """What a finding says of its part: the one change that is called for, or that the report alone does not tell."""
        if not solutions or not part.optimal:
            return self._rows.sentences["unsolved"]
        if is_determined(part, self._system):
            in_doubt = all(self.origin(solutions[0], place) == "reading" for place in solutions[0].change)
            return self._rows.sentences["reading_only" if in_doubt else "determined"].format(changes=self.solution(solutions[0]))
        if len(solutions) == 1:
            return self._rows.sentences["rivalled" if part.rivalled else "dragging"].format(options=self.option(solutions[0])[0])
        shown = self._shown(solutions)
        options = "；".join(f"{mark}{option}" for mark, option in zip(_MARKS, shown, strict=False))
        start = "如" if len(solutions) > len(shown) or not part.complete else ""
        return self._rows.sentences["undetermined" if part.complete else "open"].format(count=len(solutions), options=start + options)

    def _shown(self, solutions: Sequence[Solution]) -> list[str]:
        """The first ways, no more than can be read: one that changes much stands alone."""
        shown, clauses = list[str](), 0
        for text, length in map(self.option, solutions):
            clauses += length
            if shown and (clauses > _CLAUSES or len(shown) == _OPTIONS):
                break
            shown.append(text)
        return shown

    def option(self, solution: Solution) -> tuple[str, int]:
        """What a way that is not certain would change, cells of one row together, and in how many clauses."""
        rows: dict[tuple[object, ...], list[int]] = {}
        for place in sorted(solution.change, key=lambda place: (self._system.figures[place].report_year, place)):
            figure = self._system.figures[place]
            is_plain = figure.field is not None and figure.id[2] is not None and _is_printed(figure) and solution.change[place] is not None
            rows.setdefault((figure.id[:2], solution.kinds[place]) if is_plain else (place,), []).append(place)
        clauses = [self._option_row(solution, places) if len(places) > 1 else self._option(solution, places[0]) for places in rows.values()]
        return "，".join(clauses), len(solution.change)

    def _option(self, solution: Solution, place: int) -> str:
        """由 12 改为 21; what may have been misread is said as in `change`, by which it is known again."""
        figure, value = self._system.figures[place], solution.change[place]
        if value is None or self.origin(solution, place) == "reading":
            return self.change(solution, place)
        sentence = "option" if figure.state in ("prose", "number") else "option_fill"
        return self._rows.sentences[sentence].format(
            where=self.where(figure), printed=_shown_of(figure), proposed=number_text(decimal_of(value)), kind=self._kind(solution, place)
        )

    def _option_row(self, solution: Solution, places: Sequence[int]) -> str:
        figures = [(self._system.figures[place], solution.change[place]) for place in places]
        cells = [
            self._rows.sentences["option_cell"].format(
                column=self._names.applicant(figure.id[2]), printed=_shown_of(figure), proposed=number_text(decimal_of(value))
            )
            for figure, value in figures
            if value is not None
        ]
        where = self.where(replace(figures[0][0], id=(*figures[0][0].id[:2], None)))
        return self._rows.sentences["option_row"].format(where=where, cells="、".join(cells), kind=self._kind(solution, places[0]))

    def _kind(self, solution: Solution, place: int) -> str:
        """（多写一个 0）; nothing where no slip of the pen is known."""
        kind = solution.kinds[place]
        return "" if kind in _NOTHING_KNOWN else f"（{self._rows.error_kinds[kind].text_zh}）"


def _is_printed(figure: Figure) -> bool:
    return figure.state == "number" and not is_doubtful(figure)


def _shown_of(figure: Figure) -> str:
    return figure.raw or number_text(decimal_of(figure.start))
