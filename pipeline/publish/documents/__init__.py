"""Word documents in the manner of official papers: an empty one made with python-docx, paragraphs and tables, and bytes that never vary."""
