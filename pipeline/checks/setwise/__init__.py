"""The rules over all reports of a year at once: DuckDB tells how each comes out, and only what fails is put into words."""
