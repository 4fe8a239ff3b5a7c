"""Governments beside the bodies of their areas: what a government's report covers, and the rules on parent and children."""
