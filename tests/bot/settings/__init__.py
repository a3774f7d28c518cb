"""Tests of `bot.settings`."""
