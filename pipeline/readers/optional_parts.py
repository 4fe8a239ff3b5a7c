"""Programs and libraries that readers use where they are installed. What they read is read again once one of them comes or goes."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from pipeline.readers.recognition import recognition_versions

LIBREOFFICE_COMMANDS = ("soffice", "libreoffice")


def libreoffice() -> str | None:
    """The command that starts LibreOffice; None where it is not installed."""
    return next((found for found in map(shutil.which, LIBREOFFICE_COMMANDS) if found), None)


# name of a part -> whether it is here
_PARTS: dict[str, Callable[[], bool]] = {
    "libreoffice": lambda: libreoffice() is not None,
}


def parts_present() -> tuple[str, ...]:
    """The names of the optional parts that are here; they belong to the version of the readers. Libraries come with their versions."""
    return (*(name for name, is_here in sorted(_PARTS.items()) if is_here()), *recognition_versions())
