"""DOC files made by LibreOffice from the DOCX files beside them, with the figures of the forms; all figures are invented.

`python -m tests.readers.golden_doc` makes them anew from `sources.py`.
"""
