"""What is promised when everything goes wrong, tried with real processes."""
