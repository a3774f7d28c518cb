"""Tests of worksheets on paper."""
