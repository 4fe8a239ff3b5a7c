"""What folders and file names say of a report: evidence, and never more than that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.normalise.identity.imprint import whole_name
from pipeline.normalise.identity.title import read_title, year_in
from pipeline.normalise.model import Evidence
from pipeline.normalise.wording import compact

_SEPARATORS = re.compile(r"[/!\\]")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_OTHER_WORDS = re.compile(
    r"^[\d.、_\-\s()（）]+|[-_—\s]*(?:20\d\d年?度?)?(?:政府信息公开|信息公开)?(?:工作)?(?:年度报告|年报|报告)?(?:[\d_\-\s()（）.]*)$"
)
_GATHERED = re.compile(r"^(?:各|全|所有|其他|其它|已|未|示例|市直|区直|县直|省直|直属|部门|单位)")
_DIVISION = re.compile(r"(?!.*[镇乡])[\u4e00-\u9fff]{1,10}[省市县区旗州盟]")


def evidence_of_path(path: str) -> Iterator[Evidence]:
    """Body and year that the file's name and the nearest folders that name any are about. path: below raw, or inside an archive.

    A bare year in a file name is that of publication, so that the report is on the year before.
    """
    *folders, file = [part for part in _SEPARATORS.split(path) if part]
    yield from _of_the_file(_SUFFIX.sub("", file))
    names = [_name(folder) for folder in folders]
    place = next((place for place in reversed(range(len(names))) if names[place] and not _DIVISION.fullmatch(names[place] or "")), None)
    if place is not None:
        name = names[place] or ""
        divisions = [above for above in names[:place] if above and _DIVISION.fullmatch(above) and not name.startswith(above)]
        yield Evidence("folder", "agency", "/".join(folders[: place + 1]), "".join([*divisions[-1:], name]))
    if years := [(folder, year) for folder in reversed(folders) if (year := year_in(folder))]:
        yield Evidence("folder", "year", years[0][0], str(years[0][1]))


def _of_the_file(stem: str) -> Iterator[Evidence]:
    title = read_title(stem)
    name, year = (title.name, title.year) if title else (None, None)
    if name := name or _name(stem):
        yield Evidence("file_name", "agency", stem, name)
    if year or (year := _year_of_publication(stem)):
        yield Evidence("file_name", "year", stem, str(year))


def _year_of_publication(stem: str) -> int | None:
    match = re.search(r"(?<!\d)20[0-4]\d", stem)
    return int(match[0]) - 1 if match else None


def _name(text: str) -> str | None:
    bare = _OTHER_WORDS.sub("", compact(text))
    return whole_name(bare) if bare and not _GATHERED.match(bare) else None
