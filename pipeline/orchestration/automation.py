"""When the pipeline runs by itself: every night, and soon after files have come in."""

from collections.abc import Iterator

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    RunRequest,
    ScheduleDefinition,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    define_asset_job,
    in_process_executor,
    sensor,
)

from pipeline.common.settings import Settings
from pipeline.intake.files import walk
from pipeline.orchestration.workspace import digest

NIGHTLY = "0 2 * * *"
TIME_ZONE = "Asia/Shanghai"
_LOOK_EVERY_SECONDS = 300

build_job = define_asset_job(
    "build", selection=AssetSelection.all(), executor_def=in_process_executor, description="读取、核对、汇总并发布"
)

nightly = ScheduleDefinition(
    name="nightly", job=build_job, cron_schedule=NIGHTLY, execution_timezone=TIME_ZONE, default_status=DefaultScheduleStatus.RUNNING
)


def new_files_sensor(settings: Settings) -> SensorDefinition:
    """Asks for a run as soon as raw looks different than when it last looked; once for each state of the folder."""

    @sensor(name="new_files", job=build_job, minimum_interval_seconds=_LOOK_EVERY_SECONDS, default_status=DefaultSensorStatus.RUNNING)
    def new_files(context: SensorEvaluationContext) -> SensorResult | SkipReason:
        state = digest(_listing(settings))
        if state == context.cursor:
            return SkipReason("data/raw 没有变化")
        # no run key: Dagster would pass over a state that raw was in before, and the cursor says what was asked for
        return SensorResult(run_requests=[RunRequest()], cursor=state)

    return new_files


def _listing(settings: Settings) -> Iterator[tuple[str, int, int, int]]:
    """Path, size and times of change of everything in raw (sources.csv included) and of the decisions, without opening any of it."""
    for place in sorted(settings.decisions.glob("*.csv")):
        status = place.stat()
        yield place.name, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    for entry in walk(settings.raw):
        if entry.reason is None:
            try:
                status = entry.place.stat()
            except FileNotFoundError:  # moved away while we looked: the next look will tell
                continue
            yield entry.path, status.st_size, status.st_mtime_ns, status.st_ctime_ns
