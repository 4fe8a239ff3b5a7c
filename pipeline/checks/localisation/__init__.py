"""Which figure is wrong: the cheapest set of figures whose change satisfies every identity that binds them.

A broken sum says that something is wrong, not what. All identities of a report, of the reports before and after it and of
its prose are one system of linear equations (`system.py`); a figure costs the more to doubt the surer it is (`weights.py`);
`solving.py` finds every cheapest way to make the system hold (Fellegi and Holt's error localisation), `naming.py` says which
slip of the pen that would be, and `records.py` makes rows and sentences of it.
"""
