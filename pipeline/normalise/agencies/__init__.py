"""Bodies: their names, which registered one a name means, which of them owe a report, and their rows in the core tables."""
