"""Ways to damage a file, from a flipped bit to a part exchanged inside its archive."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

Mutation = Callable[[Random, bytes, bytes], bytes]  # chance, the file, another file -> the damaged file

_TAG = re.compile(rb"<[^<>]{1,200}>")
_EXTREMES = (b"\x00", b"\xff", b"\x7f", b"\x80", b"<", b">", b"&", b'"', b"9" * 40, b"-1", b"65536", b"\r\n", b"\t", "　".encode(), b"%s")


def flips(chance: Random, data: bytes, other: bytes) -> bytes:
    """A few bytes exchanged."""
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def cut_off(chance: Random, data: bytes, other: bytes) -> bytes:
    """The end is missing, or the beginning."""
    place = chance.randrange(len(data))
    return data[:place] if chance.random() < 0.8 else data[place:]


def hole(chance: Random, data: bytes, other: bytes) -> bytes:
    """A block is missing, or filled with zeros."""
    start, length = _block(chance, data)
    return data[:start] + (b"" if chance.random() < 0.6 else bytes(length)) + data[start + length :]


def repeated(chance: Random, data: bytes, other: bytes) -> bytes:
    """A block stands there several times."""
    start, length = _block(chance, data)
    return data[:start] + data[start : start + length] * chance.choice((2, 3, 50)) + data[start + length :]


def moved(chance: Random, data: bytes, other: bytes) -> bytes:
    """A block stands somewhere else."""
    start, length = _block(chance, data)
    rest = data[:start] + data[start + length :]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + data[start : start + length] + rest[place:]


def spliced(chance: Random, data: bytes, other: bytes) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def extreme(chance: Random, data: bytes, other: bytes) -> bytes:
    """Something written into it that programs stumble over."""
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(_EXTREMES) * chance.choice((1, 1, 100)) + data[place + chance.randrange(3) :]


def tags(chance: Random, data: bytes, other: bytes) -> bytes:
    """Tags exchanged, dropped or doubled."""
    places = [match.span() for match in _TAG.finditer(data)]
    for _ in range(chance.choice((1, 5, 50))):
        if len(places) < 2:
            break
        (start, end), (other_start, other_end) = sorted(chance.sample(places, 2))
        kind = chance.randrange(3)
        if kind == 0:
            data = data[:start] + data[other_start:other_end] + data[end:other_start] + data[start:end] + data[other_end:]
        elif kind == 1:
            data = data[:start] + data[end:]
        else:
            data = data[:other_start] + data[start:end] + data[other_start:]
        places = [match.span() for match in _TAG.finditer(data)]
    return data


def numbers(chance: Random, data: bytes, other: bytes) -> bytes:
    """Numbers in attributes and structures written absurdly."""
    found = list(re.finditer(rb'(?<=")-?[0-9]{1,9}(?=")', data))
    if not found:
        return flips(chance, data, other)
    match = chance.choice(found)
    absurd = chance.choice((b"-1", b"0", b"65536", b"2147483648", b"9" * 30, b"1e308", b"NaN", b"", b"x"))
    return data[: match.start()] + absurd + data[match.end() :]


def in_archive(chance: Random, data: bytes, other: bytes) -> bytes:
    """A part of the archive damaged, dropped, doubled or taken from another file, and packed again so that it opens."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            members = [(info.filename, source.read(info)) for info in source.infolist()]
    except Exception:  # noqa: BLE001 - no archive (any more)
        return flips(chance, data, other)
    number = chance.randrange(len(members))
    name, content = members[number]
    kind = chance.randrange(10)
    if kind == 0:
        members.pop(number)
    elif kind == 1:
        members.append((name, members[chance.randrange(len(members))][1]))
    elif content:
        members[number] = (name, chance.choice(INSIDE)(chance, content, other))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members:
            target.writestr(name, content)
    return stream.getvalue()


def _block(chance: Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data) - start, chance.choice((1, 8, 64, 512, 4096)))


INSIDE: tuple[Mutation, ...] = (flips, cut_off, hole, repeated, moved, spliced, extreme, tags, tags, numbers)
_PACKED = ("docx", "xlsx", "ofd", "zip")


def mutated(chance: Random, container: str, data: bytes, other: bytes) -> bytes:
    """The file damaged in one to three ways."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        inside = container in _PACKED and chance.random() < 0.8
        mutation = in_archive if inside else chance.choice(INSIDE)
        data = mutation(chance, data, other) or b"\n"
    return data
