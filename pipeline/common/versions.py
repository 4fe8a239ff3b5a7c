"""Versions of our own code, made from the code itself, so that nobody can forget to raise one."""

from __future__ import annotations

import hashlib
import importlib
from functools import cache
from importlib.metadata import version
from pathlib import Path


@cache
def digest_of(packages: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
    """A 16-character digest over the sources of `packages` and the installed versions of `libraries`.

    Whatever is kept under such a version is made anew as soon as the code that made it, or a library it used, changes.
    """
    digest = hashlib.sha256()
    for name in packages:
        module = importlib.import_module(name)
        home = Path(module.__path__[0] if hasattr(module, "__path__") else str(module.__file__))
        for source in sorted(home.rglob("*.py")) if home.is_dir() else [home]:
            digest.update(source.relative_to(home.parent).as_posix().encode())
            digest.update(source.read_bytes())
    for library in libraries:
        digest.update(f"{library}={version(library)}".encode())
    return digest.hexdigest()[:16]


def digest_of_folder(folder: Path) -> str:
    """A 16-character digest over the names and contents of every file below `folder`."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def digest_of_file(path: Path) -> str:
    """A 16-character digest of the content of a file; "" where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""
