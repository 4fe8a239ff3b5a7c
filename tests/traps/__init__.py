"""What real reports do to a parser, one named test for each: traps.csv is the list, `test_all_named.py` sees that nothing is left out."""
