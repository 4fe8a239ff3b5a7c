"""Letters to bodies: what is wrong in their report, where, what the form asks for, by when to answer. One DOCX a body."""
