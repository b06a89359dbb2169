"""Home and board: reads everything, owns only views."""
