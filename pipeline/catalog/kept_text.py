"""Files that an office keeps by hand as text: in the encodings that Excel and WPS write, and what has gone wrong with one as a whole.

Nothing is guessed: a file that is not a table with commas, or in which lines have run together, is refused with what to do.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.common.errors import SpoiltTextError, in_chinese

_SAVE_AS = "请用 Excel 或 WPS 另存为“CSV UTF-8”。"
_BOM = b"\xef\xbb\xbf"
_OTHERS = {
    b"PK\x03\x04": "内容是 Excel 工作簿（xlsx），不是 CSV",
    b"\xd0\xcf\x11\xe0": "内容是 Excel 工作簿（xls、et），不是 CSV",
    b"\xff\xfe": "是“Unicode 文本”（UTF-16），不是 CSV",
    b"\xfe\xff": "是“Unicode 文本”（UTF-16），不是 CSV",
}
_CHINESE = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){2}")  # two Chinese characters in UTF-8
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))  # copied along from web pages and chats
_UNPAIRED = "有一个英文双引号没有成对"
_DELIMITERS = {"\t": "制表符", ";": "分号", "，": "中文逗号", "；": "中文分号"}


class Text(NamedTuple):
    """A file as text, with what has to stay as it is where a row is added."""

    text: str
    encoding: str
    has_mark: bool


def decoded(path: Path) -> Text:
    """The text of a file in UTF-8 or GBK. Raises SpoiltTextError where it cannot be opened, is in neither, or in both."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SpoiltTextError(f"打不开（{in_chinese(error)}）。") from None
    for start, said in _OTHERS.items():
        if data.startswith(start):
            raise SpoiltTextError(f"{said}。{_SAVE_AS}")
    has_mark = data.startswith(_BOM)
    data = data.removeprefix(_BOM)
    try:
        return Text(data.decode("utf-8"), "utf-8", has_mark)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    if has_mark or any(map(_is_utf8, data.split(b"\n"))):
        raise SpoiltTextError(f"这一行的编码与其余各行（UTF-8）不同。请把这一行的文字重新录入，再{_SAVE_AS.removeprefix('请')}", line)
    try:
        return Text(data.decode("gb18030"), "gb18030", has_mark=False)  # Excel in Chinese saves CSV in GBK
    except UnicodeDecodeError:
        raise SpoiltTextError(f"既不是 UTF-8 也不是 GBK 编码。{_SAVE_AS}") from None


def table_rows(text: str, columns: Sequence[str]) -> Iterator[tuple[dict[str, str | None], int]]:
    """The cells of each row that is not empty, by column, and the line on which it ends. Raises SpoiltTextError."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    reader.fieldnames = [cleaned(name or "") for name in reader.fieldnames or ()]
    _require_columns(reader.fieldnames, columns)
    begun = reader.line_num + 1
    for values in _read(reader):
        if _has_swallowed(values, len(columns)):
            raise SpoiltTextError(f"{_UNPAIRED}，这一行至第 {reader.line_num} 行因此连成了一行。请补上或删去这个双引号。", begun)
        own = {name: cleaned(text) if isinstance(text, str) else text for name, text in values.items()}
        if any(text for name, text in own.items() if name is not None and isinstance(text, str)):
            yield own, reader.line_num
        begun = reader.line_num + 1


def _read(reader: csv.DictReader[str]) -> Iterator[dict[str, str | None]]:
    try:
        yield from reader
    except csv.Error:  # more text in a cell than csv takes
        raise SpoiltTextError(f"{_UNPAIRED}，其后各行因此连成了一行。请补上或删去这个双引号。", reader.line_num) from None


def cleaned(text: str) -> str:
    """A cell without what nobody sees: blanks around it, and characters without width anywhere."""
    return text.translate(_UNSEEN).strip()


def _require_columns(names: Sequence[str], columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in names]
    head = names[0] if names else ""
    if missing and len(missing) == len(columns):
        sign = next((said for sign, said in _DELIMITERS.items() if sign in head), None)
        if sign:
            raise SpoiltTextError(f"各列之间是{sign}，应为英文逗号。{_SAVE_AS}")
    if missing:
        raise SpoiltTextError(f"缺少列 {'、'.join(missing)}，应有 {'、'.join(columns)}。标题应在第 1 行，列名照原样。")
    twice = [name for name in columns if names.count(name) > 1]
    if twice:
        raise SpoiltTextError(f"列 {'、'.join(twice)} 有两个，不知道以哪一个为准。请删去一个。")


def _is_utf8(line: bytes) -> bool:
    """Whether a line is UTF-8 beyond doubt: two Chinese characters in it, and nothing else that would not be."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return _CHINESE.search(line) is not None


def _has_swallowed(values: dict[str, str | None], columns: int) -> bool:
    """Whether a cell holds what looks like rows of the file: a quotation mark that is not closed goes on to the next one."""
    lines = (line for text in values.values() if isinstance(text, str) for line in text.splitlines()[1:])
    return any(line.count(",") >= columns - 2 for line in lines)
