"""What is typed about imports: `sending` a file, how it is `reading`, what its columns are (`columns`), `deciding`."""
