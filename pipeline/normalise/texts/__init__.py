"""Tables whose cells stand in running text."""
