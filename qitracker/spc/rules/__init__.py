"""One rule set a file; importing this package registers them all."""
