"""Tests of the content and its command line."""
