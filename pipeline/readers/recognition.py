"""Whether text in pictures can be recognised here: that is an optional part, and everything else works without it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

LIBRARIES = ("onnxruntime", "opencv-python-headless", "rapidocr")
HOW_TO_INSTALL = "本机没有安装文字识别组件，请维护人员运行 make extras 安装后重新运行"


@cache
def recognition_versions() -> tuple[str, ...]:
    """The libraries that recognising text takes, each with its version; empty where one is not installed. Nothing is loaded."""
    try:
        return tuple(f"{library}={version(library)}" for library in LIBRARIES)
    except PackageNotFoundError:
        return ()


def can_recognise() -> bool:
    """Whether text in pictures can be recognised here."""
    return bool(recognition_versions())
