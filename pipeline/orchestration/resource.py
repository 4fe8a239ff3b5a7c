"""The one Dagster resource: an installation, and which years to redo."""

from collections.abc import Iterable
from pathlib import Path

from dagster import ConfigurableResource
from pydantic import Field, PrivateAttr

from pipeline.common.settings import Limits, Settings
from pipeline.orchestration.workspace import Workspace


class Installation(ConfigurableResource[Workspace]):
    """Folders as in `Settings`. years: redo these report years even if nothing about them has changed.

    accept_fewer_figures: publish even where a report gives fewer figures than in the published warehouse.
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
        )

    def workspace(self) -> Workspace:
        """The workspace, opened once a run."""
        if self._workspace is None:
            limits = Limits(self.file_seconds, self.file_memory_mb)
            settings = Settings(Path(self.raw), Path(self.warehouse), Path(self.decisions), Path(self.catalog), self.workers, limits)
            self._workspace = Workspace(settings, frozenset(self.years) or None)
        return self._workspace
