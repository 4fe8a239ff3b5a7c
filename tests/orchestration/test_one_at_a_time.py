"""Two runs over one warehouse never write at the same time, and a killed one leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pipeline.orchestration.one_at_a_time import alone

_HOLD = """
import sys
from pathlib import Path
from pipeline.orchestration.one_at_a_time import alone
with alone(Path(sys.argv[1]), print):
    print("here", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_told_and_waits_until_the_first_has_ended(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", _HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdin and first.stdout
        assert first.stdout.readline() == "here\n"
        said: list[str] = []
        stdin = first.stdin

        def waiting(line: str) -> None:
            said.append(line)
            assert first.poll() is None
            stdin.close()

        with alone(tmp_path, waiting):
            assert len(said) == 1
            assert f"进程 {first.pid}" in said[0]


def test_a_hold_ends_with_its_block_and_what_was_half_written_goes(tmp_path: Path) -> None:
    said: list[str] = []
    left = tmp_path / "parquet" / "out_values" / ".part.parquet.7.tmp"
    kept = tmp_path / "publish" / "2024" / "草稿.tmp"
    for place in (left, kept, tmp_path / ".gongkai.duckdb.7.tmp", tmp_path / ".gongkai.duckdb.7.tmp.wal"):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    (tmp_path / ".gongkai.duckdb.7.tmp.tmp" / "spilled").mkdir(parents=True)
    for _ in range(2):
        with alone(tmp_path, said.append):
            assert sorted(path.name for path in tmp_path.rglob("*") if "tmp" in path.name) == [kept.name]
    assert said == []
