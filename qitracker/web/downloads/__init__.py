"""Files that people take away: safe cells, CSV, workbooks. Pure: no request is needed."""
