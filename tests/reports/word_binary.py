"""DOC files written byte by byte, with traits that LibreOffice never writes."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace

SECTOR, PAGE, TEXT_AT = 512, 512, 2048
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
IN_TABLE, ROW_END = struct.pack("<HB", 0x2416, 1), struct.pack("<HB", 0x2417, 1)
CHINESE = 0x0804
LONGEST = 400  # bytes of modifiers that a page has room for
GOES_ON, BEGINS = 1 << 5, 3 << 5  # merges down, among the flags of a cell
SIDE_BEGINS, SIDE_GOES_ON = 1, 2  # merges to the side


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
    style: int = 0


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


def table_parts(placed: Mapping[tuple[int, int], tuple[int, int, str]], width: int = 1000, *, side_merges: bool = False) -> list[Part]:
    """The rows of a table from the spans and texts of its cells by row and column; columns are `width` twips wide.

    side_merges: a cell over several columns is several cells that are joined, as old programs write it, and not one wide cell.
    """
    rows: dict[int, list[tuple[int, int, int, str]]] = {}
    for (top, left), (row_span, column_span, text) in placed.items():
        for row in range(top, top + row_span):
            down = 0 if row_span == 1 else BEGINS if row == top else GOES_ON
            parts = column_span if side_merges else 1
            for part in range(parts):
                side = 0 if parts == 1 else SIDE_GOES_ON if part else SIDE_BEGINS
                text_here = text if row == top and not part else ""
                rows.setdefault(row, []).append((left + part, column_span if parts == 1 else 1, down | side, text_here))
    found = list[Part]()
    for _, row_cells in sorted(rows.items()):
        row_cells.sort()
        found += cells(*(text for _, _, _, text in row_cells))
        edges = [left * width for left, _, _, _ in row_cells] + [(row_cells[-1][0] + row_cells[-1][1]) * width]
        found.append(row_end(*edges, flags=tuple(flag for _, _, flag, _ in row_cells)))
    return found


def in_data_stream(parts: list[Part], longer_than: int = LONGEST) -> tuple[list[Part], bytes]:
    """The parts with the definitions of rows moved to the data stream, as Word does with long ones; and that stream."""
    data, moved = b"", list[Part]()
    for part in parts:
        if ROW_END in part.modifiers and len(part.modifiers) > longer_than:
            moved.append(replace(part, modifiers=struct.pack("<HI", 0x6646, len(data))))
            data += struct.pack("<H", len(part.modifiers)) + part.modifiers
        else:
            moved.append(part)
    return moved, data


def style_sheet(*styles: tuple[int, int, bytes]) -> bytes:
    """A style sheet: of each style its kind (1 paragraphs, 2 characters), its parent (0xFFF for none), its modifiers of characters."""
    sheet = struct.pack("<HHH14x", 18, len(styles), 10)
    for number, (kind, parent, letters) in enumerate(styles):
        stated = struct.pack("<HHHHH", 0, kind | parent << 4, 1, 0, 0) + struct.pack("<H", 1) + "s".encode("utf-16-le") + bytes(2)
        if kind == 1:
            stated += struct.pack("<HH", 2, number)
        stated += struct.pack("<H", len(letters)) + letters + bytes(len(letters) % 2)
        sheet += struct.pack("<H", len(stated)) + stated
    return sheet


def doc_of(*parts: Part | list[Part], data: bytes = b"", shared: tuple[bytes, ...] = (), version: int = 0xC1, styles: bytes = b"") -> bytes:
    """A DOC of these paragraphs, each a piece of its own. data: the data stream. shared: modifiers that pieces refer to.

    styles: the style sheet (see `style_sheet`).
    """
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
    paragraphs = [(edges[index], edges[index + 1], struct.pack("<H", part.style) + part.modifiers) for index, part in enumerate(flat)]
    paragraph_plc, main = _pages(main, paragraphs, 13)
    characters = [(edges[index], edges[index + 1], part.characters) for index, part in enumerate(flat)]
    character_plc, main = _pages(main, characters, 1)

    stream = b""
    for number, structure in ((1, styles), (12, character_plc), (13, paragraph_plc), (33, clx)):
        struct.pack_into("<II", main, 0x9A + 8 * number, len(stream), len(structure))
        stream += structure
    struct.pack_into("<HHHHHH", main, 0, 0xA5EC, version, 0, CHINESE, 0, 0x0200)
    struct.pack_into("<i", main, 0x4C, at)
    return compound({"WordDocument": bytes(main), "1Table": stream, "Data": data})


def _pages(main: bytearray, runs: list[tuple[int, int, bytes]], entry: int) -> tuple[bytes, bytearray]:
    """The pages that hold the modifiers of these runs, put behind the main stream; and the structure that finds them."""
    firsts, numbers = list[int](), list[int]()
    waiting = list(runs)
    while waiting:
        here, room = list[tuple[int, int, bytes]](), PAGE - 6
        while waiting and (cost := 4 + entry + len(_stated(waiting[0][2], entry)) + 2) <= room:
            room -= cost
            here.append(waiting.pop(0))
        firsts.append(here[0][0])
        numbers.append(len(main) // PAGE)
        main += _page(here, entry)
    edges = [*firsts, runs[-1][1]]
    return struct.pack(f"<{len(edges)}I{len(numbers)}I", *edges, *numbers), main


def _stated(modifiers: bytes, entry: int) -> bytes:
    """Modifiers with their length: in words for paragraphs, in bytes for characters."""
    if entry == 1:
        return struct.pack("<B", len(modifiers)) + modifiers
    return struct.pack("<BB", 0, (len(modifiers) + 1) // 2) + modifiers + bytes(len(modifiers) % 2)


def _page(runs: list[tuple[int, int, bytes]], entry: int) -> bytes:
    page, at = bytearray(PAGE), PAGE - 1
    struct.pack_into(f"<{len(runs) + 1}I", page, 0, *(start for start, _, _ in runs), runs[-1][1])
    for index, (_, _, modifiers) in enumerate(runs):
        stated = _stated(modifiers, entry)
        at = (at - len(stated)) // 2 * 2
        page[at : at + len(stated)] = stated
        page[4 * (len(runs) + 1) + index * entry] = at // 2
    page[-1] = len(runs)
    return bytes(page)


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
