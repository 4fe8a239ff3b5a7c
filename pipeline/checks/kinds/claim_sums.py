"""Kinds about figures of the prose among each other: shares with their base, parts with their whole, change against the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from pipeline.catalog.claims import OTHER
from pipeline.catalog.row_types import Rule
from pipeline.checks.claimed import comparable, place_of, readings, said, stated
from pipeline.checks.evidence import number_text
from pipeline.checks.expand import Expander
from pipeline.checks.kind import NOT_APPLICABLE, NOT_ASSESSABLE, PASS, Assessment, Check, Glance, Kind
from pipeline.checks.kinds.claims import measures_of, where_stated
from pipeline.checks.model import ReportFacts
from pipeline.normalise.claims.model import Claim

_HUNDRED = Decimal(100)
_LISTED, _NEARLY = 4, Decimal("0.02")  # so many parts that miss their whole by so little are a list of all with a slip in it
_BASES = ("requests.new_or_caseload", "requests.new", "requests.caseload", "requests.handled")


def _claim_share(rule: Rule, expander: Expander) -> Check:
    measures = measures_of(rule, expander)

    def look(facts: ReportFacts, _: ReportFacts | None) -> Iterator[Assessment]:
        yield from _over_hundred(expander, facts, measures)
        for claim in facts.claims:
            if claim.kind != "share" or claim.measure not in measures or claim.value is None or claim.period != "this" or claim.approximate:
                continue
            parts = _figures(facts, claim, (claim.measure,))
            bases = _bases(expander, facts, claim)
            if not parts or not bases:
                yield NOT_ASSESSABLE
            elif any(_rounds_to(part / base * _HUNDRED, claim.value) for part in parts for base in bases):
                yield PASS
            else:
                part, base = parts[0], bases[0]
                share = (part / base * _HUNDRED).quantize(Decimal(1).scaleb(min(-1, _exponent(claim.value))))
                counted = f"{number_text(part)} 占 {number_text(base)} 为 {number_text(share)}%"
                yield _failure(expander, claim, share, {"counted": counted})

    return Glance(where_stated(kinds=("share",)), look)


def _over_hundred(expander: Expander, facts: ReportFacts, measures: tuple[str, ...]) -> Iterator[Assessment]:
    """Shares of one base in one sentence that are more than the whole."""
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in facts.claims:
        if claim.kind == "share" and claim.measure in measures and not claim.approximate:
            groups[claim.block, claim.sentence, claim.base, claim.measure.rpartition(".")[0]].append(claim)
    for group in groups.values():
        total = sum((claim.value or Decimal(0) for claim in group), Decimal(0))
        if len(group) == len({claim.measure for claim in group}) > 1 and total > _HUNDRED + Decimal("0.5") * len(group):
            yield _failure(expander, group[-1], _HUNDRED, {"counted": f"各项相加为 {number_text(total)}%，超过 100%"})


def _figures(facts: ReportFacts, claim: Claim, measures: tuple[str, ...]) -> list[Decimal]:
    """What the paragraph of a claim states of some measures, exactly and of this year; nothing where one is approximate."""
    found = [each for each in facts.claims if each.block == claim.block and each.kind == "figure" and each.measure in measures]
    found = [each for each in found if each.period == claim.period and each.scope == claim.scope]
    if any(each.approximate or each.value_to is not None for each in found):
        return []
    return [each.value for each in found if each.value is not None]


def _bases(expander: Expander, facts: ReportFacts, claim: Claim) -> list[Decimal]:
    """What a share can be a share of: the whole that it is a part of, else its base as the paragraph or the tables state it."""
    if claim.whole is not None and (whole := facts.claims[claim.whole]).value and not whole.approximate:
        return [whole.value] if whole.value else []
    named = (claim.base, *_BASES) if claim.base in _BASES else (claim.base,)
    of = tuple(name for name in named if name)
    tables = [reading.value for name in of for reading in readings(expander, facts, name)]
    return [value for value in (*_figures(facts, claim, of), *tables) if value]


def _claim_split(rule: Rule, expander: Expander) -> Check:
    """Parts that are more than their whole; or less, where the parts of their kind are usually all named and none is of an unknown kind."""
    exclusive, complete = rule.parameters["exclusive"].split(), rule.parameters["complete"].split()

    def look(facts: ReportFacts, _: ReportFacts | None) -> Iterator[Assessment]:
        with_unknown = {claim.whole for claim in facts.claims if claim.measure == OTHER}
        for (place, family), parts in _splits(facts).items():
            whole = facts.claims[place]
            if whole.value is None or whole.approximate or whole.value_to is not None or whole.kind != "figure":
                continue
            if any(part.approximate or part.value is None or part.value_to is not None for part in parts):
                yield NOT_ASSESSABLE
                continue
            if family == OTHER and any(part.unit != whole.unit for part in parts):  # 信息120条，其中图解5个
                yield NOT_ASSESSABLE
                continue
            total = sum((part.value or Decimal(0) for part in parts), Decimal(0))
            more = total > whole.value and family in exclusive
            less = total < whole.value and family in complete and place not in with_unknown
            nearly = family == OTHER and len(parts) >= _LISTED and whole.value - total <= whole.value * _NEARLY
            if total == whole.value:
                yield PASS
            elif more or less or (more is False and total < whole.value and nearly):
                counted = f"各项（{'、'.join(stated(part) for part in parts)}）相加为 {number_text(total)}"
                yield _failure(expander, whole, total, {"counted": counted})
            else:
                yield NOT_ASSESSABLE

    return Glance(_unless_parts, look)


def _unless_parts(facts: ReportFacts) -> Assessment | None:
    for claim in facts.claims:
        if claim.whole is not None:
            return None
    return NOT_APPLICABLE


def _splits(facts: ReportFacts) -> dict[tuple[int, str], list[Claim]]:
    """By whole and family, the parts where there are at least two, each of another measure but for those that nobody knows."""
    found: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for claim in facts.claims:
        if claim.whole is not None and claim.kind == "figure":
            found[claim.whole, claim.measure.rpartition(".")[0] or claim.measure].append(claim)
    mixed = {whole for whole, family in found if family != OTHER}
    return {key: parts for key, parts in found.items() if _is_split(parts) and (key[1] != OTHER or key[0] not in mixed)}


def _is_split(parts: list[Claim]) -> bool:
    each_once = len({part.measure for part in parts}) == len(parts) or parts[0].measure == OTHER
    return len(parts) > 1 and each_once and len({part.sentence for part in parts}) == 1


def _claim_growth(rule: Rule, expander: Expander) -> Check:
    """Change against the year before: as the sentence gives it, else by the report of the year before."""
    measures = measures_of(rule, expander)

    def look(facts: ReportFacts, previous: ReportFacts | None) -> Iterator[Assessment]:
        for claim in facts.claims:
            if claim.kind not in ("growth", "change") or claim.measure not in measures or claim.unit == "百分点" or claim.value is None:
                continue
            now = _sentence(facts, claim, "this") or _now(expander, facts, claim)
            before = _sentence(facts, claim, "last") or _before(expander, facts, previous, claim)
            if not now or not before or claim.direction is None or claim.approximate:
                yield NOT_ASSESSABLE
            elif any(_is_change(claim, one, other) for one in now for other in before):
                yield PASS
            else:
                counted = f"本年 {number_text(now[0])}，上年 {number_text(before[0])}，{_counted(now[0], before[0])}"
                yield _failure(expander, claim, now[0] - before[0], {"counted": counted})

    return Glance(where_stated(kinds=("growth", "change")), look)


def _sentence(facts: ReportFacts, claim: Claim, period: str) -> list[Decimal]:
    found = [each for each in facts.claims if each.block == claim.block and each.sentence == claim.sentence]
    found = [each for each in found if each.measure == claim.measure and each.kind == "figure" and each.period == period]
    if any(each.approximate for each in found) or len({each.scope for each in found}) > 1:
        return []
    return [each.value for each in found if each.value is not None]


def _now(expander: Expander, facts: ReportFacts, claim: Claim) -> list[Decimal]:
    return _of_report(expander, facts, claim) if claim.scope == "unknown" or facts.agency_kind != "government" else []


def _before(expander: Expander, facts: ReportFacts, previous: ReportFacts | None, claim: Claim) -> list[Decimal]:
    if previous is None or any(each.scope == "area" for each in facts.claims if each.block == claim.block):
        return []
    return _of_report(expander, previous, claim)


def _of_report(expander: Expander, facts: ReportFacts, claim: Claim) -> list[Decimal]:
    """What a report states of a measure: in its tables, else in its prose."""
    tables = [reading.value for reading in readings(expander, facts, claim.measure)]
    if facts.parts:
        return tables
    return tables or [each.value for each in comparable(facts, (claim.measure,)) if each.value is not None and not each.approximate]


def _is_change(claim: Claim, now: Decimal, before: Decimal) -> bool:
    difference = now - before if claim.direction == "up" else before - now
    value = claim.value or Decimal(0)
    if claim.kind == "change":
        return difference == value
    if before == 0:
        return False
    if claim.unit == "倍":  # 增长 1.2 倍 is said of 2.2 times as many, and of 1.2 times as many
        return _rounds_to(difference / before, value) or _rounds_to(now / before, value)
    return _rounds_to(difference / before * _HUNDRED, value)


def _counted(now: Decimal, before: Decimal) -> str:
    word = "增加" if now >= before else "减少"
    rate = f"，即 {number_text(abs(now - before) / before * _HUNDRED)[:6]}%" if before else ""
    return f"{word} {number_text(abs(now - before))}{rate}"


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _rounds_to(exact: Decimal, printed: Decimal) -> bool:
    """Whether a number gives what is printed, rounded or cut at its last digit."""
    step = Decimal(1).scaleb(min(_exponent(printed), 0))
    return abs(exact - printed) <= step / 2 or printed <= exact < printed + step


def _failure(expander: Expander, claim: Claim, expected: Decimal, details: dict[str, str]) -> Assessment:
    actual = claim.value or Decimal(0)
    place = f"{place_of(expander, claim)}（第 {claim.block + 1} 段）"
    found = {"sentence": said(claim), "stated": stated(claim), "label": expander.catalog.claims.measures[claim.measure].label_zh}
    return Assessment(
        "fail", place=place, expected=expected, actual=actual, difference=actual - expected, details={**found, **details}
    )  # fmt: skip


_SAYS = frozenset({"sentence", "stated", "label", "counted"})
CLAIM_SHARE = Kind(_claim_share, needs=frozenset({"measures"}), says=_SAYS)
CLAIM_SPLIT = Kind(_claim_split, needs=frozenset({"exclusive", "complete"}), says=_SAYS)
CLAIM_GROWTH = Kind(_claim_growth, needs=frozenset({"measures"}), says=_SAYS)
