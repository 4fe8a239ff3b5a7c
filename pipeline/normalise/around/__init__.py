"""What the lines above and beside a table say of it: the year, the unit, the group."""
