"""Programs and libraries that readers use where they are installed. What they read is read again once one of them comes or goes."""

from __future__ import annotations

import shutil

from pipeline.readers.recognition import recognition_versions

LIBREOFFICE_COMMANDS = ("soffice", "libreoffice")


def libreoffice() -> str | None:
    """The command that starts LibreOffice; None where it is not installed."""
    return next((found for found in map(shutil.which, LIBREOFFICE_COMMANDS) if found), None)


def parts_present() -> tuple[str, ...]:
    """The names of the optional parts that are here; they belong to the version of the readers. Libraries come with their versions."""
    programs = ("libreoffice",) if libreoffice() else ()
    return (*programs, *recognition_versions())
