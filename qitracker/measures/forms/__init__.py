"""What is typed about measures: `definition`, `benchmark`, `units`; `fields` reads numbers, lists and days."""
