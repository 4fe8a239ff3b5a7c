"""DOCX packages written for tests, straight from their XML."""

from __future__ import annotations

import io
import zipfile

from pipeline.readers.model import Document, Grid

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def part(name: str, inner: str, main: str = MAIN) -> str:
    """A WordprocessingML part with root element `name`."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{main}" {NAMESPACES}>{inner}</w:{name}>'


def docx_of(body: str, main: str = MAIN, main_part: str = "word/document.xml", **parts: str) -> bytes:
    """A DOCX whose body is `body`; `styles` and `numbering` may be given as the inside of those parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            f'Target="{main_part}"/></Relationships>',
        )
        archive.writestr(main_part, part("document", f"<w:body>{body}</w:body>", main))
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", part(name, inner, main))
    return stream.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """A w:p with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    """A w:tc with one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def span(columns: int) -> str:
    """The w:gridSpan of a cell."""
    return f'<w:gridSpan w:val="{columns}"/>'


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A w:tbl of rows, each the inside of a w:tr."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def only_grid(document: Document) -> Grid:
    """The one grid of a document."""
    (grid,) = document.grids()
    return grid


def shape(grid: Grid) -> set[tuple[int, int, int, int, str]]:
    """Row, column, row span, column span and text of every cell."""
    return {(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells}


def texts(document: Document) -> list[str]:
    """The texts of the paragraphs."""
    return [paragraph.text for paragraph in document.paragraphs()]


TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_relations(data: bytes) -> bytes:
    """A DOCX of `docx_of` with the parts that other programs ask for: content types, and where styles and numbering are."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        names = [name for name in ("styles", "numbering") if f"word/{name}.xml" in archive.namelist()]
        types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{name}+xml"/>' for name in names)
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>{types}</Types>',
        )
        relations = "".join(f'<Relationship Id="{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>' for name in names)
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{package}">{relations}</Relationships>')
    return stream.getvalue()
