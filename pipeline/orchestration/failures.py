"""Why steps of a run failed, in words for whoever finds it in the morning."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dagster import DagsterEvent, DagsterEventType
from dagster._core.errors import DagsterAssetCheckFailedError, DagsterExecutionInterruptedError
from dagster_shared.error import SerializableErrorInfo

from pipeline.common.errors import GongkaiError

_FULL = re.compile("no space left|disk is full|quota exceeded|errno 28", re.IGNORECASE)
_FORBIDDEN = re.compile("permission denied|read-only file system|readonly database", re.IGNORECASE)
_OF_THE_DISK = ("OSError", "OperationalError", "IOException", "TransactionException")
_LITTLE = 50_000_000  # bytes left at which an unspecific error of the disk is taken for a full one


@dataclass(frozen=True)
class Failed:
    """step: its name, "" where the run could not begin. reason: what is the matter and what to do. record: of a defect of ours."""

    step: str
    reason: str
    record: str = ""


def failures_of(events: Iterable[DagsterEvent], warehouse: Path) -> list[Failed]:
    """What made steps of a run fail, in the order in which it happened, each reason once."""
    found: dict[str, Failed] = {}
    for step, error in _errors(events):
        failed = _failed(step, error, warehouse)
        found.setdefault(failed.reason, failed)
    return list(found.values())


def _errors(events: Iterable[DagsterEvent]) -> Iterator[tuple[str, SerializableErrorInfo]]:
    any_step = False
    for event in events:
        if event.is_step_failure:
            any_step = True
            data = event.step_failure_data
            # what a check says to have failed is told as such
            if data.error and not data.user_failure_data and data.error.cls_name != DagsterAssetCheckFailedError.__name__:
                yield event.step_key or "", data.error
        elif event.event_type == DagsterEventType.RUN_FAILURE and event.job_failure_data.error and not any_step:
            yield "", event.job_failure_data.error


def _failed(step: str, error: SerializableErrorInfo, warehouse: Path) -> Failed:
    if error.cls_name == DagsterExecutionInterruptedError.__name__:
        return Failed(step, "运行被中断（按了 Ctrl-C，或者被系统停止）。重新运行即可，已读取的不会重读。")
    ours = _our_errors()
    while error.cause and error.cls_name not in ours:
        error = error.cause
    name, message = error.cls_name or "", error.message.strip()
    said = message.removeprefix(f"{name}: ").rpartition(f".{name}: ")[2]
    if name in ours:
        return Failed(step, said)
    free = _free(warehouse)
    if _FULL.search(message) or (name in _OF_THE_DISK and free < _LITTLE):
        return Failed(step, f"磁盘空间不足：{warehouse} 所在的磁盘只剩 {free / 1e6:.0f} MB。请腾出空间后重新运行，已读取的不会重读。")
    if name == "PermissionError" or _FORBIDDEN.search(message):
        return Failed(step, f"没有写入权限：{said}。请检查 {warehouse} 的访问权限后重新运行。")
    return Failed(step, f"程序出错（{step or '启动'}：{name}），请把上面的英文记录转交维护人员。", error.to_string())


def _our_errors() -> set[str]:
    kinds, found = [GongkaiError], set()
    while kinds:
        kind = kinds.pop()
        found.add(kind.__name__)
        kinds += kind.__subclasses__()
    return found


def _free(folder: Path) -> int:
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    return shutil.disk_usage(there).free
