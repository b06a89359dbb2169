"""Drawing only: an Analysis in, SVG out. matplotlib is imported here and nowhere else."""
