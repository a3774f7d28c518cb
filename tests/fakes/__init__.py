"""A hand-written fake for each port."""
