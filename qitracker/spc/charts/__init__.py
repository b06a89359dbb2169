"""One chart type a file; importing this package registers them all."""
