"""The one Dagster resource: an installation, and which years to redo."""

from collections.abc import Iterable
from pathlib import Path

from dagster import ConfigurableResource
from pydantic import Field, PrivateAttr

from pipeline.common.settings import Settings
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
            years=sorted(years),
            accept_fewer_figures=accept_fewer_figures,
        )

    def workspace(self) -> Workspace:
        """The workspace, opened once a run."""
        if self._workspace is None:
            settings = Settings(Path(self.raw), Path(self.warehouse), Path(self.decisions), Path(self.catalog), self.workers)
            self._workspace = Workspace(settings, frozenset(self.years) or None)
        return self._workspace
