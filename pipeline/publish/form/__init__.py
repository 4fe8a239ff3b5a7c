"""The official form of a year, filled with the sums of an area: a Word document ready for the government's own report."""
