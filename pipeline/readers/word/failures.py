"""Why a Word file, DOC or DOCX, cannot be read."""

from __future__ import annotations

DAMAGED = "Word 文件已损坏或不完整，无法打开，请向报送单位重新索取完整的文件。"
PASSWORD = "Word 文件设有打开密码，请取消密码后再报送。"
TOO_LARGE = "Word 文件内容过大，无法读取，请检查文件内容后再报送。"
