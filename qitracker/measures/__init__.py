"""Measures, their definition versions, the library, benchmarks and targets."""
