"""Search over everything: what each capability finds among its own, on one page."""
