"""The small language of rules and indicators: linear expressions over the cells of a report.

    requests.new[$] + requests.carried_in[$] = requests.handled[$] + requests.carried_out[$]
    requests.carried_in[total] = requests.carried_out[total]@previous
    requests.carried_out[total] <= 0.35*requests.new[total] + 0.35*requests.carried_in[total]

A term is a number, or a field id with an optional factor before it, an applicant in brackets (`total`, `parts` for the
six kinds that make up the total, `all` for all seven) and `@previous` for the report of the year before. A `*` at the
end of an id stands for every field of the form whose id begins so; `$` is replaced by each value of the row's `each`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.common.errors import CatalogError

_TOKEN = re.compile(
    r"\s*(?:(?P<relation><=|>=|=|<|>)|(?P<sign>[+-])|"
    r"(?:(?P<factor>\d+(?:\.\d+)?)\*)?(?P<path>[a-z$][a-z0-9_.$]*\*?)(?:\[(?P<applicant>[a-z_$]+)\])?(?P<previous>@previous)?|"
    r"(?P<number>\d+(?:\.\d+)?))"
)


@dataclass(frozen=True, slots=True)
class Term:
    """coefficient x cell; a constant where path is None."""

    coefficient: Decimal
    path: str | None = None
    applicant: str | None = None
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """left relation right; relation is None for a bare sum (an indicator), right is then empty."""

    text: str
    left: tuple[Term, ...]
    relation: str | None
    right: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms of both sides, as written."""
        return self.left + self.right

    def substitute(self, value: str) -> Expression:
        """The same expression with `value` in place of every `$`."""

        def put(term: Term) -> Term:
            path = term.path.replace("$", value) if term.path else term.path
            return replace(term, path=path, applicant=value if term.applicant == "$" else term.applicant)

        return replace(self, text=self.text.replace("$", value), left=tuple(map(put, self.left)), right=tuple(map(put, self.right)))


def parse_expression(text: str) -> Expression:
    """Parse one expression. Raises CatalogError, naming the place, where the text does not follow the grammar above."""
    sides: list[list[Term]] = [[]]
    relation: str | None = None
    sign, expects_term, place = Decimal(1), True, 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            raise CatalogError(f"表达式“{text}”第 {place + 1} 个字符处无法识别。")
        if match["relation"]:
            if expects_term or relation:
                raise CatalogError(f"表达式“{text}”的关系符号“{match['relation']}”位置不对。")
            relation, expects_term, sign = match["relation"], True, Decimal(1)
            sides.append([])
        elif match["sign"]:
            if expects_term and sides[-1]:
                raise CatalogError(f"表达式“{text}”有连续的加减号。")
            sign, expects_term = Decimal(-1 if match["sign"] == "-" else 1), True
        else:
            if not expects_term:
                raise CatalogError(f"表达式“{text}”第 {place + 1} 个字符前缺少加减号。")
            sides[-1].append(_term(match, sign))
            sign, expects_term = Decimal(1), False
        place = match.end()
    if expects_term:
        raise CatalogError(f"表达式“{text}”不完整。")
    return Expression(text, tuple(sides[0]), relation, tuple(sides[1]) if relation else ())


def _term(match: re.Match[str], sign: Decimal) -> Term:
    if match["number"]:
        return Term(sign * Decimal(match["number"]))
    return Term(sign * Decimal(match["factor"] or 1), match["path"], match["applicant"], bool(match["previous"]))
