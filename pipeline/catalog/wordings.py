"""The sentences of what an office hands out: `wordings.csv`, each with the words in braces that are put in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Formatter

from pipeline.catalog.csv_rows import Row, read_rows
from pipeline.common.errors import CatalogError

FILE = "wordings.csv"


class Wordings:
    """The sentences by their ids. Text is put in as it stands: braces inside it mean nothing."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def __call__(self, wording: str, **words: object) -> str:
        """The sentence with `words` put in. Raises CatalogError where there is no such sentence or a word is missing."""
        try:
            return self._texts[wording].format(**words)
        except KeyError as missing:
            raise CatalogError(f"{FILE}：缺少“{wording}”，或者其中的 {{{missing.args[0]}}} 没有可填的内容。") from None


def read_wordings(folder: Path) -> Wordings:
    """The rows of wordings.csv. Raises CatalogError where one stands twice or names a word that its column `words` does not list."""
    texts: dict[str, str] = {}
    for row in read_rows(folder / FILE):
        wording = row.required("wording")
        if wording in texts:
            raise row.error("wording", f"“{wording}”重复。")
        texts[wording] = _checked(row)
    return Wordings(texts)


def _checked(row: Row) -> str:
    text = row.required("text_zh")
    try:
        named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        raise row.error("text_zh", "花括号没有成对。") from None
    unknown = sorted(named - set(row.words("words")))
    if unknown:
        raise row.error("text_zh", f"“words”列没有列出 {{{unknown[0]}}}。")
    return text
