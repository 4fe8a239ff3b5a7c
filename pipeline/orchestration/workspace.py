"""What every step needs, opened once: settings, catalogue, store, cache, and the versions of our own code."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.catalog import Catalog, load_catalog
from pipeline.catalog.decisions import Decisions, load_decisions
from pipeline.catalog.divisions import directory
from pipeline.catalog.registry import Registry, load_registry
from pipeline.common.settings import Settings
from pipeline.common.versions import digest_of
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.readers.optional_parts import parts_present
from pipeline.warehouse.cache import ResultCache
from pipeline.warehouse.store import Store

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many

_MODELS = ("pipeline.common", "pipeline.catalog")
_LIBRARIES = ("lxml", "pypdfium2", "python-calamine", "olefile", "charset-normalizer")


def silent(what: str, done: int, total: int) -> None:
    """A progress that nobody watches."""


# Dagster makes its resources anew for each run, so what watches a run cannot be handed to them; it is found here.
watching: ContextVar[Progress] = ContextVar("watching", default=silent)


@dataclass
class Workspace:
    """One installation at work. years: report years to redo even if nothing about them has changed."""

    settings: Settings
    years: frozenset[int] | None = None

    def progress(self, what: str, done: int, total: int) -> None:
        """Tell whoever watches this run how far a long step has come."""
        watching.get()(what, done, total)

    @cached_property
    def catalog(self) -> Catalog:
        """The catalogue, loaded when first needed."""
        return load_catalog(self.settings.catalog)

    @cached_property
    def registry(self) -> Registry:
        """The registry of bodies, loaded when first needed. Raises RegistryError where it contradicts itself."""
        return load_registry(self.settings.decisions)

    @cached_property
    def decisions(self) -> Decisions:
        """Corrections, waivers and confirmations, loaded when first needed. Raises DecisionError where a row is wrong."""
        return load_decisions(self.settings.decisions, self.catalog)

    @property
    def expired_waivers(self) -> frozenset[str]:
        """The ids of the waivers whose last day is past."""
        return self.decisions.expired(self.settings.day())

    @cached_property
    def bodies(self) -> Bodies:
        """The names of the registry, to ask whose a report is."""
        return Bodies(self.registry, directory(self.settings.catalog))

    @cached_property
    def store(self) -> Store:
        """The Parquet tables."""
        return Store(self.settings.warehouse, self.catalog)

    @property
    def manifest(self) -> Path:
        """The file that keeps the last scan of raw."""
        return self.settings.warehouse / "cache" / "manifest.sqlite"

    @property
    def database(self) -> Path:
        """The DuckDB file for analysts."""
        return self.settings.warehouse / "gongkai.duckdb"

    @property
    def workbook(self) -> Path:
        """The workbook for the office."""
        return self.settings.warehouse / "汇总.xlsx"

    @property
    def published(self) -> Path:
        """The folder with one folder for each report year."""
        return self.settings.warehouse / "publish"

    def year_folder(self, year: int) -> Path:
        """Where the office finds what is made for one report year."""
        return self.published / str(year)

    def cache(self) -> ResultCache:
        """The cache of readings; the caller closes it."""
        return ResultCache(self.settings.warehouse / "cache" / "readings.sqlite")

    @cached_property
    def reader_version(self) -> str:
        """Changes with the readers, the libraries they use, and the optional parts that are installed."""
        return digest((digest_of(("pipeline.intake.kinds", "pipeline.readers"), _LIBRARIES), *parts_present()))

    @cached_property
    def report_version(self) -> str:
        """Changes with the readers, the normaliser and the catalogue."""
        return digest((self.reader_version, digest_of(("pipeline.normalise", *_MODELS)), self.catalog.digest))

    @cached_property
    def table_version(self) -> str:
        """Changes with anything that can change a table, the rules and the indicators included."""
        rooms = ("pipeline.checks", "pipeline.indicators", "pipeline.warehouse", "pipeline.orchestration")
        return digest((self.report_version, digest_of(rooms)))

    @cached_property
    def publish_version(self) -> str:
        """Changes with anything that can change what people get."""
        return digest((self.table_version, digest_of(("pipeline.publish",))))


def digest(parts: Iterable[object]) -> str:
    """A 16-character digest of the parts, in order."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]
