"""Indicators and comparisons: definitions computed over out_values."""
