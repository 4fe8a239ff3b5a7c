"""Tables: declared schemas, the Parquet store, the cache of readings, the DuckDB file."""
