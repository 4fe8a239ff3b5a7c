"""The one Dagster resource: an installation, and which years to redo."""

import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from dagster import ConfigurableResource, InitResourceContext
from pydantic import Field, PrivateAttr

from pipeline.common.settings import Limits, Settings
from pipeline.orchestration.one_at_a_time import alone
from pipeline.orchestration.workspace import Workspace


class Installation(ConfigurableResource[Workspace]):
    """Folders as in `Settings`. years: redo these report years even if nothing about them has changed.

    accept_fewer_figures: publish even where a report gives fewer figures than in the published warehouse.
    today: see Settings; empty for the day on which a run takes place.
    """

    raw: str
    warehouse: str
    decisions: str
    catalog: str
    workers: int
    file_seconds: int = Limits.seconds
    file_memory_mb: int = Limits.memory_mb
    years: list[int] = Field(default_factory=list)
    accept_fewer_figures: bool = False
    today: str = ""

    _workspace: Workspace | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, settings: Settings, years: Iterable[int] = (), *, accept_fewer_figures: bool = False) -> "Installation":
        """The resource for given settings."""
        return cls(
            raw=str(settings.raw),
            warehouse=str(settings.warehouse),
            decisions=str(settings.decisions),
            catalog=str(settings.catalog),
            workers=settings.workers,
            file_seconds=settings.limits.seconds,
            file_memory_mb=settings.limits.memory_mb,
            years=sorted(years),
            accept_fewer_figures=accept_fewer_figures,
            today=str(settings.today or ""),
        )

    @contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Generator["Installation"]:  # type: ignore[override]
        """The resource of one run, which no other run over the same warehouse has meanwhile."""

        def waiting(line: str) -> None:
            sys.stderr.write(f"{line}\n")
            if context.log:
                context.log.info(line)

        with alone(Path(self.warehouse), waiting):
            yield self

    def workspace(self) -> Workspace:
        """The workspace, opened once a run."""
        if self._workspace is None:
            limits = Limits(self.file_seconds, self.file_memory_mb)
            folders = (Path(self.raw), Path(self.warehouse), Path(self.decisions), Path(self.catalog))
            settings = Settings(*folders, self.workers, limits, date.fromisoformat(self.today) if self.today else None)
            self._workspace = Workspace(settings, frozenset(self.years) or None)
        return self._workspace
