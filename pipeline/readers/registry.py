"""Which reader reads which kind of file, and what is said of kinds that nobody reads."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import cast

from pipeline.common.errors import ReadError
from pipeline.readers.beside import Beside, nothing_beside
from pipeline.readers.bounds import bounded
from pipeline.readers.invisible import without_invisible
from pipeline.readers.model import Document

# kind (as intake.kinds tells it) -> module with `read(data: bytes) -> Document`, for pages also `beside`; imported when first needed
READERS: dict[str, str] = {
    "text": "pipeline.readers.text",
    "html": "pipeline.readers.pages",
    "docx": "pipeline.readers.docx",
    "doc": "pipeline.readers.doc",
    "word_xml": "pipeline.readers.word_xml",
    **dict.fromkeys(("rtf", "word2", "odf", "works", "excel_xml", "xlsb"), "pipeline.readers.office"),
    "pdf": "pipeline.readers.pdf",
    "ofd": "pipeline.readers.ofd",
    "xlsx": "pipeline.readers.xlsx",
    "mht": "pipeline.readers.mht",
    "xls": "pipeline.readers.xls",
    "gzip": "pipeline.readers.compressed",
    **dict.fromkeys(("png", "jpeg", "tiff", "gif", "bmp", "webp"), "pipeline.readers.scan.document"),
}

PAGE = "html"  # the one kind whose pictures may be files of their own

_TO_DOCX = "请用 Word 或 WPS 打开，另存为 docx 后重新报送。"
_UNPACK = "请解压后把里面的文件逐个放入。"

# kind -> (code, what is the matter and what to do)
_NOT_READ: dict[str, tuple[str, str]] = {
    "empty": ("empty_file", "文件是空的，没有任何内容。请核对后重新报送。"),
    "encrypted": ("password", "文件设有打开密码，无法读取。请取消密码后重新报送。"),
    "ppt": ("unsupported_kind", f"文件是演示文稿（ppt），不是报告文档。{_TO_DOCX}"),
    "pptx": ("unsupported_kind", f"文件是演示文稿（pptx），不是报告文档。{_TO_DOCX}"),
    "zip": ("damaged", "压缩包（zip）损坏或不完整，无法解开。请重新压缩后报送，或解压后把里面的文件逐个放入。"),
    "rar": ("unsupported_kind", f"文件是压缩包（rar），暂不能读取。{_UNPACK}"),
    "uof": ("unsupported_kind", f"文件是标文通（UOF）文档，暂不能可靠读取。{_TO_DOCX}"),
    "sylk": ("unsupported_kind", "文件是 SYLK 表格（slk），暂不能读取。请用 Excel 或 WPS 打开，另存为 xlsx 后重新报送。"),
    "mail": ("unsupported_kind", "文件是电子邮件，里面的附件没有读取。请把附件另存后逐个放入。"),
    "seven_zip": ("unsupported_kind", f"文件是压缩包（7z），暂不能读取。{_UNPACK}"),
}
_UNKNOWN = ("unsupported_kind", "文件类型无法识别，没有读取。请改报 Word（docx）、网页、Excel（xlsx）或带文字的 PDF。")


def read(kind: str, data: bytes, beside: Beside = nothing_beside) -> Document:
    """The document in `data`, by the reader for `kind`. beside: the files of its pictures, where it is a page.

    Raises ReadError: `unsupported_kind` where no reader reads that kind, `empty_file`, `password`, `too_large`, whatever the
    reader itself says, and `damaged` where it fails in any other way.
    """
    if kind not in READERS:
        raise ReadError(*_NOT_READ.get(kind, _UNKNOWN))
    reader = cast(Callable[..., Document], importlib.import_module(READERS[kind]).read)
    try:
        return without_invisible(bounded(reader(data, beside=beside) if kind == PAGE else reader(data)))
    except (ReadError, MemoryError):
        raise
    except Exception as error:
        raise ReadError("damaged", "文件内容损坏或不完整，无法读取。请用原软件打开并另存后重新报送。") from error
