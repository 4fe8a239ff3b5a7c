"""Finding files: content addresses, kinds by magic bytes, statements in sources.csv, the difference to the last run."""
