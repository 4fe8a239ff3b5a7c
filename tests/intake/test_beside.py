"""What stands beside a page is in its folder or below, on disk or in the same archive; nothing else is ever opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.intake.archives import place_of
from pipeline.intake.beside import files_beside, joined
from tests.intake.zips import packed

PICTURE = b"a picture"


def content(page: Path, name: str) -> bytes | None:
    return files_beside(place_of(page))(name)


def test_files_in_the_folder_and_below_it_are_there(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "表三.png").write_bytes(PICTURE)
    page = tmp_path / "年报.html"
    assert content(page, "images/表三.png") == PICTURE
    assert content(page, "images/表四.png") is None
    assert content(page, "images") is None


def test_nothing_outside_the_folder_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "单位"
    folder.mkdir()
    (tmp_path / "别处.png").write_bytes(PICTURE)
    (folder / "链接.png").symlink_to(tmp_path / "别处.png")
    (folder / "目录").symlink_to(tmp_path)
    for name in ("../别处.png", str(tmp_path / "别处.png"), "链接.png", "目录/别处.png", "a\0b.png", "x" * 5000):
        assert content(folder / "年报.html", name) is None
    (folder / "近.png").write_bytes(PICTURE)
    (folder / "内链.png").symlink_to(folder / "近.png")
    assert content(folder / "年报.html", "内链.png") == PICTURE


def test_a_picture_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "大.png").open("wb") as file:
        file.truncate(40_000_001)
    assert content(tmp_path / "年报.html", "大.png") is None


def test_a_page_in_an_archive_has_what_lies_beside_it_there(tmp_path: Path) -> None:
    inner = packed({"镇/年报.html": b"<p>", "镇/images/1.png": PICTURE, "1.png": b"other"})
    archive = tmp_path / "县.zip"
    archive.write_bytes(packed({"乡.zip": inner, "年报.html": b"<p>", "1.png": PICTURE}))
    assert content(tmp_path / "县.zip!年报.html", "1.png") == PICTURE
    assert content(tmp_path / "县.zip!乡.zip!镇/年报.html", "images/1.png") == PICTURE
    assert content(tmp_path / "县.zip!乡.zip!镇/年报.html", "1.png") is None
    assert content(tmp_path / "县.zip!乡.zip!镇/年报.html", "../1.png") is None


@pytest.mark.parametrize(
    ("page", "name", "expected"),
    [
        ("局/年报.html", "images/1.png", "局/images/1.png"),
        ("局/页/年报.html", "../images/1.png", "局/images/1.png"),
        ("年报.html", "../1.png", None),
        ("县.zip!年报.html", "../1.png", None),
        ("县.zip!镇/年报.html", "./1.png", "县.zip!镇/1.png"),
    ],
)
def test_paths_below_raw_stay_below_raw(page: str, name: str, expected: str | None) -> None:
    assert joined(page, name) == expected
