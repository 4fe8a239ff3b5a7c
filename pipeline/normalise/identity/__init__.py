"""Whose report a document is and for which year: titles, imprints, periods, and every piece of evidence for them."""
