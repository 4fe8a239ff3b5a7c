"""LibreOffice as tests use it: to write the formats that only it writes here."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.readers.optional_parts import libreoffice
from tests.optional import left_out

SECONDS = 240


def required() -> str:
    """The command of LibreOffice; the test is left out where there is none, but never in CI."""
    command = libreoffice()
    if command is None:
        left_out("LibreOffice is not installed (libreoffice-writer-nogui)")
    return command


def converted(command: str, files: Sequence[bytes], suffix: str, target: str) -> list[bytes]:
    """Files with `suffix` as LibreOffice saves them in format `target` ("doc", "rtf", "odt"); one start for all."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = [Path(folder, f"{number}{suffix}") for number in range(len(files))]
        for path, data in zip(inputs, files, strict=True):
            path.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        output = Path(folder, "output")
        subprocess.run(
            [command, profile, "--headless", "--convert-to", target, "--outdir", str(output), *map(str, inputs)],
            check=True,
            capture_output=True,
            timeout=SECONDS,
        )
        return [(output / f"{path.stem}.{target}").read_bytes() for path in inputs]
