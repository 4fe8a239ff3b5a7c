"""The rows of the catalogue as typed, immutable objects: each file has some kinds of row, and reads them from their CSV files."""

from pipeline.catalog.row_types.figures import FigureMark, Unit
from pipeline.catalog.row_types.forms import Applicant, Field, Form, FormTable, SectionHeading
from pipeline.catalog.row_types.indicators import Indicator, Quantity
from pipeline.catalog.row_types.labels import Axis, Label, Role
from pipeline.catalog.row_types.reports import About, AgencyKind, CoverageWords, EvidenceKind, FileKind, LevelWord, ProblemCode
from pipeline.catalog.row_types.rules import Rule
from pipeline.catalog.row_types.series import AreaIndicator, Bridge, FormBreak, Outcome, SeriesMeasure
from pipeline.catalog.row_types.warehouse import Column, Table

__all__ = [
    "About",
    "AgencyKind",
    "Applicant",
    "AreaIndicator",
    "Axis",
    "Bridge",
    "Column",
    "CoverageWords",
    "EvidenceKind",
    "Field",
    "FigureMark",
    "FileKind",
    "Form",
    "FormBreak",
    "FormTable",
    "Indicator",
    "Label",
    "LevelWord",
    "Outcome",
    "ProblemCode",
    "Quantity",
    "Role",
    "Rule",
    "SectionHeading",
    "SeriesMeasure",
    "Table",
    "Unit",
]
