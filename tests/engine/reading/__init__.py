"""Tests of reading: one table of what is typed, and one suite of what holds for every text."""
