"""Consistency rules (勾稽关系): rule kinds, and the run over one report and over two years of a body."""
