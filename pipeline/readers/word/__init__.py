"""What DOC and DOCX have in common: how Word counts lists, merges cells, writes symbols and names headings; why a file is not read."""
