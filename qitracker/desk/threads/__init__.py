"""Threads: from a signal through its analysis, causes and actions to the measure and the verdict."""
