"""Pure rules of worksheets: scales, risk, action priority, what a row may hold."""
