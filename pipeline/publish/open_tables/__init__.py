"""Every out table of a year as CSV and Parquet, described by a Frictionless datapackage.json."""
