"""Linear relations in SQL: how each instance of each rule comes out on each report, exact and in three values (see checks/evaluate.py)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pyarrow as pa

from pipeline.checks.between_years import Standing
from pipeline.checks.expand import Instance, Relation
from pipeline.checks.kinds.relation import RelationCheck, lacks_extra_column
from pipeline.checks.rulebook import PreparedRule
from pipeline.checks.setwise.database import MILLION, Key, Rows, YearDatabase

_WHOLE = pa.decimal128(38, 0)
# The difference of both sides, what cells without a figure can do to it, and how many cells there are of each sort.
_WEIGHED = """
    CREATE TABLE weighed AS
    SELECT subject, relation,
           coalesce(sum(coefficient::HUGEINT * millionths), 0) AS known,
           bool_or(coalesce(is_gap, true) AND may_rise) AS may_rise,
           bool_or(coalesce(is_gap, true) AND may_fall) AS may_fall,
           count(millionths) AS numbers,
           count(*) FILTER (coalesce(is_lost, true)) AS lost
    FROM subject
    JOIN profile_relation USING (profile)
    JOIN term USING (relation)
    LEFT JOIN cell USING (subject, previous, key)
    GROUP BY subject, relation
"""
# Whether `difference (<, <=, =) 0` holds for every value that the difference can take; NULL: for some.
_COMPARED = """
    CASE WHEN sign = '=' THEN
        CASE WHEN (known > 0 AND NOT {fall}) OR (known < 0 AND NOT {rise}) THEN false
             WHEN {rise} OR {fall} THEN NULL ELSE known = 0 END
    WHEN known < 0 OR (known = 0 AND sign = '<=') THEN CASE WHEN {rise} THEN NULL ELSE true END
    ELSE CASE WHEN {fall} THEN NULL ELSE false END END
"""
_JUDGED = f"""
    CREATE TABLE judged AS
    WITH balanced AS (
        SELECT weighed.* REPLACE (known + constant::HUGEINT AS known), sign FROM weighed JOIN relation USING (relation)
    ),
    compared AS (
        SELECT *, {_COMPARED.format(rise="may_rise", fall="may_fall")} AS sure, {_COMPARED.format(rise="false", fall="false")} AS as_zero
        FROM balanced
    )
    SELECT subject, relation, sure IS NULL AND lost = 0 AND numbers > 0 AND as_zero AS read_as_zero,
           CASE WHEN read_as_zero THEN true WHEN sure AND lost > 0 THEN NULL ELSE sure END AS holds
    FROM compared
"""
# An instance that has no relation but its condition is open where that holds: a check of another kind has to look.
_CAME = """
    CREATE TABLE came AS
    SELECT subject.subject, instance."row", place, coalesce(body.read_as_zero, false) AS read_as_zero, CASE
        WHEN instance.condition IS NOT NULL AND condition.holds IS NOT true
            THEN CASE WHEN condition.holds IS false THEN 'not_applicable' ELSE 'not_assessable' END
        WHEN instance.body IS NULL THEN 'open'
        WHEN instance.looks_back AND subject.before_id IS NULL THEN 'not_assessable'
        WHEN body.holds THEN 'pass' WHEN body.holds IS NULL THEN 'not_assessable' ELSE 'fail' END AS outcome
    FROM subject
    JOIN profile_instance USING (profile)
    JOIN instance USING (instance)
    LEFT JOIN judged AS condition ON condition.subject = subject.subject AND condition.relation = instance.condition
    LEFT JOIN judged AS body ON body.subject = subject.subject AND body.relation = instance.body
"""
_OUTCOMES = """
    INSERT INTO outcome BY NAME
    SELECT subject, "row", count(*) FILTER (outcome = 'pass') AS passed, count(*) FILTER (outcome = 'fail') AS failed,
           count(*) FILTER (outcome = 'not_assessable') AS not_assessable, count(*) FILTER (outcome = 'not_applicable') AS not_applicable,
           count(*) FILTER (outcome = 'pass' AND read_as_zero) AS blank_read_as_zero
    FROM came GROUP BY subject, "row"
