"""Grids to cells: find the tables, match their labels, read values, recognise form, body and year."""
