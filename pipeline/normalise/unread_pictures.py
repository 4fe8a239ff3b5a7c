"""Why the table in a picture was not read: whether recognising text was tried at all is not the office's fault, and another remedy."""

from __future__ import annotations

from pipeline.readers import recognition
from pipeline.readers.model import Document

_MOST_NAMED = 3


def unread_beside(document: Document) -> list[str]:
    """The pictures in files of their own that the page shows and that could not be looked into."""
    return document.metadata.get("pictures_unread", "").splitlines()


def why_unread(document: Document) -> str:
    """Part of a sentence, without an end. A reader counts only pictures in which it found no table, or that are not in the file."""
    if not recognition.can_recognise():
        return recognition.HOW_TO_INSTALL
    if names := unread_beside(document):
        listed = "、".join(f"“{name}”" for name in names[:_MOST_NAMED]) + (f"等 {len(names)} 张" if len(names) > _MOST_NAMED else "")
        return f"网页旁边没有图片 {listed}（或图片过大），请把图片按原来的相对位置与网页一起放入"
    return "没有从图片中识别出表格（网页的图片可能不在文件之内）"
