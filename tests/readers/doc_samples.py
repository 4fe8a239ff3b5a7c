"""DOC files written for tests, byte by byte: traits that LibreOffice never writes."""

from __future__ import annotations

import struct
from dataclasses import dataclass

SECTOR, PAGE, TEXT_AT = 512, 512, 2048
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
IN_TABLE, ROW_END = struct.pack("<HB", 0x2416, 1), struct.pack("<HB", 0x2417, 1)
CHINESE = 0x0804


@dataclass(frozen=True)
class Part:
    """A paragraph with its mark at the end, its modifiers, and the modifiers of all of its characters.

    narrow: bytes for a piece of one byte a character, in place of the text.
    """

    text: str
    modifiers: bytes = b""
    characters: bytes = b""
    narrow: bytes | None = None
    piece_modifier: int = 0


def cells(*texts: str) -> list[Part]:
    """The cells of a row."""
    return [Part(f"{text}\x07", IN_TABLE) for text in texts]


def row_end(*edges: int, flags: tuple[int, ...] = (), more: bytes = b"") -> Part:
    """The end of a row whose cells stand between `edges` (twips); flags: what the definition says of each cell's merges."""
    return Part("\x07", IN_TABLE + ROW_END + definition(*edges, flags=flags) + more)


def definition(*edges: int, flags: tuple[int, ...] = ()) -> bytes:
    """The modifier that defines the cells of a row."""
    count = len(edges) - 1
    stated = flags + (0,) * (count - len(flags))
    operand = struct.pack("<B", count) + struct.pack(f"<{count + 1}h", *edges)
    operand += b"".join(struct.pack("<H18x", flag) for flag in stated)
    return struct.pack("<HH", 0xD608, len(operand) + 1) + operand


def doc_of(*parts: Part | list[Part], data: bytes = b"", shared: tuple[bytes, ...] = (), version: int = 0xC1) -> bytes:
    """A DOC of these paragraphs, each a piece of its own. data: the data stream. shared: modifiers that pieces refer to."""
    flat = [one for part in parts for one in (part if isinstance(part, list) else [part])]
    body, edges, pieces, at = b"", [TEXT_AT], b"", 0
    positions = [0]
    for part in flat:
        content = part.narrow if part.narrow is not None else part.text.encode("utf-16-le")
        place = TEXT_AT + len(body)
        width = 1 if part.narrow is not None else 2
        pieces += struct.pack("<HIH", 0, place * 2 | 0x40000000 if width == 1 else place, part.piece_modifier)
        body += content
        at += len(content) // width
        positions.append(at)
        edges.append(TEXT_AT + len(body))
    clx = b"".join(struct.pack("<BH", 1, len(one)) + one for one in shared)
    table = struct.pack(f"<{len(positions)}I", *positions) + pieces
    clx += struct.pack("<BI", 2, len(table)) + table

    main = bytearray(TEXT_AT) + body
    main += bytes(-len(main) % PAGE)
    paragraphs = [(edges[index], edges[index + 1], struct.pack("<H", 0) + part.modifiers) for index, part in enumerate(flat)]
    paragraph_plc, main = _pages(main, paragraphs, 13)
    characters = [(edges[index], edges[index + 1], part.characters) for index, part in enumerate(flat)]
    character_plc, main = _pages(main, characters, 1)

    stream = b""
    for number, structure in ((12, character_plc), (13, paragraph_plc), (33, clx)):
        struct.pack_into("<II", main, 0x9A + 8 * number, len(stream), len(structure))
        stream += structure
    struct.pack_into("<HHHHHH", main, 0, 0xA5EC, version, 0, CHINESE, 0, 0x0200)
    struct.pack_into("<i", main, 0x4C, at)
    return compound({"WordDocument": bytes(main), "1Table": stream, "Data": data})


def _pages(main: bytearray, runs: list[tuple[int, int, bytes]], entry: int) -> tuple[bytes, bytearray]:
    """The pages that hold the modifiers of these runs, one run a page, behind the main stream; and the structure that finds them."""
    numbers = []
    for start, end, stated in runs:
        if entry == 13:
            stated = struct.pack("<BB", 0, (len(stated) + 1) // 2) + stated  # noqa: PLW2901
            stated += bytes(len(stated) % 2)  # noqa: PLW2901
        else:
            stated = struct.pack("<B", len(stated)) + stated  # noqa: PLW2901
        at = (PAGE - 2 - len(stated)) // 2 * 2
        page = bytearray(PAGE)
        struct.pack_into("<II", page, 0, start, end)
        page[8] = at // 2
        page[at : at + len(stated)] = stated
        page[-1] = 1
        numbers.append(len(main) // PAGE)
        main += page
    edges = [run[0] for run in runs] + [runs[-1][1]]
    return struct.pack(f"<{len(edges)}I{len(numbers)}I", *edges, *numbers), main


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE2 container of these streams, all of them in whole sectors."""
    contents = {name: content + bytes(max(4096 - len(content), 0)) for name, content in streams.items() if content}
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    chains: list[int] = []
    blob = b""
    for number, (name, content) in enumerate(contents.items(), start=1):
        first, count = len(chains), -(-len(content) // SECTOR)
        chains += [*range(first + 1, first + count), END]
        blob += content + bytes(-len(content) % SECTOR)
        entries.append(_entry(name, 2, first, len(content), right=number + 1 if number < len(contents) else FREE))
    entries += [_entry("", 0, 0, 0)] * (-len(entries) % 4)
    directory = len(chains)
    chains += [*range(directory + 1, directory + len(entries) // 4), END]
    fats = 1
    while (len(chains) + fats) * 4 > fats * SECTOR:
        fats += 1
    first_fat = len(chains)
    chains += [FAT] * fats
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(fats * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fats, directory, 0, 4096, END, 0, END, 0)
    header += struct.pack(f"<{fats}I", *range(first_fat, first_fat + fats)).ljust(436, b"\xff")
    return header + blob + b"".join(entries) + table


def _entry(name: str, kind: int, first: int, size: int, right: int = FREE, child: int = FREE) -> bytes:
    encoded = name.encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded) + 2 if name else 0, kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )
