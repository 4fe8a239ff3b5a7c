"""What the published warehouse has and this run does not: files that are gone, and figures that are no longer read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import duckdb
import pyarrow.compute as pc

from pipeline.orchestration.workspace import Workspace

_FEW = 10  # of fewer files anybody may take away most
_NAMED = 3
_SAMPLE = "示例_"  # folders that README says to delete
_ACCEPT = "确认是有意移走的，用 gongkai build --accept-fewer-figures 发布。"


class Missed(NamedTuple):
    """Paths of published files whose content is nowhere in raw now; said: why that stops the run, "" where it does not."""

    paths: list[str]
    said: str


def files_missed(workspace: Workspace) -> Missed:
    """The published files with reports that are gone, and whether so many are that the folder itself seems to be.

    An empty folder where a share is mounted otherwise, or a folder that nobody may list, looks like reports withdrawn: all bodies
    would be reminded of reports that we have. Raises duckdb.Error or OSError where the published warehouse cannot be read.
    """
    if not workspace.database.is_file():
        return Missed([], "")
    query = "SELECT path, sha256 FROM raw_files WHERE reports > 0 AND NOT starts_with(path, ?) ORDER BY path"
    with _published(workspace) as connection:
        published = connection.execute(query, [_SAMPLE]).fetchall()
    now = workspace.store.read("raw_files", columns=["path", "sha256", "kind", "read_status"]).to_pylist()
    paths, contents = {row["path"] for row in now}, {row["sha256"] for row in now if row["sha256"]}
    missed = [path for path, content in published if path not in paths and content not in contents]
    closed = [row["path"] for row in now if not row["sha256"] and any(path.startswith(f"{row['path']}/") for path in missed)]
    if closed:
        return Missed(missed, f"文件夹打不开：{_named(closed)}，其中有已发布的报告。请检查访问权限后重新运行。{_ACCEPT}")
    if missed and (not now or (len(published) >= _FEW and len(missed) * 2 > len(published))):
        raw = workspace.settings.raw
        said = (
            f"已发布的 {len(published)} 个报告文件中有 {len(missed)} 个不见了（{_named(missed)}）。请检查 {raw} 是否已挂接、完整。{_ACCEPT}"
        )
        return Missed(missed, said)
    return Missed(missed, "")


def reports_with_fewer_figures(workspace: Workspace) -> list[dict[str, object]]:
    """The reports of the published warehouse that give fewer numbers now, worst first.

    Compared is the same content (a report id is made from it), so that a report that was withdrawn is not one of them.
    The published file is the measure, so that the alarm stays until somebody has decided. Raises duckdb.Error or
    OSError where that file cannot be read.
    """
    if not workspace.database.is_file():
        return []
    store = workspace.store
    numbers = store.read("core_cells", columns=["report_id", "state"]).filter(pc.field("state") == "number")
    current = numbers.group_by("report_id").aggregate([("state", "count")]).rename_columns(["report_id", "now"])
    present = store.read("raw_files", columns=["sha256"])
    query = """
        SELECT report_id, published, coalesce(now, 0) AS now
        FROM (SELECT report_id, count(*) AS published FROM core_cells WHERE state = 'number' GROUP BY report_id)
        JOIN (SELECT DISTINCT left(sha256, 16) AS content FROM present) ON content = left(report_id, 16)
        LEFT JOIN current USING (report_id)
        WHERE coalesce(now, 0) < published
        ORDER BY published - now DESC, report_id
    """
    with _published(workspace) as connection:
        connection.register("current", current)
        connection.register("present", present)
        found = connection.execute(query).fetchall()
    return [dict(zip(("report_id", "published", "now"), row, strict=True)) for row in found]


@contextmanager
def _published(workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database; a copy of it where somebody holds it open for writing, who must not stop the night."""
    copy = workspace.database.with_name(f".published.{os.getpid()}.tmp")
    try:
        try:
            connection = duckdb.connect(workspace.database, read_only=True)
        except duckdb.Error:
            connection = duckdb.connect(shutil.copy(workspace.database, copy), read_only=True)
        with connection:
            yield connection
    finally:
        copy.unlink(missing_ok=True)


def _named(paths: list[str]) -> str:
    return "、".join(paths[:_NAMED]) + (" 等" if len(paths) > _NAMED else "")
