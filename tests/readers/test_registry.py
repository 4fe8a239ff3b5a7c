from __future__ import annotations

import re
import sys
from types import ModuleType

import pytest

from pipeline.common.errors import ReadError
from pipeline.readers import registry
from pipeline.readers.model import Document


def test_a_kind_is_read_by_its_reader() -> None:
    assert [block.text for block in registry.read("text", "一、总体情况".encode()).paragraphs()] == ["一、总体情况"]


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        ("empty", "empty_file", "空"),
        ("ppt", "unsupported_kind", "另存为 docx"),
        ("zip", "damaged", "重新压缩"),
        ("rar", "unsupported_kind", "解压"),
        ("mail", "unsupported_kind", "附件"),
        ("uof", "unsupported_kind", "另存为 docx"),
        ("sylk", "unsupported_kind", "另存为 xlsx"),
        ("encrypted", "password", "密码"),
        ("unknown", "unsupported_kind", "类型无法识别"),
        ("ole2", "unsupported_kind", "类型无法识别"),
    ],
)
def test_kinds_that_nobody_reads_are_said(kind: str, code: str, said: str) -> None:
    with pytest.raises(ReadError) as raised:
        registry.read(kind, b"x")
    assert raised.value.code == code
    assert said in raised.value.message


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), KeyError("x")])
def test_a_reader_that_fails_means_a_damaged_file(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def read(data: bytes) -> Document:
        raise error

    broken = ModuleType("broken_reader")
    broken.read = read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "broken_reader", broken)
    monkeypatch.setitem(registry.READERS, "broken", "broken_reader")
    with pytest.raises(ReadError) as raised:
        registry.read("broken", b"x")
    assert raised.value.code == "damaged"
    assert raised.value.__cause__ is error
    assert not re.search("[A-Za-z]", raised.value.message)  # ids and names of exceptions are no words for an office


def test_too_little_memory_is_left_to_the_worker_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes more memory than allowed need not be damaged."""

    def read(data: bytes) -> Document:
        raise MemoryError

    greedy = ModuleType("greedy_reader")
    greedy.read = read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "greedy_reader", greedy)
    monkeypatch.setitem(registry.READERS, "greedy", "greedy_reader")
    with pytest.raises(MemoryError):
        registry.read("greedy", b"x")


def test_what_a_reader_says_itself_is_kept() -> None:
    with pytest.raises(ReadError) as raised:
        registry.read("xlsx", b"PK\x03\x04 cut off")
    assert raised.value.code == "damaged"
