"""Reads the folder of rows into a `Catalog`. Every mistake is reported with file, line and column."""

from __future__ import annotations

from pathlib import Path

from pipeline.catalog.claims import read_claim_grammar
from pipeline.catalog.localisation import read_localisation
from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types.figures import read_figure_marks, read_signs, read_units
from pipeline.catalog.row_types.forms import read_applicants, read_fields, read_form_tables, read_forms, read_sections
from pipeline.catalog.row_types.indicators import read_indicators, read_quantities
from pipeline.catalog.row_types.labels import read_labels
from pipeline.catalog.row_types.reports import (
    read_agency_kinds,
    read_coverage_words,
    read_evidence_kinds,
    read_file_kinds,
    read_level_words,
    read_problem_codes,
)
from pipeline.catalog.row_types.rules import read_rules
from pipeline.catalog.row_types.series import (
    read_area_indicators,
    read_bridges,
    read_form_breaks,
    read_outcomes,
    read_series_measures,
)
from pipeline.catalog.row_types.warehouse import read_columns, read_tables
from pipeline.catalog.validate import validate
from pipeline.catalog.wordings import read_wordings
from pipeline.common.versions import digest_of_folder


def load_catalog(folder: Path) -> Catalog:
    """Load and validate the catalogue in `folder`. Raises CatalogError at the first row that does not fit."""
    forms = read_forms(folder)
    form_ids = tuple(form.form for form in forms)
    applicants = read_applicants(folder)
    form_tables = read_form_tables(folder, form_ids)
    with_tables = [form for form in form_ids if any(table.form == form for table in form_tables)]
    fields = tuple(field for form in with_tables for field in read_fields(folder, form))
    label_files = sorted((folder / "labels").glob("*.csv"))
    catalog = Catalog(
        folder=folder,
        digest=digest_of_folder(folder),
        forms=forms,
        form_tables=form_tables,
        applicants=applicants,
        labels=tuple(label for path in label_files for label in read_labels(path, form_ids, fields, applicants)),
        fields=fields,
        sections=read_sections(folder),
        signs=read_signs(folder),
        units=read_units(folder),
        figure_marks=read_figure_marks(folder),
        levels=read_level_words(folder),
        agency_kinds=read_agency_kinds(folder),
        coverage_words=read_coverage_words(folder),
        file_kinds=read_file_kinds(folder),
        evidence=read_evidence_kinds(folder),
        problems=read_problem_codes(folder),
        rules=read_rules(folder),
        indicators=read_indicators(folder),
        quantities=read_quantities(folder),
        outcomes=read_outcomes(folder, form_ids),
        form_breaks=read_form_breaks(folder, form_ids),
        area_indicators=read_area_indicators(folder),
        series_measures=read_series_measures(folder),
        bridges=read_bridges(folder, form_ids),
        columns=read_columns(folder),
        tables=read_tables(folder),
        claims=read_claim_grammar(folder / "claims"),
        wordings=read_wordings(folder),
        localisation=read_localisation(folder / "localisation"),
    )
    validate(catalog)
    return catalog
