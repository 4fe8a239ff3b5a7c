"""What the system says is wrong, in words for offices."""

from __future__ import annotations

import errno
import os

import pytest

from pipeline.common.errors import in_chinese


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.EPERM, errno.EISDIR, errno.EIO, errno.ENAMETOOLONG, errno.ELOOP])
def test_what_offices_meet_is_said_in_words(number: int) -> None:
    said = in_chinese(OSError(number, os.strerror(number)))
    assert said.isprintable() and not any(character.isascii() for character in said)


def test_anything_else_has_its_number_for_whoever_maintains_it() -> None:
    assert in_chinese(OSError(errno.EXDEV, "Invalid cross-device link")) == f"系统错误 {errno.EXDEV}"
    assert in_chinese(OSError("no number")) == "系统错误"
