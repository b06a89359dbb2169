"""Drawing only: an Analysis in, SVG out. matplotlib is imported in `canvas` and nowhere else."""