"""
_TO_WORD = """
    INSERT INTO to_word SELECT subject, "row", CASE WHEN outcome <> 'open' THEN place END
    FROM came WHERE outcome IN ('fail', 'open') OR (outcome = 'pass' AND read_as_zero)
"""
# Instances that have a cell which these forms lack.
_BESIDE = 'INSERT INTO outcome BY NAME SELECT subject, "row", not_applicable FROM subject JOIN beside USING (profile)'


class Relations:
    """Instances and their relations as rows, each once, and which profile has which."""

    def __init__(self, keys: Mapping[Key, int]) -> None:
        self._keys = keys
        self._known: dict[int, int] = {}
        self._seen: set[tuple[int, int]] = set()
        self._kept: list[object] = []  # what has a number by its id stays, so that nothing else gets that id
        number, text, flag = pa.int32(), pa.string(), pa.bool_()
        self._instances = Rows(instance=number, row=number, place=number, condition=number, body=number, looks_back=flag)
        self._relations = Rows(relation=number, sign=text, constant=_WHOLE)
        self._terms = Rows(relation=number, previous=flag, key=number, coefficient=_WHOLE, may_rise=flag, may_fall=flag)
        self._of_profile = Rows(profile=number, instance=number)
        self._used = Rows(profile=number, relation=number)
        self._beside = Rows(profile=number, row=number, not_applicable=number)

    def add(self, profile: int, number: int, row: PreparedRule, standing: Standing) -> None:
        """The instances of a row of rules.csv in the reports of a profile, of which one is given."""
        if not isinstance(row.check, RelationCheck):
            condition = row.scope.condition(standing.facts)
            if condition.when is not None:
                self._add(profile, number, 0, condition, None)
            return
        instances = row.check.instances(standing.facts, standing.previous)
        lacking = 0
        for place, instance in enumerate(instances):
            if instance.holds is None or lacks_extra_column(instance.holds, standing.facts):
                lacking += 1
            else:
                self._add(profile, number, place, instance, instance.holds)
        self._beside.add(profile, number, lacking)

    def judge(self, database: YearDatabase) -> None:
        """Put into `outcome` how everything comes out."""
        tables = {"instance": self._instances, "relation": self._relations, "term": self._terms}
        for name, rows in {**tables, "profile_instance": self._of_profile, "profile_relation": self._used, "beside": self._beside}.items():
            database.put(name, rows)
        for sql in (_WEIGHED, _JUDGED, _CAME, _OUTCOMES, _TO_WORD, _BESIDE):
            database.connection.execute(sql)

    def _add(self, profile: int, number: int, place: int, instance: Instance, body: Relation | None) -> None:
        parts = [None if part is None else self._number(part) for part in (instance.when, body)]
        if id(instance) not in self._known:
            self._kept.append(instance)
            self._known[id(instance)] = self._instances.add(len(self._instances), number, place, *parts, instance.uses_previous)
        self._of_profile.add(profile, self._known[id(instance)])
        for relation in parts:
            if relation is not None and (profile, relation) not in self._seen:
                self._seen.add((profile, relation))
                self._used.add(profile, relation)

    def _number(self, relation: Relation) -> int:
        """The number of a relation, which is written as: difference <, <= or = 0, in whole numbers."""
        if id(relation) in self._known:
            return self._known[id(relation)]
        self._kept.append(relation)
        turned = -1 if relation.sign in (">", ">=") else 1
        constant = turned * (relation.left_constant - relation.right_constant)
        terms = [(turned * side * term.coefficient, term) for side, part in ((1, relation.left), (-1, relation.right)) for term in part]
        factor = 10 ** max(_decimals(number) for number in (constant, *(coefficient for coefficient, _ in terms)))
        number = self._relations.add(len(self._relations), relation.sign.replace(">", "<"), int(constant * factor * MILLION))
        for coefficient, term in terms:
            signed = term.field.kind == "signed_count"
            key = self._keys[(*term.key, term.extra)]
            self._terms.add(number, term.previous, key, int(coefficient * factor), signed or coefficient > 0, signed or coefficient < 0)
        self._known[id(relation)] = number
        return number


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
