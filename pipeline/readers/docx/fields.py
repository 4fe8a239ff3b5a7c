"""Fields of Word: what stands in one before its result is an instruction and not printed, other fields in it included."""

from __future__ import annotations

from lxml import etree

from pipeline.readers.docx.names import VALUE, W, first, value, whole
from pipeline.readers.word.cells import SHOWS_WITHOUT_RESULT, UNREAD

FIELD, INSTRUCTION = f"{W}fldChar", f"{W}instrText"
_KIND = f"{W}fldCharType"


class Fields:
    """The fields that are open in a paragraph. pieces: its text so far, from which instructions are taken away again."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._open: list[tuple[int, list[str], bool]] = []  # where it begins, its instruction, whether its result has begun

    def take(self, element: etree._Element) -> None:
        """Take in a part of an instruction, or the beginning, the middle or the end of a field.

        Ends of fields that began in another paragraph mark nothing.
        """
        if element.tag == INSTRUCTION:
            if self._open:
                self._open[-1][1].append(element.text or "")
            return
        kind = element.get(_KIND)
        if kind == "begin":
            chosen = _chosen(element)
            self._open.append((len(self._pieces), [], chosen is not None))
            self._pieces.extend([chosen] if chosen is not None else ())
        elif kind == "separate" and self._open:
            start, instruction, _ = self._open.pop()
            del self._pieces[start:]
            self._open.append((start, instruction, True))
        elif kind == "end" and self._open:
            start, instruction, has_result = self._open.pop()
            if not has_result:
                self._pieces[start:] = [UNREAD] if SHOWS_WITHOUT_RESULT.match("".join(instruction)) else []


def _chosen(begin: etree._Element) -> str | None:
    """The entry that is chosen in a list to choose from, which stands in no result."""
    choices = next(begin.iter(f"{W}ddList"), None)
    if choices is None:
        return None
    entries = [entry.get(VALUE, "") for entry in choices.iterchildren(f"{W}listEntry")]
    default = value(choices, f"{W}default")
    number = whole(value(choices, f"{W}result") if first(choices, f"{W}result") is not None else default)
    return entries[number] if 0 <= number < len(entries) else UNREAD
