"""Reports under their bodies and years: what speaks for both, which of several counts, and their rows in the core tables."""
