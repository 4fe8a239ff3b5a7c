"""The fonts of the machine: put away while text is read, at hand when a page is drawn.

pdfium looks for one wherever a PDF does not carry its own. For reading that changes nothing, since letters, places and widths
stand in the file, and takes more time than all the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium


class _FontsOfTheMachine(pdfium.PdfSysfontBase):  # type: ignore[misc]
    """What pdfium asks for fonts. The names of the methods are its own."""

    put_away = False

    def MapFont(self, *wanted: Any) -> Any:  # noqa: N802
        """The font that comes nearest to one that is wanted."""
        return None if self.put_away else super().MapFont(*wanted)

    def GetFont(self, *wanted: Any) -> Any:  # noqa: N802
        """The font of a name."""
        return None if self.put_away else super().GetFont(*wanted)


_FONTS = _FontsOfTheMachine()
_FONTS.setup()


@contextmanager
def fonts_put_away() -> Iterator[None]:
    """Read what is opened within without the fonts of the machine."""
    _FONTS.put_away = True
    try:
        yield
    finally:
        _FONTS.put_away = False
