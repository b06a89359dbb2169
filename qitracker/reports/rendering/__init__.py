"""From a snapshot to a finished PDF: pages in HTML, charts beside them, then paper."""
