"""Help texts as data: one page per chart, rule set and method."""
