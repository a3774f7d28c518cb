"""Fuzzing for a bounded time, outside `make test`."""
