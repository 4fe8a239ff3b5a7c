"""How readings and reports are written down for the cache: msgpack by way of msgspec, typed on the way back."""

from __future__ import annotations

import msgspec

from pipeline.common.errors import ReadError
from pipeline.normalise.model import Report
from pipeline.readers.model import Document


class Reading(msgspec.Struct, frozen=True):
    """What a reader made of one file: a document, or the code and message of the ReadError that it raised.

    kind: what the file is by its content, as `intake.kinds` tells it.
    """

    document: Document | None
    error_code: str | None = None
    error_message: str | None = None
    kind: str = ""

    @classmethod
    def failed(cls, error: ReadError, kind: str = "") -> Reading:
        """The outcome of a file that could not be read; it is kept as well, so that the file is not tried every night."""
        return cls(None, error.code, error.message, kind)


_encoder = msgspec.msgpack.Encoder()
_readings = msgspec.msgpack.Decoder(Reading)
_reports = msgspec.msgpack.Decoder(list[Report])


def encode_reading(reading: Reading) -> bytes:
    """A reading as bytes for the cache."""
    return _encoder.encode(reading)


def decode_reading(payload: bytes) -> Reading:
    """The reading that `encode_reading` wrote. Raises msgspec.DecodeError for anything else."""
    return _readings.decode(payload)


def encode_reports(reports: list[Report]) -> bytes:
    """The reports of one file as bytes for the cache; values stay exact decimals."""
    return _encoder.encode(reports)


def decode_reports(payload: bytes) -> list[Report]:
    """The reports that `encode_reports` wrote. Raises msgspec.DecodeError for anything else."""
    return _reports.decode(payload)
