"""Why the table in a picture was not read: whether recognising text was tried at all is not the office's fault, and another remedy."""

from __future__ import annotations

from pipeline.readers import recognition


def why_unread() -> str:
    """Part of a sentence, without an end. A reader counts only pictures in which it found no table, or that are not in the file."""
    if recognition.can_recognise():
        return "没有从图片中识别出表格（网页的图片可能不在文件之内）"
    return recognition.HOW_TO_INSTALL
