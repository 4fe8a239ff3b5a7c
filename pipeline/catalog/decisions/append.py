"""Adding a row to a file of decisions: the file stays as it is otherwise, and two people at once lose nothing.

Encoding, line ends, order of columns and columns of the office's own are kept. A new file is UTF-8 with a mark, as Excel wants it.
"""

from __future__ import annotations

import csv
import io
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.catalog.decisions.files import COLUMNS
from pipeline.catalog.decisions.load import mistakes_in
from pipeline.catalog.kept_files import Mistake
from pipeline.catalog.kept_text import Text, cleaned, decoded
from pipeline.catalog.model import Catalog
from pipeline.common.errors import DecisionError, RegistryError, in_chinese

_WAIT_SECONDS = 10.0
_MARK = "\ufeff"


def append_row(folder: Path, file: str, values: Mapping[str, str], catalog: Catalog, wait: float = _WAIT_SECONDS) -> int:
    """Add a row to `file` in `folder`, at once or not at all; the line on which it stands.

    Raises DecisionError where the file has mistakes, with the new row or without it, where somebody else holds it, and where it
    cannot be written. What another program saved in the meantime is not lost: the row is then added to that.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = (folder / file).resolve()
    with _alone(path, wait):
        while True:
            before = path.read_bytes() if path.exists() else None
            text = _with_row(path, before, values)
            _require_right(path, text.text, catalog)
            mark = _MARK if text.has_mark else ""
            if _replaced(path, before, (mark + text.text).encode(text.encoding)):
                return text.text.count("\n")


def _with_row(path: Path, before: bytes | None, values: Mapping[str, str]) -> Text:
    if before is None:
        return Text(_line(COLUMNS[path.name], "\r\n") + _line([values.get(name, "") for name in COLUMNS[path.name]], "\r\n"), "utf-8", True)
    try:
        known = decoded(path)
    except RegistryError as error:
        raise DecisionError(f"{path.name}：{error}没有写入。") from None
    end = "\r\n" if "\r\n" in known.text else "\n"
    text = known.text if not known.text or known.text.endswith("\n") else known.text + end
    columns = next(csv.reader(io.StringIO(text, newline="")), [])
    row = _line([values.get(cleaned(name), "") for name in columns], end)
    return Text(text + row, known.encoding, known.has_mark)


def _line(cells: list[str] | tuple[str, ...], end: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerow(cells)
    return out.getvalue()


def _require_right(path: Path, text: str, catalog: Catalog) -> None:
    mistakes: list[Mistake] = mistakes_in(path, text, catalog)
    if mistakes:
        listed = "\n".join(f"  {mistake}" for mistake in mistakes)
        raise DecisionError(f"没有写入，{path} 会有 {len(mistakes)} 处错误：\n{listed}")


def _replaced(path: Path, before: bytes | None, after: bytes) -> bool:
    """Whether the file was replaced; False where it is no longer what it was."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as stream:
            stream.write(after)
            stream.flush()
            os.fsync(stream.fileno())  # a decision outlives a power cut
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        if (path.read_bytes() if path.exists() else None) != before:
            return False
        temporary.replace(path)
    except OSError as error:
        raise DecisionError(
            f"写不进 {path}（{in_chinese(error)}）。文件可能正由 Excel 或 WPS 打开，请关闭后重试。原有内容没有改动。"
        ) from None
    finally:
        temporary.unlink(missing_ok=True)
    return True


@contextmanager
def _alone(path: Path, wait: float) -> Iterator[None]:
    """Nobody else who uses these commands writes the file meanwhile. A file beside it is the lock, since that also holds on a share."""
    lock = path.with_name(f".{path.name}.lock")
    until = time.monotonic() + wait
    _wait_for(lambda: _taken(lock), until, lock)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _taken(lock: Path) -> bool:
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    except OSError as error:
        raise DecisionError(f"写不进文件夹 {lock.parent}（{in_chinese(error)}）。没有写入。") from None
    return True


def _wait_for(done: Callable[[], bool], until: float, lock: Path) -> None:
    while not done():
        if time.monotonic() > until:
            raise DecisionError(f"另一个人正在登记（{lock} 存在）。请稍后重试；确认没有别人在登记的，删除该文件后重试。没有写入。")
        time.sleep(0.05)
