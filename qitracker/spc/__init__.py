"""Pure statistics of process control: a series in, an Analysis out. No web, no database."""
