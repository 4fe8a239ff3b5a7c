"""What things are, as rows: forms, fields, printed labels, rules, indicators, table schemas, and their typed loader."""

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog

__all__ = ["Catalog", "load_catalog"]
