"""The errors that gongkai raises on purpose. Every message says what is wrong and what to do, in Chinese for offices."""

from __future__ import annotations


class GongkaiError(Exception):
    """Base of every error raised on purpose; anything else is a defect of ours."""


class SettingsError(GongkaiError):
    """A folder or an environment variable does not fit (raised by `Settings.discover`)."""


class CatalogError(GongkaiError):
    """A row of the catalogue is incomplete or contradicts another one (raised while loading it)."""


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
