"""All definitions of one installation, and a run of all of them in this process."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dagster import AssetKey, AssetSelection, Definitions, ExecuteInProcessResult, in_process_executor

from pipeline.catalog import load_catalog
from pipeline.common.settings import Settings
from pipeline.orchestration.asset_checks import build_checks
from pipeline.orchestration.assets import build_assets
from pipeline.orchestration.automation import build_job, new_files_sensor, nightly
from pipeline.orchestration.failures import Failed, failures_of
from pipeline.orchestration.resource import Installation
from pipeline.orchestration.unrecorded import unrecorded_instance


@dataclass(frozen=True)
class Run:
    """How a run ended: whether all went well, what each blocking check that failed says, why steps failed, and what was new in raw.

    intake: numbers of files by what became of them (files_read_now, added, changed, removed, moved, unchanged); empty
    where the run did not come so far. listed: the paths of those that went, changed or were renamed (removed_files,
    changed_files, moved_files).
    """

    success: bool
    blocked: tuple[str, ...]
    intake: dict[str, int]
    failures: tuple[Failed, ...] = ()
    listed: Mapping[str, Sequence[str]] = field(default_factory=dict)


def build_definitions(settings: Settings, installation: Installation | None = None) -> Definitions:
    """Assets, checks, job, schedule, sensor and resource of an installation."""
    catalog = load_catalog(settings.catalog)
    return Definitions(
        assets=build_assets(catalog),
        asset_checks=build_checks(catalog),
        jobs=[build_job],
        schedules=[nightly],
        sensors=[new_files_sensor(settings)],
        resources={"installation": installation or Installation.of(settings)},
        executor=in_process_executor,
    )


def run_build(settings: Settings, years: Iterable[int] = (), *, accept_fewer_figures: bool = False, only: Collection[str] = ()) -> Run:
    """Materialise every asset and run every check in this process, as the nightly run does.

    only: the assets that the caller wants, where that is not all; they are made with all that they are made of.
    Raises nothing of what a step raised: that is in the result.
    """
    installation = Installation.of(settings, years, accept_fewer_figures=accept_fewer_figures)
    definitions = build_definitions(settings, installation)
    job = definitions.resolve_job_def(build_job.name)
    with unrecorded_instance() as instance:
        result = job.execute_in_process(
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            instance=instance,
            raise_on_error=False,
            asset_selection=_with_inputs(definitions, only) if only else None,
        )
    blocked = _blocked(result)
    failures = failures_of(result.all_events, settings.warehouse)
    said = _taken_in(result)
    counts = {name: value for name, value in said.items() if isinstance(value, int)}
    listed = {name: value for name, value in said.items() if isinstance(value, list)}
    return Run(result.success and not blocked, tuple(blocked), counts, tuple(failures), listed)


def _with_inputs(definitions: Definitions, tables: Collection[str]) -> list[AssetKey]:
    """The assets of `tables`, all that they are made of, and what the same steps make beside."""
    wanted = AssetSelection.assets(*tables).upstream().required_multi_asset_neighbors()
    return sorted(wanted.resolve(definitions.resolve_asset_graph()))


def _blocked(result: ExecuteInProcessResult) -> list[str]:
    """What the blocking checks that failed say, each sentence once (a step that makes five tables fails for all five)."""
    failed = [check for check in result.get_asset_check_evaluations() if check.blocking and not check.passed]
    return list(dict.fromkeys(check.description or f"{check.asset_key.to_user_string()} {check.check_name}" for check in failed))


def _taken_in(result: ExecuteInProcessResult) -> dict[str, object]:
    """What the first step says of the files, by name; nothing where the run did not come so far."""
    for event in result.get_asset_materialization_events():
        if event.asset_key == AssetKey("raw_files"):
            return {name: value.value for name, value in event.materialization.metadata.items()}
    return {}
