"""DOC files that are cut off or changed give a document or a reason, in bounded time."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.common.errors import ReadError
from pipeline.readers import doc
from pipeline.readers.model import Document
from tests.readers.golden_doc.sources import FOLDER

SAMPLE = (FOLDER / "form_2021.doc").read_bytes()
SMALL = (FOLDER / "revisions.doc").read_bytes()


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Damage must be told here, not by another program."""
    monkeypatch.setattr("pipeline.readers.office.reading.libreoffice", lambda: None)


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as error:
        doc.read(data)
    assert error.value.message.endswith("。")
    return error.value.code


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"no container" * 200])
def test_what_is_no_container_is_damaged(data: bytes) -> None:
    assert code_of(data) == "damaged"


HEADER = SAMPLE.index(b"\xec\xa5")  # of the main stream


def changed(offset: int, value: bytes) -> bytes:
    """The sample with other bytes at a place of its header."""
    return SAMPLE[: HEADER + offset] + value + SAMPLE[HEADER + offset + len(value) :]


def test_a_password_is_named() -> None:
    assert code_of(changed(11, bytes([SAMPLE[HEADER + 11] | 0x01]))) == "password"


def test_word_95_needs_libreoffice() -> None:
    assert code_of(changed(2, b"\x68\x00")) == "libreoffice_missing"


def test_no_truncation_loses_figures_in_silence() -> None:
    whole = doc.read(SAMPLE)
    for end in Random(1).sample(range(len(SAMPLE)), 60):
        try:
            assert list(doc.read(SAMPLE[:end]).grids()) == list(whole.grids())
        except ReadError as error:
            assert error.code == "damaged"


@settings(max_examples=120, deadline=None)
@given(
    sample=st.sampled_from([SAMPLE, SMALL]),
    position=st.integers(0, len(SAMPLE) - 1),
    replacement=st.one_of(st.binary(min_size=1, max_size=8), st.sampled_from([b"\0" * 64, b"\xff" * 64, b"\xff" * 512])),
)
def test_damage_gives_a_document_or_a_read_error(sample: bytes, position: int, replacement: bytes) -> None:
    position %= len(sample)
    try:
        assert isinstance(doc.read((sample[:position] + replacement + sample[position + len(replacement) :])[: len(sample)]), Document)
    except ReadError as error:
        assert error.message
