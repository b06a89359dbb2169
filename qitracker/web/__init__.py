"""What all pages share: current actor, error pages, headers, filters, fragments."""
