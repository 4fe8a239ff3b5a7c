"""Characters that Word gives by font and code."""

from __future__ import annotations

# The signs of Wingdings and Wingdings 2 that forms use as check boxes.
CHECK_SIGNS = {0xA8: "□", 0x6F: "□", 0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0x52: "☑", 0x51: "☒", 0xA3: "□"}


def symbol(code: int, font: str) -> str:
    """A symbol as Unicode. Codes F000-F0FF repeat the font's own 8-bit codes, which for Symbol are ASCII up to `@`."""
    font = font.lower()
    own = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if font.startswith("wingdings") and own in CHECK_SIGNS:
        return CHECK_SIGNS[own]
    if font == "symbol" and 0x20 <= own <= 0x40:
        return chr(own)
    return chr(code) if 0x20 <= code <= 0xFFFD and not 0xD800 <= code <= 0xDFFF else "\N{REPLACEMENT CHARACTER}"
