"""Reports as stored PDFs."""
