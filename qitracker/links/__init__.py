"""Links between things of different capabilities: which worksheet answers which signal, what judges an action."""
