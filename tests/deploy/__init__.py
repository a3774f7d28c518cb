"""The deploy guide, followed with real processes."""
