"""Paths, settings and errors: what every room needs and no room owns. No domain knowledge."""
