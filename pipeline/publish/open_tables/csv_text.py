"""A stored table as CSV that Excel and WPS open rightly: UTF-8 with BOM, and no text that they would take for something else.

A spreadsheet makes numbers, dates and formulas of text that looks like them: 0012 becomes 12, a code of sixteen digits 1.2E+15,
3/7 a day in March, =1+1 is worked out. A tab before such a text keeps it as it is and cannot be seen. Whether a text gets one
depends on the text alone, so that ids still agree between the files.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pyarrow as pa

from pipeline.catalog.numbers import number_text

GUARD = "\t"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHOWN_AS_IT_IS = re.compile(r"-?(?:0|[1-9]\d{0,9})(?:\.\d{0,3}[1-9])?")  # within the digits that a narrow cell shows
_OF_A_NUMBER = re.compile(r"[\s\d.,:/%()¥$年月日时分秒eE+-]+")  # what numbers, amounts, dates and times are made of
_DIGIT = re.compile(r"\d")


def guarded(text: str) -> str:
    """`text`, with a tab before it where a spreadsheet would show something else."""
    plain = unicodedata.normalize("NFKC", text)
    if _SHOWN_AS_IT_IS.fullmatch(text):
        return text
    changed = plain.startswith(_FORMULA) or (_OF_A_NUMBER.fullmatch(plain) and _DIGIT.search(plain))
    return GUARD + text if changed else text


def csv_bytes(data: pa.Table) -> bytes:
    """The table with its column names as headings. Nothing is rounded.

    Null is an empty cell, a date 2025-03-31, a truth value true or false.
    """
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(data.column_names)
    for batch in data.to_batches(max_chunksize=10_000):
        writer.writerows(zip(*(_texts(column) for column in batch.columns), strict=True))
    return written.getvalue().encode("utf-8-sig", "replace")


def _texts(column: Any) -> list[str]:
    values = column.to_pylist()
    if pa.types.is_string(column.type):
        known: dict[str | None, str] = {text: guarded(text) if text else "" for text in set(values)}
        return [known[text] for text in values]
    write = _writer_of(column.type)
    return ["" if value is None else write(value) for value in values]


def _writer_of(kind: Any) -> Callable[[Any], str]:
    if pa.types.is_decimal(kind):
        return lambda value: number_text(Decimal(value))
    if pa.types.is_boolean(kind):
        return lambda value: "true" if value else "false"
    if pa.types.is_date(kind):
        return date.isoformat
    return repr if pa.types.is_floating(kind) else str
