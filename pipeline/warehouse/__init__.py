"""The store of results: declared schemas, Parquet, the cache of what was read, the DuckDB file with its views, the dictionary."""
