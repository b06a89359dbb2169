"""Reads of results: stored rows, remarks, status rows, and the pages made of them."""
