"""Characters that Word gives by font and code."""

from __future__ import annotations

# The signs of Wingdings and Wingdings 2 that forms use as check boxes.
CHECK_SIGNS = {0xA8: "□", 0x6F: "□", 0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0x52: "☑", 0x51: "☒", 0xA3: "□"}


# Fonts whose 8-bit codes are signs of their own; in any other font F000-F0FF are the letters of ASCII.
_SIGN_FONTS = ("wingdings", "webdings", "symbol", "marlett", "zapf", "mt extra")


def symbol(code: int, font: str) -> str:
    """A symbol as Unicode. Codes F000-F0FF repeat the font's own 8-bit codes, which for Symbol are ASCII up to `@`,
    and for fonts of letters ASCII as a whole.
    """
    font = font.lower()
    own = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if font.startswith("wingdings") and own in CHECK_SIGNS:
        return CHECK_SIGNS[own]
    if font == "symbol" and 0x20 <= own <= 0x40:
        return chr(own)
    if own != code and 0x20 <= own < 0x7F and not font.startswith(_SIGN_FONTS):
        return chr(own)
    return chr(code) if 0x20 <= code <= 0xFFFD and not 0xD800 <= code <= 0xDFFF else "\N{REPLACEMENT CHARACTER}"
