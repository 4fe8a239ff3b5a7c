"""LibreOffice at work: without a window, in a profile of its own, with a time limit, without reaching for the network."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Literal

from pipeline.readers.office.nested_rows import definitions_put_back

MOST_SECONDS = 90  # less than a worker is given for one file
BEGIN_AGAIN = (79, 81)  # exit status of LibreOffice after it has set up a new profile
MOST_OUTPUT = 512 * 1024 * 1024  # bytes that one file may grow to

# what a file begins with, or names inside -> the suffix under which LibreOffice recognises it
_BEGINNINGS = ((b"{\\rtf", ".rtf"), (b"PK\x03\x04", ".odt"), (b"\xd0\xcf\x11\xe0", ".doc"))
# what names a workbook: in the first bytes of a package or an XML file, or as a part of a package
_SHEET_HEAD = 4096
_SHEETS = (
    (b"opendocument.spreadsheet", ".ods"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", ".xml"),
    (b'progid="Excel.Sheet"', ".xml"),
)
_BINARY_SHEETS = b"xl/workbook.bin"
_OLE2, _OLD_SHEETS = b"\xd0\xcf\x11\xe0", "Book".encode("utf-16-le") + bytes(2)  # the stream of a workbook of Excel 95
_WORKS = "MatOST".encode("utf-16-le")

# No macros, no pictures or data from other places, a proxy that does not exist.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def is_workbook(data: bytes) -> bool:
    """Whether a file that LibreOffice is to open is a workbook and no document."""
    return _suffix_of_sheets(data) is not None


def converted(command: str, data: bytes, kind: Literal["docx", "xlsx"]) -> bytes | None:
    """A file as DOCX or XLSX, converted by LibreOffice, which `command` starts; None where it does not convert it."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        source = Path(folder, f"source{_suffix(data)}")
        source.write_bytes(definitions_put_back(data) if source.suffix == ".rtf" else data)
        _run(command, source, Path(folder, kind))
        result = Path(folder, kind, f"source.{kind}")
        return result.read_bytes() if result.is_file() and result.stat().st_size <= MOST_OUTPUT else None


def _suffix_of_sheets(data: bytes) -> str | None:
    if data.startswith(b"PK") and _BINARY_SHEETS in data:
        return ".xlsb"
    if data.startswith(_OLE2) and _OLD_SHEETS in data:
        return ".xls"
    return next((suffix for words, suffix in _SHEETS if words in data[:_SHEET_HEAD]), None)


def _suffix(data: bytes) -> str:
    if sheets := _suffix_of_sheets(data):
        return sheets
    suffix = next((suffix for beginning, suffix in _BEGINNINGS if data.startswith(beginning)), ".xml")
    return ".wps" if suffix == ".doc" and _WORKS in data else suffix


def _run(command: str, source: Path, target: Path) -> None:
    """Convert, in a profile that is removed with the file; what is not done in time is left undone.

    LibreOffice stays in the process group of its worker, so that it ends with it.
    """
    profile = target.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"]
    last = time.monotonic() + MOST_SECONDS
    for _ in BEGIN_AGAIN:
        try:
            ended = subprocess.run(
                [
                    *(_program(command), f"-env:UserInstallation={profile.as_uri()}", *options),
                    *("--convert-to", target.name, "--outdir", str(target), str(source)),
                ],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=target.parent,
                env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(profile), "LANG": "C.UTF-8"},
                timeout=max(last - time.monotonic(), 0),
            )
        except subprocess.TimeoutExpired:
            return
        if ended.returncode not in BEGIN_AGAIN:
            return


def _program(command: str) -> str:
    """The program itself behind the command, which would start it as a child that outlives a kill."""
    program = Path(command).resolve().with_name("soffice.bin")
    return str(program) if program.is_file() else command
