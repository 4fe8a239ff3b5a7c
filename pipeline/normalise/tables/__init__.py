"""One printed table: its lattice, its labels, its rows, its cells and their values."""
