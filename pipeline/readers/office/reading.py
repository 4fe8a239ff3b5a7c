"""Documents that are converted first and then read as DOCX, workbooks as XLSX."""

from __future__ import annotations

from typing import Literal

from pipeline.common.errors import ReadError
from pipeline.readers import docx, xlsx
from pipeline.readers.model import Document
from pipeline.readers.office.conversion import converted, is_workbook
from pipeline.readers.office.hidden_sheets import kept_hidden
from pipeline.readers.office.package import refuse_locked_and_swollen
from pipeline.readers.optional_parts import libreoffice

MISSING = (
    "这类文件（旧版 Word 6/95、RTF、Word XML、OpenDocument、Works 文档、Excel 95、Excel XML 和二进制工作簿）"
    "要借助 LibreOffice 才能读取，本机没有安装。"
    "请安装 LibreOffice（如 Debian、Ubuntu 的 libreoffice-writer-nogui、libreoffice-calc-nogui 软件包）后重新运行，"
    "或用 Word、WPS 打开并另存为 docx、xlsx 后重新报送。"
)
FAILED = "文件用 LibreOffice 打不开（可能已损坏、设有密码或内容过于复杂），没有读取。请用 Word 或 WPS 打开，另存为 {} 后重新报送。"
DOCX: Literal["docx"] = "docx"
XLSX: Literal["xlsx"] = "xlsx"


def read(data: bytes) -> Document:
    """The document in a file.

    Raises ReadError: `libreoffice_missing`, `damaged`, `password`, `too_large`, and what the reader of DOCX raises.
    """
    refuse_locked_and_swollen(data)
    command = libreoffice()
    if command is None:
        raise ReadError("libreoffice_missing", MISSING)
    reader, kind = (xlsx.read, XLSX) if is_workbook(data) else (docx.read, DOCX)
    result = converted(command, data, kind)
    if result is None:
        raise ReadError("damaged", FAILED.format(kind))
    return reader(kept_hidden(data, result) if kind == XLSX else result)
