"""Office files are ZIP archives that note the time of saving: written again, the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def rewritten(data: bytes, keep: Callable[[str], bool] = lambda _: True) -> bytes:
    """The archive with fixed times and only the members that `keep` wants, in their order."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in source.namelist():
            if keep(name):
                member = zipfile.ZipInfo(name, _NO_TIME)
                member.compress_type = zipfile.ZIP_DEFLATED
                member.create_system = 0
                archive.writestr(member, source.read(name))
    return target.getvalue()
