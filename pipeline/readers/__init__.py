"""One file for each container: bytes in, a `Document` of paragraphs and grids out. Knows nothing of reports."""
