"""Tests of the misconceptions, one file for each family."""
