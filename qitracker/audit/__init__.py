"""Every change, told in sentences."""
