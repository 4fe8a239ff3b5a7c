"""How right the reader is, measured: `python -m tests.accuracy` prints the figures and writes docs/accuracy.md."""
