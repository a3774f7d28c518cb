"""Tests of `bot.maintenance`."""
