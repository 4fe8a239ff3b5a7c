"""Tables within tables in RTF that LibreOffice wrote.

LibreOffice writes the definition of an outer row not at the end of that row but before that of the first row nested in it. When it
reads such a file itself, a nested row without a definition is lost with everything in it: with a web page saved as RTF, the whole
report.
"""

from __future__ import annotations

import re

# The properties of one nested row: \trowd begins a definition, \nestrow ends the row.
_ROW = re.compile(rb"(\{\\\*\\nesttableprops)([^{}]*)(\\nestrow\})")
_DEFINITION = rb"\trowd"


def definitions_put_back(rtf: bytes) -> bytes:
    """The file with every definition that stands before another one at the end of its own row; all other files as they are."""
    outer: list[bytes] = []

    def put_back(row: re.Match[bytes]) -> bytes:
        opening, properties, end = row.groups()
        first, last = properties.find(_DEFINITION), properties.rfind(_DEFINITION)
        if first < 0:
            return opening + (outer.pop() if outer else b"") + properties + end
        if first < last:
            outer.append(properties[first:last])
            properties = properties[:first] + properties[last:]
        return opening + properties + end

    return _ROW.sub(put_back, rtf)
