"""The reports of a year in DuckDB: which stands beside which, and their cells under small numbers."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.checks.between_years import Standing
from pipeline.checks.setwise.profiles import Profiles

MILLION = 1_000_000
Key = tuple[str, str | None, bool]  # field, applicant, not in the form
# A cell is lost where it is unreadable or not in the report: it is never read as 0. Amounts are whole millionths, so that sums are exact.
_CELLS = f"""
    CREATE TABLE cell AS
    SELECT subject, previous, key, (value * {MILLION})::HUGEINT AS millionths, raw, value IS NULL AS is_gap,
           value IS NULL AND (state = 'unreadable' OR (state = 'blank' AND grid IS NULL)) AS is_lost
    FROM (
        SELECT subject, false AS previous, core_cells.* FROM core_cells JOIN subject USING (report_id) WHERE profile IS NOT NULL
        UNION ALL
        SELECT subject, true, cells_before.* FROM cells_before JOIN subject ON cells_before.report_id = subject.before_id
    ) JOIN key USING (field, applicant, is_extra)
"""
# In how many places a row of rules.csv came out how on a report; and of which of its instances something has to be said, where place is
# NULL: the report has to be looked at by itself, and what comes of that counts instead.
_OUTCOME = """
    CREATE TABLE outcome (
        subject INTEGER, "row" INTEGER, passed INTEGER DEFAULT 0, failed INTEGER DEFAULT 0, not_assessable INTEGER DEFAULT 0,
        not_applicable INTEGER DEFAULT 0, blank_read_as_zero INTEGER DEFAULT 0
    );
    CREATE TABLE to_word (subject INTEGER, "row" INTEGER, place INTEGER)
"""


class Rows:
    """Rows of a table in the making; each column has an Arrow type."""

    def __init__(self, **types: pa.DataType) -> None:
        self._types = types
        self._rows: list[tuple[object, ...]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, *values: object) -> int:
        """Add a row; returns its place."""
        self._rows.append(values)
        return len(self._rows) - 1

    def table(self) -> pa.Table:
        """The rows so far."""
        columns = zip(*self._rows, strict=True) if self._rows else [()] * len(self._types)
        arrays = [pa.array(values, kind) for values, kind in zip(columns, self._types.values(), strict=True)]
        return pa.Table.from_arrays(arrays, names=list(self._types))


class YearDatabase:
    """Tables: subject (a report, its profile, the report before), cell, field (of each form), profile_table (the forms of a profile), and
    outcome, which the screens fill. A report that is no plain one has no profile. keys: the numbers of cells.
    """

    def __init__(self, catalog: Catalog, listed: Sequence[Standing], profiles: Profiles, cells: pa.Table, before: pa.Table) -> None:
        self.connection = duckdb.connect(":memory:", config={"python_enable_replacements": False, "enable_external_access": False})
        self.keys: dict[Key, int] = {}
        self._put_subjects(listed, profiles)
        self._put_keys(catalog)
        self._put_tables(catalog, profiles)
        self.connection.register("core_cells", cells)
        self.connection.register("cells_before", before)
        self.connection.execute(_CELLS)
        self.connection.execute(_OUTCOME)

    def put(self, name: str, rows: Rows) -> None:
        """A table of these rows."""
        self.put_table(name, rows.table())

    def put_table(self, name: str, rows: pa.Table) -> None:
        """A table with the contents of one in memory."""
        self.connection.register("rows_to_put", rows)
        self.connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM rows_to_put')
        self.connection.unregister("rows_to_put")

    def _put_subjects(self, listed: Sequence[Standing], profiles: Profiles) -> None:
        texts = dict.fromkeys(("report_id", "agency_id", "title", "before_id"), pa.string())
        rows = Rows(subject=pa.int32(), profile=pa.int32(), report_year=pa.int32(), **texts)
        for number, (standing, profile) in enumerate(zip(listed, profiles.of, strict=True)):
            facts, previous = standing.facts, standing.previous if profile is not None else None
            told = (facts.report_year, facts.report_id, facts.agency_id, facts.title, previous.report_id if previous else None)
            rows.add(number, profile, *told)
        self.put("subject", rows)

    def _put_keys(self, catalog: Catalog) -> None:
        """Every cell that a form has, and every one that a report can have beside them."""
        applicants = [row.applicant for row in catalog.applicants]
        outside = dict.fromkeys(row.label for row in catalog.labels if row.role == "extra")
        keys = Rows(key=pa.int32(), field=pa.string(), applicant=pa.string(), is_extra=pa.bool_())
        fields = Rows(form=pa.string(), table=pa.string(), key=pa.int32(), kind=pa.string())
        for field in catalog.fields:
            for applicant in applicants if field.by_applicant else [None]:
                fields.add(field.form, field.table, self._key(keys, field.field, applicant, False), field.kind)
            for applicant in outside if field.by_applicant else []:
                self._key(keys, field.field, applicant, True)
        self.put("key", keys)
        self.put("field", fields)

    def _key(self, keys: Rows, field: str, applicant: str | None, is_extra: bool) -> int:
        key = (field, applicant, is_extra)
        if key not in self.keys:
            self.keys[key] = keys.add(len(keys), field, applicant or "", is_extra)
        return self.keys[key]

    def _put_tables(self, catalog: Catalog, profiles: Profiles) -> None:
        texts = dict.fromkeys(("table", "form", "form_before"), pa.string())
        rows = Rows(profile=pa.int32(), **texts, is_found=pa.bool_(), was_found=pa.bool_())
        for number, standing in enumerate(profiles.examples):
            for table in catalog.table_ids:
                form, previous = standing.facts.form_of(table), standing.previous
                before = (previous.form_of(table), previous.table_found(table)) if previous else (None, False)
                if form is not None:
                    rows.add(number, table, form, before[0], standing.facts.table_found(table), before[1])
        self.put("profile_table", rows)
