"""Reports made to measure: figures, prose and layout of an annual report, and renderers for the containers that are read."""
