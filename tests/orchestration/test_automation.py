"""When the pipeline runs by itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from dagster import DagsterInstance, DefaultScheduleStatus, SensorResult, SkipReason, build_sensor_context

from pipeline.orchestration.automation import build_job, new_files_sensor, nightly
from pipeline.orchestration.build import build_definitions
from pipeline.orchestration.intake_step import take_in
from tests.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    made = Installation.at(tmp_path / "installation")
    made.put("甲/一.txt", "第一个文件".encode())
    made.put("甲/二.txt", "第二个文件".encode())
    return made


class Sensor:
    """The sensor of an installation with its cursor, as Dagster keeps it from look to look."""

    def __init__(self, installation: Installation) -> None:
        self.sensor, self.cursor = new_files_sensor(installation.settings), None

    def asks(self) -> bool:
        """Look once more: whether a run is asked for."""
        with DagsterInstance.ephemeral() as instance:
            answer = self.sensor(build_sensor_context(instance, cursor=self.cursor))
        if isinstance(answer, SkipReason):
            return False
        assert isinstance(answer, SensorResult)
        (request,) = answer.run_requests or []
        assert request.run_key is None  # Dagster passes over a key that it has seen
        self.cursor = answer.cursor
        return True


@pytest.fixture
def sensor(installation: Installation) -> Sensor:
    """A sensor that has looked at the folder as it is."""
    made = Sensor(installation)
    assert made.asks()
    return made


def test_the_schedule_is_two_in_the_morning_in_china() -> None:
    assert (nightly.cron_schedule, nightly.execution_timezone) == ("0 2 * * *", "Asia/Shanghai")
    assert nightly.job is build_job
    assert nightly.default_status == DefaultScheduleStatus.RUNNING


def test_the_job_takes_in_every_asset(installation: Installation) -> None:
    definitions = build_definitions(installation.settings)
    job = definitions.resolve_job_def(build_job.name)
    assert set(job.asset_layer.executable_asset_keys) == set(definitions.resolve_asset_graph().get_all_asset_keys())


def test_nothing_changed_asks_for_nothing(sensor: Sensor) -> None:
    assert not sensor.asks()
    assert not sensor.asks()


def test_an_added_file_asks_for_one_run(sensor: Sensor, installation: Installation) -> None:
    installation.put("乙/三.txt", "第三个文件".encode())
    assert sensor.asks()
    assert not sensor.asks()


def test_a_changed_file_asks_for_a_run(sensor: Sensor, installation: Installation) -> None:
    installation.put("甲/一.txt", "改过的文件内容".encode())
    assert sensor.asks()


def test_a_file_of_the_same_size_and_another_time_asks_for_a_run(sensor: Sensor, installation: Installation) -> None:
    os.utime(installation.raw / "甲" / "一.txt", ns=(1, 1))
    assert sensor.asks()


def test_a_removed_file_asks_for_a_run_and_its_return_for_another(sensor: Sensor, installation: Installation) -> None:
    place, aside = installation.raw / "甲" / "一.txt", installation.raw.parent / "一.txt"
    place.rename(aside)
    assert sensor.asks()
    aside.rename(place)
    assert sensor.asks()
    assert not sensor.asks()


def test_a_renamed_file_asks_for_a_run(sensor: Sensor, installation: Installation) -> None:
    (installation.raw / "甲" / "一.txt").rename(installation.raw / "甲" / "三.txt")
    assert sensor.asks()


def test_a_changed_statement_on_a_file_asks_for_a_run(sensor: Sensor, installation: Installation) -> None:
    installation.put("甲/sources.csv", "文件,年度\n一.txt,2021\n".encode())
    assert sensor.asks()


def test_hidden_files_ask_for_nothing(sensor: Sensor, installation: Installation) -> None:
    installation.put("甲/.~一.docx", b"lock")
    assert not sensor.asks()


def test_a_build_changes_nothing_that_the_sensor_sees(sensor: Sensor, installation: Installation) -> None:
    take_in(installation.workspace)
    assert not sensor.asks()


def test_a_changed_decision_asks_for_a_run(installation: Installation, sensor: Sensor) -> None:
    assert not sensor.asks()
    installation.settings.decisions.mkdir(parents=True)
    (installation.settings.decisions / "agencies.csv").write_text("agency_id", encoding="utf-8")
    assert sensor.asks() and not sensor.asks()
