"""A word from long work that it gets on (a page of a scan has been read), for whoever limits its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_listeners: list[Callable[[], None]] = []


def page_done() -> None:
    """Say that a page was read that takes seconds."""
    for listener in _listeners:
        listener()


@contextmanager
def heard_by(listener: Callable[[], None]) -> Iterator[None]:
    """Call `listener` for each page that is done within the block."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
