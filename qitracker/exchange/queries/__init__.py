"""Reads of imports: `batches` (what was sent and became of it), `ground` (what rows are held against), `suggested`."""
