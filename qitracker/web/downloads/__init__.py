"""Files that people take away: safe cells, CSV, workbooks."""
