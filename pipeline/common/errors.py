"""The errors that gongkai raises on purpose. Every message says what is wrong and what to do, in Chinese for offices."""

from __future__ import annotations

import errno

_OF_THE_SYSTEM = {
    errno.ENOENT: "文件不存在",
    errno.EACCES: "没有访问权限",
    errno.EPERM: "没有访问权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EIO: "磁盘读取出错",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.ELOOP: "符号链接互相指向",
}


class GongkaiError(Exception):
    """Base of every error raised on purpose; anything else is a defect of ours."""


class SettingsError(GongkaiError):
    """A folder or an environment variable does not fit (raised by `Settings.discover`)."""


class CatalogError(GongkaiError):
    """A row of the catalogue is incomplete or contradicts another one (raised while loading it)."""


class RegistryError(GongkaiError):
    """The registry of bodies contradicts itself or cannot be read (raised while loading it, with every mistake found)."""


class SpoiltTextError(RegistryError):
    """A file that an office keeps is not the table that it has to be (raised while reading it). line: where it goes wrong, from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class DecisionError(GongkaiError):
    """A correction, waiver or confirmation cannot be read, or is not to be added (raised with everything that is wrong)."""


class ReadError(GongkaiError):
    """A file cannot be read (raised by a reader or by its worker).

    `code` is a short id for programs (`empty_file`, `damaged`, `unsupported_kind`, `password`, …),
    `message` a Chinese sentence that says what is the matter and what the sender can do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class SchemaError(GongkaiError):
    """A table does not fit its declared columns, types or keys (raised on write)."""


def in_chinese(error: OSError) -> str:
    """What the system says is wrong, as the middle of a sentence for offices; the number of the error where nobody needs more."""
    return _OF_THE_SYSTEM.get(error.errno or 0, f"系统错误 {error.errno or ''}".rstrip())
