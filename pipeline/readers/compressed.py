"""A single file under gzip: pages that a program saved as the server had sent them."""

from __future__ import annotations

import zlib

from pipeline.common.errors import ReadError
from pipeline.intake.kinds import kind_of
from pipeline.readers import html, mht, text
from pipeline.readers.model import Document

_MOST_BYTES = 100_000_000
_READERS = {"html": html.read, "mht": mht.read, "text": text.read}


def read(data: bytes) -> Document:
    """Read what is inside. Raises ReadError: `unsupported_kind` where that is no page and no text, `too_large`, `damaged`."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(data, _MOST_BYTES)
    except zlib.error as error:
        raise ReadError("damaged", "压缩包（gzip）损坏或不完整，无法解开。请解压后重新报送。") from error
    if unpacker.unconsumed_tail:
        raise ReadError("too_large", "压缩包（gzip）解开后过大，未读取。请解压后把里面的文件逐个放入。")
    if not unpacker.eof:
        raise ReadError("damaged", "压缩包（gzip）损坏或不完整，无法解开。请解压后重新报送。")
    reader = _READERS.get(kind_of(content))
    if reader is None:
        raise ReadError("unsupported_kind", "文件是压缩包（gzip），里面不是网页或文本，暂不能读取。请解压后把里面的文件逐个放入。")
    return reader(content)
