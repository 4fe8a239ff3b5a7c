"""What is not opened at all, in raw as in a call: devices, and files larger than any report."""

from __future__ import annotations

import os
import stat

from pipeline.common.errors import ReadError

MOST_BYTES = 300_000_000  # of one file, on disk or unpacked; a scanned report of a hundred pages has some 50 MB


def why_not(status: os.stat_result) -> ReadError | None:
    """Why a file on disk will not be read: reading a pipe never ends, nor does anything else than a report have that size."""
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        return ReadError("cannot_open", "不是普通文件（如管道、设备），未读取。")
    return too_large(status.st_size) if status.st_size > MOST_BYTES else None


def too_large(size: int) -> ReadError:
    """What is said of a file of so many bytes."""
    return ReadError("too_large", f"文件有 {size // 1_000_000} MB，大得不合情理，未读取。请只保留报告内容后重新报送。")
