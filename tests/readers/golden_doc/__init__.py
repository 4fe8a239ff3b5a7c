"""DOC files made by LibreOffice from the DOCX of `sources.py`; `python -m tests.readers.golden_doc` makes them anew."""
