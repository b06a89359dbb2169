"""Points, status rows, phases and notes; the measure page."""
