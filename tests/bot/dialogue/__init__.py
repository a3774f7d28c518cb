"""Tests of the pure conversation."""
