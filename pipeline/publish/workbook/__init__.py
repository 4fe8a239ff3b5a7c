"""The workbooks of an office, written with XlsxWriter: `overview.py` over all years."""
