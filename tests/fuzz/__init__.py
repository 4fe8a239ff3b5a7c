"""Thousands of damaged files against the reader: `python -m tests.fuzz`."""
