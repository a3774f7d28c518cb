"""Tests of bot/local."""
