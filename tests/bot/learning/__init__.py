"""Tests of mastery, review and reminders."""
