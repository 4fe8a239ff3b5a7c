"""How fast gongkai is, how much memory it takes, and how a build grows. `python -m benchmarks`; see docs/benchmarks.md."""
