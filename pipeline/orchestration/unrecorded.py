"""A Dagster instance for one run in this process, whose events go to the caller alone.

Dagster's own ephemeral instance keeps each of the 350 events of a run in an SQLite database in memory, and asks it for the last
materialisation of every input: half of a build without changes, for a record that is thrown away with the process.
"""

from collections.abc import Sequence

from dagster import AssetKey, DagsterInstance
from dagster._core.events.log import EventLogEntry
from dagster._core.instance import InstanceType
from dagster._core.launcher.sync_in_memory_run_launcher import SyncInMemoryRunLauncher
from dagster._core.run_coordinator import DefaultRunCoordinator
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.event_log.base import AssetRecord
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster._core.storage.root import TemporaryLocalArtifactStorage
from dagster._core.storage.runs import InMemoryRunStorage


def unrecorded_instance() -> DagsterInstance:
    """As DagsterInstance.ephemeral(), but it keeps no events: a run's result has all of them."""
    return DagsterInstance(
        instance_type=InstanceType.EPHEMERAL,
        local_artifact_storage=TemporaryLocalArtifactStorage(),  # type: ignore[no-untyped-call]
        run_storage=InMemoryRunStorage(),
        event_storage=_NothingKept(),
        compute_log_manager=NoOpComputeLogManager(),
        run_coordinator=DefaultRunCoordinator(),
        run_launcher=SyncInMemoryRunLauncher(),
    )


class _NothingKept(InMemoryEventLogStorage):
    def store_event(self, event: EventLogEntry) -> None:
        """Not stored."""

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Not stored."""

    def get_asset_records(self, asset_keys: Sequence[AssetKey] | None = None) -> list[AssetRecord]:  # noqa: ARG002 - as Dagster has it
        """None: nothing was stored."""
        return []
