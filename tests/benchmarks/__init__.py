"""What is measured, not tested: run by hand, and reported with the change."""
