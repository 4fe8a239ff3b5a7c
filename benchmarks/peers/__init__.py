"""Other readers, each with the adapter that makes a Document of what it returns; one file an adapter.

An adapter is a module with

- `CONTAINERS`: for each container that the peer reads, the modules that have to be installed for it;
- `read(container, data)`: what the peer returns for a file in memory; this is what is timed;
- `document(returned)`: its tables (and text, where it gives both in one) as a Document, for our normaliser; not timed.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

NAMES = ("markitdown", "pdfplumber", "docling")


def adapter(name: str) -> ModuleType:
    """The adapter of a peer; the peer itself is imported when it first reads."""
    return import_module(f"benchmarks.peers.{name}")


def missing(name: str, container: str) -> list[str]:
    """The modules that are not installed here and without which the peer cannot read this container."""
    return [module for module in adapter(name).CONTAINERS[container] if find_spec(module) is None]
