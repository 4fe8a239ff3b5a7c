"""Files with some bytes overwritten, for readers to read or to refuse."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document


def overwritten(data: bytes) -> st.SearchStrategy[bytes]:
    """The file with up to 40 bytes at one place replaced."""
    return st.builds(
        lambda position, replacement: data[:position] + replacement + data[position + len(replacement) :],
        st.integers(0, len(data) - 1),
        st.binary(min_size=1, max_size=40),
    )


def reads_or_refuses(read: Callable[[bytes], Document], data: bytes) -> None:
    """Assert that the reader gives a document or says why not, and fails in no other way."""
    try:
        assert isinstance(read(data), Document)
    except ReadError as error:
        assert error.message
