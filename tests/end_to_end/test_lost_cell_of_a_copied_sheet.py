"""A row of a copied sheet that lost a cell in its middle: its figures move to the left, as if blanks at its end were lost."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.parsing import parse
from tests.reports.made import drawn_report, make

FIRST_FIGURE = 3  # behind the three columns of labels
APPLICANTS = 7


def without_cell(text: str, label: str, number: int) -> str:
    """The text whose row with this label has lost its cell of this number."""
    lines = text.split("\n")
    place = next(place for place, line in enumerate(lines) if label in line)
    cells = lines[place].split("\t")
    assert len(cells) == FIRST_FIGURE + APPLICANTS
    return "\n".join([*lines[:place], "\t".join(cells[:number] + cells[number + 1 :]), *lines[place + 1 :]])


def test_a_row_that_lost_a_cell_is_not_read_and_named_wherever_the_cell_was_lost(tmp_path: Path) -> None:
    text = make(drawn_report("2021", 0), "text", ["rows_copied_from_a_sheet"]).data().decode()
    places = range(FIRST_FIGURE, FIRST_FIGURE + APPLICANTS)
    files = [(str(number), without_cell(text, "（一）予以公开", number).encode()) for number in places]
    for number, (line,) in parse(tmp_path, files).items():
        states = {cell["state"] for cell in line["cells"] if cell["field"] == "requests.granted"}
        assert states == {"unreadable"}, number
        named = {problem["code"] for problem in line["problems"] if problem["table"] == "requests" and problem["severity"] == "error"}
        assert "cell_unplaced" in named, number
        assert all(cell["state"] != "unreadable" for cell in line["cells"] if cell["field"] != "requests.granted"), number
